"""What a letter says of remedies (救济途径): reconsideration and suit (行政复议法 2023; 法释〔2025〕8号; art. 51)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

from gongkai.statute.calendar import Calendar, Result
from gongkai.statute.dispositions import Disposition
from gongkai.statute.rules import rules

RemedyLevel = Literal["department", "township", "county"]


@dataclass(frozen=True, slots=True)
class Remedy:
    """One paragraph of the letter: the `part` of the decision it speaks of (or empty), the text, its articles."""

    key: str
    part: str
    text: str
    articles: tuple[str, ...]


def remedies(disposition: Disposition, decided_on: date, body: str, court: str) -> tuple[Remedy, ...]:
    """The paragraphs for a decision made on `decided_on`; `body` reconsiders, `court` hears suits.

    不予公开 under arts 14-16 goes to reconsideration first, and the letter must say so (行政复议法 art. 23(1)(4), (2));
    a partial decision carries both paragraphs, each naming its part [P]. Before 2024-01-01 nothing went first.
    """
    data = _data()
    keys = disposition.remedies
    if decided_on < data["reconsider_first"]["since"]:
        keys = ("reconsider_or_sue",)
    parts = (data["partial"]["withheld"], data["partial"]["rest"]) if len(keys) > 1 else ("",)
    return tuple(
        Remedy(key, part, data[key]["text"].format(body=body, court=court), tuple(data[key]["articles"]))
        for key, part in zip(keys, parts, strict=True)
    )


def remedy_text(disposition: Disposition, decided_on: date, body: str, court: str, online_channel: str = "") -> str:
    """The remedies as the letter prints them, one paragraph a line.

    `online_channel` is where a reconsideration can be applied for on the internet; it must be named when the decision
    is delivered over the internet (行政复议法 art. 22(2)).
    """
    lines = [remedy.part + remedy.text for remedy in remedies(disposition, decided_on, body, court)]
    if online_channel:
        lines.append(_data()["online"]["text"].format(channel=online_channel))
    return "\n".join(lines)


def complaint_text() -> str:
    """The complaint to the next higher agency or the competent department (arts 47(2), 51)."""
    text: str = _data()["complaint"]["text"]
    return text


def periods() -> Mapping[str, int]:
    """How long one may apply for reconsideration and sue, in the units that the keys name."""
    found: dict[str, Any] = _data()["periods"]
    return {key: value for key, value in found.items() if isinstance(value, int)}


def reconsideration_bodies() -> tuple[tuple[str, str], ...]:
    """(whose decision, who reconsiders it), in words (行政复议法 art. 24)."""
    return tuple((row["label"], row["body"]) for row in _data()["body"])


def reconsideration_body(level: RemedyLevel) -> str:
    """Who reconsiders a decision of this level (行政复议法 art. 24). Vertical agencies differ (art. 25 ff.)."""
    rows: list[dict[str, str]] = _data()["body"]
    return next(row["body"] for row in rows if row["level"] == level)


def reconsideration_reply_due(copy_received_on: date, calendar: Calendar) -> Result:
    """The last day to answer an application for reconsideration under the simplified procedure.

    Five working days from receipt of its copy (行政复议法 arts 54, 88: in that law five days are working days).
    """
    return calendar.add_working_days(copy_received_on, rules().periods["reconsideration_reply"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "data" / "remedies.toml").read_text("utf-8"))
