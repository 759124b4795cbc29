"""A question as a backend gets it, and the conditions that both backends write the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Final

from gongkai.search import terms
from gongkai.search.entries import PUBLIC


class Tier(Enum):
    """How well an item answers. Each leaves out what a better one has."""

    IS = "is"  # its number, index number or title is the question
    HEADING = "heading"  # every word stands in its title
    ALL = "all"  # every word stands somewhere in it
    REST = "rest"  # somewhere, but not all of them in the title


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of the order is read: what comes after (place, id), up to the place `last`, or from the oldest."""

    after: tuple[int, int] | None = None
    last: int | None = None
    oldest: bool = False

    def condition(self, place: str, key: str = "i.id") -> tuple[str, list[int]]:
        """SQL; `place` and `key` are how the query calls the place and the item's key."""
        sign = "<" if self.oldest else ">"
        sql, values = "", []
        if self.after is not None:
            sql += f" AND {place} {sign}= %s AND ({place} <> %s OR {key} {sign} %s)"
            values += [self.after[0], *self.after]
        if self.last is not None:
            sql += f" AND {place} <= %s"
            values.append(self.last)
        return sql, values


EVERYWHERE: Final = Span()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. `whole` is the question as one phrase, for Tier.IS."""

    audience: tuple[str, ...]
    words: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    whole: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None

    def labels(self) -> list[list[str]]:
        """Groups of labels of which an item has at least one each."""
        groups = [[terms.label(f"facet {name}", value) for value in values] for name, values in self.filters.items()]
        if PUBLIC not in self.audience:
            groups.append([terms.label("audience", key) for key in self.audience])
        if (self.since or self.until) and "year" not in self.filters:
            # An open end is no nearer than the other: there is always a year, and no group without a label.
            first = self.since or min(_FIRST, self.until or _FIRST)
            last = self.until or max(_LAST, first)
            if last.year - first.year < _YEARS:
                groups.append([terms.label("facet year", str(year)) for year in range(first.year, last.year + 1)])
        return groups

    def tier(self, heading: str, names: str) -> Tier:
        """How well an item answers that has all the words, by its folded title and its names."""
        if self.whole and f"{terms.MARK}{self.whole}{terms.MARK}" in names:
            return Tier.IS
        return Tier.HEADING if all(word in heading for word in self.words) else Tier.REST


_FIRST: Final = date(1949, 1, 1)
_LAST: Final = date(2100, 1, 1)
_YEARS: Final = 40


def visible(wanted: Wanted) -> tuple[str, list[Any]]:
    """SQL over item `i`: the audience sees it and its day is right. The index narrows; this decides."""
    ors: list[str] = []
    values: list[Any] = []
    for key in wanted.audience:
        if key.endswith("/"):
            ors.append("substr(i.audience, 1, %s) = %s")
            values += [len(key), key]
        else:
            ors.append("i.audience = %s")
            values.append(key)
    sql = f"({' OR '.join(ors) or '1 = 0'})"
    for sign, day in ((">=", wanted.since), ("<=", wanted.until)):
        if day is not None:
            sql += f" AND i.day {sign} %s"
            values.append(day.isoformat())
    return sql, values
