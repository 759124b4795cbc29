"""F-6 placeholders, F-7 empty sub-headings, F-8 numbering, F-9 doubled words; S-1 to S-3 completeness."""

from __future__ import annotations

import pytest

from gongkai.annual_report.checks import check
from gongkai.annual_report.report import Paragraph
from tests.annual_report.checks.build import OVERVIEW, checked, report


def found(rule, *sentences, **options):
    return [f for f in check(report(*sentences, **options)) if f.rule == rule]


@pytest.mark.parametrize(
    "sentence",
    [
        "XX单位严格执行信息发布审查制度。",
        "全年公开信息XX条。",
        "××镇人民政府认真落实有关要求。",
        "xx年度共公开信息三百条。",
        "全年收到**件申请。",
        "某某局认真落实有关要求。",
        "联系人：____。",
        "（此处填写本机关的情况）",
        "【请填写】",
        "YYYY年度工作情况。",
        "通过网站共主动公开信息条，公众号发布图文。",
        "共收到政府信息公开申请件，均已答复。",
    ],
)
def test_a_placeholder(sentence):
    assert len(found("F-6", sentence)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "采用“1+X”模式开展公开。",
        "详见网址http://www.qinghe.gov.cn/xxgk/index.html。",
        "邮箱xxgk@126.com。",
        "联系电话138****1234。",
        "群众来信138××××1234已答复。",
        "[……略]其中涉及收费项目两个。",
        "**主动公开情况**",
        "落实“两微一端”要求。",
        "设立XXGK专栏。",
        "武汉市生态环境局某分局。",
        "推进“放管服”改革……成效明显。",
        "全年共公开案件，均依法办理。",
    ],
)
def test_no_placeholder(sentence):
    assert not found("F-6", sentence)


def sections(*texts, other=None):
    made = report(*([other] if other else []))
    made.sections["overview"] = tuple(Paragraph(t) for t in (*OVERVIEW, *texts))
    return [f for f in check(made) if f.rule == "F-7"]


def test_empty_sub_headings_are_one_finding():
    (empty,) = sections("（六）平台建设情况", "（七）监督保障情况", "（八）考核、社会评议和责任追究结果情况")
    assert len(empty.printed) == 3


@pytest.mark.parametrize(
    "texts",
    [
        ("（六）平台建设情况", "维护好网站。"),
        ("（六）平台建设情况。维护好网站。", "（七）监督保障情况。开展培训。"),
        ("（六）平台建设情况", "1.网站建设情况", "维护好网站。"),
        ("（六）政策解读质量有待提高", "（七）公开的广度还需拓展"),
        ("（六）其他", "无。"),
    ],
)
def test_headings_that_are_not_empty(texts):
    assert not sections(*texts)


def test_numbers_skipped():
    assert found("F-8", "（七）其他情况。无。")
    assert not found("F-8", "（六）其他情况。无。")


def test_doubled_words():
    (doubled,) = found("F-9", "全年公开公开公益事业信息二百余条。")
    assert doubled.severity == "info"
    assert not found("F-9", "做到公开透明，能公开的都公开。")


def test_part_six_must_speak_of_fees():
    assert [f.severity for f in found("S-1", other="无")] == ["warning"]
    assert not found("S-1", other="本年度没有收取信息处理费。")
    assert not found("S-1", other="市科委未发生政府信息公开收费事项。")
    assert not found("S-1", other="无", year=2020, edition="2019")  # the fee rule is in force since 2021
    assert [f.severity for f in found("S-1", "全年未收取信息处理费。", other="无")] == ["info"]


def test_a_government_must_speak_of_assessment_and_accountability():
    made = report(agency="青禾县人民政府")
    assert "S-2" not in checked(made)
    made.sections["overview"] = tuple(Paragraph(t) for t in (*OVERVIEW[:4], "（五）监督保障情况。开展考核。"))
    (missing,) = (f for f in check(made) if f.rule == "S-2")
    assert missing.printed == ("社会评议", "责任追究结果")
    made.agency = "青禾县水利局"
    assert "S-2" not in checked(made)


def test_an_aspect_of_part_one_is_missing():
    made = report()
    made.sections["overview"] = tuple(Paragraph(t * 2) for t in OVERVIEW[:3])
    assert [f.printed for f in check(made) if f.rule == "S-3"] == [("监督保障",)]
