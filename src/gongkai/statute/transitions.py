"""What each event does to a case, and in which phases it can happen: one row an event, read by `procedure`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gongkai.statute import events as ev
from gongkai.statute.facts import PHASES, Consultation, Facts, Phase, Remedy
from gongkai.statute.fees import clock_base_after_payment
from gongkai.statute.guards import CONSULTED, NEEDS, WRONGS, Need, Wrong
from gongkai.statute.rules import rules

Apply = Callable[[Facts, Any, int, tuple[str, ...]], None]
"""Facts to change, the event, its number, and the violations it is."""


@dataclass(frozen=True, slots=True)
class Transition:
    """A row: the phases in which the event can happen, that in words, its guards and its effect."""

    phases: frozenset[Phase]
    when: str
    apply: Apply
    need: Need | None
    wrong: Wrong | None


def _received(facts: Facts, event: ev.Received, number: int, wrong: tuple[str, ...]) -> None:
    facts.channel = event.channel
    facts.arrived = event.on
    facts.phase = "awaiting_confirmation"
    if not rules().channels[event.channel].confirm:
        _register(facts, event, number, wrong)


def _register(facts: Facts, event: ev.Event, number: int, wrong: tuple[str, ...]) -> None:
    facts.phase = "processing"
    facts.received_on = facts.base = event.on
    facts.base_from = "received"


def _contacted(facts: Facts, event: ev.Event, number: int, wrong: tuple[str, ...]) -> None:
    facts.contacted = facts.contacted or event.on


def _notice_received(facts: Facts, event: ev.NoticeReceived, number: int, wrong: tuple[str, ...]) -> None:
    if event.notice == "supplement":
        facts.supplement_received = event.on
    elif event.notice == "fee":
        facts.fee_received = event.on
    else:
        _write(facts, event.notice, event.party, received=event.on)


def _supplement_asked(facts: Facts, event: ev.SupplementAsked, number: int, wrong: tuple[str, ...]) -> None:
    facts.supplements_asked += 1
    if facts.phase == "awaiting_supplement":  # the first notice is still open, and it is the one that holds
        return
    facts.phase = "awaiting_supplement"
    facts.supplement_asked_on = event.on
    facts.supplement_days = event.working_days or rules().periods["supplement"]
    facts.supplement_received = None
    facts.supplement_stops = facts.waiting = not wrong


def _supplemented(facts: Facts, event: ev.Supplemented, number: int, wrong: tuple[str, ...]) -> None:
    facts.phase = "processing"
    facts.supplemented = True
    facts.supplement_lapsed = False
    if facts.supplement_stops:
        facts.base, facts.base_from = event.on, "supplemented"
        facts.waiting = False


def _supplement_lapsed(facts: Facts, event: ev.Event, number: int, wrong: tuple[str, ...]) -> None:
    facts.phase = "supplement_lapsed"
    facts.supplement_lapsed = True


def _consulted(facts: Facts, event: Any, number: int, wrong: tuple[str, ...]) -> None:
    kind = CONSULTED[event.key]
    joint = isinstance(event, ev.OtherAgencyAsked) and event.joint
    facts.consultations += (Consultation(kind, event.party, event.on, number, joint),)
    if kind == "third_party":
        facts.third_party_asked = True


def _answered(facts: Facts, event: Any, number: int, wrong: tuple[str, ...]) -> None:
    _write(facts, CONSULTED[event.key], event.party, answered=event.on, view=event.view)


def _write(
    facts: Facts, kind: str, party: str, received: date | None = None, answered: date | None = None, view: str = ""
) -> None:
    """Write a receipt or an answer on the latest letter to `party`."""
    old = facts.letter(kind, party)
    assert old
    new = Consultation(*old[:5], received or old.received, answered, view)
    facts.consultations = tuple([new if letter is old else letter for letter in facts.consultations])


def _unit_asked(facts: Facts, event: ev.UnitAsked, number: int, wrong: tuple[str, ...]) -> None:
    facts.units_asked += (event.party,)


def _unit_answered(facts: Facts, event: ev.UnitAnswered, number: int, wrong: tuple[str, ...]) -> None:
    facts.units_asked = tuple(party for party in facts.units_asked if party != event.party)


def _reasons_asked(facts: Facts, event: ev.Event, number: int, wrong: tuple[str, ...]) -> None:
    facts.reasons_asked = True
    facts.reasons_given = False


def _reasons_given(facts: Facts, event: ev.Event, number: int, wrong: tuple[str, ...]) -> None:
    facts.reasons_given = True


def _extended(facts: Facts, event: ev.Extended, number: int, wrong: tuple[str, ...]) -> None:
    facts.extensions_told += 1
    if not set(wrong) - {"extension_too_long"}:
        facts.extension = min(event.working_days, rules().periods["extension"])


def _deferred(facts: Facts, event: ev.Deferred, number: int, wrong: tuple[str, ...]) -> None:
    if "deferral_late" not in wrong:
        facts.deferred_to = event.due_on


def _fee_notified(facts: Facts, event: ev.FeeNotified, number: int, wrong: tuple[str, ...]) -> None:
    facts.fees_notified += 1
    if facts.phase == "awaiting_payment":  # the first notice is still open, and it is the one that holds
        return
    facts.phase = "awaiting_payment"
    facts.fee_amount = event.amount
    facts.fee_received = None
    facts.fee_stops = facts.waiting = not wrong


def _fee_paid(facts: Facts, event: ev.Event, number: int, wrong: tuple[str, ...]) -> None:
    facts.phase = "processing"
    if facts.fee_stops:
        facts.base, facts.base_from = clock_base_after_payment(event.on), "paid"
        facts.waiting = False


def _fee_lapsed(facts: Facts, event: ev.Event, number: int, wrong: tuple[str, ...]) -> None:
    facts.phase = "fee_lapsed"
    facts.fee_lapsed = True


def _end(phase: Phase, disposition: str) -> Apply:
    """The application ends without a reply: withdrawn and merged ones are counted as 其他, transferred ones not here."""

    def apply(facts: Facts, event: ev.Event, number: int, wrong: tuple[str, ...]) -> None:
        facts.phase = phase
        facts.ended_on, facts.ended_number = event.on, number
        facts.disposition = facts.first_disposition = disposition
        facts.decided_on = event.on if disposition else None

    return apply


def _drafted(facts: Facts, event: ev.Event, number: int, wrong: tuple[str, ...]) -> None:
    facts.drafted = True


def _reviewed(facts: Facts, event: ev.Reviewed, number: int, wrong: tuple[str, ...]) -> None:
    facts.reviewed = True
    facts.secrecy_reviewed = facts.secrecy_reviewed or event.kind == "secrecy"


def _decided(facts: Facts, event: ev.Decided, number: int, wrong: tuple[str, ...]) -> None:
    facts.phase = "decided"
    facts.disposition = facts.first_disposition = event.disposition
    facts.decided_on = event.on
    facts.document_no = event.document_no


def _served(facts: Facts, event: ev.Served, number: int, wrong: tuple[str, ...]) -> None:
    if facts.phase == "decided":  # a decision made anew does not change whether the first was in time
        facts.ended_on, facts.ended_number, facts.service = event.on, number, event.mode
    facts.phase = "delivered"


def _remedy_opened(facts: Facts, event: ev.RemedyOpened, number: int, wrong: tuple[str, ...]) -> None:
    facts.remedies += (Remedy(event.kind, event.on, event.simplified),)


def _remedy_closed(facts: Facts, event: ev.RemedyClosed, number: int, wrong: tuple[str, ...]) -> None:
    facts.remedies = tuple(
        r._replace(closed=event.on, result=event.result) if r.kind == event.kind and not r.closed else r
        for r in facts.remedies
    )


def _redecided(facts: Facts, event: ev.Redecided, number: int, wrong: tuple[str, ...]) -> None:
    facts.phase = "redecided"
    facts.disposition = event.disposition
    facts.document_no = event.document_no


def _archived(facts: Facts, event: ev.Event, number: int, wrong: tuple[str, ...]) -> None:
    facts.phase = "archived"


def _nothing(facts: Facts, event: ev.Event, number: int, wrong: tuple[str, ...]) -> None:
    """A fact for the file that changes neither clock nor state."""


_ALL: Final[frozenset[Phase]] = frozenset(PHASES)
_OPEN: Final = frozenset[Phase](("processing", "awaiting_supplement", "awaiting_payment"))
_LAPSED: Final = frozenset[Phase](("supplement_lapsed", "fee_lapsed"))
_ENDED: Final = frozenset[Phase](("withdrawn", "merged", "transferred"))
_REGISTERED: Final[frozenset[Phase]] = _ALL - {"new", "awaiting_confirmation"}
_BEFORE_REPLY: Final[frozenset[Phase]] = _OPEN | _LAPSED | frozenset[Phase](("awaiting_confirmation",))

_IN_HAND = "只有已经收到、正在办理的申请可以"
_ROWS: Final[tuple[tuple[type[ev.Event], frozenset[Phase], str, Apply], ...]] = (
    (ev.Received, frozenset({"new"}), "一件申请只有一次", _received),
    (ev.ContactAttempted, frozenset({"awaiting_confirmation"}), "只有尚待确认的申请可以", _contacted),
    (ev.Confirmed, frozenset({"awaiting_confirmation"}), "只有尚待确认的申请可以", _register),
    (ev.NoticeReceived, _OPEN, _IN_HAND, _notice_received),
    (ev.SupplementAsked, frozenset({"processing", "awaiting_supplement"}), _IN_HAND, _supplement_asked),
    (ev.Supplemented, frozenset({"awaiting_supplement", "supplement_lapsed"}), "只有告知补正之后可以", _supplemented),
    (ev.SupplementLapsed, frozenset({"awaiting_supplement"}), "只有告知补正之后可以", _supplement_lapsed),
    (ev.ThirdPartyAsked, _OPEN, _IN_HAND, _consulted),
    (ev.ThirdPartyAnswered, _REGISTERED, "只有收到申请之后可以", _answered),
    (ev.OtherAgencyAsked, _OPEN, _IN_HAND, _consulted),
    (ev.OtherAgencyAnswered, _REGISTERED, "只有收到申请之后可以", _answered),
    (ev.UnitAsked, _OPEN, _IN_HAND, _unit_asked),
    (ev.UnitAnswered, _REGISTERED, "只有收到申请之后可以", _unit_answered),
    (ev.ReasonsAsked, _OPEN, _IN_HAND, _reasons_asked),
    (ev.ReasonsGiven, _OPEN, _IN_HAND, _reasons_given),
    (ev.Extended, _OPEN, _IN_HAND, _extended),
    (ev.Deferred, _OPEN, _IN_HAND, _deferred),
    (ev.FeeNotified, frozenset({"processing", "awaiting_payment"}), _IN_HAND, _fee_notified),
    (ev.FeePaid, frozenset({"awaiting_payment"}), "只有发出收费通知之后可以", _fee_paid),
    (ev.FeeLapsed, frozenset({"awaiting_payment"}), "只有发出收费通知之后可以", _fee_lapsed),
    (ev.Merged, _BEFORE_REPLY, "只有尚未作出答复的申请可以", _end("merged", "other_misc")),
    (ev.Transferred, _BEFORE_REPLY, "只有尚未作出答复的申请可以", _end("transferred", "")),
    (
        ev.Withdrawn,
        _BEFORE_REPLY | frozenset[Phase](("decided",)),
        "只有尚未送达答复的申请可以",
        _end("withdrawn", "other_misc"),
    ),
    (ev.Drafted, _OPEN | _LAPSED, _IN_HAND, _drafted),
    (ev.Reviewed, _OPEN | _LAPSED, _IN_HAND, _reviewed),
    (ev.Decided, _OPEN | _LAPSED, _IN_HAND, _decided),
    (ev.Served, frozenset({"decided", "redecided"}), "只有作出答复之后、送达之前可以", _served),
    (ev.RemedyOpened, _ALL - {"new"}, "只有提出申请之后可以", _remedy_opened),
    (ev.RemedyClosed, _ALL - {"new"}, "只有提出申请之后可以", _remedy_closed),
    (ev.Redecided, frozenset({"delivered", "archived"}), "只有答复送达之后可以", _redecided),
    (ev.RecordCorrected, _ALL - {"new"}, "只有提出申请之后可以", _nothing),
    (ev.Archived, _ENDED | frozenset[Phase](("delivered",)), "只有答复送达或者申请终结之后可以", _archived),
    (ev.Annulled, _ALL, "", _nothing),
)

TRANSITIONS: Final[dict[type[ev.Event], Transition]] = {
    cls: Transition(phases, when, apply, NEEDS.get(cls), WRONGS.get(cls)) for cls, phases, when, apply in _ROWS
}
"""Every event type, in the order of a case."""


def refusal(facts: Facts, row: Transition, label: str) -> str:
    """Why an event called `label` cannot happen in this phase."""
    return f"{PHASES[facts.phase]}，{row.when}“{label}”"
