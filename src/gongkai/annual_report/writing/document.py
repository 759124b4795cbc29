"""What every format lays out, in order: title, preamble, six headings with their text or table.

No format decides what is printed, only how: the sequence, the ink of a cell and the room a column needs are here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from gongkai.annual_report.editions import HEADINGS, TABLE_KEYS, Column, column_of
from gongkai.annual_report.layout import GridCell, layout, width
from gongkai.annual_report.report import Paragraph, Report


class CannotWrite(Exception):
    """The report cannot be written; the message is one Chinese sentence for the person at the keyboard."""


Kind = Literal["title", "date", "preamble", "heading", "subheading", "body", "table"]


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the document. `key` names the section of a heading, or the table, whose form is `edition`."""

    kind: Kind
    text: str = ""
    key: str = ""
    edition: str = ""


def title(report: Report) -> str:
    """The printed title, or the official one made from agency and year."""
    if report.title:
        return clean(report.title)
    year = f"{report.year}年" if report.year else ""
    return clean(f"{report.agency_printed or report.agency or ''}{year}政府信息公开工作年度报告")


_TITLE_LINE = 20
"""Characters of 2号 type on a line of an official page."""


def title_lines(text: str) -> tuple[str, ...]:
    """A title on one line or, where it is too long, on two that part between words: agency, then year and kind."""
    at = re.search(r"20\d\d年|政府信息公开", text)
    if text_width(text) <= _TITLE_LINE or at is None or at.start() == 0:
        return (text,)
    return text[: at.start()], text[at.start() :]


def parts(report: Report) -> Iterator[Part]:
    """The whole report in printed order."""
    yield Part("title", title(report))
    if report.published:
        yield Part("date", _printed_date(report.published))
    yield from _prose(report.preamble, "preamble")
    for key, heading in HEADINGS.items():
        yield Part("heading", heading, key)
        if key in TABLE_KEYS:
            yield Part("table", heading.split("、", 1)[1], key, report.table_edition(key))
        else:
            yield from _prose(report.sections.get(key, ()), "body")


def ink(report: Report, path: str, column: Column | None = None) -> str:
    """What is printed in the cell at `path`.

    A number is printed plainly (no grouping, no rounding); what could not be read as a number stays as it was.
    """
    cell = report.cell(path)
    value = cell.value
    if value is None:
        return clean(cell.printed)
    column = column or column_of(path, report.table_edition(path.split(".", 1)[0]))
    if isinstance(value, Decimal):
        # The label of the 2021 form states the unit, that of the 2019 form does not.
        return _plain(value) + ("" if column is None or "万元" in column.label else "万元")
    return f"{value:+d}" if column is not None and column.kind == "change" and value else str(value)


def _plain(value: Decimal) -> str:
    # Nobody collects 10**100; a number like that comes from a broken file and must not fill the memory.
    return format(value, "f") if value.is_finite() and abs(value.adjusted()) < 100 else str(value)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """One line without the characters that no document format can hold."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


_SUBHEADING = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][^。！？；]{1,28}[^。！？；，、：]")


def _prose(paragraphs: tuple[Paragraph, ...], kind: Literal["preamble", "body"]) -> Iterator[Part]:
    for paragraph in paragraphs:
        for line in paragraph.text.splitlines():
            text = clean(line)
            if text:
                is_heading = kind == "body" and _SUBHEADING.fullmatch(text)
                yield Part("subheading" if is_heading else kind, text)


def _printed_date(published: str) -> str:
    """（2025年1月20日）, as a document's note under its title is set."""
    try:
        day = date.fromisoformat(published)
    except ValueError:
        return f"（{clean(published)}）"
    return f"（{day.year}年{day.month}月{day.day}日）"


# ------------------------------------------------------------- tables


@cache
def head_rows(key: str, edition: str) -> int:
    """How many rows at the top are the head of the whole table; 0 where each block has a head of its own."""
    rows = layout(key, edition)
    first = next(i for i, row in enumerate(rows) if any(c.path for c in row))
    later = any(c.head == "column" for row in rows[first:] for c in row)
    return 0 if later else first


@cache
def blocks(key: str, edition: str) -> tuple[tuple[int, int], ...]:
    """Row ranges (end exclusive), each from its head to its last number."""
    rows = layout(key, edition)
    is_head = [all(c.head == "column" for c in row) for row in rows]
    starts = [i for i, head in enumerate(is_head) if head and (i == 0 or not is_head[i - 1])]
    return tuple(zip(starts, [*starts[1:], len(rows)], strict=True))


@cache
def heads_of(key: str, edition: str) -> dict[str, tuple[GridCell, ...]]:
    """For each number, by path, the labels that say what it is: those above it, then those to its left."""
    rows = layout(key, edition)
    found: dict[str, tuple[GridCell, ...]] = {}
    for start, end in blocks(key, edition):
        cells = [c for row in rows[start:end] for c in row]
        for number in (c for c in cells if c.path):
            above = [c for c in cells if c.head == "column" and _spans(c.column, c.colspan, number.column)]
            beside = [c for c in cells if c.head == "row" and _spans(c.row, c.rowspan, number.row)]
            found[number.path] = (*above, *beside)
    return found


def _spans(start: int, count: int, at: int) -> bool:
    return start <= at < start + count


LINE = 42.0
"""The width of a table in em at its normal size: 五号 (10.5 pt) on the text width of an official page."""

_PADDING = 0.7
_DIGIT = 0.56
_WIDEST = 24.0  # forty digits; what is longer is no number and may wrap
_NARROWEST = {"disclosure": (9.0,) * 4, "applications": (2.7, 3.9, 10.0, *[2.7] * 7), "remedies": (2.7,) * 15}
_ELASTIC = {"disclosure": 0, "applications": 2}  # the label column, which takes the room that is left


def column_widths(report: Report, key: str) -> tuple[tuple[float, ...], float]:
    """(width of each grid column in em, scale of the type), so that no number is broken or runs out of its cell.

    The widths add up to LINE / scale; the scale is below 1 only where numbers are too long for the line.
    """
    edition = report.table_edition(key)
    widths = list(_NARROWEST[key][: width(key, edition)])
    for row in layout(key, edition):
        for cell in row:
            if cell.path:
                need = min(_WIDEST, text_width(ink(report, cell.path)) + _PADDING) / cell.colspan
                for i in range(cell.column, cell.column + cell.colspan):
                    widths[i] = max(widths[i], need)
    total = sum(widths)
    if total > LINE:
        return tuple(widths), LINE / total
    elastic = _ELASTIC.get(key)
    if elastic is None:
        return tuple(w * LINE / total for w in widths), 1.0
    widths[elastic] += LINE - total
    return tuple(widths), 1.0


def text_width(text: str) -> float:
    """Room for a text in em: a character of Chinese takes one, anything else as much as a digit."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else _DIGIT for c in text)
