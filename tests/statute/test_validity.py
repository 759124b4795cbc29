"""The validity of a normative document on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.validity import LABELS, Dates, Validity, expires_on, is_in_force, remind_on, validity_on

TODAY = date(2026, 6, 1)
BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        (Dates(), "valid"),
        (Dates(amended_on=TODAY), "amended"),
        (Dates(amended_on=AFTER), "valid"),
        (Dates(repealed_on=TODAY), "repealed"),
        (Dates(repealed_on=AFTER), "valid"),
        (Dates(expires_on=TODAY), "valid"),
        (Dates(expires_on=BEFORE), "expired"),
        (Dates(amended_on=BEFORE, repealed_on=TODAY), "repealed"),
        (Dates(repealed_on=TODAY, expires_on=BEFORE), "expired"),
        (Dates(repealed_on=BEFORE, expires_on=BEFORE), "repealed"),
        (Dates(repealed_on=BEFORE, expires_on=TODAY), "repealed"),
        (Dates(repealed_on=AFTER, expires_on=BEFORE), "expired"),
    ],
)
def test_validity(dates: Dates, state: Validity) -> None:
    assert validity_on(TODAY, dates) == state
    assert is_in_force(TODAY, dates) == (state in ("valid", "amended"))


def test_labels_are_those_of_the_pages() -> None:
    assert LABELS == {"valid": "有效", "amended": "已修改", "repealed": "废止", "expired": "失效"}


@pytest.mark.parametrize(
    ("effective", "trial", "last"),
    [
        (date(2024, 3, 1), False, date(2029, 2, 28)),
        (date(2024, 3, 1), True, date(2026, 2, 28)),
        (date(2024, 2, 29), False, date(2029, 2, 28)),
        (date(2026, 1, 1), False, date(2030, 12, 31)),
    ],
)
def test_usual_terms(effective: date, trial: bool, last: date) -> None:
    assert expires_on(effective, trial=trial) == last


def test_reminder_six_months_before() -> None:
    assert remind_on(date(2026, 8, 31)) == date(2026, 2, 28)
    assert remind_on(date(2026, 3, 15)) == date(2025, 9, 15)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_once_out_of_force_never_back(end: date, day: date) -> None:
    dates = Dates(expires_on=end)
    if not is_in_force(day, dates):
        assert not is_in_force(day + timedelta(days=1), dates)
