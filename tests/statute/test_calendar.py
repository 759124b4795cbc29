"""Every vector of working-days.md and of the clock table of application-procedure.md §3, named after its row."""

from dataclasses import FrozenInstanceError
from datetime import date, timedelta

import chinese_calendar
import pytest

from gongkai.statute import calendar as module
from gongkai.statute.calendar import Calendar, Override, default_calendar
from gongkai.statute.notices import Holiday, Notice, read_notices

CALENDAR = default_calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-09-20", True),
        ("2026-10-10", True),
        ("2024-02-09", True),
        ("2024-02-18", True),
        ("2025-01-26", True),
        ("2023-10-07", True),
        ("2020-02-01", False),
        ("2022-12-31", False),
        ("2018-12-29", True),
    ],
    ids=lambda value: str(value),
)
def test_is_working_day(text: str, expected: bool) -> None:
    assert CALENDAR.is_working_day(day(text)) is expected
    assert module.is_working_day(day(text)) is expected


WORKING_DAYS_5 = [
    ("2026-02-13", 1, "2026-02-14"),
    ("2026-02-14", 1, "2026-02-24"),
    ("2026-02-22", 1, "2026-02-24"),
    ("2026-01-30", 20, "2026-03-05"),
    ("2026-09-30", 20, "2026-11-03"),
    ("2025-01-27", 20, "2025-03-03"),
    ("2025-12-31", 20, "2026-01-29"),
    ("2024-02-08", 20, "2024-03-13"),
    ("2024-12-31", 20, "2025-02-05"),
    ("2023-12-29", 20, "2024-01-29"),
    ("2020-01-22", 20, "2020-02-27"),
]
APPLICATION_PROCEDURE_3 = [
    ("2026-01-05", 20, "2026-02-02"),
    ("2026-01-30", 20, "2026-03-05"),
    ("2026-02-13", 20, "2026-03-19"),
    ("2026-02-14", 20, "2026-03-20"),
    ("2026-02-15", 20, "2026-03-20"),
    ("2026-04-03", 7, "2026-04-15"),
    ("2026-04-30", 7, "2026-05-13"),
    ("2026-09-30", 20, "2026-11-03"),
    ("2026-09-30", 15, "2026-10-27"),
    ("2025-01-26", 7, "2025-02-11"),
    ("2025-09-28", 20, "2025-10-31"),
    ("2024-12-31", 20, "2025-02-05"),
    ("2025-11-03", 40, "2025-12-29"),
    ("2025-12-31", 20, "2026-01-29"),
    ("2026-03-02", 30, "2026-04-14"),
]


@pytest.mark.parametrize(("start", "days", "due"), WORKING_DAYS_5, ids=lambda value: str(value))
def test_add_working_days_of_working_days_5(start: str, days: int, due: str) -> None:
    result = module.add_working_days(day(start), days)
    assert (result.date, result.provisional) == (day(due), False)
    assert result.calendar_version == CALENDAR.calendar_version


@pytest.mark.parametrize(("start", "days", "due"), APPLICATION_PROCEDURE_3, ids=lambda value: str(value))
def test_add_working_days_of_application_procedure_3(start: str, days: int, due: str) -> None:
    assert CALENDAR.add_working_days(day(start), days).date == day(due)
    assert module.working_days_between(day(start), day(due)) == days


@pytest.mark.parametrize(
    ("start", "days", "wrong"),
    [
        ("2026-01-05", 20, "2026-02-02"),
        ("2026-01-30", 20, "2026-02-27"),
        ("2026-02-13", 20, "2026-03-13"),
        ("2026-02-14", 20, "2026-03-13"),
        ("2026-02-15", 20, "2026-03-13"),
        ("2026-04-03", 7, "2026-04-14"),
        ("2026-04-30", 7, "2026-05-11"),
        ("2026-09-30", 20, "2026-10-28"),
        ("2026-09-30", 15, "2026-10-21"),
        ("2025-01-26", 7, "2025-02-04"),
        ("2025-09-28", 20, "2025-10-24"),
        ("2024-12-31", 20, "2025-01-28"),
        ("2025-11-03", 40, "2025-12-29"),
        ("2025-12-31", 20, "2026-01-28"),
    ],
    ids=lambda value: str(value),
)
def test_a_calendar_without_notices_is_monday_to_friday(start: str, days: int, wrong: str) -> None:
    plain = Calendar.load(as_of=date(2010, 1, 1))
    result = plain.add_working_days(day(start), days)
    assert (result.date, result.provisional) == (day(wrong), True)
    assert plain.years == ()
    assert plain.calendar_version.startswith("none.")


@pytest.mark.parametrize(
    ("year", "total"),
    [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_yearly_total(year: int, total: int) -> None:
    assert CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == total


def test_agrees_with_chinesecalendar_on_every_day_both_know() -> None:
    current = date(2018, 12, 29)
    while current <= date(2026, 12, 31):
        assert CALENDAR.is_official(current)
        assert CALENDAR.is_working_day(current) == chinese_calendar.is_workday(current), current
        current += timedelta(days=1)


# --- years without a notice -------------------------------------------------------------------------------------


def test_2026_12_10_plus_20_is_provisional_and_the_earlier_of_two_calendars() -> None:
    result = CALENDAR.add_working_days(date(2026, 12, 10), 20)
    assert result.provisional
    assert result.date == date(2027, 1, 7)  # the statutory calendar alone would say 2027-01-08


@pytest.mark.parametrize("days", range(60))
def test_a_provisional_date_is_never_later_than_the_statutory_calendar(days: int) -> None:
    start = date(2026, 12, 25)
    statutory = {holiday_day for holiday in module.statutory_holidays() for holiday_day in holiday.off_days()}
    current, left = start, days
    while left:
        current += timedelta(days=1)
        left -= CALENDAR.is_working_day(current) and current not in statutory
    assert CALENDAR.add_working_days(start, days).date <= current


@pytest.mark.parametrize(
    ("start", "days", "provisional"),
    [
        ("2026-12-30", 1, False),
        ("2026-12-31", 1, True),
        ("2018-12-28", 1, False),  # 2018-12-29 is named by the notice of 2019
        ("2018-12-27", 1, True),
        ("2018-12-31", 1, False),
        ("2026-12-31", 0, False),
        ("2027-01-01", 0, True),
    ],
    ids=lambda value: str(value),
)
def test_provisional_is_about_the_days_counted(start: str, days: int, provisional: bool) -> None:
    assert CALENDAR.add_working_days(day(start), days).provisional is provisional


@pytest.mark.parametrize(
    ("start", "end", "provisional"),
    [
        ("2026-12-01", "2026-12-31", False),
        ("2026-12-01", "2027-01-01", True),
        ("2027-01-04", "2026-12-01", True),
        ("2026-12-31", "2026-12-01", False),
        ("2027-01-01", "2027-01-01", True),
        ("2018-12-28", "2026-12-31", False),
        ("2018-12-27", "2026-12-31", True),
    ],
    ids=lambda value: str(value),
)
def test_is_provisional(start: str, end: str, provisional: bool) -> None:
    assert CALENDAR.is_provisional(day(start), day(end)) is provisional


def test_a_day_tells_why() -> None:
    assert CALENDAR.day(date(2026, 2, 16)).name == "春节"
    assert CALENDAR.day(date(2026, 2, 14)).name == "春节调休上班"
    ordinary = CALENDAR.day(date(2026, 3, 2))
    assert (ordinary.working, ordinary.official, ordinary.name) == (True, True, "")
    new_year = CALENDAR.day(date(2027, 1, 1))
    assert (new_year.date, new_year.working, new_year.official) == (date(2027, 1, 1), True, False)
    assert new_year.name == "元旦"


def test_missing_year_warns_from_december_until_the_notice_is_there() -> None:
    assert CALENDAR.missing_year(date(2026, 11, 30)) is None
    assert CALENDAR.missing_year(date(2026, 12, 1)) == 2027
    assert CALENDAR.missing_year(date(2025, 12, 31)) is None
    assert Calendar.load(as_of=date(2025, 11, 3)).missing_year(date(2025, 12, 1)) == 2026


def test_negative_days_are_refused() -> None:
    with pytest.raises(ValueError, match="^days must not be negative$"):
        CALENDAR.add_working_days(date(2026, 1, 5), -1)


def test_nothing_added_is_the_day_itself_also_on_a_day_off() -> None:
    for text in ("2026-02-16", "2026-02-14", "2026-03-02", "2027-01-02"):
        assert CALENDAR.add_working_days(day(text), 0).date == day(text)


def test_values_cannot_be_changed_and_a_calendar_can_be_a_key() -> None:
    values: list[object] = [
        CALENDAR,
        CALENDAR.day(date(2026, 1, 1)),
        CALENDAR.add_working_days(date(2026, 1, 1), 1),
        Override(date(2026, 1, 1), True, ""),
    ]
    for value in values:
        with pytest.raises(FrozenInstanceError):
            setattr(value, value.__slots__[0], None)  # type: ignore[attr-defined]
        assert not hasattr(value, "__dict__")
    assert {CALENDAR: 1}[CALENDAR] == 1


# --- amendments, new notices, local rows ------------------------------------------------------------------------


def test_as_of_retells_what_was_known_before_labour_day_2019_was_widened() -> None:
    before = Calendar.load(as_of=date(2019, 3, 21))
    after = Calendar.load(as_of=date(2019, 3, 22))
    assert before.is_working_day(date(2019, 5, 2))
    assert not before.is_working_day(date(2019, 5, 5))
    assert not after.is_working_day(date(2019, 5, 2))
    assert after.is_working_day(date(2019, 5, 5))
    assert before.calendar_version != after.calendar_version
    assert before.years == after.years == (2019,)


def test_as_of_retells_what_was_known_before_spring_festival_2020_was_extended() -> None:
    before = Calendar.load(as_of=date(2020, 1, 26))
    assert before.is_working_day(date(2020, 1, 31))
    assert before.is_working_day(date(2020, 2, 1))
    assert before.add_working_days(date(2020, 1, 22), 20).date == date(2020, 2, 25)
    assert CALENDAR.is_working_day(date(2020, 1, 19))
    assert not CALENDAR.is_working_day(date(2020, 1, 31))


def test_a_new_notice_makes_its_year_official_and_may_change_december() -> None:
    text = """
        year = 2027
        [[notice]]
        title = "国务院办公厅关于2027年部分节假日安排的通知"
        published = 2026-11-05
        [[notice.holiday]]
        name = "元旦"
        first = 2026-12-31
        last = 2027-01-02
        work = [2026-12-27]
    """
    calendar = Calendar.load(notices=read_notices(text))
    assert calendar.years[-1] == 2027
    assert not calendar.is_working_day(date(2026, 12, 31))
    assert calendar.is_working_day(date(2026, 12, 27))
    result = calendar.add_working_days(date(2026, 12, 10), 20)
    assert (result.date, result.provisional) == (date(2027, 1, 8), False)
    assert result.calendar_version != CALENDAR.calendar_version
    assert result.calendar_version.startswith("2019-2027.")
    assert calendar.missing_year(date(2026, 12, 1)) is None


def years_apart(first: date, last: date) -> Calendar:
    """The shipped years and, after a gap, 2029 and 2030; the notice of 2029 names `first` to `last`."""
    named = Holiday("元旦", first, last)
    labour = Holiday("劳动节", date(2029, 5, 1), date(2029, 5, 2))
    national = Holiday("国庆节", date(2030, 10, 1), date(2030, 10, 3))
    return Calendar.load(
        notices=[
            Notice(2029, "", None, date(2028, 11, 1), (named, labour)),
            Notice(2030, "", None, date(2029, 11, 1), (national,)),
        ]
    )


def test_years_apart_leave_the_gap_provisional() -> None:
    calendar = years_apart(date(2029, 1, 2), date(2029, 1, 2))
    for official in ("2020-06-01", "2026-12-31", "2029-01-01", "2029-06-01", "2029-12-31", "2030-01-01", "2030-12-31"):
        assert calendar.is_official(day(official)), official
    for provisional in ("2018-12-28", "2027-01-01", "2028-06-01", "2028-12-31", "2031-01-01"):
        assert not calendar.is_official(day(provisional)), provisional
    assert calendar.is_provisional(date(2026, 12, 1), date(2029, 2, 1))
    assert not calendar.is_provisional(date(2029, 12, 1), date(2030, 2, 1))


@pytest.mark.parametrize("named", [date(2028, 12, 28), date(2028, 12, 29), date(2028, 12, 30), date(2028, 12, 31)])
def test_days_named_in_the_year_before_are_official_one_by_one(named: date) -> None:
    calendar = years_apart(named, named)
    before = named - timedelta(days=1)
    assert calendar.is_official(named)
    assert not calendar.is_official(before)
    assert not calendar.is_provisional(before, named)
    assert calendar.is_provisional(before - timedelta(days=1), named)
    after = named + timedelta(days=1)
    assert calendar.is_official(after) == (after.year == 2029)


@pytest.mark.parametrize("last", [date(2028, 12, 30), date(2028, 12, 31)])
def test_the_first_official_day_counts_from_the_day_before(last: date) -> None:
    calendar = years_apart(date(2028, 12, 29), last)
    start = date(2028, 12, 28)
    assert calendar.add_working_days(start, 1).provisional is (last.day == 30)
    assert calendar.add_working_days(start - timedelta(days=1), 2).provisional
    assert calendar.add_working_days(date(2028, 12, 31), 1).provisional is False


def test_a_local_row_wins_over_the_notice_but_makes_no_year_official() -> None:
    rows = [
        Override(date(2020, 2, 3), False, "省政府决定延迟复工"),
        Override(date(2026, 10, 1), True, "值班"),
        Override(date(2027, 3, 1), False, "地方节日"),
    ]
    calendar = Calendar.load(overrides=rows)
    assert not calendar.is_working_day(date(2020, 2, 3))
    assert calendar.is_working_day(date(2026, 10, 1))
    assert not calendar.is_working_day(date(2027, 3, 1))
    assert not calendar.is_official(date(2027, 3, 1))
    assert calendar.day(date(2020, 2, 3)).name == "省政府决定延迟复工"
    assert calendar.add_working_days(date(2020, 1, 22), 20).date == date(2020, 2, 28)
    assert calendar.calendar_version.endswith("+local")
    assert "+local" not in CALENDAR.calendar_version


def test_a_local_row_that_changes_nothing_still_shows_in_the_version() -> None:
    calendar = Calendar.load(overrides=[Override(date(2026, 10, 1), False, "国庆节")])
    assert calendar.calendar_version == CALENDAR.calendar_version + "+local"


def test_the_version_is_the_same_for_the_same_calendar_and_stays_as_it_is() -> None:
    assert Calendar.load().calendar_version == CALENDAR.calendar_version == "2019-2026.6ab6f092"
    assert default_calendar() is CALENDAR
    assert CALENDAR.years == tuple(range(2019, 2027))


# --- fixed dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("2026-02-20", "2026-02-14", "2026-02-24"),
        ("2026-02-14", "2026-02-14", "2026-02-14"),
        ("2026-01-31", "2026-01-30", "2026-02-02"),
        ("2025-01-31", "2025-01-27", "2025-02-05"),
    ],
    ids=lambda value: str(value),
)
def test_the_working_day_before_and_after_a_fixed_date(text: str, before: str, after: str) -> None:
    assert CALENDAR.on_or_before(day(text)) == day(before)
    assert CALENDAR.on_or_after(day(text)) == day(after)


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2025, 2026])
def test_31_january_was_an_off_day(year: int) -> None:
    assert not CALENDAR.is_working_day(date(year, 1, 31))
