"""Events as JSON, strictly: what is not known, missing or of the wrong type is refused in one Chinese sentence.

A case is a list of objects, each with the key of its event as ``event``, its day as ``on``, and the event's own values:
``[{"event": "received", "on": "2026-03-02", "channel": "in_person"}]``. What has a default may be left out.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, Final

from gongkai.statute.event_values import EventError, types_of
from gongkai.statute.events import EVENTS, Event

MOST_EVENTS: Final = 1000
"""More than any case has."""

MOST_BYTES: Final = 2_000_000
"""The largest text that is read: more than any case needs."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class NotEvents(ValueError):
    """JSON that is no list of events. The text is one sentence in Chinese for the person who wrote it."""


def parse(text: str | bytes) -> tuple[Event, ...]:
    """The events that a JSON text holds. Raises `NotEvents`."""
    if len(text) > MOST_BYTES:
        raise NotEvents(f"文件过大，一件申请的事件不会超过 {MOST_BYTES // 1_000_000} MB。")
    try:
        whole = text if isinstance(text, str) else text.decode("utf-8-sig")
        data = json.loads(whole, object_pairs_hook=_object, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise NotEvents("文件不是 UTF-8 编码的文字。") from None
    except json.JSONDecodeError as error:
        raise NotEvents(f"不是有效的 JSON：第{error.lineno}行第{error.colno}个字符附近有误。") from None
    except RecursionError:
        raise NotEvents("不是有效的 JSON：嵌套过深。") from None
    except NotEvents:
        raise
    except ValueError:
        raise NotEvents("不是有效的 JSON：数字过长。") from None
    return from_json(data)


def from_json(data: object) -> tuple[Event, ...]:
    """The events of parsed JSON. Raises `NotEvents`."""
    if not isinstance(data, list):
        raise NotEvents("应为事件的列表：[{…}, {…}]。")
    if len(data) > MOST_EVENTS:
        raise NotEvents(f"事件过多，一件申请的事件不会超过 {MOST_EVENTS} 个。")
    return tuple(_event(number, row) for number, row in enumerate(data, 1))


def to_json(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The same events as plain data; `from_json` reads it back."""
    return [
        {"event": event.key} | {name: _plain(getattr(event, name)) for name in types_of(type(event))}
        for event in events
    ]


def _event(number: int, row: object) -> Event:
    where = f"第{number}个事件"
    if not isinstance(row, dict):
        raise NotEvents(f"{where}应为 {{…}}。")
    key = row.get("event")
    if not isinstance(key, str) or key not in EVENTS:
        raise NotEvents(
            f"{where}没有写明 event，如 received。"
            if key is None
            else f"{where}的 event 不是已知的事件：{_short(key)}。"
        )
    cls = EVENTS[key]
    where += f"“{cls.label}”"
    kinds = types_of(cls)
    unknown = [name for name in row if name != "event" and name not in kinds]
    if unknown:
        raise NotEvents(f"{where}没有“{_short(unknown[0])}”这一项，可以有的是 {'、'.join(kinds)}。")
    missing = [field.name for field in fields(cls) if field.default is MISSING and field.name not in row]
    if missing:
        raise NotEvents(f"{where}缺少 {_listed(missing)}。")
    values: dict[str, Any] = {name: _value(where, name, kinds[name], row[name]) for name in kinds if name in row}
    try:
        return cls(**values)
    except EventError as error:
        raise NotEvents(f"{where}的 {error.field} {error.reason}。") from None


def _value(where: str, name: str, kind: Any, value: object) -> object:
    """`value` with the days read; everything else is checked by the event itself."""
    if kind is not date:
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise NotEvents(f"{where}的 {name} 应为日期，如 2026-03-02。")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise NotEvents(f"{where}的 {name} 不是有效的日期：{value}。") from None


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotEvents(f"同一个事件里“{_short(twice)}”写了两次。")
    return found


def _no_constant(name: str) -> object:
    raise NotEvents(f"不是有效的 JSON：{name} 不是数字。")


def _short(value: object) -> str:
    """At most 40 signs of a stranger's value, on one line."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=True)
    text = "".join(sign if sign.isprintable() else "�" for sign in text)
    return text if len(text) <= 40 else text[:40] + "…"


def _listed(names: list[str]) -> str:
    return "、".join(names)
