"""Reports for the tests: a county department's, balanced, with what a test needs changed."""

from __future__ import annotations

from decimal import Decimal

from gongkai.annual_report.checks import Finding, check
from gongkai.annual_report.editions import TABLE_KEYS, equations, table
from gongkai.annual_report.report import Cell, Paragraph, Report, Value

# Words enough for the five aspects of part one, with no number in them.
OVERVIEW = (
    "（一）主动公开情况。围绕群众关心的事项，通过政府网站及时发布各类信息，做到应公开尽公开。",
    "（二）依申请公开情况。畅通受理渠道，规范办理流程，依法保障申请人的合法权益，加强与申请人的沟通。",
    "（三）政府信息管理情况。严格执行三审三校制度，对拟公开的信息逐件审查，定期清理过期的内容。",
    "（四）政府信息公开平台建设情况。维护好网站栏目和政务新媒体，及时更新，方便群众查阅。",
    "（五）监督保障情况。把公开工作纳入年度考核，组织业务培训，听取社会评议，没有发生责任追究的情形。",
)
FEES = "依据《政府信息公开信息处理费管理办法》，本年度没有收取信息处理费。"


def report(
    *extra: str,
    year: int | None = 2023,
    agency: str | None = "青禾县水利局",
    edition: str = "2021",
    issues: str = "信息公开的内容还不够细，下一步将加强业务学习。",
    other: str = FEES,
    cells: dict[str, Value] | None = None,
) -> Report:
    """A report whose cells are all 0 but for `cells` (totals are added up); `extra` are sentences of part one."""
    editions = dict.fromkeys(TABLE_KEYS, edition)
    result = Report(
        agency=agency,
        agency_printed=agency or "",
        year=year,
        editions=editions,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        preamble=(Paragraph(f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"),),
        sections={
            "overview": tuple(Paragraph(t) for t in (*OVERVIEW, *extra)),
            "issues": (Paragraph(issues),),
            "other_matters": (Paragraph(other),),
        },
    )
    given = cells or {}
    unknown = given.keys() - set(result.paths())
    assert not unknown, unknown
    for key in TABLE_KEYS:
        for path, _, _, column in table(key, edition).cells():
            value: Value = given.get(path, 0)
            result.cells[path] = Cell(Decimal(value or 0) if column.kind == "money" else value, str(value))
    balance(result, given)
    return result


def balance(result: Report, keep: dict[str, Value] | None = None) -> None:
    """Fill every total that is not in `keep` from its parts: rows first, then （七）, then table four."""
    fixed = keep or {}
    for key in ("applications", "remedies"):
        listed = equations(key, result.table_edition(key))
        rows = [e for e in listed if e.rule in ("T3-R1", "T4-S1", "T4-S2", "T4-S3")]
        columns = [e for e in listed if e.rule == "T3-C1"]
        for equation in (*rows, *columns, *rows):
            (total,) = equation.right
            if total not in fixed:
                value = sum(int(result.value(p) or 0) for p in equation.left)
                result.cells[total] = Cell(value, str(value))


def put(result: Report, path: str, value: Value) -> Report:
    """Print another value in a cell."""
    result.cells[path] = Cell(value, "" if value is None else str(value))
    return result


def applications(**rows: int) -> dict[str, Value]:
    """Cells of 自然人 for rows of table three: granted=3 and so on; what was received follows from the results."""
    cells: dict[str, Value] = {f"applications.{row}.natural_person": n for row, n in rows.items()}
    results = sum(n for row, n in rows.items() if row not in ("new_received", "carried_in", "carried_out"))
    given = results + rows.get("carried_out", 0) - rows.get("carried_in", 0)
    cells.setdefault("applications.new_received.natural_person", given)
    return cells


def rules(found: list[Finding], *, ignore: tuple[str, ...] = ()) -> list[str]:
    """The rules of findings, notes left out."""
    return [f.rule for f in found if f.severity != "info" and f.rule not in ignore]


def checked(result: Report, **options: object) -> list[str]:
    """The rules that a report breaks, notes left out."""
    return rules(check(result, **options))  # type: ignore[arg-type]
