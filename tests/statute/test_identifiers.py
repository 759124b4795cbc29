"""GB 32100 and GB 11643: the vectors of proactive-disclosure.md §13, and what one changed character does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.identifiers import (
    birth_date,
    credit_code_check_digit,
    id_card_check_digit,
    is_credit_code,
    is_id_card,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODES = ["11441700007280420Y", "11341702486344515H", "11370812004339255B"]
CARD = "11010519491231002X"  # the example of GB 11643-1999


@pytest.mark.parametrize("code", CODES)
def test_credit_code(code: str) -> None:
    assert is_credit_code(code)
    assert credit_code_check_digit(code[:17]) == code[17]


@pytest.mark.parametrize("code", CODES)
def test_any_other_last_character_is_wrong(code: str) -> None:
    assert sum(is_credit_code(code[:17] + last) for last in ALPHABET) == 1


@pytest.mark.parametrize(
    "text", ["", "1144170000728042", CODES[0] + "0", CODES[0].lower(), "I" + CODES[0][1:], "１" * 18]
)
def test_not_a_credit_code(text: str) -> None:
    assert not is_credit_code(text)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(first_17: str, at: int, other: str) -> None:
    check = credit_code_check_digit(first_17)
    assert check is not None
    assert is_credit_code(first_17 + check)
    changed = first_17[:at] + other + first_17[at + 1 :]
    assert is_credit_code(changed + check) == (changed == first_17)


def test_id_card() -> None:
    assert is_id_card(CARD)
    assert is_id_card(CARD.lower())
    assert birth_date(CARD) == date(1949, 12, 31)


@pytest.mark.parametrize(
    "text",
    ["", "110105491231002", CARD[:17] + "1", CARD + "0", "11010519491331002X", "1101051949123100２X", "A" + CARD[1:]],
)
def test_not_an_id_card(text: str) -> None:
    assert not is_id_card(text)


def test_check_digits_refuse_what_they_cannot_read() -> None:
    assert credit_code_check_digit("1") is None
    assert id_card_check_digit("1") is None
    assert id_card_check_digit("１" * 17) is None
    assert birth_date("110105") is None


@given(st.dates(date(1900, 1, 1)), st.integers(0, 999), st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_id_card_is_always_noticed(born: date, serial: int, at: int, other: str) -> None:
    first_17 = f"110105{born:%Y%m%d}{serial:03d}".replace(" ", "0")
    check = id_card_check_digit(first_17)
    assert check is not None
    assert is_id_card(first_17 + check)
    changed = first_17[:at] + other + first_17[at + 1 :]
    assert changed == first_17 or not is_id_card(changed + check)
