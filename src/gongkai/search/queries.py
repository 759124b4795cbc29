"""The question: find."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final, Literal

from gongkai.search import suggestions, words
from gongkai.search.backends import Backend, backend
from gongkai.search.entries import PUBLIC
from gongkai.search.found import Found, Hit
from gongkai.search.models import Item
from gongkai.search.places import later
from gongkai.search.snippets import marked, snippet
from gongkai.search.wanted import Span, Tier, Wanted

Order = Literal["relevance", "newest", "oldest"]
COUNTED: Final = 200
"""So many hits are counted; beyond that the total says "more than"."""
PAGE: Final = 100
"""The longest page."""
_BONUS: Final = {Tier.IS: 100 * 365, Tier.HEADING: 10 * 365, Tier.REST: 0}
"""Days that an item counts as newer than it is: a title of ten years ago equals a mention of today."""


def find(
    text: str,
    *,
    audience: Collection[str] = (PUBLIC,),
    filters: Mapping[str, str | Collection[str]] | None = None,
    since: date | None = None,
    until: date | None = None,
    order: Order = "relevance",
    after: str = "",
    limit: int = 20,
    count: Collection[str] = (),
) -> Found:
    """What the audience may see and the text asks for.

    `audience`: "public", realms (paths that end in /) and keys; an item is seen by whoever asks with one of its.
    `filters`: facet -> value or values, any of which will do. `count` names the facets to be counted. An empty text
    finds everything that passes the filters.
    """
    asked = words.read(text)
    if text.strip() and not asked:
        return Found()  # nothing but punctuation
    if since and until and since > until:
        return Found()  # no day lies between
    wanted = Wanted(
        audience=tuple(audience),
        words=asked.wanted,
        unwanted=asked.unwanted,
        whole=asked.whole,
        filters={name: (v,) if isinstance(v, str) else tuple(v) for name, v in (filters or {}).items()},
        since=since,
        until=until,
    )
    index = backend()
    limit = max(1, min(limit, PAGE))
    every, is_exact = index.count(wanted, COUNTED)
    page = _page(index, wanted, order, read_key(after), limit + 1, every, is_exact)
    ids = [key for _, key in every]
    return Found(
        hits=_hits([key for *_, key in page[:limit]], wanted.words),
        total=len(ids),
        is_exact=is_exact,
        next=_key(page[limit - 1]) if len(page) > limit else "",
        facets=index.facets(ids, count) if ids and count and is_exact else {},
        suggestions=() if ids else suggestions.instead(index, wanted),
    )


_Place = tuple[int, int]
"""(place, id)"""
_Row = tuple[int, int, int]
"""(place with the bonus, bonus in days, id)"""


def _page(
    index: Backend, wanted: Wanted, order: Order, after: _Row | None, limit: int, every: list[_Place], is_exact: bool
) -> list[_Row]:
    """The next rows in the order. `every` are the newest hits that have been counted, all of them where `is_exact`."""
    if not every:
        return []
    if order != "relevance" or not wanted.words:
        start = (after[0], after[2]) if after else None
        rows = index.newest(wanted, Tier.ALL, limit, Span(start, oldest=order == "oldest"))
        return [(place, 0, key) for place, key in rows]
    if is_exact:
        return _ranked(wanted, every, after)[:limit]
    return _merged(index, wanted, after, limit) if after else _first(index, wanted, every, limit)


def _ranked(wanted: Wanted, every: list[_Place], after: _Row | None) -> list[_Row]:
    """All hits in the order, those after the page's key; their titles and numbers tell how well each answers."""
    names = Item.objects.order_by().filter(pk__in=[key for _, key in every]).values_list("pk", "heading", "names")
    bonus = {key: _BONUS[wanted.tier(*folded)] for key, *folded in names}
    rows = ((later(place, bonus.get(key, 0)), bonus.get(key, 0), key) for place, key in every)
    return sorted((row for row in rows if not after or _in_order(row) > _in_order(after)), key=_in_order)


def _first(index: Backend, wanted: Wanted, every: list[_Place], limit: int) -> list[_Row]:
    """The first rows of more than were counted: the newest of each tier are enough, as many as there are counted."""
    found = {key: (place, 0, key) for place, key in every}
    for tier in (Tier.HEADING, Tier.IS):
        if tier is Tier.IS and not wanted.whole:
            continue
        bonus = _BONUS[tier]
        found |= {key: (later(place, bonus), bonus, key) for place, key in index.newest(wanted, tier, len(every))}
    return sorted(found.values(), key=_in_order)[:limit]


def _merged(index: Backend, wanted: Wanted, after: _Row | None, limit: int) -> list[_Row]:
    """The rows after a page's: each tier is in the order of places, so that the merge needs only their heads."""
    made: list[_Row] = []
    for tier, bonus in _BONUS.items():
        if tier is Tier.IS and not wanted.whole:
            continue
        start = (later(after[0], -bonus), _from(after, bonus)) if after else None
        # What a better tier has filled the page with bounds how far this one need be read.
        last = later(made[-1][0], -bonus) if len(made) == limit else None
        rows = index.newest(wanted, tier, limit, Span(start, last))
        made = sorted([*made, *((later(place, bonus), bonus, key) for place, key in rows)], key=_in_order)[:limit]
    return made


def _in_order(row: _Row) -> tuple[int, int, int]:
    """Newest first, the better tier first where places with their bonus are equal."""
    return row[0], -row[1], row[2]


def _from(after: _Row, bonus: int) -> int:
    """The id after which a tier goes on, where places with their bonus are equal: the better tier comes first."""
    if bonus == after[1]:
        return after[2]
    return 2**62 if bonus > after[1] else -1


def _key(row: _Row) -> str:
    return ".".join(map(str, row))


def read_key(text: str) -> _Row | None:
    """The key of a page; None for what is none, with which a search begins at the beginning."""
    parts = text.split(".")
    digits = (part.removeprefix("-") for part in parts)
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 18 for part in digits):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2])


def _hits(keys: Sequence[int], asked: Sequence[str]) -> tuple[Hit, ...]:
    items = Item.objects.defer("heading", "names", "text__folded").select_related("text").in_bulk(keys)
    return tuple(_hit(items[key], asked) for key in keys if key in items)


def _hit(item: Item, asked: Sequence[str]) -> Hit:
    body = item.text.body if hasattr(item, "text") else ""
    return Hit(
        kind=item.kind,
        key=item.key,
        title=marked(item.title, asked),
        snippet=snippet(body, asked),
        number=item.number,
        index_no=item.index_no,
        day=item.day,
        facets=item.facets,
        values=item.values,
    )
