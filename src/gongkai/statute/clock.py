"""The clock of a case: from what day, how many working days, what is not counted, until when (arts 31, 33, 35).

The due date is the first working day on which the working days after the base, less those excluded, reach 20 plus the
extension. Excluded are the working days in the union of the half-open spans (sent, ended] of the consultations of
third parties and other agencies, so that overlapping ones are counted once (art. 33(3)).
"""

from datetime import date
from typing import Literal, NamedTuple

from gongkai.statute.calendar import Calendar
from gongkai.statute.facts import Consultation, Facts
from gongkai.statute.rules import rules

Status = Literal["not_started", "running", "stopped", "waiting", "ended"]
Lamp = Literal["normal", "within_5", "within_2", "overdue"]


class Span(NamedTuple):
    """The days after `start` up to and including `end`."""

    start: date
    end: date


class Clock(NamedTuple):
    """The clock on the day asked for.

    `due` is None before receipt is fixed and while the period does not run because a supplement or a payment is
    awaited; else it is `counted_due`, or `deferred_to` where that is later. `remaining` is the number of working days
    left that will count, negative when overdue; None when nothing runs. While a consultation is open, `due` assumes
    that it lapses; `remaining` does not depend on it. `ended_on` is the day the reply counts as given, or the
    application ended otherwise.
    """

    status: Status
    received_on: date | None
    base: date | None
    base_from: str
    days: int
    extension: int
    excluded: tuple[Span, ...]
    excluded_days: int
    counted_due: date | None
    deferred_to: date | None
    due: date | None
    provisional: bool
    calendar_version: str
    ended_on: date | None
    remaining: int | None
    lamp: Lamp | None

    @property
    def in_time(self) -> bool | None:
        """Whether the reply was given on or before the due date; None while that is open."""
        return None if self.ended_on is None or self.due is None else self.ended_on <= self.due


class Reckoning(NamedTuple):
    """How a period of working days came out: its last day, the spans left out within it, and their working days."""

    due: date
    excluded: tuple[Span, ...]
    excluded_days: int


def ended(consultation: Consultation, calendar: Calendar) -> date:
    """The last day a consultation excludes: its answer, or the lapse of its own 15 working days, if earlier.

    The 15 days run from receipt of the letter (arts 32, 34); while that is not on record, from its sending, which
    gives the earlier date.
    """
    start = consultation.received or consultation.sent
    days = rules().periods[consultation.kind]
    answered = consultation.answered
    if answered and (answered - start).days <= days:  # no need to count: there are no more working days than days
        return answered
    lapse = calendar.numbered(calendar.number(start) + days)
    return min(answered, lapse) if answered else lapse


def excluded_spans(facts: Facts, base: date, calendar: Calendar) -> tuple[Span, ...]:
    """The union of the consultations after `base`: disjoint spans in order."""
    if not facts.consultations:
        return ()
    spans: list[Span] = []
    for start, end in sorted([(max(c.sent, base), ended(c, calendar)) for c in facts.consultations]):
        if end <= start:
            continue
        if spans and start <= spans[-1].end:
            if end > spans[-1].end:
                spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return tuple(spans)


def reckon(base: date, days: int, excluded: tuple[Span, ...], calendar: Calendar) -> Reckoning:
    """The first day on which `days` working days after `base` have passed outside `excluded` (art. 33).

    A span that begins before that day ends before it, because none of its days counts.
    """
    number = calendar.number
    last = number(base) + days
    within = skipped = 0
    for start, end in excluded:
        begun = number(start)
        if begun >= last:
            break
        skip = number(end) - begun
        last += skip
        skipped += skip
        within += 1
    return Reckoning(calendar.numbered(last), excluded[:within], skipped)


def _counted(facts: Facts, base: date, calendar: Calendar) -> Reckoning:
    spans = excluded_spans(facts, base, calendar)
    return reckon(base, rules().periods["answer"] + facts.extension, spans, calendar)


def current_due(facts: Facts, calendar: Calendar) -> date | None:
    """The due date as the facts stand, or None when the answer period does not run.

    A deferred reply (art. 35) replaces the computed date; it cannot make the statutory period shorter.
    """
    base = facts.base
    if base is None or facts.waiting:
        return None
    due = _counted(facts, base, calendar).due
    return max(due, facts.deferred_to) if facts.deferred_to else due


def clock(facts: Facts, calendar: Calendar, today: date) -> Clock:
    """The clock of `facts` on `today`."""
    days = rules().periods["answer"]
    base = facts.base
    if base is None or facts.waiting:
        status: Status = "ended" if facts.ended_on else "waiting" if base else "not_started"
        return Clock(
            status, facts.received_on, base, facts.base_from, days, facts.extension, (), 0, None, facts.deferred_to,
            None, False, calendar.calendar_version, facts.ended_on, None, None,
        )  # fmt: skip
    counted, spans, excluded_days = _counted(facts, base, calendar)
    due, running, provisional = counted, spans, calendar.is_provisional(base, counted)
    if facts.deferred_to and facts.deferred_to > counted:  # a day named to the applicant: nothing is counted any more
        due, running, provisional = facts.deferred_to, (), False
    status, remaining, lamp = "ended", None, None
    if facts.ended_on is None:
        remaining = _remaining(running, due, calendar, today)
        status = "stopped" if any(start <= today < end for start, end in running) else "running"
        lamp = "overdue" if today > due else _lamp(remaining, provisional=provisional)
    return Clock(
        status, facts.received_on, base, facts.base_from, days, facts.extension, spans, excluded_days, counted,
        facts.deferred_to, due, provisional, calendar.calendar_version, facts.ended_on, remaining, lamp,
    )  # fmt: skip


def _remaining(excluded: tuple[Span, ...], due: date, calendar: Calendar, today: date) -> int:
    """Working days in (today, due] that count; the negative number of those in (due, today] when that is past."""
    between = calendar.working_days_between
    left = between(today, due)
    return left - sum(between(max(start, today), end) for start, end in excluded if end > today)


def _lamp(remaining: int, *, provisional: bool) -> Lamp:
    """The warning for the days left; where no notice covers the period, one working day ahead."""
    known = rules()
    left = remaining - known.provisional_ahead * provisional
    if left <= known.lamp_urgent:
        return "within_2"
    return "within_5" if left <= known.lamp_soon else "normal"
