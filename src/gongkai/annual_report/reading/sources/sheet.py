"""Spreadsheets (.xlsx, .xls, .et): rows as table rows with merged cells once, text between them as lines."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

from gongkai.annual_report.reading.limits import MAX_LINES
from gongkai.annual_report.reading.sources.archive import open_archive
from gongkai.annual_report.reading.sources.number_format import general
from gongkai.annual_report.reading.sources.xlsx import MOST_CELLS, MOST_COLUMNS, TOO_LARGE, Grid, grids
from gongkai.annual_report.reading.stream import Line, NotReadable, Piece, Stream
from gongkai.annual_report.report import Place

_LONG_TEXT = 40  # a row with one cell this long is a paragraph, not a table row
_HEADING = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}(?:部分|、|．|\.|\s)|[（(][一二三四五六七八九十]{1,3}[）)])")
_DAMAGED = "表格文件已损坏、加密或不完整，无法打开；请重新另存后再试。"


def stream(data: bytes, name: str = "") -> Stream:
    """The visible sheets in order, one table each; an empty row ends a table."""
    sheets = grids(open_archive(data)) if data.startswith(b"PK") else _old_grids(data)
    found = Stream(kind="sheet", name=name)
    tables = 0
    for grid in sheets:
        tables = _Lines(found.lines, grid, tables).read()
    if not found.lines:
        raise NotReadable("表格文件里没有内容。")
    return found


class _Lines:
    """A grid laid out as lines."""

    def __init__(self, lines: list[Line], grid: Grid, tables: int) -> None:
        self.lines = lines
        self.grid = grid
        self.tables = tables
        self.cells = 0
        rows, merged = grid.rows, grid.merged
        # A merge matters where its first cell says something; the others cover nothing that is shown.
        self.merges: dict[int, list[tuple[int, int, int, int]]] = {}
        for merge in merged:
            self.merges.setdefault(merge[0], []).append(merge)
        self.order = sorted(rows)

    def read(self) -> int:
        """All rows; returns the number of the last table."""
        block: list[int] = []
        reach = -1  # the last row that a merge from above covers
        for row in self.order:
            if block and row > max(block[-1], reach) + 1:
                self.block(block)
                block = []
            if block:
                # Rows that print nothing of their own but stand under a merged cell are rows of the table.
                block += range(block[-1] + 1, row)
            block.append(row)
            for _top, left, bottom, _right in self.merges.get(row, ()):
                if left in self.grid.rows[row]:
                    reach = max(reach, min(bottom, row + 1000))
        self.block(block)
        return self.tables

    def block(self, rows: list[int]) -> None:
        """Rows without an empty one between them: a table, with paragraphs before, in and after it."""
        is_open = False
        left, right = self.extent(rows)
        down: list[tuple[int, int, int]] = []  # left, right and bottom of merges that reach down from above
        for row in rows:
            cells = self.grid.rows.get(row, {})
            down = [m for m in down if m[2] >= row]
            across = {m[1]: m for m in self.merges.get(row, ())}
            if self.is_text(row, cells, down):
                self.text(next(iter(cells.values())))
                down += [(m[1], m[3], m[2]) for m in across.values() if m[1] in cells and m[2] > row]
                is_open = False
                continue
            if not is_open:
                self.tables, is_open = self.tables + 1, True
            down += self.row(row, cells, across, down, left, right)

    def row(
        self,
        row: int,
        cells: dict[int, str],
        across: dict[int, tuple[int, int, int, int]],
        down: list[tuple[int, int, int]],
        left: int,
        right: int,
    ) -> list[tuple[int, int, int]]:
        """Add one row as a line; returns the merges that reach down from it, as many as it has columns at most."""
        pieces: list[Piece] = []
        reaching: list[tuple[int, int, int]] = []
        number = len(self.lines) + 1
        column = left
        while column < right:
            cover = next((m for m in down if m[0] <= column <= m[1]), None)
            if cover is not None:
                column = cover[1] + 1
                continue
            merge = across.get(column)
            end, height = (merge[3] + 1, merge[2] - row + 1) if merge else (column + 1, 1)
            text = " ".join(cells.get(column, "").split())
            pieces.append(Piece(text, column, end, Place(line=number, offset=len(pieces)), height))
            if merge and merge[2] > row:
                reaching.append((column, merge[3], merge[2]))
            column = max(end, column + 1)
        self.cells += len(pieces)
        if number > MAX_LINES or self.cells > MOST_CELLS:
            raise NotReadable(TOO_LARGE)
        if pieces:
            self.lines.append(Line(pieces, self.tables, top=number, bottom=number + 1))
        return reaching

    def extent(self, rows: list[int]) -> tuple[int, int]:
        """The columns that a block uses, right exclusive; a paragraph or title does not widen a table."""
        filled = [(row, self.grid.rows.get(row, {})) for row in rows]
        tabular = [(row, cells) for row, cells in filled if len(cells) > 1] or filled
        columns = [c for _, cells in filled for c, text in cells.items() if len(cells) > 1 or len(text) < _LONG_TEXT]
        ends = [m[3] for row, cells in tabular for m in self.merges.get(row, ()) if m[1] in cells]
        return min(columns, default=0), max((*columns, *ends), default=-1) + 1

    def is_text(self, row: int, cells: dict[int, str], down: list[tuple[int, int, int]]) -> bool:
        """Whether a row is a paragraph or heading: one cell, long, or set apart from the ruled table."""
        if len(cells) != 1 or down:
            return False
        ((column, text),) = cells.items()
        if len(text) >= _LONG_TEXT or ("\n" in text and "。" in text):
            return True
        if self.grid.ruled is not None:
            return (row, column) not in self.grid.ruled
        is_wide = any(m[1] == column and m[3] > column for m in self.merges.get(row, ()))
        return not is_wide and _HEADING.match(text) is not None

    def text(self, text: str) -> None:
        for line in filter(None, map(str.strip, text.split("\n"))):
            number = len(self.lines) + 1
            if number > MAX_LINES:
                raise NotReadable(TOO_LARGE)
            self.lines.append(Line([Piece(line, place=Place(line=number, offset=0))], top=number, bottom=number + 1))


# ------------------------------------------------------------------ .xls and .et


def _old_grids(data: bytes) -> list[Grid]:
    """The visible sheets of an old workbook. It keeps no formats, so numbers are shown in the general one."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [s.name for s in book.sheets_metadata if s.visible == calamine.SheetVisibleEnum.Visible]
        return [_old_grid(book.get_sheet_by_name(name)) for name in visible]
    except BaseException as error:  # the reader is written in Rust, and its panics are no Exceptions
        if isinstance(error, NotReadable | KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise NotReadable(_DAMAGED) from error


def _old_grid(sheet: Any) -> Grid:
    top, left = sheet.start or (0, 0)
    if sheet.height > MAX_LINES * 2:
        raise NotReadable(TOO_LARGE)
    rows = {}
    for number, row in enumerate(sheet.iter_rows(), top):
        cells = {c: text for c, value in enumerate(row[:MOST_COLUMNS], left) if (text := _shown(value))}
        if cells:
            rows[number] = cells
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Grid(rows, merged)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return general(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()
