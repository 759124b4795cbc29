"""Every fee vector of application-procedure.md §8, named after its row, and the properties of the tariff."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute import fees
from gongkai.statute.calendar import default_calendar
from gongkai.statute.fees import Bracket, per_page, per_piece

CALENDAR = default_calendar()


@pytest.mark.parametrize(
    ("nth", "marginal", "total"),
    [
        (1, 0, 0),
        (10, 0, 0),
        (11, 100, 100),
        (30, 100, 2000),
        (31, 200, 2200),
        (40, 200, 4000),
        (41, 300, 4300),
        (50, 300, 7000),
        (51, 400, 7400),
        (100, 800, 37000),
    ],
)
def test_nth_application_of_the_month(nth: int, marginal: int, total: int) -> None:
    assert per_piece(nth).amount == marginal
    assert per_piece(1, nth).amount == total


@pytest.mark.parametrize(
    ("pages", "fee"),
    [(0, 0), (1, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (300, 6700)],
)
def test_pages(pages: int, fee: int) -> None:
    assert per_page(pages).amount == fee


def test_reset_vector_twelve_in_march_and_twelve_in_april() -> None:
    received = [date(2026, 3, 2)] * 12 + [date(2026, 4, 1)] * 12
    numbers = [fees.piece_number(day, received[:index]) for index, day in enumerate(received)]
    assert numbers == [*range(1, 13), *range(1, 13)]
    assert sum(per_piece(number).amount for number in numbers) == 400


def test_the_same_month_of_another_year_is_another_month() -> None:
    assert fees.piece_number(date(2026, 3, 2), [date(2025, 3, 2), date(2026, 2, 28)]) == 1
    assert fees.piece_number(date(2026, 3, 31), [date(2026, 3, 1)]) == 2
    assert fees.piece_number(date(2026, 3, 2), [date(2026, 4, 1), date(2027, 3, 1)]) == 1


@given(st.integers(1, 400), st.integers(1, 400))
def test_pieces_add_up(first: int, more: int) -> None:
    last = first + more
    whole = per_piece(first, last).amount
    assert whole == sum(per_piece(number).amount for number in range(first, last + 1))
    assert whole == per_piece(first, last - 1).amount + per_piece(last).amount


@given(st.integers(1, 400))
def test_a_later_piece_never_costs_less(nth: int) -> None:
    assert per_piece(nth).amount <= per_piece(nth + 1).amount


@given(st.integers(0, 1000))
def test_another_page_costs_what_its_bracket_says(pages: int) -> None:
    rate = 0 if pages < 30 else 10 if pages < 100 else 20 if pages < 200 else 40
    assert per_page(pages + 1).amount - per_page(pages).amount == rate


@given(st.integers(1, 300), st.integers(0, 300))
def test_brackets_cover_each_number_once(first: int, more: int) -> None:
    brackets = per_piece(first, first + more).brackets
    numbers = [number for bracket in brackets for number in range(bracket.first, bracket.last + 1)]
    assert numbers == list(range(first, first + more + 1))


def test_a_charge_explains_itself() -> None:
    assert per_piece(9, 45).explain() == (
        "第9—10件：不收费\n第11—30件：20件×100元=2000元\n第31—40件：10件×200元=2000元\n第41—45件：5件×300元=1500元"
    )
    assert per_page(31).explain() == "第1—30页：不收费\n第31页：1页×10元=10元"
    assert per_page(250).brackets[-1] == Bracket(201, 250, 40)
    assert per_page(0).brackets == ()


def test_a_charge_has_one_mode_so_that_two_cannot_be_combined() -> None:
    assert (per_piece(11).mode, per_piece(11).unit) == ("per_piece", "件")
    assert (per_page(31).mode, per_page(31).unit) == ("per_page", "页")


@pytest.mark.parametrize(("first", "last"), [(0, 1), (-1, None), (5, 3)])
def test_impossible_numbers_are_refused(first: int, last: int | None) -> None:
    with pytest.raises(ValueError, match="^a charge needs numbers from 1 up$"):
        per_piece(first, last)
    with pytest.raises(ValueError, match="^a charge needs numbers from 1 up$"):
        per_page(-1)


@pytest.mark.parametrize(("value", "name"), [(per_piece(1), "mode"), (Bracket(1, 2, 3), "rate")])
def test_values_cannot_be_changed(value: object, name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)
    assert not hasattr(value, "__dict__")


def test_an_empty_stretch_costs_nothing() -> None:
    assert per_piece(11, 10).amount == 0


@pytest.mark.parametrize(
    ("form", "allowed"), [("paper", True), ("email", True), ("copied_data", True), ("inspect", False)]
)
def test_per_page_only_for_copies(form: str, allowed: bool) -> None:
    assert fees.may_charge_per_page(form) is allowed


def test_payment_period_is_20_working_days_from_the_day_after_the_notice() -> None:
    due = fees.payment_due(date(2026, 1, 30), CALENDAR)
    assert (due.date, due.provisional) == (date(2026, 3, 5), False)


@pytest.mark.parametrize(
    ("paid_on", "today", "lapsed"),
    [
        (None, date(2026, 3, 5), False),
        (None, date(2026, 3, 6), True),
        (date(2026, 3, 5), date(2026, 6, 1), False),
        (date(2026, 3, 6), date(2026, 3, 6), True),
        (date(2026, 2, 3), date(2026, 6, 1), False),
    ],
)
def test_unpaid_after_the_last_day_has_lapsed(paid_on: date | None, today: date, lapsed: bool) -> None:
    assert fees.is_lapsed(date(2026, 1, 30), paid_on, today, CALENDAR) is lapsed


def test_the_answer_period_is_counted_anew_from_the_day_after_payment() -> None:
    base = fees.clock_base_after_payment(date(2026, 1, 30))
    assert CALENDAR.add_working_days(base, 20).date == date(2026, 3, 5)


def test_the_notice_states_four_things_and_its_basis() -> None:
    assert fees.notice_elements() == ("收费依据", "收费标准", "收费数额", "缴纳方式")
    assert fees.rules_title() == ("政府信息公开信息处理费管理办法", "国办函〔2020〕109号")
    assert fees.effective_on() == date(2021, 1, 1)
