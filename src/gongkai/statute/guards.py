"""Why an event cannot happen in a case (`NEEDS`), and why it happens against the law (`WRONGS`).

Both are asked twice: by `procedure.fold` of an event that is on record, and by `procedure.Case.options` before there is
one (`event` is then None), so that a grey button and a violation can never disagree. What is impossible is refused;
what is merely unlawful happened all the same, and is kept as a violation.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from gongkai.statute import events as ev
from gongkai.statute.calendar import Calendar, Result
from gongkai.statute.clock import current_due, ended
from gongkai.statute.dispositions import disposition
from gongkai.statute.facts import Facts
from gongkai.statute.fees import payment_due
from gongkai.statute.rules import rules

Need = Callable[[Facts, Calendar, date, ev.Event | None], str]
Wrong = Callable[[Facts, Calendar, date, ev.Event | None], tuple[str, ...]]

CONSULTED: Final[dict[str, str]] = {
    "third_party_asked": "third_party",
    "third_party_answered": "third_party",
    "other_agency_asked": "other_agency",
    "other_agency_answered": "other_agency",
}
"""The kind of consultation an event belongs to."""


def _running(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    return "答复期限此时没有计算，无从延长或者延迟" if facts.waiting else ""


def _not_asked_yet(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    """A letter to the same party waits for its answer or its lapse."""
    if not isinstance(event, (ev.ThirdPartyAsked, ev.OtherAgencyAsked)):
        return ""
    asked = facts.letter(CONSULTED[event.key], event.party)
    if asked and not asked.answered and on <= ended(asked, calendar):
        return f"已经向{event.party}发出征求意见书，尚未答复，期限也没有届满"
    return ""


def _asked(kind: str, who: str) -> Need:
    def need(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
        if isinstance(event, (ev.ThirdPartyAnswered, ev.OtherAgencyAnswered)):
            asked = facts.letter(kind, event.party)
            return "" if asked and not asked.answered else f"没有尚待答复的征求{event.party}意见的记录"
        pending = any(letter.kind == kind and not letter.answered for letter in facts.letters())
        return "" if pending else f"没有尚待答复的征求{who}意见的记录"

    return need


def _unit_asked(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    party = event.party if isinstance(event, ev.UnitAnswered) else None
    if party in facts.units_asked or (party is None and facts.units_asked):
        return ""
    return f"没有尚待答复的征求{party or '内部机构'}意见的记录"


def _unit_not_asked_yet(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    if isinstance(event, ev.UnitAsked) and event.party in facts.units_asked:
        return f"已经征求{event.party}的意见，尚未答复"
    return ""


def _letter_sent(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    """A notice that was sent and whose receipt is not on record yet."""
    letters = [("supplement", "")] if facts.phase == "awaiting_supplement" and not facts.supplement_received else []
    letters += [("fee", "")] if facts.phase == "awaiting_payment" and not facts.fee_received else []
    letters += [(c.kind, c.party) for c in facts.letters() if not c.received and not c.answered]
    if not isinstance(event, ev.NoticeReceived):
        return "" if letters else "没有已经发出而尚未登记收到日期的文书"
    if (event.notice, event.party) in letters:
        return ""
    return f"没有已经发出而尚未登记收到日期的{NOTICES[event.notice]}{f'（{event.party}）' if event.party else ''}"


NOTICES: Final = {
    "supplement": "补正告知书",
    "fee": "收费通知书",
    "third_party": "第三方征求意见书",
    "other_agency": "其他机关征求意见书",
}
"""Letters whose receipt starts a period of its own."""


def _reasons_pending(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    return "" if facts.reasons_asked and not facts.reasons_given else "没有尚待答复的说明理由的要求"


def _good_reason(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    """After a lapse was found, a supplement is accepted for a good reason only (art. 30)."""
    late = facts.phase == "supplement_lapsed" and isinstance(event, ev.Supplemented) and not event.reason.strip()
    return "已经认定逾期不补正，再接受补正应当写明正当理由" if late else ""


def _numbered(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    return "" if facts.document_no.strip() else "答复书没有文号"


def _replied(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    return "" if facts.service else "没有送达过的答复"


def _no_such_remedy(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    open_kinds = {remedy.kind for remedy in facts.remedies if not remedy.closed}
    if isinstance(event, ev.RemedyOpened) and event.kind in open_kinds:
        return f"已有尚未办结的{REMEDIES[event.kind]}"
    if isinstance(event, ev.RemedyOpened) and event.simplified and event.kind != "reconsideration":
        return "简易程序只用于行政复议"
    return ""


def _remedy_pending(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    open_kinds = {remedy.kind for remedy in facts.remedies if not remedy.closed}
    if isinstance(event, ev.RemedyClosed):
        return "" if event.kind in open_kinds else f"没有尚未办结的{REMEDIES[event.kind]}"
    return "" if open_kinds else "没有尚未办结的行政复议或者行政诉讼"


def _something(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> str:
    return "" if event or facts.last > date.min else "还没有可以撤销的事件"


REMEDIES: Final = {"reconsideration": "行政复议", "suit": "行政诉讼"}

NEEDS: Final[dict[type[ev.Event], Need]] = {
    ev.NoticeReceived: _letter_sent,
    ev.Supplemented: _good_reason,
    ev.ThirdPartyAsked: _not_asked_yet,
    ev.ThirdPartyAnswered: _asked("third_party", "第三方"),
    ev.OtherAgencyAsked: _not_asked_yet,
    ev.OtherAgencyAnswered: _asked("other_agency", "其他机关"),
    ev.UnitAsked: _unit_not_asked_yet,
    ev.UnitAnswered: _unit_asked,
    ev.ReasonsGiven: _reasons_pending,
    ev.Extended: _running,
    ev.Deferred: _running,
    ev.Served: _numbered,
    ev.RemedyOpened: _no_such_remedy,
    ev.RemedyClosed: _remedy_pending,
    ev.Redecided: _replied,
    ev.Annulled: _something,
}
"""For an event that its phase allows: the reason why it cannot happen, or an empty string."""


def _confirmation(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> tuple[str, ...]:
    return ("confirmation_missed",) if missed_confirmation(facts, on) else ()


def missed_confirmation(facts: Facts, on: date) -> bool:
    """Whether the same-day duty of art. 31(2) is missed by `on`; an attempt in vain on that day fulfils it (207号)."""
    same_day = rules().channels[facts.channel].confirm == "same_day"
    return same_day and facts.contacted != facts.arrived and facts.arrived is not None and on > facts.arrived


def _supplement(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> tuple[str, ...]:
    if facts.supplements_asked:
        return ("supplement_repeated",)
    assert facts.received_on
    last = calendar.number(facts.received_on) + rules().periods["supplement_notice"]
    return ("supplement_late",) if on > calendar.numbered(last) else ()


def supplement_until(facts: Facts, calendar: Calendar) -> Result | None:
    """The last day to supplement, or None while nobody knows when the notice arrived (art. 30)."""
    if facts.supplement_received is None:
        return None
    return calendar.add_working_days(facts.supplement_received, facts.supplement_days)


def fee_until(facts: Facts, calendar: Calendar) -> Result | None:
    """The last day to pay, or None while nobody knows when the notice arrived (fee rules)."""
    return payment_due(facts.fee_received, calendar) if facts.fee_received else None


def _supplement_lapse(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> tuple[str, ...]:
    until = supplement_until(facts, calendar)
    if until is None:
        return ("supplement_lapse_unproven",)
    return ("supplement_lapse_early",) if on <= until.date else ()


def _fee_lapse(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> tuple[str, ...]:
    until = fee_until(facts, calendar)
    if until is None:
        return ("fee_lapse_unproven",)
    return ("fee_lapse_early",) if on <= until.date else ()


def _late(facts: Facts, calendar: Calendar, on: date) -> bool:
    due = current_due(facts, calendar)
    return due is not None and on > due


def _extension(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> tuple[str, ...]:
    found = ["extension_repeated"] if facts.extensions_told else []
    if _late(facts, calendar, on):
        found.append("extension_late")
    if isinstance(event, ev.Extended):
        if event.approved_by != "ogi_head":
            found.append("extension_not_approved")
        if event.working_days > rules().periods["extension"]:
            found.append("extension_too_long")
    return tuple(found)


def _deferral(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> tuple[str, ...]:
    found = [] if facts.reasons_given else ["deferral_unfounded"]
    return (*found, "deferral_late") if _late(facts, calendar, on) else tuple(found)


def _fee(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> tuple[str, ...]:
    if facts.fees_notified:
        return ("fee_repeated",)
    return ("fee_notice_late",) if _late(facts, calendar, on) else ()


def _unit(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> tuple[str, ...]:
    return ("internal_excluded",) if isinstance(event, ev.UnitAsked) and event.excluded else ()


def _decision(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> tuple[str, ...]:
    if not isinstance(event, ev.Decided):
        return ()
    chosen = disposition(event.disposition)
    unfounded = chosen.requires and not getattr(facts, chosen.requires)
    found = ("decision_unfounded",) if unfounded else ()
    return (*found, "review_missing") if chosen.discloses() and not facts.secrecy_reviewed else found


def _service(facts: Facts, calendar: Calendar, on: date, event: ev.Event | None) -> tuple[str, ...]:
    if not isinstance(event, ev.Served):
        return ()
    found = () if rules().service[event.mode].qualified else ("service_unqualified",)
    return (*found, "postage_collected") if event.collect else found


WRONGS: Final[dict[type[ev.Event], Wrong]] = {
    ev.Confirmed: _confirmation,
    ev.SupplementAsked: _supplement,
    ev.SupplementLapsed: _supplement_lapse,
    ev.UnitAsked: _unit,
    ev.Extended: _extension,
    ev.Deferred: _deferral,
    ev.FeeNotified: _fee,
    ev.FeeLapsed: _fee_lapse,
    ev.Decided: _decision,
    ev.Served: _service,
}
"""For an event that can happen: the violations it would be, as keys of `violations.kinds()`."""
