"""The official merged-cell layout of each table: where every label and every number is printed.

Derived from `editions`; used by every writer and screen, so that a table looks the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.annual_report.editions import (
    APPLICANTS,
    IDENTITY_NOTE,
    ITEM_HEAD,
    ORGANISATIONS,
    SUITS,
    Table,
    table,
)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One printed cell. `path` names the number that stands in it; labels have `text` instead.

    `head` says what a label heads: 'column', 'row' or '' (a number).
    """

    row: int
    column: int
    text: str = ""
    path: str = ""
    rowspan: int = 1
    colspan: int = 1
    head: str = ""


@cache
def layout(key: str, edition: str) -> tuple[tuple[GridCell, ...], ...]:
    """The printed rows of a table, top to bottom, each with its cells from left to right."""
    build = {"disclosure": _disclosure, "applications": _applications, "remedies": _remedies}[key]
    cells = sorted(build(table(key, edition)), key=lambda c: (c.row, c.column))
    height = max(c.row for c in cells) + 1
    return tuple(tuple(c for c in cells if c.row == r) for r in range(height))


def width(key: str, edition: str) -> int:
    """How many grid columns the layout of a table has."""
    return max(c.column + c.colspan for row in layout(key, edition) for c in row)


def _disclosure(form: Table) -> list[GridCell]:
    cells: list[GridCell] = []
    r = 0
    for block in form.blocks:
        spans = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[len(block.columns)]
        starts = [1 + sum(spans[:i]) for i in range(len(spans))]
        cells.append(GridCell(r, 0, block.caption, colspan=4, head="column"))
        cells.append(GridCell(r + 1, 0, ITEM_HEAD, head="column"))
        for column, start, span in zip(block.columns, starts, spans, strict=True):
            cells.append(GridCell(r + 1, start, column.label, colspan=span, head="column"))
        r += 2
        for row in block.rows:
            cells.append(GridCell(r, 0, row.label, head="row"))
            for column, start, span in zip(block.columns, starts, spans, strict=True):
                cells.append(GridCell(r, start, path=f"{form.key}.{row.key}.{column.key}", colspan=span))
            r += 1
    return cells


def _applications(form: Table) -> list[GridCell]:
    (block,) = form.blocks
    stubs, first, last = 3, 3, 3 + len(block.columns) - 1
    cells = [
        GridCell(0, 0, IDENTITY_NOTE, rowspan=3, colspan=stubs, head="column"),
        GridCell(0, first, APPLICANTS, colspan=len(block.columns), head="column"),
        GridCell(1, first, block.columns[0].label, rowspan=2, head="column"),
        GridCell(1, first + 1, ORGANISATIONS, colspan=len(block.columns) - 2, head="column"),
        GridCell(1, last, block.columns[-1].label, rowspan=2, head="column"),
    ]
    for i, column in enumerate(block.columns[1:-1], 1):
        cells.append(GridCell(2, first + i, column.label, head="column"))
    seen: set[tuple[str, ...]] = set()
    for r, row in enumerate(block.rows, 3):
        for depth in range(1, len(row.stub) + 1):
            group = row.stub[:depth]
            if group not in seen:
                seen.add(group)
                height = sum(1 for other in block.rows if other.stub[:depth] == group)
                cells.append(GridCell(r, depth - 1, group[-1], rowspan=height, head="row"))
        start = len(row.stub)
        cells.append(GridCell(r, start, row.label, colspan=stubs - start, head="row"))
        for i, column in enumerate(block.columns):
            cells.append(GridCell(r, first + i, path=f"{form.key}.{row.key}.{column.key}"))
    return cells


def _remedies(form: Table) -> list[GridCell]:
    (block,) = form.blocks
    n = len(block.columns)
    plain = [row for row in block.rows if not row.stub]
    suits = [row for row in block.rows if row.stub]
    cells = [
        GridCell(0, 0, plain[0].label, colspan=n, head="column"),
        GridCell(0, n, SUITS, colspan=n * len(suits), head="column"),
    ]
    for i, column in enumerate(block.columns):
        cells.append(GridCell(1, i, column.label, rowspan=2, head="column"))
    for j, row in enumerate(suits, 1):
        cells.append(GridCell(1, n * j, row.label, colspan=n, head="column"))
        for i, column in enumerate(block.columns):
            cells.append(GridCell(2, n * j + i, column.label, head="column"))
    for j, row in enumerate(block.rows):
        for i, column in enumerate(block.columns):
            cells.append(GridCell(3, n * j + i, path=f"{form.key}.{row.key}.{column.key}"))
    return cells
