"""The office's practice: which kinds count, how grave they are, how each is masked. Data, replaceable locally."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

Severity = Literal["block", "warn", "hint"]
Certainty = Literal["certain", "likely", "unsure"]
Style = Literal["ends", "surname", "numbers", "local", "month_and_day", "none"]
SEVERITIES: Final = {"block": "须处理", "warn": "请核对", "hint": "提示"}
CERTAINTIES: Final = {"certain": "确定", "likely": "很可能", "unsure": "不确定"}
_ONLY_MASKED: Final = frozenset({"id_card", "passport", "bank_card", "minor"})
"""Kinds that nobody may clear for publication: numbers of papers and cards in full, and who is under 18."""
_STYLES: Final = ("ends", "surname", "numbers", "local", "month_and_day", "none")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of personal data as an office treats it. `clearable`: an office may decide that one of it stays public."""

    name: str
    label: str
    severity: Severity
    mask: Style
    keep_first: int = 0
    keep_last: int = 0
    minors_keep_first: int | None = None
    minors_keep_last: int | None = None
    advice: str = ""
    basis: str = ""
    clearable: bool = False


@dataclass(frozen=True, slots=True)
class Practice:
    """All kinds by name; a kind that is not there is not looked for."""

    kinds: dict[str, Kind]

    @classmethod
    def from_toml(cls, text: str) -> Practice:
        """A practice from the form of data/personal.toml. ValueError, in one Chinese sentence, for a bad one."""
        try:
            rows = tomllib.loads(text)["kinds"]
            kinds = {name: Kind(name=name, **row) for name, row in rows.items()}
        except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"个人信息处理规则的格式有误：{error}") from error
        for kind in kinds.values():
            if kind.mask not in _STYLES or kind.severity not in SEVERITIES or kind.keep_first < 0 or kind.keep_last < 0:
                raise ValueError(f"个人信息处理规则中“{kind.label}”的内容有误。")
            if kind.clearable and kind.name in _ONLY_MASKED:
                raise ValueError(f"个人信息处理规则中“{kind.label}”只能遮盖，请删去 clearable。")
        return cls(kinds)


@cache
def default_practice() -> Practice:
    """The practice that comes with the program."""
    return Practice.from_toml((resources.files("gongkai.content") / "data" / "personal.toml").read_text("utf-8"))
