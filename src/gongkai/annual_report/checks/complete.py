"""What the text must speak of: section six, the five aspects of section one, art. 50(4) (S-1 to S-3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual_report.checks.finding import Finding, finding
from gongkai.annual_report.levels import guess_level
from gongkai.annual_report.report import Report
from gongkai.statute.reporting import Level, required_section_six_items, supervision_items

_FEE = re.compile(r"信息处理费|信息公开处理费|处理费|收费|费用|收取")
_FEE_RULE_SINCE = 2021  # 《政府信息公开信息处理费管理办法》自 2021 年 1 月 1 日起施行

_ASPECTS = {
    "主动公开": re.compile(r"主动公开|公开政府信息|发布(?:各类)?(?:政府|政务)?信息|公开信息|信息公开"),
    "依申请公开": re.compile(r"依申请|申请公开|公开申请|信息的?申请"),
    "政府信息管理": re.compile(r"信息管理|信息资源|审核|审查|三审三校|保密|清理|规范性文件|管理制度|更新|管理"),
    "政府信息公开平台建设": re.compile(r"平台|网站|栏目|专栏|专区|公众号|新媒体|公报|微信"),
    "监督保障": re.compile(r"监督|考核|培训|评议|领导小组|检查|督查|督导|评估|保障机制|工作保障"),
}
_SUPERVISION = {
    "工作考核": re.compile(r"考核|考评|绩效"),
    "社会评议": re.compile(r"评议|评价|评估|满意度"),
    "责任追究结果": re.compile(r"责任追究|追责|问责|追究"),
}
_SHORT = 150
"""Characters below which part one is an excerpt or a stub, of which nothing can be said."""


def complete(report: Report, level: Level | None) -> Iterator[Finding]:
    """S-1 to S-3."""
    yield from _section_six(report)
    overview = "".join(report.text("overview").split())
    if len(overview) < _SHORT or "……" in overview:
        return
    absent = [name for name, words in _ASPECTS.items() if not words.search(overview)]
    if absent:
        yield finding(
            "S-3",
            f"第一部分没有写到{'、'.join(absent)}。请补写；没有开展的也请说明。",
            report,
            printed=tuple(absent),
            state="UNCERTAIN",
        )
    known = level or guess_level(report.agency)
    needed = [i for i in supervision_items(known) if not _SUPERVISION[i].search(overview)] if known else []
    if needed:
        yield finding(
            "S-2",
            f"第一部分没有写到{'、'.join(needed)}情况。县级以上人民政府的报告应当写明，没有的也要写明。",
            report,
            printed=tuple(needed),
            state="FAIL" if level else "UNCERTAIN",
        )


def _section_six(report: Report) -> Iterator[Finding]:
    """S-1: the 信息处理费 of the year. Said elsewhere in the report it is only a note."""
    if "other_matters" not in report.sections or (report.year is not None and report.year < _FEE_RULE_SINCE):
        return
    text = "".join(report.text("other_matters").split())
    if "[……" in text:
        return
    for item in required_section_six_items():
        if _FEE.search(text) or all(word in text for word in item.mentions):
            continue
        elsewhere = re.search(r"信息处理费|处理费|收取[^，。；]{0,8}费用", "".join(report.text("overview").split()))
        if elsewhere:
            yield finding(
                "S-1",
                "信息处理费写在第一部分，按规定应在第六部分报告。请移到第六部分或在第六部分重申。",
                report,
                severity="info",
            )
        else:
            yield finding("S-1", "第六部分没有报告收取信息处理费情况。请补写件数和金额；没有收取的也要写明。", report)
