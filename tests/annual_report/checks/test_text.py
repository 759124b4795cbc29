"""X-2: numbers in the prose against the tables; what is said of another scope, year or statistic is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual_report.checks import check
from gongkai.annual_report.report import Paragraph
from tests.annual_report.checks.build import applications, checked, put, report

# 24 new + 2 carried in = 25 handled + 1 carried out
CELLS = {
    **applications(
        carried_in=2,
        granted=9,
        partially_granted=4,
        denied_third_party=2,
        unable_not_held=6,
        unable_requires_creation=1,
        not_processed_petition=1,
        other_supplement_lapsed=1,
        other_misc=1,
        carried_out=1,
    ),
    "remedies.reconsideration.upheld": 3,
    "remedies.direct_suit.upheld": 1,
    "disclosure.normative_documents.issued": 4,
    "disclosure.normative_documents.repealed": 2,
    "disclosure.normative_documents.in_force": 17,
    "disclosure.licences.decisions": 1250,
    "disclosure.penalties.decisions": 36,
    "disclosure.fees.amount": Decimal("435.532"),
}


def text_findings(sentence, *, agency="青禾县水利局", heading="（二）依申请公开情况"):
    made = report(heading, sentence, agency=agency, cells=CELLS)
    return [f for f in check(made) if f.rule == "X-2"]


WRONG = [
    ("全年共收到政府信息公开申请25件。", "applications.new_received.total"),
    ("本年度收到公开申请23件，已按期答复。", "applications.new_received.total"),
    ("2023年收到19件政府信息公开申请。", "applications.new_received.total"),
    ("2023年，我局受理依申请公开27件。", "applications.new_received.total"),
    ("依申请公开受理6件。", "applications.new_received.total"),
    ("全年收到政府信息公开申请２３件。", "applications.new_received.total"),
    ("全年收到政府信息公开申请二十三件。", "applications.new_received.total"),
    ("收到政府信息公开申请24件，办结20件。", "applications.total_handled.total"),
    ("收到政府信息公开申请24件，上年结转3件。", "applications.carried_in.total"),
    ("对收到的申请共答复16件。", "applications.total_handled.total"),
    ("所办申请中予以公开8件。", "applications.granted.total"),
    ("申请办理结果：予以公开9件，部分公开5件。", "applications.partially_granted.total"),
    ("申请办理结果：5件予以部分公开。", "applications.partially_granted.total"),
    ("申请办理结果：不予公开3件、无法提供7件。", "applications.denied_third_party.total"),
    ("申请办理结果：无法提供8件。", "applications.unable_not_held.total"),
    ("申请办理结果：本机关不掌握相关政府信息的11件。", "applications.unable_not_held.total"),
    ("申请办理结果：不予处理2件。", "applications.not_processed_petition.total"),
    ("申请办理结果：其他处理4件。", "applications.other_supplement_lapsed.total"),
    ("收到的申请转下年度办理2件。", "applications.carried_out.total"),
    ("收到的申请中2件结转下年度继续办理。", "applications.carried_out.total"),
    ("因政府信息公开被提起行政复议2件。", "remedies.reconsideration.total"),
    ("全年有5件涉及政府信息公开工作的行政复议。", "remedies.reconsideration.total"),
    ("因政府信息公开引发行政诉讼4件。", "remedies.direct_suit.total"),
    ("全年制定行政规范性文件5件。", "disclosure.normative_documents.issued"),
    ("共制定规范性文件4件，废止规范性文件3件。", "disclosure.normative_documents.repealed"),
    ("现行有效的规范性文件18件。", "disclosure.normative_documents.in_force"),
    ("全年办理行政许可1,350件。", "disclosure.licences.decisions"),
    ("全年作出行政处罚决定35件。", "disclosure.penalties.decisions"),
    ("本年行政事业性收费436.5万元。", "disclosure.fees.amount"),
]


@pytest.mark.parametrize(("sentence", "path"), WRONG)
def test_a_contradiction_is_a_warning_with_its_cells_and_sentence(sentence, path):
    (found,) = text_findings(sentence)
    assert found.severity == "warning"
    assert path in found.cells
    assert found.span is not None
    assert found.span.section == "overview"
    assert found.span.text in sentence


RIGHT = [
    "全年共收到政府信息公开申请24件。",
    "全年共收到政府信息公开申请26件（含上年结转2件）。",
    "收到政府信息公开申请24件，上年结转2件，办结25件，结转下年度1件。",
    "对收到的申请共答复25件，其中予以公开9件，部分公开4件，不予公开2件，无法提供7件，不予处理1件，其他处理2件。",
    "申请办理结果：逾期不补正1件，其他处理1件。",
    "因政府信息公开被提起行政复议3件，行政诉讼1件。",
    "全年制定行政规范性文件4件，废止规范性文件2件，现行有效的规范性文件17件。",
    "本年行政事业性收费435.532万元。",
    "本年行政事业性收费4355320元。",
    "本年行政事业性收费435.53万元。",
]
OTHER_SCOPE = [
    # another area, a part of the body, another body
    "全县共收到政府信息公开申请310件。",
    "全市各级各部门共收到政府信息公开申请3100件。",
    "下属单位水文站收到政府信息公开申请8件，其中受理依申请公开3件。",
    # cumulative, another year, a change
    "自2019年以来共收到政府信息公开申请130件。",
    "2022年收到政府信息公开申请12件。",
    "与去年相比，上年收到政府信息公开申请12件。",
    "收到的政府信息公开申请较上年增加12件。",
    # by channel or applicant
    "其中网上收到政府信息公开申请16件。",
    "通过信函收到政府信息公开申请5件。",
    # approximate
    "全年收到政府信息公开申请20余件。",
    "全年收到政府信息公开申请约30件。",
    # other statistics
    "全年收到群众来信120件，均已答复。",
    "办理人大代表建议和政协提案14件，公开答复14件。",
    "受理12345热线工单1300件，办结1300件。",
    "收到网民留言248条，办结留言230条。",
    "作为复议机关受理行政复议案件85件。",
    "向上级报备规范性文件9件，规范性文件备案审查9件。",
    "全年公开行政许可信息3200条、行政处罚信息77条。",
    "解读规范性文件10件。",
    "通过网站主动公开规范性文件30件。",
    "组织学习《中华人民共和国政府信息公开条例》12次。",
    "按照〔2021〕30号文件要求，答复申请时严格把关。",
    "延期答复3件。",
    "收到政府信息公开申请的投诉举报2件。",
]


@pytest.mark.parametrize("sentence", [*RIGHT, *OTHER_SCOPE])
def test_no_false_contradiction(sentence):
    assert not text_findings(sentence)


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("全县共收到政府信息公开申请25件。", True),
        ("我县共收到政府信息公开申请25件。", True),
        ("县政府共收到政府信息公开申请25件。", True),
        ("全市共收到政府信息公开申请250件。", False),
        ("县政府办公室收到政府信息公开申请5件。", False),
        ("县本级收到政府信息公开申请5件。", False),
        ("县自然资源局收到政府信息公开申请5件。", False),
        ("全县共收到政府信息公开申请24件，其中县政府收到申请5件。", False),
        ("全县共收到政府信息公开申请24件（县政府5件、县直部门12件、各镇7件）。", False),
    ],
)
def test_the_scope_of_a_county_is_the_county(sentence, wrong):
    assert bool(text_findings(sentence, agency="青禾县人民政府")) is wrong


def test_a_later_loose_number_is_left_alone_where_the_first_agrees():
    made = report("全年收到政府信息公开申请24件。", "后来又收到政府信息公开申请3件。", cells=CELLS)
    assert "X-2" not in checked(made)


def test_a_stale_sentence_is_compared_all_the_same():
    """海城市西柳镇: 2022年…制定规范性文件0件 in the report on 2023, whose table says 4 and 32."""
    made = report("2022年，水利局办公室共制定规范性文件0件，废止规范性文件2件，现行有效的规范性文件0件。", cells=CELLS)
    found = {f.rule: f for f in check(made) if f.severity != "info"}
    assert sorted(found) == ["X-2", "X-9"]
    assert found["X-2"].printed == (0, 0)
    assert found["X-2"].expected == (4, 17)


def test_one_sentence_is_one_finding():
    (found,) = text_findings("共制定规范性文件1件，废止规范性文件1件，现行有效的规范性文件1件。")
    assert len(found.where) == 3


def test_nothing_is_said_of_cells_that_are_not_printed():
    made = report("全年共收到政府信息公开申请25件。", cells=CELLS)
    for path in list(made.cells):
        if path.startswith("applications.carried_in"):
            del made.cells[path]
    assert "X-2" not in checked(made)


def test_a_wrong_total_is_outvoted_by_its_parts():
    """金乡县 2020: 共答复16件, （七）总计 printed 0, its rows 26."""
    made = put(report("收到的申请共答复16件。", cells=CELLS), "applications.total_handled.total", 0)
    (found,) = (f for f in check(made) if f.rule == "X-2")
    assert found.expected == 25


def test_the_place_survives_spaces_and_full_width_digits():
    made = report(cells=CELLS)
    made.sections["overview"] = (Paragraph("2023 年度 共收到政府信息公开申请 ２５ 件。"),)
    (found,) = (f for f in check(made) if f.rule == "X-2")
    assert found.span is not None
    assert found.span.text == "收到政府信息公开申请 ２５ 件"
    text = made.sections["overview"][0].text
    assert text[found.span.start : found.span.end] == found.span.text
