"""What the demo's records are made of: the data files, the words of an agency, days, and files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from gongkai.demo.agencies import DemoAgency, agencies
from gongkai.demo.record import CHINA, DemoFile, named
from gongkai.demo.wording import Vocabulary, plain
from gongkai.statute.calendar import default_calendar

_LATE_ONE_IN = 40


@cache
def load(name: str) -> dict[str, Any]:
    file = resources.files("gongkai.demo") / "data" / "records" / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8"))


@cache
def county() -> dict[str, DemoAgency]:
    return {one.name.removeprefix("青禾县"): one for one in agencies()}


@cache
def groups() -> dict[str, list[str]]:
    """Agencies by what data files call them together, without the county's name."""
    by_kind: dict[str, list[str]] = {}
    for name, one in county().items():
        by_kind.setdefault(one.kind, []).append(name)
    return {
        "@departments": by_kind["department"],
        "@office": by_kind["office"],
        "@townships": [*by_kind["township"], *by_kind["subdistrict"]],
        "@public": by_kind["public_body"],
    }


@cache
def vocabulary(agency: str) -> Vocabulary:
    """The words of an agency: of what belongs to agencies its own, or all where none of them is for it to have."""
    data, known = load("vocabulary"), county()
    words: dict[str, list[str]] = dict(data["words"])
    words["department"] = [known[name].short_name for name in groups()["@departments"]]
    for name, by_agency in data["belongs"].items():
        words[name] = by_agency.get(agency) or [word for some in by_agency.values() for word in some]
    owners = {word: known[one].short_name for by in data["belongs"].values() for one in by for word in by[one]}
    return Vocabulary(words, owners)


def agencies_of(kind: Mapping[str, Any]) -> list[str]:
    named_by_topic = [topic["agency"] for topic in kind.get("topic", ()) if "agency" in topic]
    return [name for one in kind.get("agencies", named_by_topic) for name in groups().get(one, [one])]


def given_of(agency: str, day: date, n: int, topic: Mapping[str, str]) -> dict[str, str]:
    one = county()[agency]
    return {
        "agency": one.name, "short": one.short_name, "address": one.fields["address"], "phone": one.fields["phone"],
        "unit": one.short_name[-1] if one.short_name[-1] in "镇乡" else "街道", "n": str(n), "year": str(day.year),
        "last": str(day.year - 1), "until": str(day.year + 2), "month": str(day.month), "dayno": str(day.day),
        "next_month": str(day.month % 12 + 1), "quarter": str((day.month - 1) // 3 + 1),
        "day": chinese(day), **topic,
    }  # fmt: skip


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def file_of(kind: str, title: str, text: str, rows: list[list[str]] | None, copy: int) -> DemoFile:
    title, text = named(title, copy), named(text, copy)
    cells = tuple(tuple(named(cell, copy) for cell in row) for row in rows or [])
    name = f"{title[:80]}.{kind}".replace("/", "、")
    return DemoFile(name, kind, (title, *plain(text, [list(row) for row in cells])), cells)


def published(formed: date, rng: Random, quick: bool) -> datetime:
    days = 0 if quick else rng.randint(1, 12)
    if not quick and rng.randrange(_LATE_ONE_IN) == 0:
        days = rng.randint(21, 26)
    day = later(formed, days) if days else formed
    return datetime.combine(day, time(rng.randint(9, 16), rng.randint(0, 59)), CHINA)


@cache
def later(day: date, days: int) -> date:
    return default_calendar().add_working_days(day, days).date


@cache
def workday(day: date) -> date:
    return later(day - timedelta(days=1), 1)
