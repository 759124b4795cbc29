"""Pages of records: the statutory contents, lists, the library of normative documents, the record itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency, today
from gongkai.disclosure import lists, normative, record_page
from gongkai.disclosure.catalogue import public
from gongkai.disclosure.lists import Wanted
from gongkai.disclosure.models import Shown
from gongkai.portal import addresses, columns, counted, described, document, errors, record_lists
from gongkai.portal.page import Article, Page
from gongkai.portal.record_lists import PAGE_SIZE, Question
from gongkai.portal.shell import show
from gongkai.statute.catalogue import Field, disclosure_items, fields, themes
from gongkai.statute.publication import PUBLISH_WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Entry:
    """A list in a list of lists. `note` is said of one without a record."""

    label: str
    count: int
    url: str
    key: str = ""
    note: str = "暂无"


def filled(entries: list[Entry]) -> list[Entry]:
    """Those that have something."""
    return [entry for entry in entries if entry.count]


def _field(field: Field, count: int) -> Entry:
    """The list of a field; while it has no record, what should be public in it."""
    if count:
        return Entry(field.name, count, record_lists.url("field", str(field.number)))
    return Entry(field.name, 0, addresses.to("catalogue_table", "field", field.number), note="标准目录")


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """法定主动公开内容 (arts 20, 21): by item, column, agency, theme, field, each with its count.

    Of columns, themes and fields only those that have something: a field without a record, its standard catalogue.
    """
    everything = Wanted()
    by_item, by_theme = counted.counts(everything, "item"), counted.counts(everything, "theme")
    by_field, by_column = counted.counts(everything, "field"), counted.by_column()
    catalogue = public.by_field()

    def item_entries(level: str) -> list[Entry]:
        chosen = [item for item in disclosure_items() if (level in item.levels if level else not item.levels)]
        return [
            Entry(item.text, by_item.get(item.code, 0), record_lists.url("item", item.code), item.code)
            for item in chosen
        ]

    return show(
        request,
        "content",
        Page(columns.CONTENT.name, columns.CONTENT),
        groups=[
            ("第二十条　各行政机关", item_entries("")),
            ("第二十一条　设区的市级、县级人民政府及其部门", item_entries("county")),
            ("第二十一条　乡镇人民政府", item_entries("township")),
        ],
        total=counted.total(everything),
        everything=record_lists.EVERYTHING,
        library=Entry(record_lists.NORMATIVE.name, normative.library().count(), record_lists.NORMATIVE.url()),
        by_column=filled([Entry(one.name, by_column.get(key, 0), record_lists.url("column", key)) for key, one in record_lists.columns().items()]),
        by_agency=[Entry(name, n, record_lists.url("agency", str(pk))) for pk, name, n in counted.agencies(everything)],
        by_theme=filled([Entry(theme.name, by_theme.get(theme.name, 0), record_lists.url("theme", str(theme.number))) for theme in themes()]),
        by_field=[_field(one, by_field.get(one.number, 0)) for one in fields() if one.number in by_field or one.number in catalogue],
        publish_days=PUBLISH_WORKING_DAYS,
    )  # fmt: skip


def asked(request: HttpRequest, kind: str, key: str = "") -> Question:
    """The list that an address asks for, or 404."""
    found = record_lists.find(kind, key)
    question = record_lists.read(found, request.GET) if found else None
    if question is None:
        raise Http404
    return question


@require_safe
def record_list(request: HttpRequest, kind: str, key: str = "") -> HttpResponse:
    """Records by item, agency, theme, field or column: filtered, sorted, a page at a time by key."""
    question = asked(request, kind, key)
    found = question.of
    rows, following = lists.page(question.wanted.rows(), question.order, question.after, PAGE_SIZE)
    filters = question.filters()
    page = Page(
        found.name, found.place, ((found.place.name, found.place.url), *found.above),
        description=found.description, keywords=found.keywords, own=found.own,
    )  # fmt: skip
    more: dict[str, Any] = {}
    if column := found.wanted.column:
        more["stated"] = described.stated_in_list(column, rows)
    if kind == "normative":
        more |= _tallies(question)
    return show(
        request,
        "records",
        page,
        list=found,
        question=question,
        filters=filters,
        chosen=[one for one in filters if one.chosen],
        orders=[(label, question.url(order="" if key == "newest" else key), key == question.order)
                for key, label in record_lists.ORDERS.items()],
        total=counted.total(question.wanted),
        rows=[(row, described.validity(row)) for row in rows],
        following=question.url(after=following) if following else "",
        csv=question.url("export"),
        feed=question.url("feed"),
        is_of_agency=kind == "agency",
        by_formed=question.order == "formed",
        **more,
    )  # fmt: skip


def _tallies(question: Question) -> dict[str, Any]:
    """The year of the library in numbers, of the agency chosen; nothing beside a choice that they know nothing of."""
    if {"validity", "theme"} & set(question.chosen):
        return {}
    year, agency = (int(question.chosen[name]) if name in question.chosen else None for name in ("year", "agency"))
    agencies = Agency.objects.filter(pk=agency) if agency is not None else None
    counts = normative.counts(year or today().year, agencies, until=today())
    return {"counts": counts, "is_present_year": counts.year == today().year}


@dataclass(frozen=True, slots=True)
class Beside:
    """An interpretation as it stands beside its document."""

    row: Shown
    facts: list[tuple[str, str]]
    body: str
    files: list[described.File]

    @classmethod
    def of(cls, row: Shown) -> Beside:
        """With its text and its files."""
        content = row.version.content
        body = document.shown(content["body"], described.file_addresses(row).get, under=3)
        return cls(row, described.stated(row), body, described.files(row))


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """A record: its description, its text as published last, its files, what it is tied to, what was corrected."""
    row = record_page.find(pk)
    if row is None:
        withdrawal = record_page.withdrawal(pk)
        if withdrawal is None:
            raise Http404
        return errors.gone(request, withdrawal.at, withdrawal.reason)
    versions, ties = record_page.versions(row), record_page.ties(row)
    beside = [Beside.of(one) for one in record_page.interpretations(ties)]
    address = request.build_absolute_uri(request.path)
    return show(
        request,
        "record",
        _page(row, address),
        row=row,
        facts=described.facts(row),
        validity=described.validity(row),
        body=document.shown(row.version.content["body"], described.file_addresses(row).get),
        files=described.files(row),
        ties=ties,
        beside=beside,
        interprets=record_page.interpreted(ties),
        versions=versions if len(versions) > 1 else [],
        citation=described.citation(row, address),
        data=described.json_ld(row, address),
    )


def _page(row: Shown, address: str) -> Page:
    content = row.version.content
    above = [(columns.CONTENT.name, columns.CONTENT.url)]
    column = record_lists.of_record(row)
    if column:
        above.append((column.name, column.url()))
    keywords = tuple(
        word for word in content["keywords"].replace("，", ",").replace("、", ",").split(",") if word.strip()
    )
    return Page(
        row.title, columns.CONTENT, tuple(above), description=row.abstract, keywords=keywords,
        article=Article(row.published_at, content["source"] or row.agency.name, content["issuing_body"], url=address),
        own=column.own if column else None,
    )  # fmt: skip
