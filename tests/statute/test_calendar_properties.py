"""Properties of the calendar, against a day-by-day walk that shares nothing with its arithmetic."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.calendar import Calendar, Override, default_calendar

CALENDAR = default_calendar()
DATES = st.dates(date(2018, 1, 1), date(2028, 12, 31))
COUNTS = st.integers(1, 120)
OVERRIDES = st.lists(
    st.builds(Override, DATES, st.booleans(), st.just("local")), max_size=12, unique_by=lambda row: row.day
)


def walk(calendar: Calendar, start: date, days: int) -> date:
    while days:
        start += timedelta(days=1)
        days -= calendar.is_working_day(start)
    return start


def tally(calendar: Calendar, start: date, end: date) -> int:
    span = (end - start).days
    return sum(calendar.is_working_day(start + timedelta(days=offset)) for offset in range(1, span + 1))


@given(DATES, COUNTS)
def test_adding_is_walking(start: date, days: int) -> None:
    assert CALENDAR.add_working_days(start, days).date == walk(CALENDAR, start, days)


@given(DATES, COUNTS, OVERRIDES)
def test_adding_is_walking_with_any_local_rows(start: date, days: int, rows: list[Override]) -> None:
    calendar = Calendar.load(overrides=rows)
    end = calendar.add_working_days(start, days).date
    assert end == walk(calendar, start, days)
    assert calendar.working_days_between(start, end) == tally(calendar, start, end) == days


@given(DATES, DATES)
def test_counting_is_tallying(one: date, other: date) -> None:
    start, end = sorted((one, other))
    assert CALENDAR.working_days_between(start, end) == tally(CALENDAR, start, end)
    assert CALENDAR.working_days_between(end, start) == -tally(CALENDAR, start, end)


@given(DATES, COUNTS)
def test_the_sum_is_a_working_day_and_counts_back(start: date, days: int) -> None:
    end = CALENDAR.add_working_days(start, days).date
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(start, end) == days


@given(DATES, COUNTS, COUNTS)
def test_monotone_and_additive_in_days(start: date, days: int, more: int) -> None:
    middle = CALENDAR.add_working_days(start, days).date
    end = CALENDAR.add_working_days(start, days + more).date
    assert middle < end
    assert CALENDAR.add_working_days(middle, more).date == end


@given(DATES, DATES, COUNTS)
def test_monotone_in_the_start(one: date, other: date, days: int) -> None:
    early, late = sorted((one, other))
    assert CALENDAR.add_working_days(early, days).date <= CALENDAR.add_working_days(late, days).date


@given(DATES, DATES, DATES)
def test_counting_is_additive(a: date, b: date, c: date) -> None:
    between = CALENDAR.working_days_between
    assert between(a, b) + between(b, c) == between(a, c)


@given(DATES.filter(lambda day: not CALENDAR.is_working_day(day)), COUNTS)
def test_receipt_on_a_day_off_counts_like_the_day_before(start: date, days: int) -> None:
    before = start - timedelta(days=1)
    assert CALENDAR.add_working_days(start, days).date == CALENDAR.add_working_days(before, days).date


@given(DATES, COUNTS)
def test_provisional_exactly_when_a_counted_day_is_not_official(start: date, days: int) -> None:
    result = CALENDAR.add_working_days(start, days)
    span = (result.date - start).days
    counted = [start + timedelta(days=offset) for offset in range(1, span + 1)]
    assert result.provisional == (not all(CALENDAR.is_official(day) for day in counted))


@given(DATES)
def test_the_nearest_working_days(day: date) -> None:
    before, after = CALENDAR.on_or_before(day), CALENDAR.on_or_after(day)
    assert before <= day <= after
    assert CALENDAR.is_working_day(before)
    assert CALENDAR.is_working_day(after)
    assert CALENDAR.working_days_between(before, after) == (0 if before == after else 1)


@given(DATES, DATES, COUNTS)
def test_numbers_count_and_lead_back(one: date, other: date, days: int) -> None:
    number = CALENDAR.number
    assert number(other) - number(one) == CALENDAR.working_days_between(one, other)
    assert CALENDAR.numbered(number(one) + days) == CALENDAR.add_working_days(one, days).date
    assert CALENDAR.numbered(number(one)) == CALENDAR.on_or_before(one)
