"""The search page, its feed and its table."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from gongkai.portal import addresses, columns, exports, identity, record_search, search
from gongkai.portal.page import Page
from gongkai.portal.record_lists import FEED_SIZE
from gongkai.portal.record_search import ORDERS, Question
from gongkai.portal.shell import show
from gongkai.search import asked
from gongkai.search.found import Found

MOST_ROWS: Final = 1000
"""Of a table."""

_log = logging.getLogger(__name__)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Records with all the words, filtered and in an order; beside them agencies, columns, laws."""
    question = record_search.read(request.GET)
    found = question.find() if question else Found()
    is_plain = question.is_first_page and not question.is_narrowed
    if is_plain:
        _note(question, found)
    filters = record_search.filters(question, found) if found.total else []
    return show(
        request,
        "search",
        Page(_title(question), columns.SEARCH),
        question=question,
        longest=search.LONGEST,
        reversed=record_search.REVERSED,
        hits=record_search.hits(question, found),
        total=found.total,
        is_exact=found.is_exact,
        following=question.url(after=found.next) if found.next else "",
        filters=filters,
        chosen=[one for one in filters if one.chosen],
        orders=[(label, question.url(order="" if key == "relevance" else key), key == question.order)
                for key, label in ORDERS.items()],
        instead=[(one.text, question.url(q=one.text)) for one in found.suggestions],
        groups=search.find(question.typed) if is_plain else [],
        feed=question.url("search_feed"),
        csv=question.url("search_export"),
        most=MOST_ROWS,
        suggestions=[(column.name, column.url) for column in columns.NAVIGATION]
        + [(columns.AGENCIES.name, addresses.to("agencies"))],
    )  # fmt: skip


def _title(question: Question) -> str:
    return f"搜索“{question.typed}”" if question.typed else "搜索"


def _note(question: Question, found: Found) -> None:
    """Count the question; a database that takes nothing now is no reason not to answer."""
    try:
        asked.note(question.typed, found.total)
    except DatabaseError:
        _log.warning("a question could not be counted", exc_info=True)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest records that a question asks for, as Atom."""
    question = record_search.read({**request.GET.dict(), "order": "newest", "after": ""})
    found = question.find(FEED_SIZE, count=()) if question else Found()
    site = identity.current()
    atom = Atom1Feed(
        title=exports.readable(f"{_title(question)} - {site}"),
        link=request.build_absolute_uri(question.url()),
        description=exports.readable(f"{site}公开的政府信息中符合这次搜索的"),
        language="zh-CN",
        feed_url=request.build_absolute_uri(question.url("search_feed")),
        author_name=site.sponsor or str(site),
    )
    exports.add(atom, request, record_search.whole_rows(found))
    response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response.is_public_page = True
    return response


@require_safe
def table(request: HttpRequest) -> HttpResponseBase:
    """What a question finds as a table for a spreadsheet (CSV): the first 1 000 in the order of the page."""
    question = record_search.read(request.GET)
    lines = _lines(question, request.build_absolute_uri("/").rstrip("/"))
    begun = list(islice(lines, 2))  # with the first rows: a question that fails does so before an answer has begun
    return exports.download(chain(begun, lines), _title(question))


def _lines(question: Question, base: str) -> Iterator[str]:
    """The lines; one more says so where there are more records than the table may have."""
    rows = record_search.every(question, MOST_ROWS + 1) if question else iter(())
    yield from exports.lines(islice(rows, MOST_ROWS), base)
    if next(rows, None):
        yield exports.line([f"只导出前{MOST_ROWS}条，请增加条件再导出其余的。"])
