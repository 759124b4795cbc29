"""Edition, deadline and contents of the annual report (annual-report-2021.md §1, §6; arts 49-50)."""

from datetime import date

import pytest

from gongkai.statute import reporting
from gongkai.statute.calendar import default_calendar


@pytest.mark.parametrize(
    ("year", "edition"), [(2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2026, "2021")]
)
def test_edition(year: int, edition: str | None) -> None:
    assert reporting.edition_for(year) == edition


@pytest.mark.parametrize(
    ("level", "deadline", "rules", "supervision"),
    [
        ("province", date(2026, 3, 31), True, 3),
        ("city", date(2026, 3, 31), True, 3),
        ("county", date(2026, 3, 31), False, 3),
        ("department", date(2026, 1, 31), False, 0),
        ("township", date(2026, 1, 31), False, 0),
    ],
)
def test_by_level(level: reporting.Level, deadline: date, rules: bool, supervision: int) -> None:
    assert level in reporting.LEVELS
    assert reporting.report_deadline(level, 2025) == deadline
    assert reporting.may_make_rules(level) is rules
    assert len(reporting.supervision_items(level)) == supervision


def test_period_is_the_calendar_year() -> None:
    assert reporting.report_period(2025) == (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2024, 2025])
def test_a_deadline_on_a_holiday_stays_and_the_reminder_is_before(year: int) -> None:
    deadline = reporting.report_deadline("department", year)
    assert deadline == date(year + 1, 1, 31)
    assert not default_calendar().is_working_day(deadline)
    assert default_calendar().on_or_before(deadline) < deadline


def test_section_six_has_seven_items_of_which_the_fee_is_required() -> None:
    items = reporting.section_six_items()
    assert len(items) == 7
    assert [item.key for item in reporting.required_section_six_items()] == ["processing_fee"]
    assert items[0].label == "收取信息处理费情况"
    assert items[2].mentions == ("建议", "提案")
    assert all(item.marker in "VMPD" and item.source for item in items)


def test_section_one() -> None:
    assert reporting.SECTION_ONE_ASPECTS[-1] == "监督保障"
    assert reporting.supervision_items("county") == ("工作考核", "社会评议", "责任追究结果")
