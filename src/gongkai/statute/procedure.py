"""A case is its events: `fold(events, calendar, today)` gives its state, its clock, what may follow, what went wrong.

The Regulation's procedure for disclosure on application (依申请公开, arts 27-45). Pure, total and deterministic: events in
the order of their days give a `Result`, or `Refusal` says which event cannot be, and why. What is impossible (an answer
to a letter never sent) is refused; what is unlawful (a second supplement notice) happened, and becomes a violation.

A fold can be stopped and resumed: `fold(a + b)` is `proceed(proceed(begin(calendar), a), b).look(today)`. `Case` is the
state between; it never changes. An annulled event (`events.Annulled`) is left out as if it had never been, so that a
correction is the right event at its place in time and an annulment of the wrong one.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from gongkai.statute.calendar import Calendar
from gongkai.statute.clock import Clock, clock
from gongkai.statute.events import Annulled, Event
from gongkai.statute.facts import Facts, Phase
from gongkai.statute.guards import missed_confirmation
from gongkai.statute.rules import rules
from gongkai.statute.transitions import TRANSITIONS, refusal
from gongkai.statute.violations import Violation, kinds

Verdict = Literal["may", "must_not", "cannot"]

STATES: Final[dict[str, str]] = {
    "new": "尚无事件",
    "awaiting_confirmation": "待与申请人确认",
    "registered": "已登记，办理中",
    "supplement_requested": "待申请人补正",
    "supplemented": "已补正，办理中",
    "supplement_lapsed": "逾期不补正，待告知不再处理",
    "consulting": "征求意见中",
    "fee_notified": "待申请人缴费",
    "fee_paid": "已缴费，办理中",
    "fee_lapsed": "逾期未缴费，待告知不再处理",
    "extended": "已延期，办理中",
    "deferred": "延迟答复，办理中",
    "drafted": "已拟稿",
    "reviewed": "已审查",
    "approved": "已作出答复，待送达",
    "delivered": "已送达",
    "redecided": "已重新作出答复，待送达",
    "withdrawn": "申请人已撤回",
    "merged": "已合并办理",
    "transferred": "已转送",
    "archived": "已归档",
    "remedy_reconsideration": "行政复议中",
    "remedy_suit": "行政诉讼中",
}
"""The states of application-procedure.md §10, with their labels."""

_STATE_OF: Final[dict[Phase, str]] = {
    "new": "new",
    "awaiting_confirmation": "awaiting_confirmation",
    "awaiting_supplement": "supplement_requested",
    "supplement_lapsed": "supplement_lapsed",
    "awaiting_payment": "fee_notified",
    "fee_lapsed": "fee_lapsed",
    "decided": "approved",
    "delivered": "delivered",
    "redecided": "redecided",
    "withdrawn": "withdrawn",
    "merged": "merged",
    "transferred": "transferred",
    "archived": "archived",
}


class Refusal(ValueError):
    """An event that cannot be: its `number` in the list (from 1), its `label`, and the `reason` in Chinese."""

    def __init__(self, number: int, label: str, reason: str) -> None:
        super().__init__(f"第{number}个事件“{label}”不成立：{reason}。")
        self.number = number
        self.label = label
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Option:
    """Whether an event may come next. `reason` is empty for `may`; `must_not` would be the violations in `keys`."""

    key: str
    label: str
    verdict: Verdict
    reason: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A case after some events: what `proceed` continues from."""

    calendar: Calendar
    events: tuple[Event, ...]
    facts: Facts
    annulled: frozenset[int] = frozenset()

    def look(self, today: date) -> "Result":
        """The case as seen on `today`. Raises `Refusal` for an event after that day."""
        facts = self.facts
        if facts.last > today:
            number, event = next(
                (n, e) for n, e in enumerate(self.events, 1) if e.on > today and n not in self.annulled
            )
            raise Refusal(number, event.label, f"日期{_day(event.on)}晚于今天（{_day(today)}）")
        now = clock(facts, self.calendar, today)
        return Result(
            self, today, _state(facts, now), now, facts.violations + _lapses(facts, now, self.calendar, today)
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What follows from the events on `today`. `state` is a key of `STATES`; violations are in the order found."""

    case: Case
    today: date
    state: str
    clock: Clock
    violations: tuple[Violation, ...]

    @property
    def disposition(self) -> str:
        """How the case ended, as a code of `dispositions`; the latest decision counts. Empty while it is open."""
        return self.case.facts.disposition

    @property
    def reported(self) -> tuple[str, date] | None:
        """The disposition and the day with which the annual report counts the case, or None.

        One application is counted once, in the year of its first decision; a decision made anew after reconsideration
        or judgment keeps that count (§6, §10). A transferred one is counted by the agency that answers it (§7 of the
        report format: 谁收到、谁处理).
        """
        facts = self.case.facts
        return (facts.first_disposition, facts.decided_on) if facts.decided_on else None

    def options(self) -> tuple[Option, ...]:
        """Every event type with what stands against it on `today`, in the order of a case.

        What is missed already does not stand against doing it late.
        """
        facts, calendar = self.case.facts, self.case.calendar
        missed = {violation.key for violation in self.violations if not violation.number}
        found = []
        for cls, row in TRANSITIONS.items():
            reason = refusal(facts, row, cls.label) if facts.phase not in row.phases else ""
            if not reason and row.need:
                reason = row.need(facts, calendar, self.today, None)
            if reason:
                found.append(Option(cls.key, cls.label, "cannot", reason))
                continue
            wrong = row.wrong(facts, calendar, self.today, None) if row.wrong else ()
            keys = tuple(key for key in wrong if key not in missed)
            against = "；".join(f"{kinds()[key].text}（{kinds()[key].article}）" for key in keys)
            found.append(Option(cls.key, cls.label, "must_not" if keys else "may", against, keys))
        return tuple(found)


def fold(events: Iterable[Event], calendar: Calendar, today: date) -> Result:
    """What follows from `events`, which are in the order of their days. Raises `Refusal` for one that cannot be."""
    return proceed(begin(calendar), events).look(today)


def begin(calendar: Calendar) -> Case:
    """A case without events."""
    return Case(calendar, (), Facts())


def proceed(case: Case, events: Iterable[Event]) -> Case:
    """The case after further events. Raises `Refusal`; numbers count from the first event of the whole case."""
    more = tuple(events)
    known = case.events + more
    for event in more:
        if type(event) is Annulled:
            void = _annulled(known)
            return Case(case.calendar, known, _run(Facts(), known, 1, case.calendar, void), void)
    facts = copy(case.facts) if case.events else Facts()
    facts = _run(facts, more, len(case.events) + 1, case.calendar, case.annulled)
    return Case(case.calendar, known, facts, case.annulled)


def _annulled(events: tuple[Event, ...]) -> frozenset[int]:
    """The numbers of the events that a later one annuls."""
    found: set[int] = set()
    for number, event in enumerate(events, 1):
        if isinstance(event, Annulled):
            target = event.number
            if target >= number:
                raise Refusal(number, event.label, f"只能撤销在它之前的事件，第{target}个事件不在它之前")
            if isinstance(events[target - 1], Annulled):
                raise Refusal(number, event.label, f"第{target}个事件本身是撤销，不能再撤销，请重新登记该事实")
            if target in found:
                raise Refusal(number, event.label, f"第{target}个事件已经撤销")
            found.add(target)
    return frozenset(found)


def _run(facts: Facts, events: tuple[Event, ...], first: int, calendar: Calendar, annulled: frozenset[int]) -> Facts:
    """Apply `events`, numbered from `first`, to `facts`, which it changes and returns."""
    started = rules().in_force_on
    for number, event in enumerate(events, first):
        if number in annulled:
            continue
        row = TRANSITIONS.get(type(event))
        if row is None:
            raise Refusal(number, str(type(event).__name__), "不是案件的事件")
        on = event.on
        if on < facts.last:
            raise Refusal(
                number, event.label, f"日期{_day(on)}早于它前面的事件（{_day(facts.last)}），事件应按日期先后排列"
            )
        if on < started:
            raise Refusal(number, event.label, f"日期{_day(on)}早于条例施行之日（{_day(started)}）")
        if facts.phase not in row.phases:
            raise Refusal(number, event.label, refusal(facts, row, event.label) + _because(annulled))
        if row.need is not None:
            reason = row.need(facts, calendar, on, event)
            if reason:
                raise Refusal(number, event.label, reason + _because(annulled))
        wrong = row.wrong(facts, calendar, on, event) if row.wrong is not None else ()
        for key in wrong:
            facts.violations += (Violation(key, on, number),)
        row.apply(facts, event, number, wrong)
        facts.last = on
    return facts


def _because(annulled: frozenset[int]) -> str:
    return f"（第{'、'.join(map(str, sorted(annulled)))}个事件已经撤销）" if annulled else ""


def _lapses(facts: Facts, now: Clock, calendar: Calendar, today: date) -> tuple[Violation, ...]:
    """Violations by doing nothing, on the last day on which it could have been done; and a late reply."""
    if facts.phase == "awaiting_confirmation":
        assert facts.arrived
        if missed_confirmation(facts, today):
            return (Violation("confirmation_missed", facts.arrived),)
        patience = rules().periods["confirmation"]
        last = calendar.add_working_days(facts.arrived, patience).date
        both = rules().channels[facts.channel].confirm == "both" and facts.contacted is None
        return (Violation("confirmation_pending", last),) if both and today > last else ()
    if now.due is None:
        return ()
    if facts.ended_on is None:
        return (Violation("reply_overdue", now.due),) if today > now.due else ()
    if facts.ended_on <= now.due:
        return ()
    return (Violation("reply_late" if facts.service else "reply_overdue", facts.ended_on, facts.ended_number),)


def _state(facts: Facts, now: Clock) -> str:
    if facts.phase in ("delivered", "archived", "withdrawn", "merged", "transferred"):
        for remedy in facts.remedies:
            if remedy.closed is None:
                return f"remedy_{remedy.kind}"
    if facts.phase != "processing":
        return _STATE_OF[facts.phase]
    marks = (
        (now.status == "stopped", "consulting"),
        (facts.reviewed, "reviewed"),
        (facts.drafted, "drafted"),
        (facts.deferred_to is not None, "deferred"),
        (facts.extension > 0, "extended"),
        (facts.base_from == "paid", "fee_paid"),
        (facts.supplemented, "supplemented"),
    )
    return next((state for holds, state in marks if holds), "registered")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
