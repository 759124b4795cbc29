"""Terms: what the index keeps of an item and looks up for a question. The same on both databases.

A text's terms are its characters and its pairs of neighbouring characters, a title's are marked with ¦ (a sign that
folding never leaves). Labels are facets, audiences and exact equality. SQLite keeps the pairs in their order, so that a
phrase is a run of pairs; PostgreSQL keeps a set and compares the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from operator import add
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gongkai.search.models import Item

MARK: Final = "¦"
EVERYTHING: Final = f"{MARK}{MARK}everything"
"""A label that every item has."""


def label(name: str, value: str) -> str:
    """A term that stands for name = value."""
    return MARK + MARK + blake2b(f"{name}\0{value}".encode(), digest_size=12).hexdigest()


def labels_of(item: Item) -> list[str]:
    """Facets, every audience that sees it, and what it equals."""
    made = [EVERYTHING]
    made += [label(f"facet {name}", value) for name, values in item.facets.items() for value in values]
    made += [label("audience", seen) for seen in seen_by(item.audience)]
    made += [label("is", name) for name in item.names.split(MARK) if name]
    return made


def seen_by(audience: str) -> list[str]:
    """The audience, and the realms above it: 1/5/12/ is seen by 1/5/ and 1/."""
    if not audience.endswith("/"):
        return [audience]
    parts = audience.split("/")[:-1]
    return ["/".join(parts[: count + 1]) + "/" for count in range(len(parts))]


def run(phrase: str, mark: str = "") -> list[str]:
    """The terms of a phrase in their order: its pairs, or its one character."""
    if len(phrase) < 2:
        return [mark + phrase] if phrase else []
    pairs = list(map(add, phrase, phrase[1:]))
    return [mark + pair for pair in pairs] if mark else pairs


def singles(text: str) -> Iterable[str]:
    """The characters of a text, each once, in an order that does not change."""
    return dict.fromkeys(text)
