"""Many reports added into one: 汇总.

A cell of the result is the sum of what is printed; where nobody prints it, it stays empty. Which report gave what
is kept for every cell. Forms of two editions are mapped as annual-report-2019.md §5 says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from gongkai.annual_report.checks.arithmetic import arithmetic, whole_numbers
from gongkai.annual_report.checks.finding import Finding, finding
from gongkai.annual_report.checks.rules import Severity
from gongkai.annual_report.editions import EDITIONS, HEADINGS, TABLE_KEYS, cell_label, column_of, table
from gongkai.annual_report.report import Cell, Report, Value
from gongkai.statute.reporting import edition_for

ProblemKind = Literal[
    "missing", "wrong_year", "no_year", "duplicate", "wrong_edition", "errors", "unexpected", "no_agency"
]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the inputs that a person must know before using the sum."""

    kind: ProblemKind
    severity: Severity
    message: str
    agency: str | None = None
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """For `--json` and the page."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "message": self.message,
            "agency": self.agency,
            "findings": [f.to_json() for f in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one report gives to one cell. `value` is None where it prints nothing there."""

    agency: str | None
    value: Value
    report: Report
    paths: tuple[str, ...]


@dataclass(slots=True)
class Consolidation:
    """The result. `sources` are the reports that were added, `blanks` the cells that some of them leave empty."""

    report: Report
    sources: list[Report]
    problems: list[Problem] = field(default_factory=list)
    blanks: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Cell path -> indexes in `sources` of reports that print nothing there."""
    not_split: tuple[str, ...] = ()
    """Cells that hold a quantity of the 2019 form which the 2021 form splits."""

    @property
    def included(self) -> int:
        """How many reports were added."""
        return len(self.sources)

    @property
    def has_errors(self) -> bool:
        """Whether a problem is grave enough to stop the result from being written unasked."""
        return any(p.severity == "error" for p in self.problems)

    def contributors(self, path: str) -> list[Contribution]:
        """Every source with what it gives to a cell, in the order of the sources."""
        key = path.split(".", 1)[0]
        edition = self.report.table_edition(key)
        found = []
        for source in self.sources:
            paths = _mapping(key, source.table_edition(key), edition).get(path, ())
            found.append(Contribution(source.agency, _sum(source, paths), source, paths))
        return found

    def to_json(self) -> dict[str, Any]:
        """The report's object, with the sources, problems and blanks."""
        return {
            "report": self.report.to_json(),
            "included": [s.agency for s in self.sources],
            "problems": [p.to_json() for p in self.problems],
            "blanks": {path: [self.sources[i].agency for i in who] for path, who in self.blanks.items()},
            "not_split": list(self.not_split),
        }


def consolidate(reports: Iterable[Report], *, agency: str, year: int, expected: Sequence[str] = ()) -> Consolidation:
    """Add `reports` into one of `agency` for `year`; `expected` names the agencies that must report.

    Reports of another year are left out; of one agency's two reports the first counts. Both are errors,
    as is a report whose own sums do not hold (it is added as printed).
    """
    problems: list[Problem] = []
    sources = _admitted(reports, year, problems)
    edition = edition_for(year) or _commonest_edition(sources)
    _expect(sources, expected, problems)
    for source in sources:
        _examine(source, year, edition, problems)
    result = Report(
        agency=agency,
        year=year,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        agency_printed=agency,
        editions=dict.fromkeys(TABLE_KEYS, edition),
    )
    blanks: dict[str, tuple[int, ...]] = {}
    not_split: list[str] = []
    for key in TABLE_KEYS:
        _add(result, sources, key, edition, blanks)
        split = f"{key}.other_misc." if key == "applications" else ""
        if split and edition == "2021" and any(s.table_edition(key) == "2019" for s in sources if key in s.editions):
            not_split += [p for p in table(key, edition).paths() if p.startswith(split)]
    if not_split:
        result.warnings.append("有的来源用 2019 年格式，其“（六）其他处理”未分细项，计入“3.其他”。")
    if blanks:
        result.warnings.append(f"有 {len(blanks)} 个单元格并非每个来源都印有数字，合计只含已印的。")
    order: dict[str, int] = {"error": 0, "warning": 1, "info": 2}
    problems.sort(key=lambda p: order[p.severity])
    return Consolidation(result, sources, problems, blanks, tuple(not_split))


def _admitted(reports: Iterable[Report], year: int, problems: list[Problem]) -> list[Report]:
    sources: list[Report] = []
    seen: dict[str, Report] = {}
    for report in reports:
        name = report.agency or report.source or "（未写机关名称）"
        if report.year is None:
            problems.append(
                Problem("no_year", "warning", f"{name}的报告没有写年度，已按 {year} 年度计入，请核对。", report.agency)
            )
        elif report.year != year:
            problems.append(
                Problem(
                    "wrong_year",
                    "error",
                    f"{name}的报告是 {report.year} 年度的，没有计入，请换成 {year} 年度的。",
                    report.agency,
                )
            )
            continue
        if not report.agency:
            problems.append(Problem("no_agency", "warning", f"{name}：没有认出机关名称，已计入，请核对是否重复。"))
        else:
            core = _core(report.agency)
            if core in seen:
                same = "，内容相同" if _values(seen[core]) == _values(report) else "，数字不同"
                problems.append(
                    Problem(
                        "duplicate",
                        "error",
                        f"{name}有不止一份报告{same}，只计入第一份，请确认用哪一份。",
                        report.agency,
                    )
                )
                continue
            seen[core] = report
        sources.append(report)
    return sources


def _values(report: Report) -> dict[str, Value]:
    return {p: c.value for p, c in report.cells.items() if c.value is not None}


def _core(agency: str) -> str:
    """A name without what one report prints and another leaves out."""
    name = "".join(agency.split())
    for tail in ("人民政府", "办事处"):
        name = name.removesuffix(tail)
    return name


def _expect(sources: list[Report], expected: Sequence[str], problems: list[Problem]) -> None:
    if not expected:
        return
    missing, extra = roll_call([s.agency for s in sources if s.agency], expected)
    problems += [Problem("missing", "error", f"缺少{name}的报告。", name) for name in missing]
    problems += [Problem("unexpected", "info", f"{name}不在应报名单里，已计入。", name) for name in extra]


def roll_call(came: Iterable[str], expected: Iterable[str]) -> tuple[list[str], list[str]]:
    """(who of `expected` did not come, who came and was not expected). A name may lack its county or city."""
    wanted = {_core(name): name for name in expected}
    present = {_core(name): name for name in came}
    missing = {core: name for core, name in wanted.items() if core not in present}
    extra = {core: name for core, name in present.items() if core not in wanted}
    for core in list(missing):
        match = next((other for other in extra if other.endswith(core) or core.endswith(other)), None)
        if match is not None:
            del missing[core], extra[match]
    return list(missing.values()), list(extra.values())


def _examine(source: Report, year: int, edition: str, problems: list[Problem]) -> None:
    """Its edition and its own sums."""
    name = source.agency or source.source or "（未写机关名称）"
    other = [key for key in TABLE_KEYS if key != "remedies" and source.editions.get(key, edition) != edition]
    if other:
        parts = "、".join(HEADINGS[key].split("、")[0] for key in other)
        problems.append(
            Problem(
                "wrong_edition",
                "warning",
                f"{name}的第{parts}部分不是 {edition} 年格式，能对应的已计入，不能对应的留空。",
                source.agency,
            )
        )
    errors = tuple(f for f in (*arithmetic(source), *whole_numbers(source)) if f.severity == "error")
    if errors:
        more = f"；另有 {len(errors) - 1} 处" if len(errors) > 1 else ""
        problems.append(
            Problem("errors", "error", f"{name}：{errors[0].message.rstrip('。')}{more}。", source.agency, errors)
        )


def _commonest_edition(sources: list[Report]) -> str:
    counts = Counter(s.edition for s in sources if s.edition)
    return counts.most_common(1)[0][0] if counts else EDITIONS[-1]


def _add(result: Report, sources: list[Report], key: str, edition: str, blanks: dict[str, tuple[int, ...]]) -> None:
    """Sum one table."""
    paths = table(key, edition).paths()
    totals: list[Value] = [None] * len(paths)
    doubt = [1.0] * len(paths)
    empty: list[list[int]] = [[] for _ in paths]
    for number, source in enumerate(sources):
        mine = source.table_edition(key)
        get = source.cells.get
        if mine == edition:
            for i, path in enumerate(paths):
                cell = get(path)
                if cell is None or cell.value is None:
                    empty[i].append(number)
                    continue
                total = totals[i]
                totals[i] = cell.value if total is None else total + cell.value
                if cell.confidence < doubt[i]:
                    doubt[i] = cell.confidence
            continue
        mapped = [_mapping(key, mine, edition).get(p, ()) for p in paths]
        for i, own in enumerate(mapped):
            if len(own) == 1:
                cell = get(own[0])
                value = None if cell is None else cell.value
            else:
                value = _sum(source, own)
            if value is None:
                empty[i].append(number)
            else:
                total = totals[i]
                totals[i] = value if total is None else total + value
    for i, path in enumerate(paths):
        total = totals[i]
        if total is not None:
            column = column_of(path, edition)
            money = column is not None and column.kind == "money"
            value = Decimal(total) if money else total
            result.cells[path] = Cell(value, str(value), None, doubt[i])
            if empty[i]:
                blanks[path] = tuple(empty[i])


def _sum(source: Report, paths: tuple[str, ...]) -> Value:
    """The sum of a source's cells, None where one of them is not printed or there is none."""
    values = [source.value(p) for p in paths]
    known = [v for v in values if v is not None]
    return sum(known) if known and len(known) == len(values) else None


@cache
def _mapping(key: str, mine: str, edition: str) -> dict[str, tuple[str, ...]]:
    """Cell of `edition` -> the cells of a source's form `mine` that it is the sum of (annual-report-2019.md §5)."""
    own, target = set(table(key, mine).paths()), table(key, edition).paths()
    if mine == edition:
        return {p: (p,) for p in target}
    found: dict[str, tuple[str, ...]] = {}
    for path in target:
        _, row, column = path.split(".")
        if row == "fees" or (row == "procurement"):
            continue  # 收费金额 and 项目数量 are different quantities; 采购 is in one form only
        if path in own:
            found[path] = (path,)
        elif column in ("issued", "made"):
            found[path] = (f"{key}.{row}.{'made' if column == 'issued' else 'issued'}",)
        elif row == "other_misc":
            found[path] = (f"{key}.other.{column}",)
        elif row == "other":
            found[path] = tuple(f"{key}.other_{r}.{column}" for r in ("supplement_lapsed", "fee_lapsed", "misc"))
    return found


def reconcile(consolidation: Consolidation, published: Report) -> list[Finding]:
    """X-4: a published aggregate against the sum of its sources; one finding for each table that differs.

    Tables three and four must agree; in table two a body's documents may be issued in the government's name.
    """
    found = []
    summed = consolidation.report
    for key in TABLE_KEYS:
        edition = summed.table_edition(key)
        mapped = _mapping(key, published.table_edition(key), edition)
        wrong: dict[str, tuple[Value, Value]] = {}
        for path in table(key, edition).paths():
            printed, expected = _sum(published, mapped.get(path, ())), summed.value(path)
            if printed is not None and expected is not None and printed != expected:
                wrong[path] = (printed, expected)
        if wrong:
            told = "；".join(
                f"{cell_label(p, edition)}印为 {a}，各机关合计 {b}" for p, (a, b) in list(wrong.items())[:4]
            )
            more = f"；等 {len(wrong)} 处" if len(wrong) > 4 else ""
            found.append(
                finding(
                    "X-4",
                    f"{told}{more}。请对照各机关的报告核对。",
                    published,
                    where=tuple(wrong),
                    printed=tuple(a for a, _ in wrong.values()),
                    expected=tuple(b for _, b in wrong.values()),
                    severity="warning"
                    if key == "disclosure" or any(p in consolidation.blanks for p in wrong)
                    else None,
                    repair={p: b for p, (_, b) in wrong.items()},
                )
            )
    return found
