"""Placed characters -> lines: into cells where there are rulings, into printed lines elsewhere.

Shared by PDF (characters) and scans (recognised words). Coordinates run right and down, in one unit a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.annual_report.reading.sources.rulings import Lattice
from gongkai.annual_report.reading.stream import Line, Piece
from gongkai.annual_report.report import Place


@dataclass(slots=True)
class Mark:
    """One character or word with its box; `confidence` as in Piece."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page that marks stand on: its number from 1 and its size in the marks' unit."""

    page: int
    width: float
    height: float

    def place(self, left: float, top: float, right: float, bottom: float) -> Place:
        """A box as fractions of the page."""
        box = (left / self.width, top / self.height, right / self.width, bottom / self.height)
        return Place(self.page, tuple(round(min(max(v, 0.0), 1.0), 5) for v in box))  # type: ignore[arg-type]


def lines_of(marks: Sequence[Mark], tables: Sequence[Lattice], sheet: Sheet, first_table: int) -> list[Line]:
    """Everything on a page from top to bottom. Tables are numbered from `first_table`."""
    loose: list[Mark] = []
    held: dict[int, list[Mark]] = {}
    for mark in marks:
        x, y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
        cell = next((c for t in tables if (c := t.cell_at(x, y)) is not None), None)
        if cell is None:
            loose.append(mark)
        else:
            held.setdefault(id(cell), []).append(mark)
    found = [line for number, table in enumerate(tables, first_table) for line in _rows(table, held, sheet, number)]
    found += printed_lines(loose, sheet)
    return sorted(found, key=lambda line: line.top)


def _rows(table: Lattice, held: dict[int, list[Mark]], sheet: Sheet, number: int) -> list[Line]:
    rows: dict[int, list[Piece]] = {}
    for cell in table.cells:
        inside = held.get(id(cell), [])
        piece = Piece(
            cell_text(inside),
            cell.column,
            cell.column + cell.colspan,
            sheet.place(cell.left, cell.top, cell.right, cell.bottom),
            cell.rowspan,
            min((m.confidence for m in inside), default=1.0),
        )
        rows.setdefault(cell.row, []).append(piece)
    return [Line(pieces, number, sheet.page, table.ys[r], table.ys[r + 1]) for r, pieces in sorted(rows.items())]


def cell_text(marks: Sequence[Mark]) -> str:
    """A cell's text: its lines joined without a break, because breaks inside a cell are typography."""
    text = ""
    for row in rows_of(marks):
        for i, mark in enumerate(row):
            gap = i and mark.left - row[i - 1].right > 0.6 * max(mark.bottom - mark.top, 1e-6)
            text += (" " if gap else "") + mark.text
    return text.strip()


def rows_of(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks grouped by printed line, top to bottom, each from left to right."""
    rows: list[tuple[float, float, list[Mark]]] = []  # centre, height, marks
    for mark in sorted(marks, key=lambda m: (m.top + m.bottom) / 2):
        middle, height = (mark.top + mark.bottom) / 2, mark.bottom - mark.top
        if rows and abs(middle - rows[-1][0]) <= 0.5 * max(height, rows[-1][1]):
            centre, tallest, row = rows[-1]
            row.append(mark)
            rows[-1] = (centre + (middle - centre) / len(row), max(tallest, height), row)
        else:
            rows.append((middle, height, [mark]))
    return [sorted(row, key=lambda m: m.left) for _, _, row in rows]


def printed_lines(marks: Sequence[Mark], sheet: Sheet) -> list[Line]:
    """Printed lines, each cut into pieces where a visible gap stands."""
    found = []
    for row in rows_of(marks):
        pieces: list[list[Mark]] = []
        for mark in row:
            if not mark.text.strip():
                continue
            last = pieces[-1][-1] if pieces else None
            if last is not None and mark.left - last.right <= 0.9 * max(mark.bottom - mark.top, last.bottom - last.top):
                pieces[-1].append(mark)
            else:
                pieces.append([mark])
        if pieces:
            top, bottom = min(m.top for m in row), max(m.bottom for m in row)
            found.append(Line([_piece(p, sheet) for p in pieces], None, sheet.page, top, bottom))
    return found


def _piece(marks: list[Mark], sheet: Sheet) -> Piece:
    left, right = marks[0].left, marks[-1].right
    top, bottom = min(m.top for m in marks), max(m.bottom for m in marks)
    text = marks[0].text
    for before, mark in pairwise(marks):
        # Digits set apart are two numbers; anything else with a small gap is one run of text.
        apart = mark.left - before.right > 0.35 * (mark.bottom - mark.top)
        text += (" " if apart else "") + mark.text
    return Piece(text, left, right, sheet.place(left, top, right, bottom), 1, min(m.confidence for m in marks))
