"""The values that an event may hold: checked when it is made, by the types of its fields and a few bounds."""

from dataclasses import fields
from datetime import date
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin, get_type_hints
from unicodedata import category

from gongkai.statute.dispositions import dispositions

if TYPE_CHECKING:
    from gongkai.statute.events import Event

LAST_DAY: Final = date(2999, 12, 31)
"""The latest date of a case, so that no sum of working days leaves what `date` can hold."""

MOST_DAYS: Final = 250
"""The largest period, in working days, that an event may set: a year. More is a slip of the pen."""


class EventError(ValueError):
    """A value no event can have. `field` names it, `reason` says in Chinese what is wrong."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}：{reason}")
        self.field = field
        self.reason = reason


_TYPES: Final[dict[type, dict[str, Any]]] = {}


def types_of(cls: "type[Event]") -> dict[str, Any]:
    """The fields of an event type and their types, in order."""
    if cls not in _TYPES:
        hints = get_type_hints(cls)
        _TYPES[cls] = {field.name: hints[field.name] for field in fields(cls)}
    return _TYPES[cls]


def wrong_value(cls: "type[Event]", name: str, value: object) -> str:
    """What is wrong with `value` as field `name` of `cls`, in Chinese; empty when nothing is."""
    kind = types_of(cls)[name]
    if isinstance(kind, UnionType):
        if value is None:
            return ""
        kind = next(choice for choice in get_args(kind) if choice is not type(None))
    if get_origin(kind) is Literal:
        return "" if value in get_args(kind) else f"应为 {'、'.join(get_args(kind))} 之一"
    return _WRONG[kind](cls, name, value)


def _wrong_date(cls: "type[Event]", name: str, value: object) -> str:
    if type(value) is not date:
        return "应为日期，如 2026-03-02"
    return "" if value <= LAST_DAY else f"不能晚于 {LAST_DAY}"


def _wrong_number(cls: "type[Event]", name: str, value: object) -> str:
    if type(value) is not int:
        return "应为整数"
    if name == "working_days" and not 1 <= value <= MOST_DAYS:
        return f"应为 1 至 {MOST_DAYS} 的工作日数"
    return "" if value >= 1 else "应为正整数"


def _wrong_text(cls: "type[Event]", name: str, value: object) -> str:
    if type(value) is not str:
        return "应为文字"
    if any(category(sign) in ("Cc", "Cs") for sign in value):
        return "含有换行等不能显示的字符"
    if name == "disposition" and value not in dispositions():
        return f"没有“{value}”这种办理结果"
    return "不能为空" if name in cls.needed and not value.strip() else ""


def _wrong_flag(cls: "type[Event]", name: str, value: object) -> str:
    return "" if type(value) is bool else "应为 true 或者 false"


_WRONG: Final = {date: _wrong_date, int: _wrong_number, str: _wrong_text, bool: _wrong_flag}
