"""The catalogue as the State's spreadsheet: two rows of heads, equal first-level matters merged, a sheet a field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from itertools import groupby
from typing import Any, Final

import xlsxwriter

from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.statute.catalogue import standard_columns

_COLUMNS: Final = {
    "number": ("number",), "disclosure_item": ("level1", "level2"), "content_elements": ("content",),
    "legal_basis": ("basis",), "time_limit": ("limit",), "responsible_body": ("publisher",), "channels": ("channels",),
    "audience": ("to_all", "to_group"), "disclosure_mode": ("on_own", "on_application"), "level": ("county", "township"),
    "five_opens": ("process",),
}  # fmt: skip
"""The columns of the template (statute.catalogue) and ours."""

_WIDTHS: Final = {
    "number": 6, "process": 6, "level1": 12, "level2": 16, "content": 34, "basis": 34, "limit": 18, "publisher": 16,
    "channels": 26,
}  # fmt: skip
_BAD_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")


def columns(*, with_process: bool = False) -> list[tuple[str, list[tuple[str, str]]]]:
    """The heads: (label, [(label below, our column)]); where nothing is below, its label is ""."""
    found = []
    for column in standard_columns(with_process=with_process):
        ours = _COLUMNS[column.key]
        below = column.children if len(ours) > 1 else ("",)
        found.append((column.label, list(zip(below, ours, strict=True))))
    return found


def said(row: CatalogueRow, name: str) -> str:
    """A column of a row as it is printed: ticks are √."""
    value = getattr(row, name)
    return ("√" if value else "") if isinstance(value, bool) else str(value)


def workbook(rows: Iterable[CatalogueRow], title: str) -> bytes:
    """An .xlsx of these rows, in the order of their fields. `title` stands before the name of the field."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        ordered = sorted(rows, key=lambda row: (row.field, row.agency.order, row.agency_id, row.place, row.pk))
        names: set[str] = set()
        for _, some in groupby(ordered, key=lambda row: row.field):
            group = list(some)
            name = _BAD_IN_NAMES.sub("", group[0].field_name)[:31]
            sheet = book.add_worksheet(name if name not in names else None)
            names.add(name)
            _fill(book, sheet, group, f"{title}{group[0].field_name}领域基层政务公开标准目录")
        if not ordered:
            book.add_worksheet("标准目录").write(0, 0, "目录里还没有事项。")
    return buffer.getvalue()


def _fill(book: Any, sheet: Any, rows: list[CatalogueRow], title: str) -> None:
    middle = {
        "border": 1,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "font_name": "宋体",
        "font_size": 9,
    }
    head = book.add_format(middle | {"bold": True, "bg_color": "#EEF2F9"})
    centre = book.add_format(middle)
    left = book.add_format(middle | {"align": "left"})
    heads = columns(with_process=any(row.process for row in rows))
    names = [name for _, below in heads for _, name in below]
    sheet.merge_range(
        0, 0, 0, len(names) - 1, title, book.add_format(middle | {"bold": True, "font_size": 14, "border": 0})
    )
    place = 0
    for label, below in heads:
        if len(below) == 1:
            sheet.merge_range(1, place, 2, place, label, head)
        else:
            sheet.merge_range(1, place, 1, place + len(below) - 1, label, head)
            for n, (under, _) in enumerate(below):
                sheet.write_string(2, place + n, under, head)
        place += len(below)
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDTHS.get(name, 7))
        for line, row in enumerate(rows, 3):
            sheet.write_string(
                line, column, said(row, name), left if name in ("content", "basis", "channels") else centre
            )
    _merge_equal(sheet, rows, names.index("level1"), centre)
    sheet.freeze_panes(3, names.index("level2") + 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1, 2)


def _merge_equal(sheet: Any, rows: list[CatalogueRow], column: int, form: Any) -> None:
    """Merge the first-level matter over the rows that share it."""
    line = 3
    for (_, level1), some in groupby(rows, key=lambda row: (row.agency_id, row.level1)):
        count = len(list(some))
        if count > 1:
            sheet.merge_range(line, column, line + count - 1, column, level1, form)
        line += count
