"""X-6 title, period and year; X-9 years left over; D-1, D-2 the date of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.annual_report.checks.finding import Finding, finding, part_name
from gongkai.annual_report.checks.reading import Prose, span, span_of
from gongkai.annual_report.levels import guess_level
from gongkai.annual_report.report import Report
from gongkai.statute.reporting import Level, report_deadline, report_period

_PERIOD = re.compile(
    r"(?:统计|所列|报告)[^。；]{0,16}?(?P<from>20\d\d)年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?起?(?:至|到|—+|-+|～|~)"
    r"(?:(?P<to>20\d\d)年|同年|当年)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})"
)
_OPENING_PARAGRAPHS = 3
_TITLE_YEAR = re.compile(r"(?<!\d)(20[12]\d)年?")


def period(report: Report, prose: Prose) -> Iterator[Finding]:
    """X-6: the statistics period is 1 January to 31 December of the year that the title names."""
    titled = {int(y) for y in _TITLE_YEAR.findall(report.title)}
    for passage in prose.passages:
        if passage.section != "preamble" and (passage.section != "overview" or passage.index >= _OPENING_PARAGRAPHS):
            continue
        m = _PERIOD.search(passage.text)
        if not m:
            continue
        begin, end = int(m["from"]), int(m["to"] or m["from"])
        months = tuple(int(m[k]) for k in ("m1", "d1", "m2", "d2"))
        where = span_of(passage, m.start("from"), m.end())
        if months[:2] != (1, 1) and months[2:] != (12, 31):
            continue  # some other period
        if begin != end or months != (1, 1, 12, 31):
            first, last = report_period(report.year or end)
            yield finding(
                "X-6",
                f"统计期限写为“{passage.text[m.start('from') : m.end()]}”，应为 {_day(first)}至 {_day(last)}。请改正。",
                report,
                printed=passage.text[m.start("from") : m.end()],
                expected=f"{first}/{last}",
                span=where,
                severity="error" if begin != end else "warning",
            )
        elif titled and begin not in titled:
            (year, *_) = titled
            yield finding(
                "X-6",
                f"标题写 {year} 年，统计期限写 {begin} 年。请核对年度，改为一致。",
                report,
                printed=begin,
                expected=year,
                span=where,
            )
        return


def _day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def stale(report: Report, prose: Prose) -> Iterator[Finding]:
    """X-9, one finding for each sentence."""
    for item in prose.stale:
        where = span(item.sentence, item.start, min(len(item.sentence.text), item.end + 30))
        if item.plan:
            message = (
                f"第五部分把 {item.year} 年写作下一步的年份，而报告的年度就是 {item.year} 年。"
                "请核对是否沿用了上年的文字。"
            )
            expected = item.year + 1
        else:
            message = (
                f"{part_name(item.sentence.section)}写“{item.sentence.text[item.start : item.end + 18]}……”，"
                f"报告的年度是 {report.year} 年。"
                "请核对是否沿用了往年的文字。"
            )
            expected = report.year or 0
        yield finding("X-9", message, report, printed=item.year, expected=expected, span=where)


def dates(report: Report, level: Level | None, today: date | None) -> Iterator[Finding]:
    """D-1: published by the day of art. 49. D-2: not before the period ended."""
    if report.year is None:
        return
    known = level or guess_level(report.agency)
    published = _date(report.published)
    if published is not None and published <= report_period(report.year)[1]:
        yield finding(
            "D-2",
            f"公布日期 {_day(published)}早于统计期限结束，请核对公布日期和报告年度。",
            report,
            printed=report.published,
        )
        return
    if known is None:
        return
    limit = report_deadline(known, report.year)
    article = "部门的报告应于 1 月 31 日前公布" if limit.month == 1 else "政府的报告应于 3 月 31 日前公布"
    if known == "township":
        article = "乡镇、街道参照部门，应于 1 月 31 日前公布"
    if published is not None and published > limit:
        yield finding(
            "D-1",
            f"公布日期为 {_day(published)}，晚于 {_day(limit)}（{article}）。请核对公布日期。",
            report,
            printed=report.published,
            expected=f"≤ {limit.isoformat()}",
            state="FAIL" if level else "UNCERTAIN",
        )
    elif published is None and today is not None and today > limit:
        yield finding(
            "D-1",
            f"报告未写公布日期，今天已过 {_day(limit)}（{article}）。请核对是否已按期公布。",
            report,
            printed=None,
            expected=f"≤ {limit.isoformat()}",
            severity="info",
            state="UNCERTAIN",
        )


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
