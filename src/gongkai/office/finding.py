"""Search across everything one may see. Each app adds what it can find when it starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from gongkai.agencies.policy import Policy

MOST: Final = 20
"""Hits shown of each kind."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """What one app finds: a heading, and the function that asks for at most so many hits this person may see."""

    key: str
    heading: str
    find: Callable[[Policy, str, int], Iterable[Hit]]


FINDERS: Final[dict[str, Finder]] = {}
"""Every finder by key."""


def register(finder: Finder) -> None:
    """Add a finder."""
    FINDERS[finder.key] = finder


def find(policy: Policy, text: str) -> list[tuple[Finder, list[Hit]]]:
    """Hits of every kind that has any. Blank text finds nothing."""
    text = text.strip()[:100]
    if not text:
        return []
    found = ((finder, list(finder.find(policy, text, MOST))) for finder in FINDERS.values())
    return [(finder, hits) for finder, hits in found if hits]
