"""The laws and national rules of disclosure by name and number, for the column 政府信息公开制度."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or notice. `effective_on` only where it is certain."""

    key: str
    title: str
    number: str
    about: str
    marker: str
    effective_on: date | None = None


@cache
def instruments() -> tuple[Instrument, ...]:
    """Every instrument, the Regulation first."""
    text = (resources.files(__package__) / "data" / "instruments.toml").read_text("utf-8")
    return tuple(Instrument(**row) for row in tomllib.loads(text)["instrument"])
