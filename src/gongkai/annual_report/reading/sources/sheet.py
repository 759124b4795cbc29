"""Spreadsheets (.xlsx, .xls): every row a table row, merged cells once, numbers as they are shown."""

from __future__ import annotations

import io
from typing import Any

from gongkai.annual_report.reading.stream import Line, NotReadable, Piece, Stream
from gongkai.annual_report.report import Place

_LONG_TEXT = 40  # a row with one cell this long is a paragraph, not a table row
_MOST_COLUMNS = 200


def stream(data: bytes, name: str = "") -> Stream:
    """The rows of all visible sheets in order; an empty row ends a table."""
    import python_calamine as calamine

    if data.startswith(b"PK"):
        from gongkai.annual_report.reading.sources.archive import open_archive

        open_archive(data)  # refuses bombs before the reader unpacks anything
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = Stream(kind="sheet", name=name)
        tables = 0
        for sheet_name in book.sheet_names:
            sheet = book.get_sheet_by_name(sheet_name)
            tables = _sheet(found.lines, sheet, tables)
    except NotReadable:
        raise
    except BaseException as error:  # the reader is Rust: its panics are BaseException
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise NotReadable("表格文件已损坏、加密或不完整，无法打开；请重新另存后再试。") from error
    if not found.lines:
        raise NotReadable("表格文件里没有内容。")
    return found


def _sheet(lines: list[Line], sheet: Any, tables: int) -> int:
    top, left = sheet.start or (0, 0)
    merged = {first: last for first, last in (sheet.merged_cell_ranges or ())}
    covered = {
        (r, c)
        for (r0, c0), (r1, c1) in merged.items()
        for r in range(r0, min(r1, r0 + 1000) + 1)
        for c in range(c0, min(c1, c0 + _MOST_COLUMNS) + 1)
        if (r, c) != (r0, c0)
    }
    is_open = False
    for r, row in enumerate(sheet.iter_rows(), top):
        pieces: list[Piece] = []
        number = len(lines) + 1
        for c, value in enumerate(row[:_MOST_COLUMNS], left):
            if (r, c) in covered:
                continue
            last_row, last_column = merged.get((r, c), (r, c))
            place = Place(line=number, offset=len(pieces))
            pieces.append(Piece(_shown(value), c, last_column + 1, place, last_row - r + 1))
        filled = [p for p in pieces if p.text]
        if not filled:
            if len(pieces) == len(row):  # truly empty, not a row that merges cover
                is_open = False
            continue
        if len(filled) == 1 and len(filled[0].text) >= _LONG_TEXT and filled[0] is pieces[0]:
            for offset, text in enumerate(filter(None, map(str.strip, filled[0].text.split("\n")))):
                place = Place(line=len(lines) + 1, offset=offset)
                lines.append(Line([Piece(text, place=place)], top=number, bottom=number + 1))
            is_open = False
            continue
        if not is_open:
            tables, is_open = tables + 1, True
        lines.append(Line(pieces, tables, top=number, bottom=number + 1))
    return tables


def _shown(value: Any) -> str:
    """A cell's value as a person sees it: 3.0 is shown as 3."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return "" if value is None else str(value).strip()
