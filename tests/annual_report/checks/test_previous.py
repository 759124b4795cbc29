"""This year against last year's report; copied text."""

from __future__ import annotations

import pytest

from gongkai.annual_report.checks import check
from gongkai.annual_report.report import Cell, Paragraph
from tests.annual_report.checks.build import OVERVIEW, applications, checked, put, report

LAST = {
    "applications.granted.natural_person": 5,
    "applications.new_received.natural_person": 7,
    "applications.carried_out.natural_person": 2,
}
THIS = applications(carried_in=2, granted=4)


def years(this=THIS, last=LAST, **options):
    now, before = report(cells=this, **options), report(cells=last, year=2022, **options)
    before.sections["overview"] = (Paragraph("上一年度的情况另有一番写法，与今年并不相同。"),)
    return now, before


def test_carried_in_is_what_was_carried_out():
    now, before = years()
    assert checked(now, previous=before) == []


def test_carried_in_differs_in_two_columns():
    now, before = years(
        {
            **THIS,
            "applications.carried_in.natural_person": 1,
            "applications.carried_in.commercial_enterprise": 1,
            "applications.new_received.natural_person": 3,
            "applications.granted.natural_person": 4,
            "applications.granted.commercial_enterprise": 1,
        }
    )
    (found,) = (f for f in check(now, previous=before) if f.rule == "T3-Y1")
    assert found.severity == "error"
    assert found.where == ("applications.carried_in.natural_person", "applications.carried_in.commercial_enterprise")
    assert (found.printed, found.expected) == ((1, 1), (2, 0))
    assert found.repair == dict(zip(found.where, (2, 0), strict=True))


def test_without_last_years_report_there_is_a_note():
    now, _ = years()
    assert [(f.rule, f.severity) for f in check(now)] == [("T3-Y1", "info")]


def test_across_the_editions():
    now = report(year=2021, cells=THIS)
    before = report(year=2020, edition="2019", cells={**LAST, "applications.carried_out.natural_person": 3})
    before.sections = {}
    assert "T3-Y1" in checked(now, previous=before)


@pytest.mark.parametrize(("change", "value"), [("year", 2021), ("agency", "青禾县民政局")])
def test_another_year_or_agency_is_no_evidence(change, value):
    now, before = years()
    put(before, "applications.carried_out.natural_person", 9)
    setattr(before, change, value)
    found = check(now, previous=before)
    assert [(f.rule, f.severity) for f in found] == [("R-3", "info")]


def test_a_doubtful_reading_of_last_year_lowers_the_finding():
    now, before = years()
    before.cells["applications.carried_out.natural_person"] = Cell(9, "9", None, 0.5)
    assert [f.severity for f in check(now, previous=before) if f.rule == "T3-Y1"] == ["warning"]


def test_documents_in_force_follow_from_last_year():
    documents = "disclosure.normative_documents."
    now, before = years(
        {**THIS, documents + "issued": 4, documents + "repealed": 1, documents + "in_force": 20},
        {**LAST, documents + "in_force": 16},
    )
    (found,) = (f for f in check(now, previous=before) if f.rule == "T2-Y1")
    assert (found.severity, found.printed, found.expected) == ("warning", 20, 19)


def test_the_total_published_of_2020_is_no_base():
    now = report(year=2021, cells={"disclosure.normative_documents.in_force": 20})
    before = report(year=2020, edition="2019", cells={"disclosure.normative_documents.total_public": 40})
    before.sections = {}
    assert "T2-Y1" not in checked(now, previous=before)


def test_items_of_the_2019_form():
    now = report(year=2020, edition="2019", cells={"disclosure.licences.items_last_year": 252})
    before = report(
        year=2019,
        edition="2019",
        cells={"disclosure.licences.items_last_year": 250, "disclosure.licences.items_change": -3},
    )
    before.sections = {}
    (found,) = (f for f in check(now, previous=before) if f.rule == "T2-Y2")
    assert (found.printed, found.expected) == (252, 247)


def test_pending_cases_do_not_vanish():
    now, before = years()
    put(before, "remedies.reconsideration.pending", 2)
    assert checked(now, previous=before) == ["T4-Y1"]


LONG = "".join(OVERVIEW) + "全年举办培训3次，发布信息1200条，更新栏目14个，办理申请时限均有记录可查，群众反映良好。" * 2


def prose(text, **options):
    made = report(**options)
    made.sections["overview"] = (Paragraph(text),)
    return made


def test_last_years_text_with_new_numbers_is_last_years_text():
    now, before = prose(LONG), prose(LONG.replace("1200", "987").replace("3次", "2次"), year=2022)
    (found,) = (f for f in check(now, previous=before) if f.rule == "R-1")
    assert found.severity == "warning" and "第一部分" in found.message


def test_another_text():
    other = (
        "我局结合水利业务的特点，"
        + "把水库巡查、河道整治、农村供水的进展分门别类地登在网上，逐月更新，由科长签字负责。" * 8
    )
    now = prose(LONG)
    assert "R-1" not in checked(now, previous=prose(other, year=2022))
    assert "R-2" not in checked(now, others=[prose(other, agency="青禾县民政局")])


def test_a_sisters_text():
    now, sister = prose(LONG), prose(LONG.replace("1200", "85"), agency="青禾县民政局")
    (found,) = (f for f in check(now, others=[sister, now]) if f.rule == "R-2")
    assert "青禾县民政局" in found.message


def test_short_texts_are_alike_by_nature():
    now = prose("严格按照条例要求做好信息公开工作。")
    assert "R-2" not in checked(now, others=[prose("严格按照条例要求做好信息公开工作。", agency="青禾县民政局")])
