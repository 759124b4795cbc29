"""Table two by itself: T2-I1 to T2-I4 (annual-report-2021.md §5, annual-report-2019.md §5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual_report.checks.finding import Finding, finding
from gongkai.annual_report.levels import cannot_make_rules, guess_level
from gongkai.annual_report.report import Report
from gongkai.statute.reporting import Level, may_make_rules

_LABELS = {"rules": "规章", "normative_documents": "行政规范性文件"}
_LARGE_FEE = Decimal(1_000_000)
"""万元. A county or a department does not collect ten billion yuan a year: the amount is in 元."""


def bounds(report: Report, level: Level | None) -> Iterator[Finding]:
    """T2-I1, T2-I2, T2-I3, T2-I4."""
    edition = report.table_edition("disclosure")
    if edition == "2021":
        yield from _issued(report)
        yield from _fees(report, level)
    else:
        yield from _published(report)
    yield from _rules(report, level, edition)


def _issued(report: Report) -> Iterator[Finding]:
    """T2-I1: what was issued this year is in force or repealed at its end."""
    for row, label in _LABELS.items():
        paths = tuple(f"disclosure.{row}.{c}" for c in ("issued", "repealed", "in_force"))
        issued, repealed, in_force = (report.value(p) for p in paths)
        if issued is None or repealed is None or in_force is None or issued <= in_force + repealed:
            continue
        yield finding(
            "T2-I1",
            f"第二部分“{label}”本年制发 {issued} 件，现行有效 {in_force} 件、本年废止 {repealed} 件。"
            "本年制发的到年底或有效、或已废止，请核对三个数。",
            report,
            where=paths,
            printed=issued,
            expected=f"≤ {in_force + repealed}",
        )


def _rules(report: Report, level: Level | None, edition: str) -> Iterator[Finding]:
    """T2-I2. A stated level is evidence; a level guessed from the name is not enough for an error."""
    known = level or guess_level(report.agency)
    certain = level in ("county", "township") or (level == "department" and cannot_make_rules(report.agency))
    if known is None or may_make_rules(known):
        return
    columns = ("issued", "repealed", "in_force") if edition == "2021" else ("made", "published", "total_public")
    values = {p: v for c in columns if (v := report.value(p := f"disclosure.rules.{c}"))}
    if not values:
        return
    whose = "没有规章制定权" if certain or known != "department" else "部门一般没有规章制定权"
    yield finding(
        "T2-I2",
        f"第二部分“规章”印为 {'、'.join(map(str, values.values()))}。{report.agency or '本机关'}{whose}，应为 0；"
        "如误填了规范性文件，请移到下一行。",
        report,
        where=tuple(values),
        printed=tuple(values.values()) if len(values) > 1 else next(iter(values.values())),
        expected=tuple(0 for _ in values) if len(values) > 1 else 0,
        severity="error" if certain else "warning",
        state="FAIL" if certain else "UNCERTAIN",
        repair=dict.fromkeys(values, 0),
    )


def _fees(report: Report, level: Level | None) -> Iterator[Finding]:
    """T2-I3: the amount's decimals and its unit."""
    path = "disclosure.fees.amount"
    cell = report.cell(path)
    if not isinstance(cell.value, Decimal) or cell.value < 0:
        return
    exponent = cell.value.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    label = "第二部分“行政事业性收费”"
    if "元" in cell.printed and "万元" not in cell.printed and "亿元" not in cell.printed:
        yield finding(
            "T2-I3",
            f"{label}印为“{cell.printed}”，这一格以万元为单位，请换算。",
            report,
            where=(path,),
            printed=cell.value,
            expected=cell.value / 10000,
        )
    elif cell.value >= _LARGE_FEE and (level or guess_level(report.agency)) not in ("province", "city"):
        yield finding(
            "T2-I3",
            f"{label}印为 {cell.value} 万元，数额过大，可能填成了元，请核对。",
            report,
            where=(path,),
            printed=cell.value,
            state="UNCERTAIN",
        )
    elif places > 6:
        yield finding(
            "T2-I3",
            f"{label}印为 {cell.value} 万元，小数位细于一分钱，请核对金额和单位。",
            report,
            where=(path,),
            printed=cell.value,
        )
    elif places > 3:
        yield finding(
            "T2-I3",
            f"{label}印为 {cell.value} 万元，小数多于三位；以万元为单位一般不超过三位，请核对。",
            report,
            where=(path,),
            printed=cell.value,
            severity="info",
        )


def _published(report: Report) -> Iterator[Finding]:
    """T2-I4, the 2019 form."""
    for row, label in _LABELS.items():
        paths = (f"disclosure.{row}.published", f"disclosure.{row}.total_public")
        new, total = (report.value(p) for p in paths)
        if new is not None and total is not None and new > total:
            yield finding(
                "T2-I4",
                f"第二部分“{label}”本年新公开 {new} 件，多于对外公开总数量 {total} 件，请核对。",
                report,
                where=paths,
                printed=new,
                expected=f"≤ {total}",
            )
