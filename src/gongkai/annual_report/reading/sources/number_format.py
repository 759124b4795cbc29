"""Numbers of a spreadsheet as their cell shows them: 3.0 in format 0.00 is 3.00, and 0 in format 0;-0;; is nothing."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-m-yy",
    22: "yyyy/m/d h:mm", 31: 'yyyy"年"m"月"d"日"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[]|["\\\[])*')
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]\-]*)[^\]]*\]|\[[^\]]*\]|([#0?][#0?,]*(?:\.[#0?]+)?)|(.)', re.S)
_DATE = re.compile(r"[ymdhsYMDHS]")
_PART = re.compile(r"y+|m+|d+|h+|s+|.", re.I | re.S)
_LARGEST = 1e15


def shown(value: float, code: str) -> str:
    """A number in a format code; in the general format where the code is beyond this module."""
    try:
        return _shown(value, code)
    except (ValueError, OverflowError, ArithmeticError):
        return general(value)


def general(value: float) -> str:
    """A number in the general format: no trailing zeros, fifteen digits."""
    if value == int(value) and abs(value) < _LARGEST:
        return str(int(value))
    return format(value, ".15g")


def code_of(number: int, own: dict[int, str]) -> str:
    """The format code behind the number that a style names; empty for general."""
    return own.get(number) or _BUILT_IN.get(number, "")


def _shown(value: float, code: str) -> str:
    if not code or code.lower() == "general" or code == "@":
        return general(value)
    sections = _sections(code)
    if len(sections) > 2 and value == 0:
        section = sections[2]
    elif len(sections) > 1 and value < 0:
        section, value = sections[1], -value
    else:
        section = sections[0]
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", section)
    if "general" in bare.lower() or "E+" in bare or ("/" in bare and not _DATE.search(bare)):
        return general(value)
    if _DATE.search(bare):
        return _date(value, section)
    return _number(value, section)


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[str, ...]:
    parts: list[str] = []
    at = 0
    while at <= len(code) and len(parts) < 4:
        found = _SECTION.match(code, at)
        assert found is not None
        parts.append(found[0])
        at = found.end() + 1
    return tuple(parts)


def _number(value: float, section: str) -> str:
    out: list[str] = []
    placed = False
    percent = "%" in re.sub(r'"[^"]*"|\\.', "", section)
    for quoted, escaped, currency, digits, other in _TOKEN.findall(section):
        if digits and not placed:
            out.append(_digits(value * 100 if percent else value, digits))
            placed = True
        elif digits:
            continue  # ? after a quoted dash is padding
        else:
            out.append(quoted or escaped or currency or other)
    return "".join(out).strip()


def _digits(value: float, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    scale = len(whole) - len(whole.rstrip(","))
    amount = Decimal(repr(value)) / (1000**scale)
    rounded = amount.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = format(rounded, ",f" if "," in whole.rstrip(",") else "f")
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        if text.endswith("0"):
            text = text[:-1]
    text = text.rstrip(".")
    digits = whole.replace(",", "")
    if "0" not in digits and text.lstrip("-").startswith("0"):
        text = text.replace("0", "", 1) if "." in text else ("" if not rounded else text)
    sign, bare = ("-", text[1:]) if text.startswith("-") else ("", text)
    front, dot, back = bare.partition(".")
    return sign + front.rjust(digits.count("0"), "0") + dot + back


def _date(value: float, section: str) -> str:
    if not 0 <= value < 2_958_466:
        return general(value)
    moment = datetime(1899, 12, 30) + timedelta(days=value)
    out: list[str] = []
    for quoted, escaped, _currency, digits, other in _split_dates(section):
        out.append(quoted or escaped or digits or (_moment(moment, other, out) if other else ""))
    return "".join(out).strip()


def _split_dates(section: str) -> list[tuple[str, str, str, str, str]]:
    found: list[tuple[str, str, str, str, str]] = []
    for quoted, escaped, currency, digits, other in _TOKEN.findall(section):
        if other and found and found[-1][4] and found[-1][4][-1].lower() == other.lower() and _DATE.match(other):
            found[-1] = ("", "", "", "", found[-1][4] + other)
        else:
            found.append((quoted, escaped, currency, digits, other))
    return found


def _moment(moment: datetime, part: str, before: list[str]) -> str:
    kind, width = part[0].lower(), len(part)
    if kind == "y":
        return f"{moment.year:04d}" if width > 2 else f"{moment.year % 100:02d}"
    if kind == "m":
        number = moment.minute if before and before[-1].endswith((":", "时")) else moment.month
    elif kind in "dhs":
        number = {"d": moment.day, "h": moment.hour, "s": moment.second}[kind]
    else:
        return part
    return f"{number:02d}" if width == 2 else str(number)
