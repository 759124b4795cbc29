"""Ruling lines -> cells. Shared by PDF (drawn lines) and scans (lines found in the image).

Coordinates run right and down, in any unit. A table is a set of lines that touch; its cells are the
rectangles between lines, those without a line between them being one merged cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Segment:
    """A horizontal or vertical line: `at` is its y (or x), `start`..`end` its extent along x (or y)."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class GridBox:
    """One cell: its grid position and spans, and its rectangle."""

    row: int
    column: int
    rowspan: int
    colspan: int
    left: float
    top: float
    right: float
    bottom: float
    inside: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Lattice:
    """One ruled table."""

    left: float
    top: float
    right: float
    bottom: float
    xs: list[float]
    ys: list[float]
    cells: list[GridBox]
    _owners: dict[tuple[int, int], GridBox] = field(init=False)

    def __post_init__(self) -> None:
        self._owners = {
            (row, column): cell
            for cell in reversed(self.cells)  # of overlapping ones the first counts
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        }

    def cell_at(self, x: float, y: float) -> GridBox | None:
        """The cell that holds a point."""
        return self._owners.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def lattices(across: Sequence[Segment], down: Sequence[Segment], near: float) -> list[Lattice]:
    """The ruled tables among horizontal (`across`) and vertical (`down`) segments; lines within `near` are one."""
    across, down = merge(across, near), merge(down, near)
    group_of: dict[tuple[str, int], int] = {}
    groups: list[tuple[list[Segment], list[Segment]]] = []
    touching = [
        [j for j, v in enumerate(down) if _meet(h, v, near)]
        for h in across
    ]  # fmt: skip
    met_by: dict[int, list[int]] = {}
    for i, js in enumerate(touching):
        for j in js:
            met_by.setdefault(j, []).append(i)
    for i in range(len(across)):
        if ("h", i) in group_of or not touching[i]:
            continue
        number = len(groups)
        groups.append(([], []))
        stack: list[tuple[str, int]] = [("h", i)]
        group_of["h", i] = number
        while stack:
            kind, k = stack.pop()
            groups[number][kind == "v"].append(across[k] if kind == "h" else down[k])
            for other in touching[k] if kind == "h" else met_by[k]:
                key = ("v" if kind == "h" else "h", other)
                if key not in group_of:
                    group_of[key] = number
                    stack.append(key)
    found = [_lattice(h, v, near) for h, v in groups if len(h) >= 2 and len(v) >= 2]
    return sorted((t for t in found if t is not None), key=lambda t: t.top)


def merge(segments: Sequence[Segment], near: float) -> list[Segment]:
    """Segments of one line that touch or overlap, joined."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.at):
        if rows and segment.at - rows[-1][-1].at <= near:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    merged: list[Segment] = []
    for row in rows:
        at = sum(s.at * (s.end - s.start + 1e-9) for s in row) / sum(s.end - s.start + 1e-9 for s in row)
        start, end = None, 0.0
        for s in sorted(row, key=lambda s: s.start):
            if start is None:
                start, end = s.start, s.end
            elif s.start <= end + near:
                end = max(end, s.end)
            else:
                merged.append(Segment(at, start, end))
                start, end = s.start, s.end
        if start is not None:
            merged.append(Segment(at, start, end))
    return merged


def _meet(h: Segment, v: Segment, near: float) -> bool:
    return h.start - near <= v.at <= h.end + near and v.start - near <= h.at <= v.end + near


def _distinct(values: Sequence[float], near: float) -> list[float]:
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= near:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def _opened(values: list[float], crossing: list[Segment], near: float) -> list[float]:
    """Line positions, and where lines that cross them end together beyond: a side printed without a line.

    Tables cut by a page have no line at the cut; tables of three lines have none at their sides.
    """
    starts = [s.start for s in crossing if s.start < values[0] - 3 * near]
    ends = [s.end for s in crossing if s.end > values[-1] + 3 * near]
    before = [min(starts)] if len(starts) > len(crossing) // 2 else []
    after = [max(ends)] if len(ends) > len(crossing) // 2 else []
    return [*before, *values, *after]


def _lattice(across: list[Segment], down: list[Segment], near: float) -> Lattice | None:
    xs = _opened(_distinct([v.at for v in down], near), across, near)
    ys = _opened(_distinct([h.at for h in across], near), down, near)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > 20_000:
        return None
    # Is there a line under elementary cell (r, c)? to its right?
    below = [[_covered(across, ys[r + 1], xs[c], xs[c + 1], near) for c in range(columns)] for r in range(rows)]
    right = [[_covered(down, xs[c + 1], ys[r], ys[r + 1], near) for c in range(columns)] for r in range(rows)]
    parent = list(range(rows * columns))

    def find(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for r in range(rows):
        for c in range(columns):
            if r + 1 < rows and not below[r][c]:
                parent[find((r + 1) * columns + c)] = find(r * columns + c)
            if c + 1 < columns and not right[r][c]:
                parent[find(r * columns + c + 1)] = find(r * columns + c)
    members: dict[int, list[tuple[int, int]]] = {}
    for r in range(rows):
        for c in range(columns):
            members.setdefault(find(r * columns + c), []).append((r, c))
    cells = []
    for group in members.values():
        r0, r1 = min(r for r, _ in group), max(r for r, _ in group)
        c0, c1 = min(c for _, c in group), max(c for _, c in group)
        cells.append(GridBox(r0, c0, r1 - r0 + 1, c1 - c0 + 1, xs[c0], ys[r0], xs[c1 + 1], ys[r1 + 1]))
    cells.sort(key=lambda b: (b.row, b.column))
    return Lattice(xs[0], ys[0], xs[-1], ys[-1], xs, ys, cells)


def _covered(segments: list[Segment], at: float, start: float, end: float, near: float) -> bool:
    """Whether lines at `at` cover most of start..end."""
    length = end - start
    covered = sum(
        max(0.0, min(s.end, end) - max(s.start, start)) for s in segments if abs(s.at - at) <= near
    )  # fmt: skip
    return covered >= 0.6 * length
