"""Folding of labels and reading of single values: what counts as a number, a blank, a page number."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from gongkai.annual_report.editions import Kind
from gongkai.annual_report.report import Value

_NOISE = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_ZEROS = frozenset("OoＯ〇○")  # a zero typed or recognised as a letter

# What people print for “nothing here”. Blank is not zero.
BLANKS = frozenset(("", "/", "\\", "-", "--", "---", "—", "——", "–", "―", "－", "无", "空", "…", "……", "*"))

_NUMBER = re.compile(
    r"(?P<sign>[+\-−↑↓]|增加|减少|增|减)?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?"
    r"(?P<unit>万元|亿元|元|万|件|项|个|条|宗|次|份)?"
)
_SHARE_OF_WAN = {"万元": Decimal(1), "万": Decimal(1), "亿元": Decimal(10_000), "元": Decimal("0.0001")}
_PAGE_NUMBER = re.compile(r"[-—–―·]+\s*\d{1,4}\s*[-—–―·]+|第\s*\d{1,4}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}")
_LONGEST_PAGE_NUMBER = 40


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Only letters, digits and characters, compatibility forms unified: what a label says, not how it is set."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Compatibility forms unified and all white space removed; punctuation stays."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def is_blank(text: str) -> bool:
    """Whether a cell prints nothing, or one of the marks that people print for nothing."""
    return plain(text) in BLANKS


@lru_cache(maxsize=8192)
def is_number(text: str) -> bool:
    """Whether a token is printed as one number: 0, 1,113, +6, 102297.797528万元, ３."""
    return text in _ZEROS or _NUMBER.fullmatch(plain(text)) is not None


def is_page_number(text: str) -> bool:
    """Whether a whole line is a page number: - 6 -, —3—, 第 3 页 共 5 页, 3/5."""
    if len(text) > _LONGEST_PAGE_NUMBER:
        return False
    return _PAGE_NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def parse(text: str, kind: Kind) -> Value:
    """The printed number as a value of `kind`; None where it is not one.

    Counts are integers ≥ 0, changes signed integers, money a Decimal in 万元 (元 and 亿元 are converted
    because the unit is part of what is printed).
    """
    found = _NUMBER.fullmatch("0" if text in _ZEROS else plain(text))
    if not found:
        return None
    try:
        number = Decimal(found["digits"].replace(",", "") + (found["decimals"] or ""))
    except InvalidOperation:
        return None
    negative = found["sign"] in ("-", "−", "↓", "减", "减少")
    if kind == "money":
        factor = _SHARE_OF_WAN.get(found["unit"] or "万元", Decimal(1))
        return None if negative else (number if factor == 1 else number * factor)
    if number != number.to_integral_value() or (negative and kind == "count" and number):
        return None
    whole = int(number)
    return -whole if negative and kind == "change" else whole
