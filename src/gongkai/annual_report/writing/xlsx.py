"""A workbook in printed order: part one, the three tables, parts five and six. Numbers are numbers.

Every text goes in as a string, whatever it begins with, so no text of a report becomes a formula or a link.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import xlsxwriter

from gongkai.annual_report.editions import HEADINGS, TABLE_KEYS, column_of
from gongkai.annual_report.layout import GridCell, layout
from gongkai.annual_report.report import Report, Value
from gongkai.annual_report.writing.document import Part, clean, column_widths, head_rows, ink, parts, text_width, title

_SHEETS = {
    "overview": "一、总体情况",
    "disclosure": "二、主动公开",
    "applications": "三、公开申请",
    "remedies": "四、复议诉讼",
    "issues": "五、问题及改进",
    "other_matters": "六、其他事项",
}
_TEXT_COLUMN = 78  # characters
_EM = 2.2  # column width units of one em at 11 points
_ROW = 18.0  # points of one line
_HIGHEST = 409.0  # points; no row of Excel is higher
_LONGEST = 32_000  # Excel cuts a cell at 32 767 characters
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(report: Report) -> bytes:
    """The report as an .xlsx file. The same report gives the same bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        properties = {"title": title(report), "author": clean(report.agency or "")}
        book.set_properties({**properties, "created": datetime(1980, 1, 1, tzinfo=UTC)})
        sheets = {key: book.add_worksheet(name) for key, name in _SHEETS.items()}
        formats = _Formats(book)
        key, row = "overview", 0
        for part in parts(report):
            if part.kind == "heading" and part.key != key:
                key, row = part.key, 0
            if part.kind == "table":
                _table(sheets[key], formats, report, part)
            elif key not in TABLE_KEYS:
                row = _text(sheets[key], formats, part, row)
        for key, sheet in sheets.items():
            _page(sheet, key)
    return buffer.getvalue()


class _Formats:
    """The few formats of the book, each made once."""

    def __init__(self, book: Any) -> None:
        font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        box = {**font, "border": 1, "align": "center"}
        self._add = partial(book.add_format)
        self._numbers: dict[str, Any] = {}
        self.head = self._add({**box, "bg_color": "#EDEFF2"})
        self.label = self._add({**box, "align": "left"})
        self.plain = self._add(box)
        self._number = {**box, "text_wrap": False}
        self.of = {
            "title": self._add({**font, "font_size": 18, "bold": True, "align": "center"}),
            "date": self._add({**font, "align": "center"}),
            "heading": self._add({**font, "font_name": "黑体", "font_size": 14}),
            "subheading": self._add({**font, "bold": True}),
            "preamble": self._add({**font, "indent": 1}),
            "body": self._add({**font, "indent": 1}),
        }

    def number(self, shown: str) -> Any:
        """The format of a number shown like that: signs, decimals and unit as printed, no exponent."""
        if shown not in self._numbers:
            self._numbers[shown] = self._add({**self._number, "num_format": shown})
        return self._numbers[shown]


def _page(sheet: Any, key: str) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.6, right=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer("&C— &P —")
    if key not in TABLE_KEYS:
        sheet.set_column(0, 0, _TEXT_COLUMN + 2)


def _text(sheet: Any, formats: _Formats, part: Part, row: int) -> int:
    """One paragraph in a cell of its own (a very long one in several), its row high enough. The next row."""
    style = formats.of[part.kind]
    for start in range(0, len(part.text), _LONGEST):
        text = part.text[start : start + _LONGEST]
        lines = 1 + int(text_width(text) * 2 // _TEXT_COLUMN)
        sheet.set_row(row, min(_HIGHEST, lines * _ROW * (1.6 if part.kind == "title" else 1.0)))
        sheet.write_string(row, 0, _plain(text), style)
        row += 1
    return row


def _table(sheet: Any, formats: _Formats, report: Report, part: Part) -> None:
    """The heading across the table, then its cells; the head stays in view and repeats on paper."""
    key, edition = part.key, part.edition
    widths, _ = column_widths(report, key)
    for column, ems in enumerate(widths):
        sheet.set_column(column, column, ems * _EM)
    sheet.merge_range(0, 0, 0, len(widths) - 1, "", formats.of["heading"])
    sheet.write_string(0, 0, HEADINGS[key], formats.of["heading"])
    sheet.set_row(0, 1.6 * _ROW)
    for r, row in enumerate(layout(key, edition), 1):
        sheet.set_row(r, _ROW * max(_lines(cell, widths) for cell in row))
        for cell in row:
            _cell(sheet, formats, report, cell, label_left=key == "applications")
    head = head_rows(key, edition)
    if head:
        sheet.freeze_panes(1 + head, 3 if key == "applications" else 0)
        sheet.repeat_rows(0, head)


def _lines(cell: GridCell, widths: tuple[float, ...]) -> float:
    """How many lines a cell's text takes of each of its rows."""
    room = sum(widths[cell.column : cell.column + cell.colspan]) * _EM / 2 - 0.7
    return max(1.0, -(-text_width(cell.text) // room) / cell.rowspan)


def _cell(sheet: Any, formats: _Formats, report: Report, cell: GridCell, label_left: bool) -> None:
    row, column = cell.row + 1, cell.column
    text = ink(report, cell.path) if cell.path else cell.text
    value = report.value(cell.path) if cell.path else None
    as_number = cell.path != "" and value is not None and _fits(value)
    if as_number:
        style = formats.number(_shown(report, cell.path, text))
    else:
        is_label = label_left and cell.head == "row" and cell.rowspan == 1
        style = formats.head if cell.head == "column" else formats.label if is_label else formats.plain
    if cell.rowspan > 1 or cell.colspan > 1:
        sheet.merge_range(row, column, row + cell.rowspan - 1, column + cell.colspan - 1, "", style)
    if as_number:
        sheet.write_number(row, column, value, style)
    elif text:
        sheet.write_string(row, column, _plain(text), style)
    else:
        sheet.write_blank(row, column, None, style)


def _fits(value: Value) -> bool:
    """Whether a spreadsheet's number holds the value exactly: fifteen significant digits. Else it goes in as text."""
    return value is not None and Decimal(f"{value:.15g}") == value


def _shown(report: Report, path: str, text: str) -> str:
    """The number format that shows the number as it is printed."""
    column = column_of(path, report.table_edition(path.split(".", 1)[0]))
    if column is not None and column.kind == "change":
        return "+0;-0;0"
    unit = '"万元"' if text.endswith("万元") else ""
    decimals = len(text.removesuffix("万元").partition(".")[2])
    return "0" + ("." + "0" * decimals if decimals else "") + unit


def _plain(text: str) -> str:
    # XlsxWriter takes a text between these very tags for markup of its own.
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text
