"""The form: edition, tables, rows, blanks, parts; table two's own rules."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual_report.checks import RULES, check
from gongkai.annual_report.checks.rules import SEVERITIES
from gongkai.annual_report.report import Cell, Paragraph, Report
from tests.annual_report.checks.build import applications, checked, put, report


def test_a_good_report_has_no_finding_at_all():
    assert check(report("全年收到政府信息公开申请3件，均已答复。", cells=applications(granted=3))) == []


def test_rules_are_told_in_full():
    for rule in RULES.values():
        assert rule.severity in SEVERITIES
        assert rule.title and rule.source and rule.advice


def test_the_2019_form_for_2023():
    (found,) = (f for f in check(report(edition="2019")) if f.rule == "F-1")
    assert (found.severity, found.printed, found.expected) == ("warning", "2019", "2021")
    assert "第二、三部分" in found.message


def test_forms_mixed_in_one_report():
    """淮安市洪泽区 2023: table two on the form of 2021, table three on that of 2019."""
    made = report()
    old = report(edition="2019")
    made.editions["applications"] = "2019"
    made.cells = {p: c for p, c in made.cells.items() if not p.startswith("applications.")}
    made.cells |= {p: c for p, c in old.cells.items() if p.startswith("applications.")}
    (found,) = (f for f in check(made) if f.rule == "F-1")
    assert "第三部分用的是 2019 年的格式" in found.message


@pytest.mark.parametrize(("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")])
def test_the_right_form(year, edition):
    assert "F-1" not in checked(report(year=year, edition=edition))


def test_the_replaced_notice_is_cited():
    made = report()
    made.preamble = (Paragraph("按照国办公开办函〔2019〕60号要求编制。"),)
    (found,) = (f for f in check(made) if f.rule == "F-1")
    assert found.span is not None and found.span.text == "国办公开办函〔2019〕60号"
    made.preamble = (Paragraph("国办公开办函〔2019〕60号已由国办公开办函〔2021〕30号取代。"),)
    assert "F-1" not in checked(made)


def test_a_table_that_is_missing_and_one_that_is_cut_off():
    made = report()
    made.cells = {p: c for p, c in made.cells.items() if not p.startswith("remedies.")}
    for path in list(made.cells):
        if path.startswith(("applications.total_handled", "applications.carried_out")):
            del made.cells[path]
    assert checked(made) == ["F-2", "F-3"]
    (cut,) = (f for f in check(made) if f.rule == "F-3")
    assert "（七）总计" in cut.message


def test_blanks_are_noted_with_what_they_must_be():
    made = report(cells=applications(granted=3, carried_out=1))
    made.cells["applications.carried_out.total"] = Cell(None, "")
    made.cells["disclosure.rules.issued"] = Cell(None, "/")
    (found,) = (f for f in check(made) if f.rule == "F-4")  # one habit, one finding
    assert found.severity == "info"
    assert found.where == ("disclosure.rules.issued", "applications.carried_out.total")
    assert found.repair == {"applications.carried_out.total": 1}
    assert "“/”" in found.message


def test_the_parts_of_a_report():
    made = report()
    del made.sections["issues"]
    made.sections["other_matters"] = ()
    messages = [f.message for f in check(made) if f.rule == "F-5"]
    assert len(messages) == 2
    assert "五、存在的主要问题及改进情况" in messages[0] and "六、其他需要报告的事项" in messages[1]


def test_nothing_is_said_of_prose_that_is_not_there():
    bare = Report.from_json({k: v for k, v in report().to_json().items() if k not in ("sections", "preamble", "title")})
    assert checked(bare) == []


@pytest.mark.parametrize(
    ("agency", "level", "severity"),
    [
        ("青禾县柳堤镇人民政府", "township", "error"),
        ("青禾县人民政府", "county", "error"),
        ("青禾县水利局", "department", "error"),
        ("青禾县柳堤镇人民政府", None, "warning"),  # the level is a guess
        ("云川市水务局", "department", "warning"),
        ("云川市人民政府", "city", None),
        ("云川市人民政府", None, None),
        ("某某管委会", None, None),
    ],
)
def test_who_may_make_rules(agency, level, severity):
    made = put(report(agency=agency), "disclosure.rules.issued", 6)
    put(made, "disclosure.rules.in_force", 6)
    found = [f.severity for f in check(made, level=level) if f.rule == "T2-I2"]
    assert found == ([severity] if severity else [])


def test_issued_but_neither_in_force_nor_repealed():
    made = report(cells={"disclosure.normative_documents.issued": 5, "disclosure.normative_documents.in_force": 3})
    assert checked(made) == ["T2-I1"]
    put(made, "disclosure.normative_documents.repealed", 2)
    assert checked(made) == []


@pytest.mark.parametrize(
    ("value", "printed", "severity"),
    [
        ("435.532", "435.532", None),
        ("59237.2449", "59237.2449", "info"),
        ("12.12345678", "12.12345678", "warning"),
        ("4355320", "4355320", "warning"),
        ("435", "435元", "warning"),
        ("435", "435万元", None),
        ("-3", "-3", "error"),
    ],
)
def test_the_amount_of_fees(value, printed, severity):
    made = report()
    made.cells["disclosure.fees.amount"] = Cell(Decimal(value), printed)
    assert [f.severity for f in check(made) if f.rule == "T2-I3"] == ([severity] if severity else [])


def test_more_published_than_there_are():
    made = report(year=2020, edition="2019", cells={"disclosure.normative_documents.published": 4})
    assert "T2-I4" in checked(made)


def test_the_json_of_a_finding_has_the_contracts_keys():
    found = check(report("全年收到政府信息公开申请4件。", cells=applications(granted=3)))
    (data,) = [f.to_json() for f in found]
    assert {"rule", "severity", "where", "printed", "expected", "message"} <= data.keys()
    assert data["where"] == ["applications.new_received.total"]
    assert (data["printed"], data["expected"]) == (4, 3)
    assert data["sentence"] == "收到政府信息公开申请4件"


@pytest.mark.parametrize(
    ("agency", "author", "strange"),
    [
        ("青禾县白鹭镇人民政府", "青禾县柳堤镇人民政府", True),
        ("青禾县水利局", "红河县水利局", True),
        ("金乡县人民政府", "济宁市金乡县人民政府办公室", False),
        ("嘉祥县金屯镇人民政府", "金屯镇人民政府", False),
        ("洪泽区人民政府", "淮安市洪泽区人民政府办公室", False),
        ("上海市科学技术委员会", "市科委", False),
    ],
)
def test_the_preamble_of_another_agency(agency, author, strange):
    made = report(agency=agency)
    made.preamble = (Paragraph(f"本报告由{author}按照《中华人民共和国政府信息公开条例》编制。"),)
    assert ("F-10" in [f.rule for f in check(made)]) is strange


def test_part_five_may_not_be_nothing():
    assert "F-5" in checked(report(issues="无。"))
