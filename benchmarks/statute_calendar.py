"""add_working_days and working_days_between against a day-by-day walk of the same calendar.

Run as a script it prints one line a row; `run()` returns the rows for docs/benchmarks.md.
"""

from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter
from typing import TypedDict

from gongkai.statute.calendar import Calendar, default_calendar

ONE_DAY = timedelta(days=1)


class Row(TypedDict):
    name: str
    baseline: str
    ours_seconds: float
    baseline_seconds: float
    ratio: float


def walk_sets(calendar: Calendar) -> Callable[[date, int], date]:
    """What is usually written: Monday to Friday, a set of days off, a set of weekends worked."""
    every = _official_days(calendar)
    off = {day for day in every if day.weekday() < 5 and not calendar.is_working_day(day)}
    worked = {day for day in every if day.weekday() >= 5 and calendar.is_working_day(day)}

    def add(start: date, count: int) -> date:
        while count:
            start += ONE_DAY
            if start in worked or (start.weekday() < 5 and start not in off):
                count -= 1
        return start

    return add


def walk_table(calendar: Calendar) -> Callable[[date, int], date]:
    """The fastest walk there is: every day looked up in a table made beforehand."""
    working = {day: calendar.is_working_day(day) for day in _official_days(calendar)}

    def add(start: date, count: int) -> date:
        while count:
            start += ONE_DAY
            count -= working[start]
        return start

    return add


def walk_package(_: Calendar) -> Callable[[date, int], date]:
    """The walk with `chinesecalendar`, a development dependency."""
    from chinese_calendar import is_workday

    def add(start: date, count: int) -> date:
        while count:
            start += ONE_DAY
            count -= is_workday(start)
        return start

    return add


def tally(calendar: Calendar) -> Callable[[date, date], int]:
    working = {day: calendar.is_working_day(day) for day in _official_days(calendar)}

    def between(start: date, end: date) -> int:
        count = 0
        while start < end:
            start += ONE_DAY
            count += working[start]
        return count

    return between


def _official_days(calendar: Calendar) -> list[date]:
    first, last = date(calendar.years[0], 1, 1), date(calendar.years[-1], 12, 31)
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """The fastest of some rounds, in seconds: the one least disturbed by the machine."""
    times = []
    for _ in range(rounds):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return min(times)


def run() -> list[Row]:
    calendar = default_calendar()
    starts = [date(2019, 1, 1) + timedelta(days=offset) for offset in range(2500)]
    pairs = [(start, start + timedelta(days=300)) for start in starts]
    sets, table, package = walk_sets(calendar), walk_table(calendar), walk_package(calendar)
    rows = [
        _added("weekdays and two sets", sets, 7, starts),
        _added("weekdays and two sets", sets, 20, starts),
        _added("weekdays and two sets", sets, 40, starts),
        _added("table of every day", table, 20, starts),
        _added("chinesecalendar.is_workday", package, 20, starts),
    ]
    count = tally(calendar)
    assert all(calendar.working_days_between(a, b) == count(a, b) for a, b in pairs[::7])
    ours = best(lambda: [calendar.working_days_between(a, b) for a, b in pairs])
    baseline = best(lambda: [count(a, b) for a, b in pairs])
    rows.append(_row("working_days_between, 300 calendar days", "table of every day", ours, baseline, len(pairs)))
    return rows


def _added(baseline: str, walk: Callable[[date, int], date], count: int, starts: list[date]) -> Row:
    calendar = default_calendar()
    assert all(calendar.add_working_days(start, count).date == walk(start, count) for start in starts[::7])
    ours = best(lambda: [calendar.add_working_days(start, count) for start in starts])
    theirs = best(lambda: [walk(start, count) for start in starts])
    return _row(f"add_working_days, {count} days", baseline, ours, theirs, len(starts))


def _row(name: str, baseline: str, ours: float, theirs: float, calls: int) -> Row:
    return Row(
        name=name,
        baseline=f"day by day, {baseline}",
        ours_seconds=ours / calls,
        baseline_seconds=theirs / calls,
        ratio=ours / theirs,
    )


def main() -> list[Row]:
    rows = run()
    for row in rows:
        ours, baseline = row["ours_seconds"] * 1e6, row["baseline_seconds"] * 1e6
        print(f"{row['name']:40} {ours:6.2f} µs  {1 / row['ratio']:5.1f}×  {baseline:6.2f} µs {row['baseline']}")
    return rows


if __name__ == "__main__":
    main()
