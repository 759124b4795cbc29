"""The home page's parts: what there is in numbers, each opening its list, and what is newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.agencies.models import today
from gongkai.portal import queries
from gongkai.portal.columns import CONTENT
from gongkai.statute.catalogue import disclosure_items


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the list it opens."""

    label: str
    value: int
    unit: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something new."""

    title: str
    on: date
    url: str


def figures() -> list[Figure]:
    """What there is, counted now. Two queries."""
    agencies = reverse("portal:agencies")
    found = [
        Figure("公开机关" if not each.key else each.label, each.count, "个", f"{agencies}?kind={each.key}".rstrip("=").removesuffix("?kind"))
        for each in queries.kinds()
        if each.key != queries.FORMER and each.count
    ]  # fmt: skip
    changed = len(queries.latest_changes(1000, today().year))
    if changed:
        found.append(Figure(f"{today().year}年机构变动", changed, "次", reverse("portal:changes")))
    if found:
        found.append(Figure("法定主动公开事项", len(disclosure_items()), "项", CONTENT.url))
    return found


def newest(limit: int = 8) -> list[Item]:
    """What is newest, latest first."""
    return [
        Item(
            f"{change.agency.name}{change.text}{change.other.name if change.other else ''}",
            change.on,
            reverse("portal:agency", args=[change.agency.pk]),
        )
        for change in queries.latest_changes(limit)
    ]
