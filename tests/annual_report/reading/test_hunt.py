"""Layouts met in the wild, each with a fictional report: what the converters of web pages and PDF files leave of a table."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from gongkai.annual_report.editions import EDITIONS, HEADINGS, TABLE_KEYS, table
from gongkai.annual_report.layout import layout
from gongkai.annual_report.reading.decode import decode
from gongkai.annual_report.reading.sources import text
from gongkai.annual_report.report import Report
from tests.annual_report.reading.layouts import PROSE, grid
from tests.annual_report.reading.test_decode import Numbers, differences, some_numbers

TITLE = "青禾县人民政府2024年政府信息公开工作年度报告"


def read(content: str) -> Report:
    return decode(text.stream(content.encode(), "x.txt"))


def document(make: Callable[[str, str, Numbers], str], editions: dict[str, str], numbers: Numbers) -> str:
    parts = [TITLE]
    for key, heading in HEADINGS.items():
        parts += [heading, make(key, editions[key], numbers) if key in TABLE_KEYS else PROSE[key]]
    return "\n".join(parts)


def _width(key: str, edition: str) -> int:
    return max(cell.column + cell.colspan for row in layout(key, edition) for cell in row)


def _printed(key: str, edition: str, numbers: Numbers) -> list[list[str]]:
    """Rows without their empty cells, as some converters leave them."""
    return [[cell for cell, _ in row if cell] for row in grid(key, edition, numbers)]


def padded(key: str, edition: str, numbers: Numbers) -> str:
    """Empty cells left out, and every row filled up with bare pipes to the width of the table."""
    rows = _printed(key, edition, numbers)
    return "\n".join("".join(f"{cell} | " for cell in row) + "|" * (_width(key, edition) - len(row)) for row in rows)


def framed(key: str, edition: str, numbers: Numbers) -> str:
    """As `padded`, with a pipe before each row."""
    return "\n".join(f"| {line}" for line in padded(key, edition, numbers).split("\n"))


def cell_lines(key: str, edition: str, numbers: Numbers) -> str:
    """A cell a line, each with its pipe; the pipes that fill up a row on a line of their own."""
    lines: list[str] = []
    for row in _printed(key, edition, numbers):
        lines += [f"{cell} |" for cell in row] + ["|" * (_width(key, edition) - len(row))]
    return "\n".join(lines)


def pipe_lines(key: str, edition: str, numbers: Numbers) -> str:
    """A cell a line and its pipe on the next."""
    return "\n".join(f"{cell}\n|" for row in _printed(key, edition, numbers) for cell in row)


def drawn(key: str, edition: str, numbers: Numbers) -> str:
    """Cells in a frame of box-drawing characters."""
    return "\n".join("│" + "│".join(cell for cell, _ in row) + "│\n├──┼──┼──┤" for row in grid(key, edition, numbers))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("make", [padded, framed, cell_lines, pipe_lines, drawn], ids=lambda f: f.__name__)
def test_tables_as_converters_leave_them(make: Callable[[str, str, Numbers], str], seed: int) -> None:
    editions = dict.fromkeys(TABLE_KEYS, EDITIONS[seed % 2])
    numbers = some_numbers(editions, random.Random(seed))
    report = read(document(make, editions, numbers))
    assert differences(report, editions, numbers) == []
    assert report.editions == editions
    assert all(cell.sure for cell in report.cells.values())


@pytest.mark.parametrize("make", [padded, framed, cell_lines, pipe_lines], ids=lambda f: f.__name__)
def test_a_row_that_lost_its_empty_cells_is_placed_by_its_sum_and_flagged(
    make: Callable[[str, str, Numbers], str],
) -> None:
    editions = dict.fromkeys(TABLE_KEYS, "2021")
    numbers: Numbers = {path: 0 for key in TABLE_KEYS for path in table(key, "2021").paths()}
    row = [f"applications.granted.{column.key}" for column in table("applications", "2021").blocks[0].columns]
    for path in row:
        del numbers[path]
    numbers |= {row[0]: 3, row[-1]: 3}
    report = read(document(make, editions, numbers))
    assert differences(report, editions, numbers) == []
    assert not report.cell(row[-1]).sure
