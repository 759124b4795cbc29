"""Columns (栏目) as data, and the particulars that a record of a column states besides the fields of every record.

A meeting has a date, topics and decisions; a consultation a first and a last day; an interpretation a form. What they are is
in `data/columns.toml`; drafts, public lists and the API read them from here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from gongkai.content.unseen import without_unseen
from gongkai.disclosure import days
from gongkai.statute import interpretation
from gongkai.statute.publication import needs_shortened_reason

Kind = Literal["text", "long", "contact", "date", "number", "choice", "choices"]
Value = str | list[str]

MOST: Final[dict[Kind, int]] = {"text": 200, "contact": 200, "long": 5000}
"""How many characters a value may have."""

_CHOICES: Final[Mapping[str, Callable[[], list[str]]]] = {
    "interpretation.forms": lambda: [one.label for one in interpretation.forms()],
    "interpretation.elements": lambda: [one.label for one in interpretation.elements()],
}


@dataclass(frozen=True, slots=True)
class Particular:
    """Something that records of a column state. `required_when`: another particular and the value with which this one
    is required; `is_internal`: the public is not shown it."""

    key: str
    label: str
    kind: Kind
    required: bool = False
    required_when: tuple[str, str] = ("", "")
    in_list: bool = False
    is_internal: bool = False
    choices: tuple[str, ...] = ()

    def is_required(self, values: Mapping[str, Value]) -> bool:
        """Whether it must be stated beside these values."""
        other, value = self.required_when
        return self.required or bool(other and values.get(other) == value)


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `is_listed`: the public site has a list of it; `type`: what the META tags call its kind, else its name."""

    key: str
    name: str
    description: str
    keywords: tuple[str, ...]
    particulars: tuple[Particular, ...] = ()
    is_listed: bool = True
    type: str = ""


@cache
def columns() -> Mapping[str, Column]:
    """Every column by its key, in order."""
    rows = tomllib.loads((resources.files(__package__) / "data" / "columns.toml").read_text("utf-8"))["column"]
    return {row["key"]: _column(row) for row in rows}


def _column(row: dict[str, Any]) -> Column:
    return Column(
        **{
            **row,
            "keywords": tuple(row["keywords"]),
            "particulars": tuple(_particular(dict(one)) for one in row.get("particulars", [])),
        }
    )


def _particular(row: dict[str, Any]) -> Particular:
    source = row.pop("choices_from", "")
    choices = _CHOICES[source]() if source else row.pop("choices", [])
    when = tuple(row.pop("required_when", ("", "")))
    return Particular(**row, required_when=when, choices=tuple(choices))


def particulars(column: str) -> tuple[Particular, ...]:
    """What records of a column state besides; nothing for a column that there is not."""
    found = columns().get(column)
    return found.particulars if found else ()


# ---------------------------------------------------------------------------------------------------------------- values


def tidy(column: str, given: Mapping[str, Any]) -> dict[str, Value]:
    """The values as they are kept: of this column only, text without blanks around it, dates as YYYY-MM-DD."""
    kept: dict[str, Value] = {}
    for one in particulars(column):
        value = given.get(one.key)
        if isinstance(value, list | tuple):
            plain: Value = [without_unseen(str(part)) for part in value]
        else:
            plain = (
                value.isoformat()
                if isinstance(value, date)
                else without_unseen(str(value if value is not None else "")).strip()
            )
        if plain:
            kept[one.key] = plain
    return kept


def impossible(column: str, values: Mapping[str, Value]) -> list[str]:
    """Values that cannot be, one sentence each."""
    reasons = []
    for one in particulars(column):
        value = values.get(one.key)
        if value:
            reasons += [f"{one.label}：{reason}" for reason in _CHECKS[one.kind](one, value)]
    return reasons or (_RULES[column](values) if column in _RULES else [])


def missing(column: str, values: Mapping[str, Value]) -> list[str]:
    """What must be stated before review and is not, one sentence each."""
    return [
        f"没有填写{one.label}。" for one in particulars(column) if one.is_required(values) and not values.get(one.key)
    ]


def public(column: str) -> tuple[Particular, ...]:
    """The particulars of a column that the public is shown."""
    return tuple(one for one in particulars(column) if not one.is_internal)


def said(value: Value | None) -> str:
    """A value as text; "" where none is stated."""
    return "、".join(value) if isinstance(value, list) else value or ""


def stated(column: str, values: Mapping[str, Value], *, in_list: bool = False) -> list[tuple[str, str]]:
    """(label, text) of what is stated, for the public; `in_list` for what a list shows."""
    return [
        (one.label, said(value))
        for one in public(column)
        if (value := values.get(one.key)) and (one.in_list or not in_list)
    ]


def texts(column: str, values: Mapping[str, Value]) -> dict[str, str]:
    """The values in free words by key: what is looked through for personal data, and what search finds."""
    return _of_kinds(column, values, "text", "long")


def contacts(column: str, values: Mapping[str, Value]) -> dict[str, str]:
    """The values that say how someone is reached, by key."""
    return _of_kinds(column, values, "contact")


def _of_kinds(column: str, values: Mapping[str, Value], *kinds: Kind) -> dict[str, str]:
    keys = {one.key for one in particulars(column) if one.kind in kinds}
    return {key: value for key, value in values.items() if key in keys and isinstance(value, str)}


def label(column: str, key: str) -> str:
    """What a particular is called."""
    return next((one.label for one in particulars(column) if one.key == key), key)


def _is_text(one: Particular, value: Value) -> list[str]:
    if not isinstance(value, str):
        return ["应是文字。"]
    return [f"最多{MOST[one.kind]}个字，现在{len(value)}个。"] if len(value) > MOST[one.kind] else []


def _is_date(one: Particular, value: Value) -> list[str]:
    day = _day(value)
    return days.why_not("", day) if day else [f"“{value}”不是日期，应如2026-03-02。"]


def _is_number(one: Particular, value: Value) -> list[str]:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return [f"“{value}”不是数。"]
    return [] if number.is_finite() and abs(number) < 10**12 else [f"“{value}”不合常理，请核对。"]


def _is_choice(one: Particular, value: Value) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [f"没有“{part}”这一项。" for part in given if part not in one.choices]


_CHECKS: Final[Mapping[Kind, Callable[[Particular, Value], list[str]]]] = {
    "text": _is_text, "long": _is_text, "contact": _is_text, "date": _is_date, "number": _is_number,
    "choice": _is_choice, "choices": _is_choice,
}  # fmt: skip


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _consultation(values: Mapping[str, Value]) -> list[str]:
    """At least 30 days, or the notice says why not (国令713 art. 15)."""
    first, last = _day(values.get("from")), _day(values.get("until"))
    if first is None or last is None:
        return []
    if last < first:
        return ["征求意见的截止日期早于开始日期。"]
    if needs_shortened_reason(first, last) and not values.get("shortened_reason"):
        return [f"征求意见{(last - first).days + 1}日，少于30日，须写明理由（《重大行政决策程序暂行条例》第十五条）。"]
    return []


_RULES: Final[Mapping[str, Callable[[Mapping[str, Value]], list[str]]]] = {"consultation": _consultation}
