"""The three tables of a report: runs of values fitted to the form's rows and columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from gongkai.annual_report.editions import EDITIONS, Block, Equation, Row, Table, equations, table
from gongkai.annual_report.reading.align import LIKELY, Fit, align, likenesses
from gongkai.annual_report.reading.columns import Choice, Reading, by_position, choose, readings
from gongkai.annual_report.reading.runs import Run, Slot, runs_of
from gongkai.annual_report.reading.stream import Line
from gongkai.annual_report.reading.values import fold, parse
from gongkai.annual_report.report import Cell, Value

# Words that only one edition's table two prints.
_WORDS_2019 = (
    "新制作",
    "新公开",
    "对外公开总数量",
    "上一年项目数量",
    "本年增减",
    "其他对外管理服务",
    "采购总金额",
    "政府集中采购",
)
_WORDS_2021 = ("制发件数", "废止件数", "止件数", "现行有效件数", "本年收费金额")


_MOST_RUNS = 200  # a table of the form has 30 at the most; what follows is not the form
_GLUED_DIGITS = re.compile(r"0\d+")


@dataclass(slots=True)
class Decoded:
    """What one table gave: its edition (None where it was not found), its cells, the last line it used."""

    edition: str | None = None
    cells: dict[str, Cell] = field(default_factory=dict)
    last_line: int = -1
    lost_labels: bool = False


# ---------------------------------------------------------------- table two


def disclosure(lines: list[Line], span: tuple[int, int], folded: list[str]) -> Decoded:
    """Table two. Its blocks may stand in any order, so labels decide; order only helps rows without one."""
    text = "".join(folded[span[0] : span[1]])
    old, new = (sum(word in text for word in words) for words in (_WORDS_2019, _WORDS_2021))
    edition = "2019" if old > new else "2021"
    form = table("disclosure", edition)
    rows = [(block, row) for block in form.blocks for row in block.rows]
    runs = runs_of(lines, *span)[:_MOST_RUNS]
    given: dict[str, tuple[Block, Row, Run]] = {}
    taken: set[int] = set()
    forms = [row for _, row in rows]
    scores = [
        (like, -i, block, row, run)
        for i, run in enumerate(runs)
        for (block, row), like in zip(rows, likenesses(run, forms), strict=True)
    ]
    for score, at, block, row, run in sorted(scores, key=lambda s: (-s[0], -s[1])):
        if score >= LIKELY and row.key not in given and at not in taken:
            given[row.key] = (block, row, run)
            taken.add(at)
    _fill_unlabelled(rows, runs, given, taken)
    found = Decoded(edition)
    for block, row, run in given.values():
        reading = _read_columns(run, block, lines, span[0])
        found.last_line = max(found.last_line, run.line)
        for column, slot in zip(block.columns, reading.readings[0], strict=True):
            if slot is not None:
                _put(found.cells, f"disclosure.{row.key}.{column.key}", slot, column.kind, reading.confidence)
    if not given:
        return Decoded()
    return found


def _fill_unlabelled(
    rows: Sequence[tuple[Block, Row]],
    runs: Sequence[Run],
    given: dict[str, tuple[Block, Row, Run]],
    taken: set[int],
) -> None:
    """A run without a label of its own belongs to the row between its neighbours', if just that row is missing."""
    keys = [row.key for _, row in rows]
    for i, run in enumerate(runs):
        if -i in taken or run.own:
            continue
        after = next((keys.index(k) for k, (_, _, r) in given.items() if i + 1 < len(runs) and r is runs[i + 1]), None)
        before = next((keys.index(k) for k, (_, _, r) in given.items() if i and r is runs[i - 1]), None)
        for j in (None if after is None else after - 1, None if before is None else before + 1):
            if j is None or not 0 <= j < len(rows) or keys[j] in given:
                continue
            block, row = rows[j]
            if len(run.slots) == len(block.columns):
                given[row.key] = (block, row, run)
                taken.add(-i)
                break


def _read_columns(run: Run, block: Block, lines: list[Line], start: int) -> Choice:
    width = len(block.columns)
    if len(run.slots) != width:
        heads = _heads(block, lines, start, run)
        if heads:
            reading = by_position(run.slots, heads)
            if reading is not None:
                return Choice((reading,), 0.95)
        if len(run.slots) > width and any(not s.blank for s in run.slots[:width]):
            extra = run.slots[width:]
            if all(s.blank for s in extra):
                return Choice((tuple(run.slots[:width]),), 1.0)
    choice = readings(run.slots, width)
    return Choice(choice.readings[:1], choice.confidence)


def _heads(block: Block, lines: list[Line], start: int, run: Run) -> list[tuple[float, float]] | None:
    """Left and right of the block's column heads above a run, where positions mean something."""
    heads: dict[str, tuple[float, float]] = {}
    names = {fold(n): c.key for c in block.columns for n in (c.label, *c.aliases)}
    for line in lines[start : run.line]:
        if line.table != run.table or len(line.pieces) < 2:
            continue
        for piece in line.pieces:
            key = names.get(fold(piece.text))
            if key:
                heads[key] = (piece.left, piece.right)
    if len(heads) < len(block.columns):
        return None
    placed = [heads[c.key] for c in block.columns]
    return placed if all(a[0] < b[0] for a, b in pairwise(placed)) else None


# -------------------------------------------------------------- table three


def applications(lines: list[Line], span: tuple[int, int], prefer: str | None) -> Decoded:
    """Table three, in the edition that fits better; `prefer` decides where the lines cannot tell."""
    runs = _joined(_without_strays([_unglued(r, 7) for r in runs_of(lines, *span)[:_MOST_RUNS]], 7), 7)
    fitted = {}
    for edition in sorted(EDITIONS, key=lambda e: e != prefer):
        rows = table("applications", edition).blocks[0].rows
        fitted[edition] = align(runs, rows, 7)
        if len(fitted[edition][0]) == len(rows) and all(f.certainty == 1.0 for f in fitted[edition][0]):
            break
    edition = max(fitted, key=lambda e: (fitted[e][1], e == prefer))
    fits, score = fitted[edition]
    other = next((e for e in fitted if e != edition), None)
    if other and prefer == other and fitted[other][1] >= score - 1.0:
        edition, fits = other, fitted[other][0]
    fits = [f for f in fits if f.run.slots]
    if not any(f.certainty >= 0.95 for f in fits):
        return Decoded()
    return _fill_applications(edition, fits, cut=_is_last(lines, fits[-1].run))


def _unglued(run: Run, width: int) -> Run:
    """Digits printed without any space, 0000000: with a leading zero they can only be one digit a column."""
    if len(run.slots) == 1 and len(run.slots[0].text) == width and _GLUED_DIGITS.fullmatch(run.slots[0].text):
        slot = run.slots[0]
        run.slots = [replace(slot, text=digit) for digit in slot.text]
        run.upright = False
    return run


def _without_strays(runs: list[Run], width: int) -> list[Run]:
    """Where rows are printed whole, a lone number on a line of its own is a page number or torn-off ink."""
    if sum(len(run.slots) >= width and not run.upright for run in runs) * 2 < len(runs):
        return runs
    kept: list[Run] = []
    carried = ""
    for run in runs:
        if run.upright and len(run.slots) <= 2:
            carried += run.before
            continue
        run.before, carried = carried + run.before, ""
        if kept:
            kept[-1].after = run.before
        kept.append(run)
    return kept


def _rows_in(run: Run, width: int) -> list[Run]:
    """Values standing one to a line run on where a label was lost between two rows: cut them to rows."""
    if not run.upright or len(run.slots) < 2 * width:
        return [run]
    groups = [list(g) for blank, g in groupby(run.slots, key=lambda s: s.blank) if not blank]
    if len(groups) == 1:
        groups = [run.slots[i : i + width] for i in range(0, len(run.slots), width)]
    if any(len(group) != width for group in groups):
        return [run]
    parts = [replace(run, slots=group, before="", after="") for group in groups]
    parts[0].before, parts[-1].after = run.before, run.after
    return parts


def _joined(runs: list[Run], width: int) -> list[Run]:
    """Two unfinished runs without a label between them are one row broken over lines."""
    joined: list[Run] = []
    for run in (part for whole in runs for part in _rows_in(whole, width)):
        last = joined[-1] if joined else None
        if (
            last
            and not run.own
            and not run.before
            and len(last.slots) + len(run.slots) == width
            and run.table == last.table
        ):
            last.slots = [*last.slots, *run.slots]
            last.after = run.after
        else:
            joined.append(run)
    return joined


def _is_last(lines: list[Line], run: Run) -> bool:
    """Whether the text ends with this run: then a short run is cut off, not full of blanks."""
    return run.line + (len(run.slots) if run.upright else 1) >= len(lines) - 1


def _fill_applications(edition: str, fits: list[Fit], cut: bool) -> Decoded:
    form = table("applications", edition)
    columns = form.blocks[0].columns
    centres = _centres([f.run for f in fits], len(columns))
    choices: list[Choice] = []
    for fit in fits:
        slots = fit.run.slots
        heads = centres.get(fit.run.table) if not fit.run.upright and len(slots) != len(columns) else None
        placed = by_position(slots, heads) if heads else None
        choice = Choice((placed,), 0.95) if placed else readings(slots, len(columns))
        if len(choice.readings) > 1 and cut and fit is fits[-1] and len(slots) < len(columns):
            choice = Choice(choice.readings[:1], 0.9)
        choices.append(choice)

    def row_balance(reading: Reading) -> bool | None:
        values = [parse(s.text, "count") if s is not None else None for s in reading]
        if not values or not isinstance(values[-1], int):
            return None
        return sum(v for v in values[:-1] if isinstance(v, int)) == values[-1]

    def whole(picked: Sequence[Reading]) -> int:
        cells = {
            f"applications.{fit.row.key}.{column.key}": parse(slot.text, "count") if slot is not None else None
            for fit, reading in zip(fits, picked, strict=True)
            for column, slot in zip(columns, reading, strict=False)
        }
        return sum(_holds(equation, cells) is True for equation in equations("applications", edition))

    if any(len(c.readings) > 1 for c in choices):
        choices = choose(choices, [row_balance] * len(fits), whole)
    found = Decoded(edition, last_line=max(f.run.line + (len(f.run.slots) - 1 if f.run.upright else 0) for f in fits))
    for fit, choice in zip(fits, choices, strict=True):
        found.lost_labels |= fit.certainty < 0.9
        for column, slot in zip(columns, choice.readings[0] if choice.readings else (), strict=False):
            if slot is not None:
                path = f"applications.{fit.row.key}.{column.key}"
                _put(found.cells, path, slot, column.kind, min(choice.confidence, fit.certainty))
    return found


def _centres(runs: Sequence[Run], width: int) -> dict[int | None, list[tuple[float, float]]]:
    """Where the columns stand, learnt from the full rows of each table, where these agree."""
    full: dict[int | None, list[list[Slot]]] = {}
    for run in runs:
        if len(run.slots) == width and not run.upright:
            full.setdefault(run.table, []).append(run.slots)
    found: dict[int | None, list[tuple[float, float]]] = {}
    for key, rows in full.items():
        middles = [sorted((r[k].left + r[k].right) / 2 for r in rows) for k in range(width)]
        centres = [m[len(m) // 2] for m in middles]
        step = min(b - a for a, b in pairwise(centres))
        if step > 0 and all(m[-1] - m[0] < step for m in middles):
            found[key] = [(c, c) for c in centres]
    return found


# --------------------------------------------------------------- table four


def remedies(lines: list[Line], span: tuple[int, int], after: int, headed: bool) -> Decoded:
    """Table four: fifteen values in printed order, in one line or in several.

    `after` is table three's last line; `headed` says whether a heading or head of table four was found.
    """
    form = table("remedies", EDITIONS[-1])
    paths = form.paths()
    runs = [r for r in runs_of(lines, max(span[0], after + 1), span[1]) if not _is_prose(r)][:_MOST_RUNS]
    runs = [_unglued(r, len(paths)) for r in runs]
    slots = _fifteen(runs, len(paths))
    if slots is None and headed and runs and _is_last(lines, runs[-1]) and not runs[-1].own:
        slots = runs[-1].slots  # cut off: the values that are there stand from the left
        choice = Choice((tuple(slots[: len(paths)]),), 0.9)
        return _fill_remedies(form, choice, runs)
    choice = readings(slots, len(paths)) if slots else Choice((), 0.0)
    if slots is None or len(slots) != len(paths):
        choice = _under_heads(runs, form, lines, span[0]) or choice
    if not choice.readings and headed and (row := _blank_row(lines, span, form)):
        return _fill_remedies(form, Choice((tuple(row),), 1.0), runs)
    if not choice.readings:
        return Decoded(form.edition if headed else None)
    if len(choice.readings) > 1:
        rules = equations("remedies", form.edition)

        def whole(picked: Sequence[Reading]) -> int:
            cells = {p: parse(s.text, "count") if s else None for p, s in zip(paths, picked[0], strict=True)}
            return sum(_holds(rule, cells) is True for rule in rules)

        (choice,) = choose([choice], [lambda _: True], whole)
    return _fill_remedies(form, choice, runs)


def _fill_remedies(form: Table, choice: Choice, runs: Sequence[Run]) -> Decoded:
    last = max((r.line + len(r.slots) - 1 if r.upright else r.line for r in runs), default=-1)
    found = Decoded(form.edition, last_line=last)
    for (path, _, _, column), slot in zip(form.cells(), choice.readings[0], strict=False):
        if slot is not None:
            _put(found.cells, path, slot, column.kind, choice.confidence)
    return found


def _blank_row(lines: list[Line], span: tuple[int, int], form: Table) -> list[Slot] | None:
    """Empty cells under table four's whole head: printed blank, not absent.

    A spreadsheet keeps no trace of an empty last row, so the whole head in a real table is enough.
    """
    names = {fold(c.label) for c in form.blocks[0].columns}
    heads = [
        piece
        for line in lines[span[0] : span[1]]
        if line.table is not None
        for piece in line.pieces
        if fold(piece.text) in names
    ]
    if len(heads) != len(form.paths()):
        return None
    return [Slot("", p.left, p.right, p.place, p.confidence) for p in sorted(heads, key=lambda p: p.left)]


def _under_heads(runs: Sequence[Run], form: Table, lines: list[Line], start: int) -> Choice | None:
    """The run that stands under the fifteen heads of the last head line, read by position."""
    names = {fold(c.label) for c in form.blocks[0].columns}
    for run in runs:
        heads = sorted(
            {
                (piece.left, piece.right)
                for line in lines[start : run.line]
                if line.table == run.table and line.page == lines[run.line].page
                for piece in line.pieces
                if fold(piece.text) in names
            }
        )
        if len(heads) == len(form.paths()) and run.numbers:
            placed = by_position(run.slots, heads)
            if placed is not None:
                return Choice((placed,), 0.95)
    return None


def _is_prose(run: Run) -> bool:
    """A sentence that happens to end in a number."""
    return len(run.slots) < 3 and sum(map(len, run.own)) > 12


def _fifteen(runs: Sequence[Run], width: int) -> list[Slot] | None:
    """The run of fifteen, or neighbouring runs that make fifteen, or the nearest to it."""
    for run in runs:
        if len(run.slots) == width:
            return run.slots
    for i in range(len(runs)):
        slots: list[Slot] = []
        for run in runs[i:]:
            slots += run.slots
            if len(slots) >= width:
                break
        if len(slots) == width:
            return slots
    near = max(runs, key=lambda r: r.numbers, default=None)
    if near is not None and width - 2 <= len(near.slots) <= width + 3:
        return near.slots
    return None


# ------------------------------------------------------------------- common


def _holds(equation: Equation, cells: dict[str, Value]) -> bool | None:
    left = [cells.get(p) for p in equation.left]
    right = [cells.get(p) for p in equation.right]
    if any(v is None for v in (*left, *right)):
        return None
    return sum(v for v in left if v is not None) == sum(v for v in right if v is not None)


def _put(cells: dict[str, Cell], path: str, slot: Slot, kind: str, confidence: float) -> None:
    value = parse(slot.text, kind)  # type: ignore[arg-type]
    sure = min(confidence, slot.confidence)
    if value is None and not slot.blank:
        sure = min(sure, 0.5)  # a number is printed, but none that this cell can hold
    cells[path] = Cell(value, slot.text, slot.place, sure)
