"""Working days (工作日): counted by the official calendar, and never guessed in silence.

A working day is a day that is neither a weekend nor a legal holiday, corrected by the yearly notice: weekdays off are
not working days, weekends worked in exchange (调休上班) are. The Regulation counts in working days in arts 26, 30, 32,
33 and 34. The day from which a period runs is not counted; the next working day is day 1 (民法典 art. 201(1) [M]).

In a year without a notice every Monday to Friday counts, and the result says `provisional`. That is the conservative
reading (working-days.md §4): statutory holidays could only move a due date later, so the earlier of the two calendars
is always the plain one. A real notice may still add working weekends: warn one working day ahead.

The days that differ from Monday to Friday are few (about thirty a year). They are kept sorted with running sums, so
that counting and adding are a bisection, not a walk.
"""

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from gongkai.statute.notices import Notice, in_force, package_notices, statutory_holidays


@dataclass(frozen=True, slots=True)
class Override:
    """A local row: a festival of an autonomous region, a provincial order to resume work later."""

    day: date
    working: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """A computed date, with what it rests on. A `provisional` one is shown with “以国务院办公厅通知为准”."""

    date: date
    provisional: bool
    calendar_version: str


@dataclass(frozen=True, slots=True)
class Day:
    """What the calendar knows of one day. `name` is the festival or local reason that decided it, or empty."""

    date: date
    working: bool
    official: bool
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """An immutable calendar. Make one with `Calendar.load`, or share `default_calendar()`."""

    calendar_version: str
    years: tuple[int, ...]
    _names: dict[int, str]
    _exceptions: list[int]
    _working: list[bool]
    _delta: list[int]
    _reached: list[int]
    _covered: list[tuple[int, ...]]

    @classmethod
    def load(
        cls,
        overrides: Iterable[Override] = (),
        notices: Iterable[Notice] = (),
        as_of: date | None = None,
    ) -> "Calendar":
        """The calendar of the package's notices.

        `notices` adds years the package does not ship yet; `overrides` are local rows and win over notices;
        `as_of` leaves out what was published after that day, to retell what could be known then.
        """
        holidays = in_force(package_notices() + tuple(notices), as_of)
        rows = tuple(overrides)
        working: dict[int, bool] = {}
        names: dict[int, str] = {}
        for holiday in statutory_holidays():
            names.update((day.toordinal(), holiday.name) for day in holiday.off_days())
        for (_, name), holiday in sorted(holidays.items()):
            for day in holiday.off_days():
                working[day.toordinal()], names[day.toordinal()] = False, name
        for (_, name), holiday in sorted(holidays.items()):
            for day in holiday.work:
                working[day.toordinal()], names[day.toordinal()] = True, f"{name}调休上班"
        years = tuple(sorted({year for year, _ in holidays}))
        named = set(working)
        for row in rows:
            working[row.day.toordinal()], names[row.day.toordinal()] = row.working, row.reason
        exceptions = sorted(day for day, works in working.items() if works != _plain(day))
        delta = [0, *accumulate(1 if working[day] else -1 for day in exceptions)]
        return cls(
            calendar_version=_version(years, working, local=bool(rows)),
            years=years,
            _names=names,
            _exceptions=exceptions,
            _working=[working[day] for day in exceptions],
            _delta=delta,
            _reached=[_weekdays(day) + delta[index + 1] for index, day in enumerate(exceptions)],
            _covered=_coverage(years, named),
        )

    def is_working_day(self, day: date) -> bool:
        """Whether `day` counts. In a year without a notice: whether it is Monday to Friday."""
        ordinal = day.toordinal()
        index = bisect_left(self._exceptions, ordinal)
        if index < len(self._exceptions) and self._exceptions[index] == ordinal:
            return self._working[index]
        return _plain(ordinal)

    def add_working_days(self, start: date, days: int) -> Result:
        """The `days`-th working day strictly after `start` (arts 26, 30, 32-34); `start` itself for 0."""
        if days < 0:
            raise ValueError("days must not be negative")
        if days == 0:
            return Result(start, not self.is_official(start), self.calendar_version)
        first = start.toordinal()
        last = self._reach(self._count(first) + days)
        return Result(date.fromordinal(last), not self._covers(first + 1, last), self.calendar_version)

    def number(self, day: date) -> int:
        """How many working days there are up to and including `day`, from the beginning of the calendar.

        The difference of two numbers is a count; `numbered` goes back. For sums of many spans (`clock.reckon`).
        """
        return self._count(day.toordinal())

    def numbered(self, number: int) -> date:
        """The working day with this `number`."""
        return date.fromordinal(self._reach(number))

    def working_days_between(self, start: date, end: date) -> int:
        """The number of working days in (start, end]; negative when `end` is earlier."""
        return self._count(end.toordinal()) - self._count(start.toordinal())

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on: where a period of calendar days ends (民法典; not for 31 January)."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1).date

    def on_or_before(self, day: date) -> date:
        """The last working day up to `day`: when to remind of a fixed date that falls on a holiday [P]."""
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def is_official(self, day: date) -> bool:
        """Whether a notice covers `day`: its whole year, or the day by name (2018-12-29 in the notice of 2019)."""
        return self._covers(day.toordinal(), day.toordinal())

    def is_provisional(self, start: date, end: date) -> bool:
        """Whether a count over (start, end] touches a day without a notice. `end` is always looked at."""
        low, high = sorted((start.toordinal(), end.toordinal()))
        return not self._covers(min(low + 1, high), high)

    def day(self, day: date) -> Day:
        """All that is known of one day, to explain a clock with."""
        name = self._names.get(day.toordinal(), "")
        return Day(day, self.is_working_day(day), self.is_official(day), name)

    def missing_year(self, today: date) -> int | None:
        """Next year, if it is December already and its notice is not loaded: warn the administrator (§4.5)."""
        return today.year + 1 if today.month == 12 and today.year + 1 not in self.years else None

    def _count(self, ordinal: int) -> int:
        return _weekdays(ordinal) + self._delta[bisect_right(self._exceptions, ordinal)]

    def _reach(self, target: int) -> int:
        """The ordinal of the first day up to which there are `target` working days: the inverse of `_count`."""
        index = bisect_left(self._reached, target)
        last = _weekday_number(target - self._delta[index])
        if index < len(self._exceptions) and self._exceptions[index] < last:
            last = self._exceptions[index]
        return last

    def _covers(self, first: int, last: int) -> bool:
        index = bisect_left(self._covered, (first + 1,))  # how many stretches begin on `first` or before
        return index > 0 and last <= self._covered[index - 1][1]


@cache
def default_calendar() -> Calendar:
    """The shipped calendar. It cannot go stale in a process: new notices come with `Calendar.load` or a release."""
    return Calendar.load()


def is_working_day(day: date) -> bool:
    """`Calendar.is_working_day` of the shipped calendar."""
    return default_calendar().is_working_day(day)


def add_working_days(start: date, days: int) -> Result:
    """`Calendar.add_working_days` of the shipped calendar."""
    return default_calendar().add_working_days(start, days)


def working_days_between(start: date, end: date) -> int:
    """`Calendar.working_days_between` of the shipped calendar."""
    return default_calendar().working_days_between(start, end)


def _plain(ordinal: int) -> bool:
    return ordinal % 7 not in (6, 0)  # ordinal 1 is a Monday


def _weekdays(ordinal: int) -> int:
    """How many Mondays to Fridays there are up to and including `ordinal`."""
    return ordinal // 7 * 5 + min(ordinal % 7, 5)


def _weekday_number(count: int) -> int:
    """The ordinal of the `count`-th Monday to Friday: the inverse of `_weekdays`."""
    weeks, rest = divmod(count - 1, 5)
    return weeks * 7 + rest + 1


def _coverage(years: tuple[int, ...], named: set[int]) -> list[tuple[int, ...]]:
    """Stretches of days that notices cover, as first and last ordinal."""
    spans = [(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()) for year in years]
    merged: list[tuple[int, ...]] = []
    for low, high in sorted(spans + [(day, day) for day in named]):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return merged


def _version(years: tuple[int, ...], working: dict[int, bool], *, local: bool) -> str:
    """Changes with any day: ``2019-2026.5f3c2a1b``, and ``+local`` behind it where local rows count."""
    digest = zlib.crc32(repr((years, sorted(working.items()))).encode())
    span = f"{years[0]}-{years[-1]}" if years else "none"
    return f"{span}.{digest:08x}{'+local' if local else ''}"
