"""What a record says, field by field, as people read it: the same for a working copy and for a version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from gongkai.disclosure import columns
from gongkai.disclosure.models import DESCRIBED, Record
from gongkai.statute.catalogue import disclosure_items, fields

Content = Mapping[str, Any]
"""The fields of a record as a version keeps them: `Record.content`."""


class Field(NamedTuple):
    """A field: its key (of a particular with its column), what it is called, what it says; "" where nothing is stated."""

    key: str
    label: str
    text: str


def described(content: Content) -> list[Field]:
    """Every field but the text, in the order of a page; then what the column asks besides, internal or not."""
    plain = [
        Field(name, label(name), _text(name, content.get(name)))
        for name in DESCRIBED
        if name not in ("body", "particulars")
    ]
    column, stated = content.get("column") or "", content.get("particulars") or {}
    return plain + [
        Field(f"{column}.{one.key}", one.label, _particular(stated.get(one.key))) for one in columns.particulars(column)
    ]


def label(name: str) -> str:
    """What a column of a record is called."""
    return str(getattr(Record._meta.get_field(name), "verbose_name", name))


def _text(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return _WORDS[name](value) if name in _WORDS else _readable(str(value))


def _particular(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else _readable(str(value or ""))


def _readable(text: str) -> str:
    """A date as people write it; any other text as it is."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    return f"{day:%Y}年{day.month}月{day.day}日" if day else text


_WORDS: Final[Mapping[str, Callable[[Any], str]]] = {
    "item": lambda code: next((one.text for one in disclosure_items() if one.code == code), str(code)),
    "field": lambda number: next((one.name for one in fields() if one.number == number), str(number)),
    "column": lambda key: columns.columns()[key].name if key in columns.columns() else str(key),
    "attribute": lambda key: dict(Record.Attribute.choices).get(key, str(key)),
    "theme": lambda name: str(name).replace("\\", " › "),
}
"""Fields that keep a key, in words. A key that is not known any more stands as it is."""
