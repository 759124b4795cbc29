"""Public pages of topics (专题)."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from gongkai.disclosure import lists
from gongkai.portal import addresses, columns, described, topics
from gongkai.portal.models import Section, Topic
from gongkai.portal.page import Own, Page
from gongkai.portal.record_lists import PAGE_SIZE
from gongkai.portal.shell import show


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every topic."""
    return show(request, "topics", Page(columns.TOPICS.name, columns.TOPICS), topics=list(topics.shown()))


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic: each section with its newest records."""
    found = get_object_or_404(topics.shown().select_related("agency"), slug=slug)
    parts = []
    for number, section in enumerate(found.sections.all(), 1):
        rows, following = lists.page(topics.wanted(section).rows(), "newest", "", section.most)
        address = addresses.to("topic_section", slug, number) if following else ""
        parts.append((section, [(row, described.validity(row)) for row in rows], address))
    own = _own(found, [section for section, _, _ in parts])
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
    """Everything of a section, a page at a time by key."""
    found = get_object_or_404(topics.shown(), slug=slug)
    sections = list(found.sections.all())
    if not 1 <= number <= len(sections):
        raise Http404
    chosen = sections[number - 1]
    after = request.GET.get("after", "")
    rows, following = lists.page(topics.wanted(chosen).rows(), "newest", after, PAGE_SIZE)
    above = ((columns.TOPICS.name, columns.TOPICS.url), (found.title, addresses.to("topic", slug)))
    return show(
        request,
        "topic_section",
        Page(f"{chosen.heading}（{found.title}）", columns.TOPICS, above, own=_own(found, sections)),
        topic=found,
        section=chosen,
        number=number,
        rows=[(row, described.validity(row)) for row in rows],
        after=after,
        following=following,
    )
