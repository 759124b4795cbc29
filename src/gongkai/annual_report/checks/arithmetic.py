"""The 勾稽关系 of tables three and four: T3-R1, T3-C1, T3-C2, T3-C3, T4-S1..3 (annual-report-2021.md §5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import Any, Literal

from gongkai.annual_report.checks.finding import Finding, finding
from gongkai.annual_report.checks.repair import Cause, Change, causes, system
from gongkai.annual_report.editions import TABLE_KEYS, Equation, cell_label, equations, table
from gongkai.annual_report.report import Report

Outcome = Literal["PASS", "FAIL", "UNCERTAIN", "NOT_ASSESSABLE"]

_FEW = 12
_ZERO_MARKS = re.compile(r"[/／\-－—–―﹣无]+")
_NOT_A_COUNT = re.compile(r"[-－−]\s*\d+|\d+\.\d*[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Assessed:
    """One equation on one report: `left` and `right` are the sums of what is printed."""

    equation: Equation
    outcome: Outcome
    left: int
    right: int


def assess(report: Report, key: str) -> list[Assessed]:
    """Every equation of table `key`: PASS, FAIL, UNCERTAIN or NOT_ASSESSABLE.

    A blank is not a zero, so an equation with a blank in it cannot fail. It is UNCERTAIN where no number
    in the blanks could make it hold, or where the blanks are marks such as “/” that stand for none and
    it does not hold with zeros.
    """
    paths, compiled = _compiled(key, report.table_edition(key))
    get = report.cells.get
    values = [cell.value if (cell := get(p)) is not None else None for p in paths]
    printed = None not in values
    found = []
    for equation, left_of, right_of in compiled:
        left, right = left_of(values), right_of(values)
        blank = (False, False) if printed else (None in left, None in right)
        if blank == (False, False):
            a, b = int(sum(left)), int(sum(right))
            found.append(Assessed(equation, "PASS" if a == b else "FAIL", a, b))
            continue
        a, b = _sum(left), _sum(right)
        if (blank == (True, False) and a > b) or (blank == (False, True) and b > a):
            outcome: Outcome = "UNCERTAIN"
        elif a != b and all(_stands_for_none(report, p) for p in (*equation.left, *equation.right)):
            outcome = "UNCERTAIN"
        else:
            outcome = "NOT_ASSESSABLE"
        found.append(Assessed(equation, outcome, a, b))
    return found


_Pick = Callable[[Sequence[Any]], Sequence[Any]]


@cache
def _compiled(key: str, edition: str) -> tuple[tuple[str, ...], tuple[tuple[Equation, _Pick, _Pick], ...]]:
    """The cells of a table and its equations as pickers of their places, so that a report is gone over once."""
    paths = table(key, edition).paths()
    place = {p: i for i, p in enumerate(paths)}
    return paths, tuple(
        (e, _picker([place[p] for p in e.left]), _picker([place[p] for p in e.right])) for e in equations(key, edition)
    )


def _picker(places: list[int]) -> _Pick:
    if len(places) == 1:
        (only,) = places
        return lambda values: (values[only],)
    return itemgetter(*places)


def _sum(values: Sequence[object]) -> int:
    return sum(int(v) for v in values if isinstance(v, (int, Decimal)))


def _stands_for_none(report: Report, path: str) -> bool:
    """Whether a cell has a value or a mark that stands for none."""
    cell = report.cell(path)
    return cell.value is not None or bool(_ZERO_MARKS.fullmatch(cell.printed.strip()))


def arithmetic(report: Report) -> Iterator[Finding]:
    """One finding for each cause among the failing equations, with the repair that satisfies them all."""
    for key in ("applications", "remedies"):
        assessed = assess(report, key)
        if any(a.outcome == "FAIL" for a in assessed):
            whole = [a for a in assessed if a.outcome in ("PASS", "FAIL")]
            values = {p: int(c.value) for p, c in report.cells.items() if c.value is not None and p.startswith(key)}
            for cause in causes(system(tuple(a.equation for a in whole), values)):
                yield _explain(report, cause, whole, values)
        doubtful = [a for a in assessed if a.outcome == "UNCERTAIN"]
        if doubtful:
            yield _blank(report, doubtful)


def _explain(report: Report, cause: Cause, whole: list[Assessed], values: Mapping[str, int]) -> Finding:
    broken = [whole[i] for i in cause.broken]
    rules = tuple(dict.fromkeys(a.equation.rule for a in broken))
    cells = tuple(dict.fromkeys(p for a in broken for p in (*a.equation.left, *a.equation.right)))
    change = _chosen(cause.repairs)
    if change is None:
        return _undecided(report, cause, broken, rules, cells)
    repair = {p: values[p] + change[p] for p in report.paths() if p in change}
    printed, expected = tuple(values[p] for p in repair), tuple(repair.values())
    single = len(repair) == 1
    said = f"{_cells_in_words(report, repair, values)}。{_why(report, broken, repair)}"
    message = f"{said}请核对；如其他各数无误，{_should(report, repair)}。"
    return finding(
        rules[0],
        message,
        report,
        where=tuple(repair),
        cells=cells,
        rules=rules,
        repair=repair,
        printed=printed[0] if single else printed,
        expected=expected[0] if single else expected,
    )


def _chosen(repairs: Sequence[Change]) -> Change | None:
    """The repair to offer: the only one, or the only one that changes nothing but totals (分项 stand, sums follow)."""
    if len(repairs) == 1:
        return repairs[0]
    totals = [r for r in repairs if all(_is_total(p) for p in r)]
    return totals[0] if len(totals) == 1 else None


def _is_total(path: str) -> bool:
    _, row, column = path.split(".")
    return column == "total" or row == "total_handled"


def _undecided(
    report: Report, cause: Cause, broken: list[Assessed], rules: tuple[str, ...], cells: tuple[str, ...]
) -> Finding:
    """Several changes would do, or none small enough was found: say what does not add up and where to look."""
    first = broken[0]
    tried = {p for r in cause.repairs for p in r}
    where = tuple(p for p in report.paths() if p in tried)
    if not 0 < len(where) <= _FEW:  # any of many cells would do: point to the sums
        where = tuple(dict.fromkeys(p for a in broken for p in a.equation.right))
    said = "；".join(_sides(report, a) for a in broken[:4]) + (f"；等 {len(broken)} 处" if len(broken) > 4 else "")
    rows = dict.fromkeys(_row_label(report, p) for p in where)
    look = "、".join(f"“{r}”" for r in list(rows)[:5]) + ("等" if len(rows) > 5 else "")
    return finding(
        rules[0],
        f"{said}。请核对{look}的数字{'和各分项' if where[0] not in tried or len(where) != len(tried) else ''}。",
        report,
        where=where,
        cells=cells,
        rules=rules,
        printed=first.right,
        expected=first.left,
    )


def _sides(report: Report, a: Assessed) -> str:
    rule, (path, *_) = a.equation.rule, a.equation.right
    if rule == "T3-C1":
        return f"{_part(path)}“{_column_label(report, path)}”一列各项办理结果合计为 {a.left}，（七）总计印为 {a.right}"
    if rule == "T3-C2":
        return f"{_part(path)}“{_column_label(report, path)}”一列第一项加第二项为 {a.left}，第三项加第四项为 {a.right}"
    return f"{_part(path)}“{_row_label(report, path)}”一行各栏合计为 {a.left}，总计印为 {a.right}"


def _why(report: Report, broken: list[Assessed], repair: Mapping[str, int]) -> str:
    """What the sums say, in at most two clauses."""
    shown = [a for a in broken if a.equation.rule == broken[0].equation.rule]
    if len(repair) == 1 and len(broken) == 1:
        return f"{_sides(report, broken[0]).split('，')[0]}。"
    if len(repair) > 1 and len({p.split(".")[1] for p in repair}) == 1:
        return ""
    return "；".join(_sides(report, a) for a in shown[:2]) + "。"


def _cells_in_words(report: Report, repair: Mapping[str, int], values: Mapping[str, int]) -> str:
    """第三部分“（七）总计”印为 自然人 0、商业企业 0, one row after the other."""
    rows: dict[str, list[str]] = {}
    for path in repair:
        rows.setdefault(path.rsplit(".", 1)[0], []).append(path)
    if len(repair) == 1:
        (path,) = repair
        return f"{cell_label(path, report.table_edition(path.split('.')[0]))}印为 {values[path]}"
    said = []
    for paths in rows.values():
        listed = "、".join(f"{_column_label(report, p)} {values[p]}" for p in paths)
        summed = "、".join(f"{_column_label(report, p)} {repair[p]}" for p in paths)
        sums = f"，各项合计为{summed}" if "total_handled" in paths[0] else ""
        said.append(f"“{_row_label(report, paths[0])}”印为{listed}{sums}")
    return _part(next(iter(repair))) + "，".join(said)


def _should(report: Report, repair: Mapping[str, int]) -> str:
    items = [f"“{_row_label(report, p)}”的“{_column_label(report, p)}”应为 {v}" for p, v in repair.items()]
    if len({p.split(".")[1] for p in repair}) == 1:
        first = next(iter(repair))
        items = [
            f"“{_row_label(report, first)}”应为"
            + "、".join(f"{_column_label(report, p)} {v}" for p, v in repair.items())
        ]
        if len(repair) == 1:
            items = [f"应为 {repair[first]}"]
    return "，".join(items)


def _blank(report: Report, doubtful: list[Assessed]) -> Finding:
    """Equations with blanks in them that do not hold whichever way the blanks are read."""
    where = tuple(dict.fromkeys(p for a in doubtful for p in a.equation.right))
    cells = tuple(dict.fromkeys(p for a in doubtful for p in (*a.equation.left, *a.equation.right)))
    said = "；".join(_sides(report, a) for a in doubtful[:3]) + (
        f"；等 {len(doubtful)} 处" if len(doubtful) > 3 else ""
    )
    message = f"{said}（有空白单元格，按 0 计也不相等）。请先补填空白处，再核对。"
    rules = tuple(dict.fromkeys(a.equation.rule for a in doubtful))
    first = doubtful[0]
    return finding(
        rules[0],
        message,
        report,
        where=where,
        cells=cells,
        rules=rules,
        severity="warning",
        state="UNCERTAIN",
        printed=first.right,
        expected=first.left,
    )


def whole_numbers(report: Report) -> Iterator[Finding]:
    """T3-C3: every count is an integer ≥ 0, in all three tables; also T2-I3's 金额 ≥ 0."""
    editions = tuple(report.table_edition(key) for key in TABLE_KEYS)
    kinds = _kinds(editions)
    for path, cell in report.cells.items():
        value = cell.value
        if type(value) is int and value >= 0:
            continue
        kind, edition = kinds.get(path, ("change", ""))
        if kind == "change":
            continue
        if value is None:
            if kind == "count" and cell.printed and _NOT_A_COUNT.fullmatch(cell.printed.strip()):
                yield finding(
                    "T3-C3",
                    f"{cell_label(path, edition)}印为“{cell.printed.strip()}”，件数应为不小于 0 的整数，请核对。",
                    report,
                    where=(path,),
                    printed=cell.printed.strip(),
                    severity="warning",
                    state="UNCERTAIN",
                )
        elif value < 0 or (kind == "count" and value != int(value)):
            rule, what = ("T2-I3", "金额应不小于 0") if kind == "money" else ("T3-C3", "件数应为不小于 0 的整数")
            yield finding(
                rule,
                f"{cell_label(path, edition)}印为 {cell.printed or value}，{what}，请核对。",
                report,
                where=(path,),
                printed=value,
                severity="error",
            )


@cache
def _kinds(editions: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Cell path -> kind of its column and edition of its table."""
    return {
        path: (column.kind, edition)
        for key, edition in zip(TABLE_KEYS, editions, strict=True)
        for path, _, _, column in table(key, edition).cells()
    }


@cache
def _labels(key: str, edition: str) -> tuple[dict[str, str], dict[str, str]]:
    """Row labels without their gloss, and column labels, by key."""
    rows, columns = {}, {}
    for _, _, row, column in table(key, edition).cells():
        rows[row.key] = row.label.split("（区分处理")[0]
        columns[column.key] = column.label
    return rows, columns


def _row_label(report: Report, path: str) -> str:
    key, row, _ = path.split(".")
    return _labels(key, report.table_edition(key))[0][row]


def _column_label(report: Report, path: str) -> str:
    key, _, column = path.split(".")
    return _labels(key, report.table_edition(key))[1][column]


def _part(path: str) -> str:
    return {"disclosure": "第二部分", "applications": "第三部分", "remedies": "第四部分"}[path.split(".", 1)[0]]
