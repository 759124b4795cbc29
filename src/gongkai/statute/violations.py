"""What can go wrong in a procedure: each violation with its article and words, from ``data/violations.toml``."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

Level = Literal["violation", "alert"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of violation. An `alert` is a reminder by practice, not a breach."""

    key: str
    text: str
    article: str
    level: Level
    marker: str


@dataclass(frozen=True, slots=True)
class Violation:
    """One violation of a case: its kind, the day it happened, and the number of its event; 0 when it is the lack of
    an event."""

    key: str
    on: date
    number: int = 0

    @property
    def kind(self) -> Kind:
        return kinds()[self.key]

    def __str__(self) -> str:
        kind = self.kind
        where = f"第{self.number}个事件，" if self.number else ""
        return f"{kind.text}（{where}{self.on.year}年{self.on.month}月{self.on.day}日；{kind.article}）"


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by key, in the order of a case."""
    text = (resources.files(__package__) / "data" / "violations.toml").read_text("utf-8")
    return {row["key"]: Kind(**row) for row in tomllib.loads(text)["violation"]}
