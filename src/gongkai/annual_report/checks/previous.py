"""This year against last year's report of the same body: T3-Y1, T4-Y1, T2-Y1, T2-Y2."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annual_report.checks.finding import Finding, finding
from gongkai.annual_report.editions import table
from gongkai.annual_report.report import Report

_DOCUMENTS = {"rules": "规章", "normative_documents": "行政规范性文件"}
_ITEMS = {
    "licences": "行政许可",
    "other_services": "其他对外管理服务事项",
    "penalties": "行政处罚",
    "coercive_measures": "行政强制",
    "fees": "行政事业性收费",
}


def against_previous(report: Report, previous: Report | None) -> Iterator[Finding]:
    """All rules between two years, or a note that they could not be checked."""
    if previous is None:
        if report.value("applications.carried_in.total"):
            yield finding(
                "T3-Y1",
                f"第三部分“二、上年结转政府信息公开申请数量”为 {report.value('applications.carried_in.total')}，"
                "没有提供上一年度的报告，未能对照。",
                report,
                where=("applications.carried_in.total",),
                severity="info",
                state="UNCERTAIN",
            )
        return
    reason = unfit(report, previous)
    if reason:
        yield finding("R-3", reason, report, severity="info", state="UNCERTAIN")
        return
    yield from _carried(report, previous)
    yield from _pending(report, previous)
    yield from _documents(report, previous)
    yield from _items(report, previous)


def unfit(report: Report, previous: Report) -> str:
    """Why a report cannot serve as last year's report of the same body, '' where it can."""
    if report.year is not None and previous.year is not None and previous.year != report.year - 1:
        return f"所提供的对照报告是 {previous.year} 年度的，应提供 {report.year - 1} 年度的；跨年度的规则未核对。"
    a, b = _core(report.agency), _core(previous.agency)
    if a and b and a not in b and b not in a:
        return (
            f"对照报告的机关是“{previous.agency}”，与“{report.agency}”不同；如因机构改革更名，请确认后再对照。"
            "跨年度的规则未核对。"
        )
    return ""


def _core(name: str | None) -> str:
    text = name or ""
    for tail in ("人民政府", "办事处", "政府"):
        text = text.removesuffix(tail)
    return text


def _carried(report: Report, previous: Report) -> Iterator[Finding]:
    """T3-Y1, for each column: 二 of this year = 四 of last year. One finding for all columns."""
    wrong: dict[str, tuple[int, int]] = {}
    labels = {}
    for path, _, row, column in table("applications", report.table_edition("applications")).cells():
        if row.key != "carried_in":
            continue
        now, then = report.value(path), previous.value(f"applications.carried_out.{column.key}")
        if now is not None and then is not None and now != then:
            wrong[path] = (int(now), int(then))
            labels[path] = column.label
    if not wrong:
        return
    doubtful = any(not previous.cell(p.replace("carried_in", "carried_out")).sure for p in wrong)
    told = "、".join(f"{labels[p]} {now}" for p, (now, _) in wrong.items())
    before = "、".join(f"{labels[p]} {then}" for p, (_, then) in wrong.items())
    single = len(wrong) == 1
    printed, expected = tuple(n for n, _ in wrong.values()), tuple(t for _, t in wrong.values())
    yield finding(
        "T3-Y1",
        f"第三部分“二、上年结转”印为{told}，上一年度报告“四、结转下年度继续办理”为{before}。请逐列核对。",
        report,
        where=tuple(wrong),
        printed=printed[0] if single else printed,
        expected=expected[0] if single else expected,
        severity="warning" if doubtful else None,
        repair={p: then for p, (_, then) in wrong.items()},
    )


def _pending(report: Report, previous: Report) -> Iterator[Finding]:
    """T4-Y1: what was pending last year is concluded or pending this year."""
    for row, label in (
        ("reconsideration", "行政复议"),
        ("direct_suit", "未经复议直接起诉"),
        ("post_reconsideration_suit", "复议后起诉"),
    ):
        path = f"remedies.{row}.total"
        now, then = report.value(path), previous.value(f"remedies.{row}.pending")
        if now is not None and then is not None and now < then:
            yield finding(
                "T4-Y1",
                f"第四部分“{label}”总计 {now}，少于上一年度尚未审结的 {then}。上年未审结的应计入本年，请核对。",
                report,
                where=(path,),
                printed=now,
                expected=f"≥ {then}",
            )


def _documents(report: Report, previous: Report) -> Iterator[Finding]:
    """T2-Y1, 2021 form in both years: in force = in force last year + issued − repealed."""
    if (report.table_edition("disclosure"), previous.table_edition("disclosure")) != ("2021", "2021"):
        return
    for row, label in _DOCUMENTS.items():
        paths = tuple(f"disclosure.{row}.{c}" for c in ("issued", "repealed", "in_force"))
        issued, repealed, in_force = (report.value(p) for p in paths)
        before = previous.value(f"disclosure.{row}.in_force")
        if issued is None or repealed is None or in_force is None or before is None:
            continue
        expected = before + issued - repealed
        if in_force != expected:
            yield finding(
                "T2-Y1",
                f"第二部分“{label}”现行有效 {in_force} 件；上年现行有效 {before} 件，"
                f"加本年制发 {issued} 件，减本年废止 {repealed} 件，"
                f"为 {expected} 件。请核对；因清理或机构改革不衔接的，请在第六部分说明。",
                report,
                where=(paths[2],),
                cells=paths,
                printed=in_force,
                expected=expected,
            )


def _items(report: Report, previous: Report) -> Iterator[Finding]:
    """T2-Y2, 2019 form in both years: 上一年项目数量 = last year's 上一年项目数量 + its 增/减."""
    for row, label in _ITEMS.items():
        path = f"disclosure.{row}.items_last_year"
        now, before = report.value(path), previous.value(path)
        change = previous.value(f"disclosure.{row}.items_change")
        if now is not None and before is not None and change is not None and now != before + change:
            yield finding(
                "T2-Y2",
                f"第二部分“{label}”上一年项目数量印为 {now}；"
                f"上一年度报告为 {before} 项、增减 {change:+}，合 {before + change} 项。请核对。",
                report,
                where=(path,),
                printed=now,
                expected=before + change,
            )
