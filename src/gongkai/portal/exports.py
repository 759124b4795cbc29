"""A list as a file: a table for a spreadsheet, and an Atom feed. The same filters as the page."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from gongkai.disclosure import columns, lists
from gongkai.disclosure.models import Shown
from gongkai.portal import addresses, described, identity, record_lists
from gongkai.portal.records import asked

COLUMNS: Final = (
    "索引号", "标题", "内容概述", "生成日期", "发文字号", "公开机关", "法定事项", "主题", "体裁", "发布日期", "有效性",
    "实施日期", "有效期至", "废止日期", "网址",
)  # fmt: skip
"""The columns of the table: first what art. 12 wants of a catalogue."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> str:
        """The text."""
        return text


_WRITER: Final = csv.writer(_Echo())
_AT_ONCE: Final = 500


@require_safe
def table(request: HttpRequest, kind: str, key: str = "") -> HttpResponseBase:
    """A list as a table for a spreadsheet (CSV), whole."""
    question = asked(request, kind, key)
    wanted, base = question.wanted, request.build_absolute_uri("/").rstrip("/")
    return download(lines(lists.every(wanted, question.order), base, wanted.column), question.of.name)


def download(table: Iterable[str], name: str) -> StreamingHttpResponse:
    """The lines of a table as a file called `name`, without an ending, sent as they are made."""
    response = StreamingHttpResponse(table, content_type="text/csv; charset=utf-8")
    called = quote(f"{name}.csv", safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"records.csv\"; filename*=UTF-8''{called}"
    return response


def lines(rows: Iterator[Shown], base: str, column: str = "") -> Iterator[str]:
    """The lines of the table; the mark at the beginning tells spreadsheets that it is UTF-8. Of one column of the site, with
    what its records state besides: one query for every 500."""
    particulars = columns.public(column)
    yield "\ufeff" + line([*COLUMNS, *(one.label for one in particulars)])
    while some := list(islice(rows, _AT_ONCE)):
        stated = lists.particulars(some) if particulars else {}
        for row in some:
            said = stated.get(row.pk, {})
            yield line([*values(row, base), *(columns.said(said.get(one.key)) for one in particulars)])


def line(cells: Iterable[str]) -> str:
    """A line of a table, with no cell that a spreadsheet takes for a formula."""
    made: str = _WRITER.writerow([_harmless(cell) for cell in cells])
    return made


def values(row: Shown, base: str) -> list[str]:
    """A row of the table."""
    standing = described.validity(row)
    return [
        row.index_no, row.title, row.abstract, row.formed_on.isoformat(), row.document_no, row.agency.name,
        record_lists.item_text(row.item), row.theme, row.genre, f"{timezone.localtime(row.published_at):%Y-%m-%d}",
        standing.label if standing else "", *(str(day or "") for day in (row.effective_on, row.expires_on, row.repealed_on)),
        base + addresses.to("record", row.pk),
    ]  # fmt: skip


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


@require_safe
def feed(request: HttpRequest, kind: str, key: str = "") -> HttpResponse:
    """The newest of a list, as Atom."""
    question = asked(request, kind, key)
    site, found = identity.current(), question.of
    atom = Atom1Feed(
        title=f"{found.name} - {site}",
        link=request.build_absolute_uri(question.url()),
        description=found.description,
        language="zh-CN",
        feed_url=request.build_absolute_uri(question.url("feed")),
        author_name=site.sponsor or str(site),
    )
    rows = lists.newest(question.wanted, record_lists.FEED_SIZE, lists.NOT_IN_FEEDS)
    add(atom, request, rows)
    response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response.is_public_page = True
    return response


def add(atom: Atom1Feed, request: HttpRequest, rows: list[Shown]) -> None:
    """Add records to a feed. An entry is known by its address; a correction changes its date of change alone."""
    for row in rows:
        link = request.build_absolute_uri(addresses.to("record", row.pk))
        atom.add_item(
            title=readable(row.title), link=link, description=summary(row.abstract or row.document_no or row.title),
            author_name=readable(row.agency.name),
            pubdate=row.published_at, updateddate=row.changed_at, unique_id=link,
            categories=[readable(text) for text in (row.theme, row.genre) if text],
        )  # fmt: skip


def summary(text: str) -> str:
    """Text as a summary, which readers of feeds take for HTML."""
    return escape(readable(text))


def readable(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
