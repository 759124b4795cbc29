"""The numbers and the local rules of the procedure, from ``data/procedure.toml``: an office corrects them there."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to apply (art. 31). `confirm` is empty, or who must confirm: ``same_day`` or ``both`` sides."""

    key: str
    label: str
    rule: str
    article: str
    marker: str
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class ServiceMode:
    """A way to serve a letter and the day that counts for it. `qualified` is false for a private courier."""

    key: str
    label: str
    rule: str
    source: str
    marker: str
    qualified: bool = True


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything in the file. Periods are working days by key; `articles` names the article of each period."""

    periods: dict[str, int]
    articles: dict[str, str]
    lamp_soon: int
    lamp_urgent: int
    provisional_ahead: int
    in_force_on: date
    channels: dict[str, Channel]
    service: dict[str, ServiceMode]


@cache
def rules() -> Rules:
    """The rules as shipped, or as an office corrected the file; read once in a process."""
    data = tomllib.loads((resources.files(__package__) / "data" / "procedure.toml").read_text("utf-8"))
    return Rules(
        periods={key: row["days"] for key, row in data["periods"].items()},
        articles={key: row["article"] for key, row in data["periods"].items()},
        lamp_soon=data["lamps"]["soon"],
        lamp_urgent=data["lamps"]["urgent"],
        provisional_ahead=data["lamps"]["provisional_ahead"],
        in_force_on=data["in_force"]["on"],
        channels={row["key"]: Channel(**row) for row in data["channel"]},
        service={row["key"]: ServiceMode(**row) for row in data["service"]},
    )
