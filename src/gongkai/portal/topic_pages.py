"""Public pages of topics (专题)."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from gongkai.disclosure import lists
from gongkai.portal import columns, counted, described, exports, record_lists, records, topics
from gongkai.portal.models import Section, Topic
from gongkai.portal.page import Own, Page
from gongkai.portal.shell import show


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every topic."""
    return show(request, "topics", Page(columns.TOPICS.name, columns.TOPICS), topics=list(topics.shown()))


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic: each section with its newest records."""
    found = get_object_or_404(topics.shown().select_related("agency"), slug=slug)
    sections = list(found.sections.all())
    pages = [lists.page(topics.wanted(section).rows(), "newest", "", section.most) for section in sections]
    longer = [topics.wanted(section) for section, (_, following) in zip(sections, pages, strict=True) if following]
    totals = iter(counted.totals(longer))
    parts = [
        (
            section,
            [(row, described.validity(row)) for row in rows],
            record_lists.url("topic", f"{slug}/{number}"),
            next(totals) if following else len(rows),
        )
        for number, (section, (rows, following)) in enumerate(zip(sections, pages, strict=True), 1)
    ]
    own = _own(found, sections)
    page = Page(
        found.title, columns.TOPICS, ((columns.TOPICS.name, columns.TOPICS.url),), description=found.summary,
        keywords=own.keywords, own=own,
    )  # fmt: skip
    return show(request, "topic", page, topic=found, parts=parts)


def _own(topic: Topic, sections: Sequence[Section]) -> Own:
    """The column that a topic is."""
    about = topic.summary or f"{topic.title}：{columns.TOPICS.description}"
    return Own(topic.title, about, (topic.title, *(one.heading for one in sections)), columns.TOPICS.kind)


@require_safe
def section(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Everything of a section: a list like any other, filtered, sorted, a page at a time by key."""
    return records.record_list(request, "topic", f"{slug}/{number}")


@require_safe
def table(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A section as a table for a spreadsheet (CSV), whole."""
    return exports.table(request, "topic", f"{slug}/{number}")


@require_safe
def feed(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The newest of a section, as Atom."""
    return exports.feed(request, "topic", f"{slug}/{number}")
