"""Which cell a number in prose speaks of: data/phrases.toml, compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from typing import Any

from gongkai.annual_report.editions import TABLE_KEYS, table

_PARTS = {
    "@reconsideration_parts": ("remedies.reconsideration.",),
    "@suit_parts": ("remedies.direct_suit.", "remedies.post_reconsideration_suit."),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """One thing that prose counts. `cells` are the sums of table cells that it may rightly equal."""

    id: str
    name: str
    cells: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    before: re.Pattern[str]
    follows: frozenset[str]
    following: re.Pattern[str] | None
    after: re.Pattern[str] | None
    after_needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    topic: re.Pattern[str] | None
    units: frozenset[str]
    whole: bool
    any_year: bool


@cache
def quantities() -> tuple[Quantity, ...]:
    """Every quantity, in the order of the file: the first whose words fit a number wins."""
    data = tomllib.loads((resources.files(__package__) / "data" / "phrases.toml").read_text("utf-8"))
    return tuple(_quantity(row, data["defaults"]) for row in data["quantity"])


@cache
def _keyed() -> tuple[re.Pattern[str], dict[str, frozenset[int]]]:
    """All key words as one pattern, and which quantities each one calls for."""
    calls: dict[str, set[int]] = {}
    for i, quantity in enumerate(quantities()):
        for key in quantity.keys:
            calls.setdefault(key, set()).add(i)
    words = sorted(calls, key=len, reverse=True)
    # A key word inside another one (依申请, 申请) calls for the quantities of both.
    reach = {w: frozenset().union(*(calls[k] for k in words if k in w)) for w in words}
    return re.compile("|".join(words)), reach


def candidates(near: str) -> list[Quantity]:
    """The quantities whose key words stand near a number, in the order of the file."""
    pattern, reach = _keyed()
    called: set[int] = set()
    for word in set(pattern.findall(near)):
        called |= reach[word]
    return [quantities()[i] for i in sorted(called)]


def _quantity(row: dict[str, Any], defaults: dict[str, Any]) -> Quantity:
    def words(text: str | None) -> re.Pattern[str] | None:
        if text is None:
            return None
        for name in ("other_statistics", "applications", "channels"):
            text = text.replace(f"@{name}", defaults[name])
        return re.compile(text)

    return Quantity(
        id=row["id"],
        name=row["name"],
        cells=tuple(tuple(alternative) for alternative in row["cells"]),
        keys=tuple(row["keys"]),
        before=re.compile("(?:" + "|".join(row["before"]) + ")$"),
        follows=frozenset(row.get("follows", ())),
        following=words(row.get("following")),
        after=words("|".join(row["after"])) if "after" in row else None,
        after_needs=words(row.get("after_needs")),
        unless=words(row.get("unless")),
        topic=words(row.get("topic")),
        units=frozenset(row.get("units", defaults["units"])),
        whole=row.get("whole", False),
        any_year=row.get("any_year", False),
    )


@cache
def sums(quantity: str, editions: tuple[str, str, str]) -> tuple[tuple[str, ...], ...]:
    """The alternatives of a quantity as cell paths of forms in `editions` (tables two, three, four)."""
    found = next(q for q in quantities() if q.id == quantity)
    paths = [p for key, edition in zip(TABLE_KEYS, editions, strict=True) for p in table(key, edition).paths()]
    expanded = (tuple(p for term in terms for p in _expand(term, paths)) for terms in found.cells)
    return tuple(dict.fromkeys(cells for cells in expanded if cells))


def _expand(term: str, paths: list[str]) -> list[str]:
    if term in _PARTS:
        return [p for p in paths if p.startswith(_PARTS[term]) and not p.endswith(".total")]
    if term.startswith("@leaves."):
        ends = "." + term.removeprefix("@leaves.")
        edges = ("new_received", "carried_in", "total_handled", "carried_out")
        return [p for p in paths if p.startswith("applications.") and p.endswith(ends) and p.split(".")[1] not in edges]
    return [p for p in paths if fnmatchcase(p, term)]
