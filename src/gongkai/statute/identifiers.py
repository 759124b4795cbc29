"""Check digits: 统一社会信用代码 (GB 32100-2015) and 公民身份号码 (GB 11643-1999)."""

from datetime import date
from typing import Final

_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_VALUES: Final = {character: value for value, character in enumerate(_CREDIT_ALPHABET)}
_CARD_CHECKS: Final = "10X98765432"


def credit_code_check_digit(first_17: str) -> str | None:
    """The 18th character of a unified social credit code, or None for characters the code does not use.

    GB 32100: an alphabet without I O S V Z, weights 3^i mod 31 (proactive-disclosure.md §13 [V]).
    """
    if len(first_17) != 17 or any(character not in _CREDIT_VALUES for character in first_17):
        return None
    total = sum(_CREDIT_VALUES[character] * pow(3, index, 31) for index, character in enumerate(first_17))
    return _CREDIT_ALPHABET[-total % 31]


def is_credit_code(text: str) -> bool:
    """Whether `text` is a unified social credit code with the right check digit (GB 32100 [V])."""
    return len(text) == 18 and credit_code_check_digit(text[:17]) == text[17]


def id_card_check_digit(first_17: str) -> str | None:
    """The 18th character of an ID number: GB 11643, weights 2^(17-i) mod 11, table ``10X98765432`` [M]."""
    if len(first_17) != 17 or not (first_17.isascii() and first_17.isdecimal()):
        return None
    total = sum(int(digit) * pow(2, 17 - index, 11) for index, digit in enumerate(first_17))
    return _CARD_CHECKS[total % 11]


def birth_date(id_card: str) -> date | None:
    """The date of birth written in digits 7-14 of an ID number, or None when they are no date (GB 11643 [M])."""
    digits = id_card[6:14]
    if len(digits) != 8 or not (digits.isascii() and digits.isdecimal()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def is_id_card(text: str) -> bool:
    """Whether `text` is an ID number: 18 characters, a real date of birth, the right check digit (GB 11643 [M])."""
    text = text.upper()
    return len(text) == 18 and birth_date(text) is not None and id_card_check_digit(text[:17]) == text[17]
