"""Lines on paper become cells, merged ones included, however the lines are drawn."""

from __future__ import annotations

import random

import pytest

from gongkai.annual_report.reading.sources.rulings import Segment, lattices, merge

Box = tuple[int, int, int, int]  # row, column, rowspan, colspan


def a_tiling(rows: int, columns: int, rng: random.Random) -> list[Box]:
    """A grid with some rectangles of cells merged."""
    taken: set[tuple[int, int]] = set()
    boxes = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) in taken:
                continue
            height, width = rng.choice([1, 1, 1, 2, 3]), rng.choice([1, 1, 1, 2, 4])
            cells = {(y, x) for y in range(r, min(r + height, rows)) for x in range(c, min(c + width, columns))}
            if cells & taken:
                cells = {(r, c)}
            taken |= cells
            bottom, right = max(cells)
            boxes.append((r, c, bottom - r + 1, right - c + 1))
    return boxes


def drawn(boxes: list[Box], xs: list[float], ys: list[float], rng: random.Random) -> tuple[list[Segment], ...]:
    """The sides of every box, each a stroke of its own that misses by up to one unit."""

    def off() -> float:
        return rng.uniform(-1, 1)

    across, down = [], []
    for r, c, height, width in boxes:
        left, right, top, bottom = xs[c], xs[c + width], ys[r], ys[r + height]
        across += [Segment(y + off(), left + off(), right + off()) for y in (top, bottom)]
        down += [Segment(x + off(), top + off(), bottom + off()) for x in (left, right)]
    rng.shuffle(across)
    rng.shuffle(down)
    return across, down


def found_boxes(table) -> list[Box]:  # type: ignore[no-untyped-def]
    return [(c.row, c.column, c.rowspan, c.colspan) for c in table.cells]


def lines_in_use(boxes: list[Box]) -> tuple[int, int]:
    """How many distinct row and column lines the boxes' sides lie on."""
    return (len({r for r, _, _, _ in boxes} | {r + h for r, _, h, _ in boxes}),
            len({c for _, c, _, _ in boxes} | {c + w for _, c, _, w in boxes}))  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_any_table_of_merged_cells_is_found_from_its_lines(seed: int) -> None:
    rng = random.Random(seed)
    rows, columns = rng.randint(1, 9), rng.randint(2, 9)
    boxes = a_tiling(rows, columns, rng)
    xs = [100 + sum(rng.uniform(15, 60) for _ in range(k)) for k in range(columns + 1)]
    xs = sorted(xs)
    for k in range(1, len(xs)):
        xs[k] = max(xs[k], xs[k - 1] + 15)
    ys = [50 + 20.0 * k for k in range(rows + 1)]
    across, down = drawn(boxes, xs, ys, rng)
    tables = lattices(across, down, near=3)
    if len(boxes) == 1:
        assert tables == []  # one box around words is no table
        return
    (table,) = tables
    in_rows, in_columns = lines_in_use(boxes)
    if (in_rows, in_columns) == (rows + 1, columns + 1):  # a line that no box uses is not on the paper
        assert found_boxes(table) == sorted(boxes)
    assert len(table.cells) == len(boxes)
    for r, c, height, width in boxes:
        middle = table.cell_at((xs[c] + xs[c + width]) / 2, (ys[r] + ys[r + height]) / 2)
        assert middle is not None
        assert middle.left == pytest.approx(xs[c], abs=2)
        assert middle.bottom == pytest.approx(ys[r + height], abs=2)


def test_two_tables_on_a_page_stay_two() -> None:
    across = [Segment(y, 0, 100) for y in (0, 20, 40, 200, 220)]
    down = [Segment(x, 0, 40) for x in (0, 50, 100)] + [Segment(x, 200, 220) for x in (0, 30, 100)]
    first, second = lattices(across, down, near=2)
    assert (len(first.cells), len(second.cells)) == (4, 2)
    assert first.cell_at(10, 100) is None


def test_a_table_cut_by_the_page_keeps_its_last_row() -> None:
    """Word draws no line where a table goes on overleaf."""
    across = [Segment(y, 0, 100) for y in (0, 20, 40)]
    down = [Segment(x, 0, 60) for x in (0, 50, 100)]
    (table,) = lattices(across, down, near=2)
    assert len(table.cells) == 6
    assert table.cell_at(75, 55) is not None


def test_a_line_under_words_is_no_table() -> None:
    assert lattices([Segment(10, 0, 100)], [], near=2) == []
    assert lattices([], [], near=2) == []


def test_strokes_of_one_line_are_one_line() -> None:
    assert merge([Segment(10, 0, 50), Segment(10.5, 49, 100), Segment(30, 0, 5)], near=2) == [
        Segment(pytest.approx(10.25, abs=0.1), 0, 100),  # type: ignore[arg-type]
        Segment(30, 0, 5),
    ]
