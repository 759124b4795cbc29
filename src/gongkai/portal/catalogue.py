"""Pages of the standard catalogue (基层政务公开标准目录): by field, by agency, a row with all that is public under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, Final

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from gongkai.agencies.downloads import spreadsheet
from gongkai.agencies.models import Agency
from gongkai.disclosure import lists
from gongkai.disclosure.catalogue import models, public, writing
from gongkai.disclosure.catalogue.models import CatalogueRow, field_name
from gongkai.disclosure.catalogue.public import Listed
from gongkai.portal import addresses, columns, described, groups, marks
from gongkai.portal.page import Own, Page
from gongkai.portal.record_lists import PAGE_SIZE
from gongkai.portal.records import Entry
from gongkai.portal.shell import show
from gongkai.statute.catalogue import fields

TITLE: Final = "基层政务公开标准目录"
_NARROW: Final = frozenset({"to_all", "on_own", "on_application", "county", "township", "number", "process"})


def watch() -> None:
    """Pages of the catalogue are of those that any publication changes; a change of the catalogue does, too."""
    models.WATCHERS.append(lambda: transaction.on_commit(partial(marks.change, [groups.RECORDS])))


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The fields and the agencies that have a catalogue."""
    by_field = public.by_field()
    return show(
        request, "catalogue", _page(TITLE),
        by_field=[Entry(one.name, by_field[one.number], url("field", one.number)) for one in fields() if one.number in by_field],
        by_agency=[Entry(name, count, url("agency", pk)) for pk, name, count in public.by_agency()],
        total=sum(by_field.values()),
    )  # fmt: skip


def url(kind: str, key: int, **more: Any) -> str:
    """The address of a table, or of a row."""
    query = "&".join(f"{name}={value}" for name, value in more.items() if value)
    return addresses.to("catalogue_table", kind, key) + (f"?{query}" if query else "")


def _page(title: str, *above: tuple[str, str], description: str = "", column: str = "") -> Page:
    """`column`: the table in which a row stands; a table is a column itself."""
    start = [(TITLE, addresses.to("catalogue"))] if title != TITLE else []
    about, words = "应当公开的事项、内容、依据、时限、主体、渠道、对象和方式", ("标准目录", "基层政务公开", "公开事项")
    own = Own(column or title, f"{column or title}：{about}", words, "信息公开，标准目录")
    return Page(
        title, columns.CONTENT, ((columns.CONTENT.name, columns.CONTENT.url), *start, *above),
        description=description or own.description, keywords=words, own=own,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table: its column, its text, how many rows it runs over."""

    name: str
    text: str
    rows: int = 1

    @property
    def kind(self) -> str:
        """How wide it is."""
        return "tick" if self.name in _NARROW else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the State's template has it, and what is public beside each row."""

    name: str
    heads: list[tuple[str, list[tuple[str, str]]]]
    lines: list[tuple[Listed, list[Cell]]]


def table(name: str, some: list[Listed]) -> Table:
    """The table of these rows; equal first-level matters of an agency are one cell."""
    heads = writing.columns(with_process=any(one.row.process for one in some))
    names = [name for _, below in heads for _, name in below]
    lines = []
    for _, group in groupby(some, key=lambda one: (one.row.agency_id, one.row.level1)):
        same = list(group)
        for n, one in enumerate(same):
            cells = [
                Cell(name, writing.said(one.row, name), len(same) if name == "level1" else 1)
                for name in names if n == 0 or name != "level1"
            ]  # fmt: skip
            lines.append((one, cells))
    return Table(name, heads, lines)


@require_safe
def tables(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """The catalogue of a field, of an agency, or a row of it."""
    return _KINDS[kind](request, key) if kind in _KINDS else _none()


def _none() -> HttpResponse:
    raise Http404


def _of_field(request: HttpRequest, number: int) -> HttpResponse:
    agency = _number(request.GET.get("agency", ""))
    every = public.listed(public.rows(number))
    if not every:
        raise Http404
    found = [one for one in every if agency is None or one.row.agency_id == agency]
    choices = {one.row.agency_id: one.row.agency.label for one in every}
    return show(
        request, "catalogue_table", _page(f"{field_name(number)}领域{TITLE}"), tables=[table(field_name(number), found)] if found else [],
        label="机关", is_whole=agency is None, everything=url("field", number), export=_export("field", number, agency=agency), total=len(found),
        choices=[(name, url("field", number, agency=pk), pk == agency) for pk, name in choices.items()],
    )  # fmt: skip


def _of_agency(request: HttpRequest, pk: int) -> HttpResponse:
    agency, number = get_object_or_404(Agency, pk=pk), _number(request.GET.get("field", ""))
    every = public.listed(public.rows(agency=pk))
    if not every:
        raise Http404
    found = [one for one in every if number is None or one.row.field == number]
    choices = {one.row.field: one.row.field_name for one in every}
    parts = [table(name, list(some)) for name, some in groupby(found, key=lambda one: one.row.field_name)]
    return show(
        request, "catalogue_table", _page(f"{agency.name}{TITLE}"), tables=parts, total=len(found),
        label="领域", is_whole=number is None, everything=url("agency", pk), export=_export("agency", pk, field=number), agency=agency,
        choices=[(name, url("agency", pk, field=one), one == number) for one, name in choices.items()],
    )  # fmt: skip


def _row(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(public.rows(), pk=pk)
    after = request.GET.get("after", "")
    found, following = lists.page(public.records(row), "newest", after, PAGE_SIZE)
    above = (f"{row.field_name}领域", url("field", row.field))
    return show(
        request, "catalogue_row", _page(row.matter, above, description=row.content[:200], column=f"{row.field_name}领域{TITLE}"), row=row, above=above,
        facts=_facts(row),
        rows=[(one, described.validity(one)) for one in found], is_of_agency=True, after=after, address=url("row", pk),
        total=public.records(row).count(), following=url("row", pk, after=following) if following else "",
    )  # fmt: skip


def _facts(row: CatalogueRow) -> list[tuple[str, str]]:
    """The columns of a row below its matter, which is the page's title; of ticks, what is ticked."""
    found = []
    for label, below in writing.columns(with_process=bool(row.process)):
        if len(below) == 1:
            found.append((label, writing.said(row, below[0][1])))
        elif below[0][1] != "level1":
            said = [(under, writing.said(row, name)) for under, name in below]
            found.append(
                (label, "；".join(under if text == "√" else f"{under}：{text}" for under, text in said if text))
            )
    return [(label, text) for label, text in found if text and label != "序号"]


_KINDS: Final[dict[str, Callable[[HttpRequest, int], HttpResponse]]] = {
    "field": _of_field, "agency": _of_agency, "row": _row,
}  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _export(kind: str, key: int, **more: Any) -> str:
    query = "&".join(f"{name}={value}" for name, value in more.items() if value)
    return addresses.to("catalogue_export", kind, key) + (f"?{query}" if query else "")


@require_safe
def export(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """The same table as the State's spreadsheet."""
    if kind not in ("field", "agency"):
        raise Http404
    number = key if kind == "field" else _number(request.GET.get("field", ""))
    agency = key if kind == "agency" else _number(request.GET.get("agency", ""))
    found = list(public.rows(number, agency))
    if not found:
        raise Http404
    title = found[0].agency.name if agency is not None else ""
    name = f"{title}{field_name(number) if number is not None else ''}{TITLE}"
    return spreadsheet(writing.workbook(found, title), name)
