"""The home page's parts: what there is in numbers, each opening its list, and what is newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from gongkai.agencies.models import today
from gongkai.disclosure.lists import Tally
from gongkai.portal import addresses, queries, record_lists

NEWEST: Final = 8
"""How many records the page shows."""
BESIDE: Final = 5
"""How many documents, and interpretations."""
TOPICS: Final = 6
"""How many topics."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the list it opens."""

    label: str
    value: int
    unit: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something new; `key` tells it from whatever else has its address."""

    title: str
    on: date
    url: str
    key: str


def figures(changes: list[queries.Change], tally: Tally) -> list[Figure]:
    """What there is, counted now; of what there is one of, nobody needs the number. One query."""
    agencies, year = addresses.to("agencies"), today().year
    of_records = (
        Figure("本年公开政府信息", tally.this_year, "条", f"{record_lists.EVERYTHING.url()}?year={year}"),
        Figure("现行有效的规范性文件", tally.in_force, "件", f"{record_lists.NORMATIVE.url()}?validity=in_force"),
        Figure("本年政策解读", tally.interpretations, "篇", f"{_column('interpretation')}?year={year}"),
    )
    found = [figure for figure in of_records if figure.value] + [
        Figure(each.label, each.count, "个", f"{agencies}?kind={each.key}") if each.key
        else Figure("公开机关", each.count, "个", agencies)
        for each in queries.kinds()
        if each.count > 1 and each.key != queries.FORMER
    ]  # fmt: skip
    changed = sum(change.on.year == today().year for change in changes)
    if changed:
        found.append(Figure("本年机构变动", changed, "次", addresses.to("changes")))
    return found


def _column(key: str) -> str:
    return record_lists.url("column", key)


def newest(changes: list[queries.Change]) -> list[Item]:
    """What is newest, latest first."""
    return [
        Item(
            f"{change.agency.name}{change.text}{change.other.name if change.other else ''}",
            change.on,
            addresses.to("agency", change.agency.pk),
            change.key,
        )
        for change in changes
    ]
