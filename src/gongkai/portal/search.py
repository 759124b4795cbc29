"""Search over what is no record: agencies, columns, statutory items, laws. Each source gives its hits, shown by group."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.portal import addresses
from gongkai.portal.columns import ABOUT, AGENCIES, CONTENT, NAVIGATION, RULES
from gongkai.search import pinyin
from gongkai.statute.catalogue import disclosure_items
from gongkai.statute.instruments import instruments

LONGEST: Final = 100
_INITIALS: Final = re.compile(r"[a-z]{2,20}", re.IGNORECASE | re.ASCII)
EACH: Final = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found."""

    title: str
    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one source; `more` where there are more than are shown."""

    label: str
    hits: list[Hit]
    more: bool = False


def clean(typed: str) -> str:
    """What was typed without control characters, no longer than a title."""
    return "".join(ch if ch.isprintable() else " " for ch in typed[: 2 * LONGEST]).strip()[:LONGEST]


def words(typed: str) -> list[str]:
    """What was typed, as words that must all occur."""
    return clean(typed).split()


def find(typed: str) -> list[Group]:
    """Everything that has all the words, by source."""
    wanted = words(typed)
    if not wanted:
        return []
    groups = []
    for label, source in SOURCES.items():
        hits = source(wanted, EACH + 1)
        if hits:
            groups.append(Group(label, hits[:EACH], len(hits) > EACH))
    return groups


def _has_all(wanted: list[str], *texts: str) -> bool:
    whole = " ".join(texts).casefold()
    return all(word.casefold() in whole for word in wanted)


def columns(wanted: list[str], limit: int) -> list[Hit]:
    """Columns and fixed pages."""
    every = (*NAVIGATION, AGENCIES, ABOUT)
    return [
        Hit(column.name, column.url, column.description)
        for column in every
        if _has_all(wanted, column.name, column.description, *column.keywords)
    ][:limit]


def agencies(wanted: list[str], limit: int) -> list[Hit]:
    """Agencies by their present, short and former names, or the initials of one of them; those that exist first."""
    where = Q()
    # One word at most is taken for initials: each would be a question of its own.
    initials = next((word for word in wanted if _INITIALS.fullmatch(word)), "")
    for word in wanted:
        named = Q(name__icontains=word) | Q(short_name__icontains=word) | Q(names__name__icontains=word)
        where &= named | Q(pk__in=_by_initials(word)) if word == initials else named
    found = Agency.objects.filter(where).distinct().order_by("order", "pk")[:limit]
    return [
        Hit(agency.name, addresses.to("agency", agency.pk), agency.address if agency.exists else "已撤销")
        for agency in sorted(found, key=lambda agency: not agency.exists)
    ]


@lru_cache(10_000)
def _initials(name: str) -> str:
    """The same for ever, so that only new names cost anything."""
    return pinyin.initials(name)


def _by_initials(word: str) -> set[int]:
    """The agencies of whose names these are initials. One query."""
    word = word.casefold()
    names = Agency.objects.order_by().values_list("pk", "name", "short_name", "names__name")
    return {pk for pk, *some in names if any(word in _initials(name) for name in some if name)}


def items(wanted: list[str], limit: int) -> list[Hit]:
    """What the law says must be public."""
    return [
        Hit(item.text, f"{CONTENT.url}#{item.code}", item.article)
        for item in disclosure_items()
        if _has_all(wanted, item.text, item.article)
    ][:limit]


def laws(wanted: list[str], limit: int) -> list[Hit]:
    """The laws and rules of disclosure."""
    return [
        Hit(one.title, f"{RULES.url}#{one.key}", one.number)
        for one in instruments()
        if _has_all(wanted, one.title, one.number)
    ][:limit]


SOURCES: Final[dict[str, Callable[[list[str], int], list[Hit]]]] = {
    "公开机关": agencies,
    "栏目": columns,
    "法定主动公开内容": items,
    "法规制度": laws,
}
"""Every source by the heading of its group."""
