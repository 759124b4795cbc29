"""Numbers in prose: value, unit, and whether they are meant exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_UNITS = (
    "人次|件次|万元|亿元|元|件|条|份|宗|项|起|例|个|篇|次|期|场|人|名|户|家|册|处|部|类|卷|张|页|天|年|月|日|号|届|%|‰"
)
# Both begin with a plain character class, which the engine finds fast; what stands before is looked at afterwards.
_NUMBER = re.compile(
    rf"(?P<figure>\d(?:\d{{0,2}}(?:,\d{{3}})+|\d*)(?:\.\d+)?)(?P<scale>[万亿千百](?!元|户|家))?(?P<more>余|多|来)?"
    rf"(?P<unit>{_UNITS})?(?P<after>以上|左右|多|余|以内)?"
)
_NO_NUMBER_AFTER = frozenset(".〔[#/-_@ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_HAN_NUMBER = re.compile(r"(?P<han>[零〇一二两三四五六七八九十百]{1,5})(?P<han_unit>件|宗)(?![事套])")
_NO_HAN_NUMBER_AFTER = frozenset("第每某任何逐")
_ABOUT = re.compile(r"(?:约|近|超过?|逾|将近|突破|不少于|不低于|至少|大约|接近|高达|不足)$")
_SCALE = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}
_HAN = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Number:
    """One number: `exact` is False for 余, 多, 约, 近 and for round ones such as 18万."""

    value: Decimal
    unit: str
    exact: bool
    start: int
    end: int

    @property
    def places(self) -> int:
        """How many decimal places are printed."""
        exponent = self.value.as_tuple().exponent
        return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def numbers(text: str) -> list[Number]:
    """Every number of a folded text that is no part of a date, a document number or a code."""
    found = []
    for m in _NUMBER.finditer(text):
        unit = m["unit"] or ""
        if m.start() and text[m.start() - 1] in _NO_NUMBER_AFTER:
            continue
        if unit in ("年", "月", "日", "号", "届"):
            continue
        value = Decimal(m["figure"].replace(",", "")) * _SCALE.get(m["scale"] or "", 1)
        exact = not (m["scale"] or m["more"] or m["after"] or _ABOUT.search(text, max(0, m.start() - 3), m.start()))
        found.append(Number(value, unit, exact, m.start(), m.end()))
    if "件" in text or "宗" in text:
        written = [
            Number(Decimal(han), m["han_unit"], True, m.start(), m.end())
            for m in _HAN_NUMBER.finditer(text)
            if text[m.start() - 1 : m.start()] not in _NO_HAN_NUMBER_AFTER and (han := han_value(m["han"])) is not None
        ]
        found = sorted(found + written, key=lambda n: n.start) if written else found
    return found


def han_value(text: str) -> int | None:
    """二十三 -> 23. None for what is no number below a thousand."""
    total, digit = 0, 0
    for char in text:
        if char in _HAN:
            if digit:
                return None
            digit = _HAN[char]
        elif char == "十":
            total += (digit or 1) * 10
            digit = 0
        else:
            total += (digit or 1) * 100
            digit = 0
    return total + digit
