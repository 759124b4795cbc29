"""fold of a case of 12 events against a naive day-by-day loop, and against the bar of 20 000 folds a second.

The loop is what is usually written: it knows this course of a case only, walks the calendar for every period and every
consultation, and gives a due date and three violations. `fold` gives state, clock, disposition and every violation.
What may come next and the explanation are worked out when asked for; their rows say what that adds.
Run as a script it prints one line a row; `run()` returns the rows for docs/benchmarks.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from benchmarks.measure import Row, bound, compare
from gongkai.statute import events as ev
from gongkai.statute.calendar import Calendar, default_calendar
from gongkai.statute.explanation import explain
from gongkai.statute.procedure import fold

ONE_DAY = timedelta(days=1)
TODAY = date(2026, 5, 22)
FOLDS = 500
BAR = 1 / 20_000

CASE: tuple[ev.Event, ...] = (
    ev.Received(date(2026, 3, 2), "online"),
    ev.Confirmed(date(2026, 3, 4)),
    ev.SupplementAsked(date(2026, 3, 9), 10),
    ev.NoticeReceived(date(2026, 3, 11), "supplement"),
    ev.Supplemented(date(2026, 3, 18)),
    ev.ThirdPartyAsked(date(2026, 3, 20), "甲公司"),
    ev.OtherAgencyAsked(date(2026, 3, 24), "乙局", joint=True),
    ev.OtherAgencyAnswered(date(2026, 3, 31), "乙局", "consents"),
    ev.ThirdPartyAnswered(date(2026, 4, 3), "甲公司", "objects"),
    ev.Extended(date(2026, 4, 20), 10),
    ev.Decided(date(2026, 5, 15), "denied_third_party", "公开〔2026〕12号"),
    ev.Served(date(2026, 5, 19), "postal"),
)
"""Received online, supplemented, two overlapping consultations, extended, answered a day late."""


def naive(calendar: Calendar) -> Callable[[tuple[ev.Event, ...]], tuple[date, int, list[str]]]:
    """Day by day over two sets: weekdays off, weekends worked. Gives due date, excluded days and violations."""
    first, last = date(calendar.years[0], 1, 1), date(calendar.years[-1], 12, 31)
    every = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    off = {day for day in every if day.weekday() < 5 and not calendar.is_working_day(day)}
    worked = {day for day in every if day.weekday() >= 5 and calendar.is_working_day(day)}

    def works(day: date) -> bool:
        return day in worked or (day.weekday() < 5 and day not in off)

    def add(start: date, count: int) -> date:
        while count:
            start += ONE_DAY
            count -= works(start)
        return start

    def reach(base: date, count: int, stopped: set[date]) -> tuple[date, int]:
        excluded = 0
        while count:
            base += ONE_DAY
            if works(base):
                if base in stopped:
                    excluded += 1
                else:
                    count -= 1
        return base, excluded

    def judge(events: tuple[ev.Event, ...]) -> tuple[date, int, list[str]]:
        base, sent, stopped, days, wrong = events[0].on, {}, set(), 20, []
        served = None
        for event in events:
            if isinstance(event, ev.Confirmed | ev.Supplemented):
                base = event.on
            elif isinstance(event, ev.SupplementAsked):
                if event.on > add(base, 7):
                    wrong.append("supplement_late")
            elif isinstance(event, ev.ThirdPartyAsked | ev.OtherAgencyAsked):
                sent[event.party] = event.on
            elif isinstance(event, ev.ThirdPartyAnswered | ev.OtherAgencyAnswered):
                day = sent[event.party]
                end = min(event.on, add(day, 15))
                while day < end:
                    day += ONE_DAY
                    stopped.add(day)
            elif isinstance(event, ev.Extended):
                if event.on > reach(base, days, stopped)[0]:
                    wrong.append("extension_late")
                days += event.working_days
            elif isinstance(event, ev.Served):
                served = event.on
        due, excluded = reach(base, days, stopped)
        if served and served > due:
            wrong.append("reply_late")
        return due, excluded, wrong

    return judge


def run() -> list[Row]:
    calendar = default_calendar()
    judge = naive(calendar)
    result = fold(CASE, calendar, TODAY)
    said = (result.clock.due, result.clock.excluded_days, [violation.key for violation in result.violations])
    assert said == judge(CASE)
    assert len(CASE) == 12

    def folds() -> None:
        for _ in range(FOLDS):
            fold(CASE, calendar, TODAY)

    def loops() -> None:
        for _ in range(FOLDS):
            judge(CASE)

    def with_options() -> None:
        for _ in range(FOLDS // 10):
            fold(CASE, calendar, TODAY).options()

    def explained() -> None:
        for _ in range(FOLDS // 10):
            explain(fold(CASE, calendar, TODAY))

    name = "fold, 12 events"
    return [
        _each(compare(name, folds, "day by day, due date and three violations only", loops), FOLDS),
        _each(bound(name, folds, "the bar: 20 000 folds a second on one core", BAR * FOLDS), FOLDS),
        _each(bound(f"{name}, and what may come next", with_options, "the same bar", BAR * FOLDS / 10), FOLDS // 10),
        _each(bound(f"{name}, and the explanation", explained, "the same bar", BAR * FOLDS / 10), FOLDS // 10),
    ]


def _each(row: Row, calls: int) -> Row:
    """The row in seconds a fold."""
    row["ours_seconds"] /= calls
    row["baseline_seconds"] /= calls
    return row


def main() -> None:
    for row in run():
        ours, baseline = row["ours_seconds"], row["baseline_seconds"]
        print(
            f"{row['name']:36} {ours * 1e6:7.1f} µs  {1 / ours:8.0f}/s  {row['ratio']:5.2f} of {baseline * 1e6:6.1f} µs {row['baseline']}"
        )


if __name__ == "__main__":
    main()
