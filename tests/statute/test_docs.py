"""docs/clock.md says what the code does: its tables are made from it. `python -m tests.statute.test_docs` writes them."""

import json
import re
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Literal, get_args, get_origin

from gongkai.statute.calendar import default_calendar
from gongkai.statute.dispositions import FAMILIES, dispositions
from gongkai.statute.event_json import parse
from gongkai.statute.event_values import types_of
from gongkai.statute.events import EVENTS, Event
from gongkai.statute.procedure import STATES, fold
from gongkai.statute.rules import rules
from gongkai.statute.violations import kinds

PAGE = Path(__file__).resolve().parents[2] / "docs" / "clock.md"
LEVELS = {"violation": "问题", "alert": "提醒"}


def content(cls: type[Event]) -> str:
    """What the event carries besides its day."""
    found = []
    for field in fields(cls):
        if field.name == "on":
            continue
        kind = types_of(cls)[field.name]
        values = f"（{'、'.join(get_args(kind))}）" if get_origin(kind) is Literal else ""
        found.append(f"`{field.name}`{'*' if field.default is MISSING else ''}{values}")
    return "；".join(found) or "—"


def tables() -> dict[str, str]:
    return {
        "events": "\n".join(
            ["| `event` | 事实 | 内容 |", "|---|---|---|"]
            + [f"| `{key}` | {cls.label} | {content(cls)} |" for key, cls in EVENTS.items()]
        ),
        "values": "\n".join(
            ["| 值 | 意思 | 规则或者依据 | 来源 |", "|---|---|---|---|"]
            + [
                f"| `{key}` | {row.label} | {row.rule}（{row.article}） | {row.marker} |"
                for key, row in rules().channels.items()
            ]
            + [
                f"| `{key}` | {row.label} | {row.rule}（{row.source}） | {row.marker} |"
                for key, row in rules().service.items()
            ]
            + [
                f"| `{key}` | {FAMILIES[row.family]}：{row.label} | {row.article} | {row.marker} |"
                for key, row in dispositions().items()
            ]
        ),
        "violations": "\n".join(
            ["| 代码 | 级别 | 内容 | 依据 | 来源 |", "|---|---|---|---|---|"]
            + [
                f"| `{key}` | {LEVELS[kind.level]} | {kind.text} | {kind.article} | {kind.marker} |"
                for key, kind in kinds().items()
            ]
        ),
        "states": "\n".join(
            ["| 代码 | 状态 |", "|---|---|"] + [f"| `{key}` | {label} |" for key, label in STATES.items()]
        ),
    }


def written(text: str) -> str:
    """The page with its tables as the code has them."""
    for name, table in tables().items():
        text = re.sub(
            rf"<!-- {name} -->\n(?:\n\|(?:.|\n(?=\|))*\n)?",
            lambda _, name=name, table=table: f"<!-- {name} -->\n\n{table}\n",  # type: ignore[misc]
            text,
        )
    return text


def test_the_tables_are_those_of_the_code() -> None:
    text = PAGE.read_text("utf-8")
    assert written(text) == text
    assert all(table in text for table in tables().values())


def test_the_example_can_be_read() -> None:
    example = re.search(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert example
    events = parse(example[1])
    assert len(json.loads(example[1])) == len(events) == 3
    assert fold(events, default_calendar(), date(2026, 3, 24)).clock.due == date(2026, 4, 14)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
