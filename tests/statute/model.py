"""The rules of a case said a second time, slowly: no state is kept, every question is asked of the whole history, and
every count is a walk from day to day. Written from the specification, not from `procedure`, to compare the two.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from gongkai.statute import events as ev
from gongkai.statute.calendar import default_calendar

ONE = timedelta(days=1)
SAME_DAY = ("post_unsigned", "post_misaddressed")
BOTH_SIDES = ("online", "email", "fax")
STEPS = {
    ev.Confirmed: "processing",
    ev.SupplementAsked: "awaiting_supplement",
    ev.Supplemented: "processing",
    ev.SupplementLapsed: "supplement_lapsed",
    ev.FeeNotified: "awaiting_payment",
    ev.FeePaid: "processing",
    ev.FeeLapsed: "fee_lapsed",
    ev.Decided: "decided",
    ev.Served: "delivered",
    ev.Redecided: "redecided",
    ev.Withdrawn: "withdrawn",
    ev.Merged: "merged",
    ev.Transferred: "transferred",
    ev.Archived: "archived",
}
NEEDS_RECORD = {
    "denied_third_party": ev.ThirdPartyAsked,
    "unable_still_unclear": ev.Supplemented,
    "not_processed_excessive": ev.ReasonsAsked,
    "other_fee_lapsed": ev.FeeLapsed,
}
Numbered = tuple[int, ev.Event]


@cache
def works(day: date) -> bool:
    return default_calendar().is_working_day(day)


@cache
def nth_working_day(start: date, count: int) -> date:
    while count:
        start += ONE
        count -= works(start)
    return start


@dataclass
class Letter:
    kind: str
    party: str
    sent: date
    received: date | None = None
    answered: date | None = None

    def last_day(self) -> date:
        lapse = nth_working_day(self.received or self.sent, 15)
        return min(lapse, self.answered) if self.answered else lapse

    def days(self) -> set[date]:
        """Every day that this letter takes out of the count."""
        found, day = set(), self.sent
        while day < self.last_day():
            day += ONE
            found.add(day)
        return found


class Impossible(Exception):
    """The number of the event that cannot be."""


class Model:
    """A history of events that are possible and not annulled."""

    def __init__(self) -> None:
        self.history: list[Numbered] = []
        self.wrongs: list[tuple[str, date, int]] = []
        self.void: list[tuple[date, int]] = []

    # what the history says

    def of(self, *kinds: type[ev.Event]) -> list[Numbered]:
        return [(number, event) for number, event in self.history if isinstance(event, kinds)]

    def wrong(self, key: str, number: int) -> bool:
        return any(k == key and n == number for k, _, n in self.wrongs)

    def channel(self) -> str:
        return next((e.channel for _, e in self.of(ev.Received)), "")

    def phase(self) -> str:
        found = "new"
        for _, event in self.history:
            if isinstance(event, ev.Received):
                found = "awaiting_confirmation" if event.channel in SAME_DAY + BOTH_SIDES else "processing"
            found = STEPS.get(type(event), found)
        return found

    def received_on(self) -> date | None:
        day = self.of(ev.Received) if self.channel() not in SAME_DAY + BOTH_SIDES else self.of(ev.Confirmed)
        return day[0][1].on if day else None

    def stops_the_clock(self, number: int) -> bool:
        keys = ("supplement_late", "supplement_repeated", "fee_notice_late", "fee_repeated")
        return not any(self.wrong(key, number) for key in keys)

    def base(self) -> tuple[date | None, str, bool]:
        """The day that is counted from, why, and whether the count waits for the applicant."""
        base, why, waiting = self.received_on(), "received", False
        for number, event in self.history:
            if isinstance(event, ev.SupplementAsked | ev.FeeNotified) and self.stops_the_clock(number):
                waiting = True
            if isinstance(event, ev.Supplemented | ev.FeePaid) and waiting:
                why = "supplemented" if isinstance(event, ev.Supplemented) else "paid"
                base, waiting = event.on, False
        return base, why if base else "", waiting

    def extension(self) -> int:
        for number, event in self.of(ev.Extended):
            barred = ("extension_repeated", "extension_late", "extension_not_approved")
            if not any(self.wrong(key, number) for key in barred):
                return min(event.working_days, 20)
        return 0

    def letters(self) -> list[Letter]:
        found: list[Letter] = []
        for _, event in self.history:
            if isinstance(event, ev.ThirdPartyAsked):
                found.append(Letter("third_party", event.party, event.on))
            elif isinstance(event, ev.OtherAgencyAsked):
                found.append(Letter("other_agency", event.party, event.on))
            elif isinstance(event, ev.ThirdPartyAnswered):
                self.latest(found, "third_party", event.party).answered = event.on
            elif isinstance(event, ev.OtherAgencyAnswered):
                self.latest(found, "other_agency", event.party).answered = event.on
            elif isinstance(event, ev.NoticeReceived) and event.notice in ("third_party", "other_agency"):
                self.latest(found, event.notice, event.party).received = event.on
        return found

    @staticmethod
    def latest(letters: list[Letter], kind: str, party: str) -> Letter:
        return [letter for letter in letters if (letter.kind, letter.party) == (kind, party)][-1]

    def open_letter(self, kind: str, party: str) -> Letter | None:
        """The latest letter to a party, if it has no answer."""
        found = [letter for letter in self.letters() if (letter.kind, letter.party) == (kind, party)]
        return found[-1] if found and not found[-1].answered else None

    def counted(self) -> tuple[date | None, set[date]]:
        """The due date by a walk over the days, and the working days it left out."""
        base, _, waiting = self.base()
        if base is None or waiting:
            return None, set()
        stopped = set().union(*(letter.days() for letter in self.letters()))
        left, day, out = 20 + self.extension(), base, set()
        while left:
            day += ONE
            if not works(day):
                continue
            if day in stopped:
                out.add(day)
            else:
                left -= 1
        return day, out

    def due(self) -> date | None:
        day, _ = self.counted()
        deferred = [e.due_on for n, e in self.of(ev.Deferred) if not self.wrong("deferral_late", n)]
        return max([day, *deferred[-1:]]) if day else None

    def remedies(self, kind: str) -> bool:
        """Whether a reconsideration or suit is pending."""
        changes = [e for _, e in self.of(ev.RemedyOpened, ev.RemedyClosed) if e.kind == kind]
        return bool(changes) and isinstance(changes[-1], ev.RemedyOpened)

    def since(self, kind: type[ev.Event]) -> list[Numbered]:
        """The history after the opening notice of the present round: the first one with nothing that closed it."""
        closing = ev.Supplemented if kind is ev.SupplementAsked else ev.FeePaid
        start = 0
        for index, (_, event) in enumerate(self.history):
            if isinstance(event, closing):
                start = index + 1
        while start < len(self.history) and not isinstance(self.history[start][1], kind):
            start += 1
        return self.history[start:]

    def notice_received(self, name: str) -> date | None:
        kind = ev.SupplementAsked if name == "supplement" else ev.FeeNotified
        found = [e.on for _, e in self.since(kind) if isinstance(e, ev.NoticeReceived) and e.notice == name]
        return found[0] if found else None

    # whether an event can be, and what is wrong with it

    def possible(self, event: ev.Event) -> bool:
        phase = self.phase()
        open_ = phase in ("processing", "awaiting_supplement", "awaiting_payment")
        lapsed = phase in ("supplement_lapsed", "fee_lapsed")
        ended = phase in ("withdrawn", "merged", "transferred")
        began = phase not in ("new", "awaiting_confirmation")
        waiting = self.base()[2]
        match event:
            case ev.Received():
                return phase == "new"
            case ev.ContactAttempted() | ev.Confirmed():
                return phase == "awaiting_confirmation"
            case ev.NoticeReceived(notice="supplement"):
                return phase == "awaiting_supplement" and not event.party and not self.notice_received("supplement")
            case ev.NoticeReceived(notice="fee"):
                return phase == "awaiting_payment" and not event.party and not self.notice_received("fee")
            case ev.NoticeReceived():
                letter = self.open_letter(event.notice, event.party)
                return open_ and letter is not None and letter.received is None
            case ev.SupplementAsked():
                return phase in ("processing", "awaiting_supplement")
            case ev.Supplemented():
                return phase == "awaiting_supplement" or (phase == "supplement_lapsed" and event.reason.strip() != "")
            case ev.SupplementLapsed():
                return phase == "awaiting_supplement"
            case ev.ThirdPartyAsked() | ev.OtherAgencyAsked():
                letter = self.open_letter(event.key.removesuffix("_asked"), event.party)
                return open_ and (letter is None or event.on > letter.last_day())
            case ev.ThirdPartyAnswered() | ev.OtherAgencyAnswered():
                return began and self.open_letter(event.key.removesuffix("_answered"), event.party) is not None
            case ev.UnitAsked():
                return open_ and not self.unit_pending(event.party)
            case ev.UnitAnswered():
                return began and self.unit_pending(event.party)
            case ev.ReasonsAsked():
                return open_
            case ev.ReasonsGiven():
                asked = self.of(ev.ReasonsAsked, ev.ReasonsGiven)
                return open_ and bool(asked) and isinstance(asked[-1][1], ev.ReasonsAsked)
            case ev.Extended() | ev.Deferred():
                return open_ and not waiting
            case ev.FeeNotified():
                return phase in ("processing", "awaiting_payment")
            case ev.FeePaid() | ev.FeeLapsed():
                return phase == "awaiting_payment"
            case ev.Merged() | ev.Transferred():
                return open_ or lapsed or phase == "awaiting_confirmation"
            case ev.Withdrawn():
                return open_ or lapsed or phase in ("awaiting_confirmation", "decided")
            case ev.Drafted() | ev.Reviewed() | ev.Decided():
                return open_ or lapsed
            case ev.Served():
                decision = self.of(ev.Decided, ev.Redecided)
                return phase in ("decided", "redecided") and decision[-1][1].document_no.strip() != ""
            case ev.RemedyOpened():
                sound = event.kind == "reconsideration" or not event.simplified
                return phase != "new" and sound and not self.remedies(event.kind)
            case ev.RemedyClosed():
                return phase != "new" and self.remedies(event.kind)
            case ev.Redecided():
                return phase == "delivered" or (phase == "archived" and bool(self.of(ev.Served)))
            case ev.RecordCorrected():
                return phase != "new"
            case ev.Archived():
                return ended or phase == "delivered"
        raise AssertionError(event)

    def unit_pending(self, party: str) -> bool:
        found = [e for _, e in self.of(ev.UnitAsked, ev.UnitAnswered) if e.party == party]
        return bool(found) and isinstance(found[-1], ev.UnitAsked)

    def wrongs_of(self, event: ev.Event) -> list[str]:
        due = self.due()
        late = due is not None and event.on > due
        found: list[tuple[bool, str]] = []
        match event:
            case ev.Confirmed():
                found = [(self.missed(event.on), "confirmation_missed")]
            case ev.SupplementAsked():
                again = bool(self.of(ev.SupplementAsked))
                received = self.received_on()
                assert received
                found = [
                    (again, "supplement_repeated"),
                    (not again and event.on > nth_working_day(received, 7), "supplement_late"),
                ]
            case ev.SupplementLapsed():
                notice = self.since(ev.SupplementAsked)[0][1]
                assert isinstance(notice, ev.SupplementAsked)
                known = self.notice_received("supplement")
                early = known is not None and event.on <= nth_working_day(known, notice.working_days or 10)
                found = [(known is None, "supplement_lapse_unproven"), (early, "supplement_lapse_early")]
            case ev.UnitAsked():
                found = [(event.excluded, "internal_excluded")]
            case ev.Extended():
                found = [
                    (bool(self.of(ev.Extended)), "extension_repeated"),
                    (late, "extension_late"),
                    (event.approved_by != "ogi_head", "extension_not_approved"),
                    (event.working_days > 20, "extension_too_long"),
                ]
            case ev.Deferred():
                asked = self.of(ev.ReasonsAsked, ev.ReasonsGiven)
                given = bool(asked) and isinstance(asked[-1][1], ev.ReasonsGiven)
                found = [(not given, "deferral_unfounded"), (late, "deferral_late")]
            case ev.FeeNotified():
                again = bool(self.of(ev.FeeNotified))
                found = [(again, "fee_repeated"), (late and not again, "fee_notice_late")]
            case ev.FeeLapsed():
                known = self.notice_received("fee")
                early = known is not None and event.on <= nth_working_day(known, 20)
                found = [(known is None, "fee_lapse_unproven"), (early, "fee_lapse_early")]
            case ev.Decided():
                record = NEEDS_RECORD.get(event.disposition)
                unfounded = record is not None and not self.of(record)
                if event.disposition == "other_supplement_lapsed":
                    ends = self.of(ev.SupplementLapsed, ev.Supplemented)
                    unfounded = not ends or isinstance(ends[-1][1], ev.Supplemented)
                secret = any(e.kind == "secrecy" for _, e in self.of(ev.Reviewed))
                discloses = event.disposition in ("granted", "partially_granted")
                found = [(unfounded, "decision_unfounded"), (discloses and not secret, "review_missing")]
            case ev.Served():
                found = [(event.mode == "courier", "service_unqualified"), (event.collect, "postage_collected")]
        return [key for holds, key in found if holds]

    def missed(self, on: date) -> bool:
        arrived = self.of(ev.Received)[0][1].on
        tried = [e.on for _, e in self.of(ev.ContactAttempted)]
        return self.channel() in SAME_DAY and on > arrived and arrived not in tried

    # the whole

    def add(self, number: int, event: ev.Event) -> None:
        days = [e.on for _, e in self.history] + [day for day, _ in self.void]
        if (days and event.on < max(days)) or event.on < date(2019, 5, 15) or not self.possible(event):
            raise Impossible(number)
        self.wrongs += [(key, event.on, number) for key in self.wrongs_of(event)]
        self.history.append((number, event))

    def end(self) -> tuple[int, ev.Event] | None:
        """The event that ended the application: the first service, or what ended it without."""
        found = self.of(ev.Served, ev.Withdrawn, ev.Merged, ev.Transferred)
        return found[0] if found else None

    def lapses(self, today: date) -> list[tuple[str, date, int]]:
        if self.phase() == "awaiting_confirmation":
            arrived = self.of(ev.Received)[0][1].on
            if self.missed(today):
                return [("confirmation_missed", arrived, 0)]
            last = nth_working_day(arrived, 1)
            pending = self.channel() in BOTH_SIDES and not self.of(ev.ContactAttempted) and today > last
            return [("confirmation_pending", last, 0)] if pending else []
        due, end = self.due(), self.end()
        if due is None:
            return []
        if end is None:
            return [("reply_overdue", due, 0)] if today > due else []
        number, event = end
        key = "reply_late" if isinstance(event, ev.Served) else "reply_overdue"
        return [(key, event.on, number)] if event.on > due else []

    def seen(self, today: date) -> dict[str, object]:
        """What `Result` says, as plain values."""
        due, (counted, out), (base, why, waiting) = self.due(), self.counted(), self.base()
        end = self.end()
        decisions = [e for _, e in self.of(ev.Decided, ev.Redecided)]
        disposition = decisions[-1].disposition if decisions else ""
        first = (decisions[0].disposition, decisions[0].on) if decisions else None
        if end and isinstance(end[1], ev.Withdrawn | ev.Merged):
            disposition, first = "other_misc", ("other_misc", end[1].on)
        if end and isinstance(end[1], ev.Transferred):
            disposition, first = "", None
        deferred = due is not None and due != counted
        remaining = None
        if due is not None and end is None:
            day, remaining = min(today, due), 0
            while day < max(today, due):
                day += ONE
                if works(day) and (deferred or day not in out):
                    remaining += 1 if due > today else -1
        return {
            "phase": self.phase(),
            "received_on": self.received_on(),
            "base": base,
            "base_from": why,
            "waiting": waiting,
            "extension": self.extension(),
            "due": due,
            "excluded_days": len(out),
            "remaining": remaining,
            "ended_on": end[1].on if end else None,
            "disposition": disposition,
            "reported": first,
            "violations": self.wrongs + self.lapses(today),
        }


def replay(events: list[ev.Event], today: date) -> dict[str, object]:
    """What follows from `events`, or `Impossible` with the number of the one that cannot be."""
    model = Model()
    annulled: set[int] = set()
    for number, event in enumerate(events, 1):
        if isinstance(event, ev.Annulled):
            sound = event.number < number and event.number not in annulled
            if not sound or isinstance(events[event.number - 1], ev.Annulled):
                raise Impossible(number)
            annulled.add(event.number)
    for number, event in enumerate(events, 1):
        if number in annulled:
            continue
        if isinstance(event, ev.Annulled):
            days = [e.on for _, e in model.history] + [day for day, _ in model.void]
            if (days and event.on < max(days)) or event.on < date(2019, 5, 15):
                raise Impossible(number)
            model.void.append((event.on, number))
        else:
            model.add(number, event)
    late = [n for n, e in model.history if e.on > today] + [n for day, n in model.void if day > today]
    if late:
        raise Impossible(min(late))
    return model.seen(today)
