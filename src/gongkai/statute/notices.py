"""The yearly holiday notices of the State Council's general office (国务院办公厅节假日安排通知), read from data.

One TOML file a year under ``data/calendar``; a later notice that changes the year is appended to the same file and
names only the holidays it changes. Adding a year is adding a file.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Any


class NoticeError(ValueError):
    """A holiday file that contradicts itself; the message says which file, which holiday, and why."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """One festival of a notice: its days off, and the weekend days worked in exchange (调休上班)."""

    name: str
    first: date
    last: date
    work: tuple[date, ...] = ()

    def off_days(self) -> Iterator[date]:
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as issued. ``number`` is its 文号 where a source prints it."""

    year: int
    title: str
    number: str | None
    published: date
    holidays: tuple[Holiday, ...]


def read_notices(text: str, where: str = "") -> tuple[Notice, ...]:
    """The notices of one year file, oldest first. Raises `NoticeError` for a file that cannot be right."""
    try:
        data = tomllib.loads(text)
        year: int = data["year"]
        notices = tuple(_notice(year, row) for row in data["notice"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise NoticeError(f"{where}：节假日文件格式不对（{error}）") from error
    if list(notices) != sorted(notices, key=lambda notice: notice.published):
        raise NoticeError(f"{where}：通知没有按发布日期先后排列")
    for notice in notices:
        for holiday in notice.holidays:
            _check(notice, holiday, where)
    return notices


def package_notices() -> tuple[Notice, ...]:
    """Every notice shipped with the package, 2019 onward (working-days.md §2 [V])."""
    folder = resources.files(__package__) / "data" / "calendar"
    found: list[Notice] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            found.extend(read_notices(file.read_text("utf-8"), file.name))
    return tuple(found)


def in_force(notices: tuple[Notice, ...], as_of: date | None = None) -> dict[tuple[int, str], Holiday]:
    """The holidays that hold, by year and name, after every notice published up to `as_of` (all, if None)."""
    holidays: dict[tuple[int, str], Holiday] = {}
    for notice in sorted(notices, key=lambda item: item.published):
        if as_of is None or notice.published <= as_of:
            for holiday in notice.holidays:
                holidays[notice.year, holiday.name] = holiday
    return holidays


def statutory_holidays() -> tuple[Holiday, ...]:
    """Days of 《全国年节及纪念日放假办法》 for years without a notice: names for a warning, no more [M]."""
    file = resources.files(__package__) / "data" / "statutory_holidays.toml"
    return tuple(_holiday(row) for row in tomllib.loads(file.read_text("utf-8"))["holiday"])


def _notice(year: int, row: Mapping[str, Any]) -> Notice:
    holidays = tuple(_holiday(item) for item in row["holiday"])
    return Notice(year, row["title"], row.get("number"), row["published"], holidays)


def _holiday(row: Mapping[str, Any]) -> Holiday:
    return Holiday(row["name"], row["first"], row["last"], tuple(row.get("work", ())))


def _check(notice: Notice, holiday: Holiday, where: str) -> None:
    def refuse(why: str) -> NoticeError:
        return NoticeError(f"{where}：{notice.year}年{holiday.name}{why}")

    if holiday.last < holiday.first:
        raise refuse("的止日早于起日")
    if holiday.first < date(notice.year - 1, 12, 1) or holiday.last > date(notice.year, 12, 31):
        raise refuse("不在该年度内（上年12月的日期除外）")
    if any(day.weekday() < 5 for day in holiday.work):
        raise refuse("的调休上班日不是星期六或者星期日")
    if any(holiday.first <= day <= holiday.last for day in holiday.work):
        raise refuse("同一天既放假又上班")
