"""Many reports into one: sums of what is printed, contributors, problems, forms mixed."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual_report.checks import check
from gongkai.annual_report.consolidate import consolidate, reconcile
from gongkai.annual_report.report import Cell, Value
from tests.annual_report.checks.build import applications, put, report

COUNTY = "青禾县人民政府"
TOTAL = "applications.granted.total"


def of(name, *, year=2023, edition="2021", **rows):
    return report(agency=name, year=year, edition=edition, cells=applications(**rows))


def county(*reports, **options):
    return consolidate(reports, agency=COUNTY, year=2023, **options)


def kinds(result):
    return [p.kind for p in result.problems]


def test_the_sum_of_what_is_printed():
    result = county(of("青禾县水利局", granted=3), of("青禾县民政局", granted=4, carried_out=1))
    assert result.included == 2
    assert result.report.value(TOTAL) == 7
    assert result.report.agency == COUNTY and result.report.year == 2023
    assert not result.problems and not result.has_errors
    assert not [f for f in check(result.report) if f.severity == "error"]


def test_each_cell_has_its_contributors():
    result = county(of("青禾县水利局", granted=3), of("青禾县民政局", granted=4))
    assert [(c.agency, c.value) for c in result.contributors(TOTAL)] == [("青禾县水利局", 3), ("青禾县民政局", 4)]


def test_a_blank_is_not_a_zero():
    first, second = of("青禾县水利局", granted=3), of("青禾县民政局", granted=4)
    for one in (first, second):
        del one.cells["disclosure.rules.issued"]
    put(second, TOTAL, None)
    result = county(first, second)
    assert result.report.value("disclosure.rules.issued") is None
    assert result.report.value(TOTAL) == 3
    assert result.blanks == {TOTAL: (1,)}


def test_money_stays_exact():
    reports = []
    for i, amount in enumerate(("0.1", "0.2", "435.532")):
        one = of(f"青禾县第{i}局")
        one.cells["disclosure.fees.amount"] = Cell(Decimal(amount), amount)
        reports.append(one)
    assert county(*reports).report.value("disclosure.fees.amount") == Decimal("435.832")


def test_who_is_missing_and_who_was_not_expected():
    result = county(
        of("青禾县水利局"),
        of("柳堤镇人民政府"),
        of("青禾县气象局"),
        expected=("青禾县水利局", "青禾县柳堤镇人民政府", "青禾县教育局"),
    )
    assert [(p.kind, p.agency) for p in result.problems] == [
        ("missing", "青禾县教育局"),
        ("unexpected", "青禾县气象局"),
    ]
    assert result.has_errors


def test_another_year_is_left_out():
    result = county(of("青禾县水利局", granted=3), of("青禾县民政局", year=2022, granted=4))
    assert (kinds(result), result.included, result.report.value(TOTAL)) == (["wrong_year"], 1, 3)


def test_an_agency_twice_counts_once():
    result = county(of("青禾县水利局", granted=3), of("青禾县水利局", granted=4))
    assert (kinds(result), result.report.value(TOTAL)) == (["duplicate"], 3)
    assert "数字不同" in result.problems[0].message


def test_a_report_with_errors_is_named_and_added_as_printed():
    wrong = put(of("青禾县水利局", granted=3), TOTAL, 30)
    result = county(wrong, of("青禾县民政局", granted=4))
    assert (kinds(result), result.report.value(TOTAL)) == (["errors"], 34)
    assert result.problems[0].findings[0].repair == {TOTAL: 3}


def test_no_year_and_no_agency_are_told():
    nameless = of("青禾县水利局", granted=3)
    nameless.agency = nameless.year = None
    assert sorted(kinds(county(nameless))) == ["no_agency", "no_year"]


def test_forms_of_two_editions():
    """annual-report-2019.md §5: 处理决定数量 and 新制作 map, 收费项目 and 对外公开总数量 do not, （六） goes to 3.其他."""
    old = report(
        agency="青禾县民政局",
        edition="2019",
        cells={
            **applications(granted=2, other=3),
            "disclosure.normative_documents.made": 4,
            "disclosure.normative_documents.total_public": 40,
            "disclosure.licences.decisions": 7,
            "disclosure.licences.items_last_year": 9,
            "disclosure.fees.items_last_year": 5,
            "disclosure.procurement.projects": 6,
        },
    )
    new = of("青禾县水利局", granted=1, other_misc=1)
    put(new, "disclosure.normative_documents.issued", 1)
    result = county(new, old)
    value = result.report.value
    assert value("disclosure.normative_documents.issued") == 5
    assert value("disclosure.normative_documents.in_force") == 0  # the new one's only
    assert value("disclosure.licences.decisions") == 7
    assert value("disclosure.fees.amount") == Decimal(0)
    assert value("applications.other_misc.total") == 4
    assert value("applications.other_fee_lapsed.total") == 0
    assert {"disclosure.fees.amount", "disclosure.normative_documents.repealed"} <= result.blanks.keys()
    assert "applications.other_misc.total" in result.not_split
    assert kinds(result) == ["wrong_edition"]
    assert [c.value for c in result.contributors("applications.other_misc.total")] == [1, 3]


def test_only_old_forms_leave_empty_what_they_do_not_know():
    value = county(of("青禾县水利局", edition="2019", granted=2)).report.value
    assert value("disclosure.rules.repealed") is None
    assert value("disclosure.fees.amount") is None
    assert value("applications.other_supplement_lapsed.total") is None


def test_the_published_report_against_the_sum():
    result = county(of("青禾县水利局", granted=3), of("青禾县民政局", granted=4))
    published = of(COUNTY, granted=7)
    assert reconcile(result, published) == []
    put(published, TOTAL, 9)
    put(published, "disclosure.licences.decisions", 2)
    assert [(f.rule, f.severity) for f in reconcile(result, published)] == [("X-4", "warning"), ("X-4", "error")]


def test_as_json():
    result = county(of("青禾县水利局", granted=3), of("青禾县民政局", year=2022))
    data = json.loads(json.dumps(result.to_json()))
    assert data["report"]["applications"]["granted"]["total"] == 3
    assert data["problems"][0]["kind"] == "wrong_year"


@settings(max_examples=30)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(("granted", "unable_not_held", "carried_out")), st.integers(0, 99)), max_size=6
    )
)
def test_every_cell_is_the_sum_of_its_contributors(rows):
    result = county(*(of(f"青禾县第{i}局", **row) for i, row in enumerate(rows)))
    for path in result.report.paths():
        given_ = [c.value for c in result.contributors(path) if c.value is not None]
        expected: Value = sum(given_) if given_ else None
        assert result.report.value(path) == expected


@pytest.mark.slow
def test_three_thousand_reports_in_a_second():
    one = of("青禾县水利局", granted=3, unable_not_held=2)
    many = [replace(one, agency=f"第{i}局") for i in range(3000)]
    start = time.process_time()
    assert county(*many).report.value(TOTAL) == 9000
    assert time.process_time() - start < 2  # 1 s is measured on a quiet machine by `make bench`
