"""The 勾稽关系: the vectors of the law file's §5, mutations, and whether one cause gives one finding."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual_report.checks import check
from gongkai.annual_report.checks.arithmetic import assess
from gongkai.annual_report.editions import equations, table
from gongkai.annual_report.report import Cell, Report
from tests.annual_report.checks.build import applications, put, report

COLUMNS = tuple(c.key for c in table("applications", "2021").blocks[0].columns)
ROWS = tuple(r.key for r in table("applications", "2021").blocks[0].rows)
# Vector A of annual-report-2021.md §5, row by row (rows of nothing but zeros left out).
CITY = """
new_received 13612,252,0,45,128,32,14069 · carried_in 535,6,0,1,18,0,560 · granted 5345,129,0,41,19,14,5548 ·
partially_granted 2120,39,0,1,6,2,2168 · denied_state_secret 13,0,0,0,0,0,13 · denied_law_prohibits 30,0,0,0,0,0,30 ·
denied_three_securities 11,0,0,0,0,0,11 · denied_third_party 49,2,0,0,0,0,51 ·
denied_internal_affairs 103,1,0,0,0,0,104 · denied_deliberative 84,1,0,0,0,0,85 ·
denied_enforcement_file 282,4,0,0,0,0,286 · denied_administrative_query 147,0,0,0,1,2,150 ·
unable_not_held 3075,50,0,0,89,8,3222 · unable_requires_creation 177,3,0,0,0,0,180 ·
unable_still_unclear 19,0,0,0,0,0,19 · not_processed_petition 199,1,0,0,3,0,203 ·
not_processed_repeat 147,1,0,0,0,0,148 · not_processed_excessive 100,1,0,0,0,0,101 ·
not_processed_confirmation 5,0,0,0,0,0,5 · other_supplement_lapsed 315,3,0,0,0,0,318 ·
other_fee_lapsed 202,0,0,1,0,0,203 · other_misc 941,17,0,1,3,3,965 · total_handled 13364,252,0,44,121,29,13810 ·
carried_out 783,6,0,2,25,3,819
"""
REMEDIES = "376,97,196,121,790 16,1,12,27,56 74,1,30,51,156".split()


def city() -> Report:
    """Vector A: a real 2025 city in which everything holds."""
    made = Report(agency="云川市人民政府", year=2025, editions={"applications": "2021", "remedies": "2021"})
    for path in made.paths():
        if path.split(".")[0] != "disclosure":
            put(made, path, 0)
    for line in CITY.replace("\n", " ").split("·"):
        row, numbers = line.split()
        for column, number in zip(COLUMNS, numbers.split(","), strict=True):
            put(made, f"applications.{row}.{column}", int(number))
    paths = iter(table("remedies", "2021").paths())
    for block in REMEDIES:
        for number in block.split(","):
            put(made, next(paths), int(number))
    return made


def seed_004() -> Report:
    """Vector C: （七）总计 is 0 in every column while its rows add up to 26 (2019 form)."""
    made = report(
        year=2020,
        edition="2019",
        agency="金乡县人民政府",
        cells={
            "applications.new_received.natural_person": 18,
            "applications.new_received.commercial_enterprise": 7,
            "applications.carried_in.natural_person": 1,
            "applications.granted.natural_person": 7,
            "applications.granted.commercial_enterprise": 2,
            "applications.partially_granted.natural_person": 1,
            "applications.denied_deliberative.natural_person": 1,
            "applications.unable_not_held.natural_person": 10,
            "applications.unable_not_held.commercial_enterprise": 1,
            "applications.unable_requires_creation.commercial_enterprise": 4,
        },
    )
    for column in COLUMNS:
        put(made, f"applications.total_handled.{column}", 0)
    return made


def errors(made: Report) -> list[object]:
    return [f for f in check(made) if f.severity == "error"]


def test_vector_a_everything_holds():
    assert not [a for key in ("applications", "remedies") for a in assess(city(), key) if a.outcome != "PASS"]
    assert not errors(city())


def test_vector_c_one_finding_for_the_whole_row_with_its_repair():
    (found,) = errors(seed_004())
    assert found.rule == "T3-C1"
    assert found.rules == ("T3-C1", "T3-C2")
    assert found.where == tuple(
        f"applications.total_handled.{c}" for c in ("natural_person", "commercial_enterprise", "total")
    )
    assert found.printed == (0, 0, 0)
    assert found.expected == (19, 7, 26)
    assert found.repair == dict(zip(found.where, (19, 7, 26), strict=True))
    assert "（七）总计" in found.message and "26" in found.message


def test_the_repair_is_offered_and_never_applied():
    made = seed_004()
    check(made)
    assert made.value("applications.total_handled.total") == 0


def test_the_repair_satisfies_everything():
    made = seed_004()
    (found,) = errors(made)
    for path, value in found.repair.items():
        put(made, path, value)
    assert not errors(made)


def test_vector_d_an_empty_report_passes():
    assert not errors(report())


def test_vector_e_one_leaf_too_many_breaks_one_row_and_one_column():
    made = put(city(), "applications.granted.natural_person", 5346)
    failing = [a.equation.rule for a in assess(made, "applications") if a.outcome == "FAIL"]
    assert failing == ["T3-R1", "T3-C1"]
    (found,) = errors(made)
    assert found.rules == ("T3-R1", "T3-C1")
    assert found.where == ("applications.granted.natural_person",)
    assert (found.printed, found.expected) == (5346, 5345)


def test_vector_e_a_case_in_the_wrong_column_breaks_two_columns():
    made = city()
    put(made, "applications.new_received.natural_person", 13611)
    put(made, "applications.new_received.commercial_enterprise", 253)
    failing = [a.equation.rule for a in assess(made, "applications") if a.outcome == "FAIL"]
    assert failing == ["T3-C2", "T3-C2"]
    (found,) = errors(made)
    assert found.rules == ("T3-C2",)
    assert not found.repair  # 一, 二 and 四 could each be the wrong row


@pytest.mark.parametrize("row", ["granted", "total_handled", "new_received", "carried_out", "denied_deliberative"])
def test_a_wrong_row_total_is_one_finding(row):
    path = f"applications.{row}.total"
    made = city()
    right = made.value(path)
    (found,) = errors(put(made, path, right + 9))
    assert found.where == (path,)
    assert found.repair == {path: right}


def test_two_causes_are_two_findings():
    made = put(city(), "applications.granted.natural_person", 5340)
    put(made, "applications.unable_not_held.commercial_enterprise", 51)
    assert [f.repair for f in errors(made)] == [
        {"applications.granted.natural_person": 5345},
        {"applications.unable_not_held.commercial_enterprise": 50},
    ]


@pytest.mark.parametrize(
    ("block", "rule"),
    [("reconsideration", "T4-S1"), ("direct_suit", "T4-S2"), ("post_reconsideration_suit", "T4-S3")],
)
def test_table_four_points_to_the_total(block, rule):
    path = f"remedies.{block}.total"
    (found,) = errors(put(city(), path, 0))
    assert (found.rule, found.where) == (rule, (path,))
    assert found.printed == 0
    assert found.expected == city().value(path)


def test_a_blank_is_never_a_failure():
    made = put(city(), "applications.granted.total", None)
    del made.cells["applications.carried_out.natural_person"]
    outcomes = {a.outcome for a in assess(made, "applications")}
    assert outcomes == {"PASS", "NOT_ASSESSABLE"}
    assert not errors(made)


def test_a_blank_that_no_number_can_mend_is_a_doubt():
    made = put(city(), "applications.granted.other_org", None)
    put(made, "applications.granted.total", 17)  # less than the printed parts alone
    found = [f for f in check(made) if f.rule == "T3-R1"]
    assert [(f.severity, f.state) for f in found] == [("warning", "UNCERTAIN")]


def test_a_dash_stands_for_none():
    made = report(cells=applications(granted=3))
    made.cells["applications.granted.other_org"] = Cell(None, "/")
    made.cells["applications.granted.total"] = Cell(4, "4")
    assert {f.severity for f in check(made) if f.rule.startswith("T3")} == {"warning", "error"}


def test_a_doubtful_cell_lowers_an_error_and_asks_to_verify_the_reading():
    made = city()
    made.cells["applications.granted.natural_person"] = Cell(5346, "5346", None, 0.6)
    (found,) = (f for f in check(made) if f.rule == "T3-R1")
    assert (found.severity, found.state) == ("warning", "UNCERTAIN")
    assert found.message.startswith("请先核对识别结果")


def test_a_negative_number_is_an_error():
    found = [f for f in check(put(report(), "disclosure.penalties.decisions", -2)) if f.rule == "T3-C3"]
    assert [(f.severity, f.where) for f in found] == [("error", ("disclosure.penalties.decisions",))]


def test_a_decrease_of_items_is_not():
    made = report(year=2020, edition="2019", cells={"disclosure.licences.items_change": -8})
    assert not [f for f in check(made) if f.rule == "T3-C3"]


def test_both_forms_have_their_equations():
    for edition, leaves in (("2019", 19), ("2021", 21)):
        sums = [e for e in equations("applications", edition) if e.rule == "T3-C1"]
        assert [len(e.left) for e in sums] == [leaves] * 7


counts = st.integers(0, 400)


@st.composite
def balanced(draw: st.DrawFn) -> Report:
    """A report in which every equation holds."""
    cells = {}
    for row in ROWS[2:-2]:
        for column in draw(st.sets(st.sampled_from(COLUMNS[:-1]), max_size=2)):
            cells[f"applications.{row}.{column}"] = draw(counts)
    received: dict[str, int] = {}
    for path, value in cells.items():
        received[path.split(".")[2]] = received.get(path.split(".")[2], 0) + value
    for column in COLUMNS[:-1]:
        cells[f"applications.new_received.{column}"] = received.get(column, 0)
    for block in ("reconsideration", "direct_suit", "post_reconsideration_suit"):
        cells[f"remedies.{block}.upheld"] = draw(counts)
    return report(cells=cells)


@settings(max_examples=40)
@given(balanced())
def test_a_balanced_report_has_no_error(made):
    assert not errors(made)


@settings(max_examples=60)
@given(balanced(), st.data())
def test_one_wrong_cell_is_one_finding_that_holds_the_remedy(made, data):
    """Whatever cell is misprinted, one finding; where it names one repair, the repair satisfies every equation."""
    tables = [p for p in made.paths() if not p.startswith("disclosure")]
    path = data.draw(st.sampled_from(tables))
    right = int(made.value(path) or 0)
    wrong = data.draw(st.integers(0, 500).filter(lambda n: n != right))
    (found,) = errors(put(made, path, wrong))
    for cell, value in found.repair.items():
        put(made, cell, value)
    if found.repair:
        assert not errors(made)
    else:
        assert path in found.cells
