"""The answers of each address, as plain data. A view gets what was asked and how to make an address whole."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from gongkai.agencies.models import Agency
from gongkai.disclosure import columns as stated_in
from gongkai.disclosure import lists, record_page
from gongkai.disclosure.catalogue import public
from gongkai.disclosure.lists import Wanted
from gongkai.portal import addresses, counted, identity, record_lists, record_search
from gongkai.portal.api import shapes
from gongkai.portal.api.problems import Problem
from gongkai.portal.api.shapes import Address
from gongkai.search import queries
from gongkai.statute.catalogue import disclosure_items, fields, themes

Asked = dict[str, Any]
Answer = dict[str, Any]
SIZE: Final = 50
MOST: Final = 100


def root(asked: Asked, address: Address) -> Answer:
    """Where everything is."""
    names = ("records", "search", "agencies", "catalogue", "columns", "items", "themes", "fields", "openapi")
    made = {name: address(addresses.to(f"api_{name}")) for name in names}
    return {"site": str(identity.current()), "links": made | {"documentation": address(addresses.to("api_page"))}}


def records(asked: Asked, address: Address) -> Answer:
    """A page of records. Three queries at most."""
    paging = {name: asked.pop(name) for name in ("order", "after", "limit") if name in asked}
    order, after, size = paging.get("order", "newest"), paging.get("after", ""), paging.get("limit", SIZE)
    _insist_on_key(after, lists.read_key(after, order))
    wanted = Wanted(**asked)
    rows, following = lists.page(wanted.rows(), order, after, size)
    given = {name: _text(value) for name, value in (asked | paging).items()}
    return {
        "items": [shapes.summary(row, address) for row in rows],
        "total": counted.total(wanted),
        "next": _next("records", given, following, address),
    }


def search(asked: Asked, address: Address) -> Answer:
    """A page of what the site's search finds. Eight queries at most on SQLite, up to twice as many on PostgreSQL."""
    given = {name: _text(value) for name, value in asked.items()}
    question = record_search.read(given)
    if not question.typed:
        raise Problem(400, "q：没有可以查找的字。", errors=[{"name": "q", "detail": "没有可以查找的字"}])
    _insist_on_key(question.after, queries.read_key(question.after))
    found = question.find(asked.get("limit", SIZE), count=())
    rows = record_search.rows(found)
    return {
        "items": [shapes.found(rows[hit.key], hit.snippet, address) for hit in found.hits if hit.key in rows],
        "total": found.total,
        "is_exact": found.is_exact,
        "next": _next("search", given, found.next, address),
    }


def record(asked: Asked, address: Address, pk: int) -> Answer:
    """One record with its text. Six queries at most."""
    row = record_page.find(pk)
    if row is not None:
        return shapes.record(row, address)
    withdrawal = record_page.withdrawal(pk)
    if withdrawal is None:
        raise Problem(404, "没有这条公开信息，或者尚未公开。")
    raise Problem(
        410, "这条信息曾经公开，现已撤回。", withdrawn_at=shapes.moment(withdrawal.at), reason=withdrawal.reason
    )


def agencies(asked: Asked, address: Address) -> Answer:
    """A page of agencies, those that no longer exist among them. Three queries."""
    size = asked.get("limit", SIZE)
    rows = list(Agency.objects.filter(pk__gt=asked.get("after", 0)).order_by("pk")[: size + 1])
    counts = counted.counts(Wanted(), "agency")
    given = {name: _text(value) for name, value in asked.items()}
    return {
        "items": [shapes.agency(row, counts.get(row.pk, 0), address) for row in rows[:size]],
        "total": Agency.objects.count(),
        "next": _next("agencies", given, str(rows[size - 1].pk) if len(rows) > size else "", address),
    }


def agency(asked: Asked, address: Address, pk: int) -> Answer:
    """One agency. Two queries."""
    row = Agency.objects.filter(pk=pk).first()
    if row is None:
        raise Problem(404, "没有这个机关。")
    return shapes.agency(row, counted.total(Wanted(agency=pk)), address)


def catalogue(asked: Asked, address: Address) -> Answer:
    """A page of the standard catalogue as the public table has it, by number. Three queries."""
    size = asked.get("limit", SIZE)
    found = public.rows(asked.get("field"), asked.get("agency"))
    rows = list(found.filter(pk__gt=asked.get("after", 0)).order_by("pk")[: size + 1])
    given = {name: _text(value) for name, value in asked.items()}
    return {
        "items": [shapes.catalogue_row(one, address) for one in public.listed(rows[:size])],
        "total": found.count(),
        "next": _next("catalogue", given, str(rows[size - 1].pk) if len(rows) > size else "", address),
    }


def columns(asked: Asked, address: Address) -> Answer:
    """The columns that have a list, what their records state besides, how many there are. One query."""
    counts = counted.by_column()
    return {
        "items": [
            {
                "key": key, "name": column.name, "description": column.description,
                "particulars": [
                    {"key": one.key, "label": one.label, "kind": one.kind, "choices": list(one.choices)}
                    for one in stated_in.public(key)
                ],
                "url": _list("column", key, address), "records": counts.get(key, 0),
            }
            for key, column in record_lists.columns().items()
        ]
    }  # fmt: skip


def items(asked: Asked, address: Address) -> Answer:
    """The statutory items of arts 20 and 21, each with how many records it has. One query."""
    counts = counted.counts(Wanted(), "item")
    return {
        "items": [
            {
                "code": item.code, "article": item.article, "text": item.text, "levels": list(item.levels),
                "url": _list("item", item.code, address), "records": counts.get(item.code, 0),
            }
            for item in disclosure_items()
        ]
    }  # fmt: skip


def theme_list(asked: Asked, address: Address) -> Answer:
    """The 22 themes. One query."""
    counts = counted.counts(Wanted(), "theme")
    return {
        "items": [
            {
                "number": theme.number, "name": theme.name, "children": list(theme.children),
                "url": _list("theme", str(theme.number), address), "records": counts.get(theme.name, 0),
            }
            for theme in themes()
        ]
    }  # fmt: skip


def field_list(asked: Asked, address: Address) -> Answer:
    """The 26 and 7 fields of grass-roots standardisation. One query."""
    counts = counted.counts(Wanted(), "field")
    return {
        "items": [
            {
                "number": field.number, "name": field.name, "is_pilot": field.pilot,
                "url": _list("field", str(field.number), address), "records": counts.get(field.number, 0),
            }
            for field in fields()
        ]
    }  # fmt: skip


def _list(kind: str, key: str, address: Address) -> str:
    return address(record_lists.url(kind, key))


def _insist_on_key(after: str, key: object) -> None:
    """Problem 400 where a page is asked for by a key that is none: to start over would give a program what it has."""
    if after and key is None:
        detail = "不是上一页 next 里的值，请原样使用 next"
        raise Problem(400, f"after：{detail}。", errors=[{"name": "after", "detail": detail}])


def _next(name: str, given: dict[str, str], after: str, address: Address) -> str | None:
    if not after:
        return None
    return address(addresses.to(f"api_{name}") + "?" + urlencode(given | {"after": after}))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
