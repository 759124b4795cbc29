"""The rules of the check, as data: one row of data/rules.toml each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Final, Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `source` is where it comes from, `advice` what a person does about a finding."""

    id: str
    severity: Severity
    title: str
    source: str
    advice: str


def _load() -> dict[str, Rule]:
    text = (resources.files(__package__) / "data" / "rules.toml").read_text("utf-8")
    return {row["id"]: Rule(**row) for row in tomllib.loads(text)["rule"]}


RULES: Final[dict[str, Rule]] = _load()
