"""X-6 title and period, X-9 years left over, D-1 and D-2 the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual_report.checks import check
from gongkai.annual_report.report import Paragraph
from tests.annual_report.checks.build import checked, report


def period(text, *, title_year=2023):
    made = report(year=title_year)
    made.preamble = (Paragraph(text),)
    return [(f.rule, f.severity) for f in check(made) if f.rule == "X-6"]


@pytest.mark.parametrize(
    "text",
    [
        "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "本报告所列数据的统计期限自 2023 年 1 月 1 日起至 2023 年 12 月 31 日止。",
        "报告中所列数据统计期限为2023年1月1日至12月31日。",
        "本年度报告中所列数据的统计周期为2023年1月1日至12月31止。",
        "根据《条例》规定编制本报告。",
        "统计时间：公示期2024年1月5日至2024年1月12日。",
        "（国办公开办函〔2021〕30号）要求编制。",
    ],
)
def test_a_right_period(text):
    assert period(text) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。", "error"),
        ("统计期限为2022年1月1日至12月31日。", "error"),
        ("统计期限自2022年1月1日起至2023年12月31日止。", "error"),
        ("统计期限自2023年1月1日起至2023年12月30日止。", "warning"),
        ("统计期限自2023年1月20日起至2023年12月31日止。", "warning"),
    ],
)
def test_a_wrong_period(text, severity):
    assert period(text) == [("X-6", severity)]


STALE = [
    "2022年，我局认真贯彻落实《条例》。",
    "（三）政府信息管理情况 2022年，水利局办公室共修改栏目3处。",
    "2022年全年主动公开信息120条。",
    "2022年度，我局通过网站主动公开信息120条。",
    "2021年我局共发布信息30条。",
]


@pytest.mark.parametrize("sentence", STALE)
def test_a_year_left_over(sentence):
    made = report(sentence.replace("《条例》", "有关规定"))
    assert "X-9" in checked(made)


MEANT = [
    "2023年，我局认真贯彻落实有关规定。",
    "2024年，我局将继续做好有关工作。",
    "与2022年相比，信息公开数量有所增加。",
    "2022年以来，我局持续完善制度。",
    "2022年12月，我局印发了公开制度，今年继续执行。",
    "公开了2022年度部门决算和2023年度部门预算。",
    "认真落实《2022年政务公开工作要点》。",
    "截至2022年底的存量信息已全部清理。",
    "2022年，我局新版网站上线，今年继续优化。",
    "根据2022年度考核结果整改到位。",
    "2022年和2023年的信息均已归档。",
]


@pytest.mark.parametrize("sentence", MEANT)
def test_a_year_that_is_meant(sentence):
    assert "X-9" not in checked(report(sentence))


def test_last_years_plan_left_over():
    made = report(issues="信息公开还不够细。2023年，我局将继续加强信息公开工作。")
    assert "X-9" in checked(made)
    assert "X-9" not in checked(report(issues="信息公开还不够细。2024年，我局将继续加强信息公开工作。"))


def published(day, **options):
    made = report(**options)
    made.published = day
    return made


@pytest.mark.parametrize(
    ("agency", "day", "late"),
    [
        ("青禾县水利局", "2024-01-31", False),
        ("青禾县水利局", "2024-02-01", True),
        ("青禾县柳堤镇人民政府", "2024-03-05", True),
        ("青禾县人民政府", "2024-03-31", False),
        ("青禾县人民政府", "2024-04-01", True),
        ("青禾经济技术开发区管理委员会", "2024-03-05", False),
    ],
)
def test_the_deadline_of_article_49(agency, day, late):
    assert ("D-1" in checked(published(day, agency=agency), level=None)) is late


def test_published_before_the_year_was_over():
    assert "D-2" in checked(published("2023-12-20"))


def test_without_a_date_only_a_note_and_only_if_asked():
    made = report()
    assert not [f for f in check(made) if f.rule == "D-1"]
    assert [f.severity for f in check(made, today=date(2024, 5, 1)) if f.rule == "D-1"] == ["info"]
