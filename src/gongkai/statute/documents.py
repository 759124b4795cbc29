"""The documents (文书) of a case: when each is used and what it must state (application-procedure.md §11)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, when it is issued, and what it must state beyond the common elements.

    `marker` is V for a title on the published list (宿政办函〔2021〕21号) and P for one that is common practice.
    """

    key: str
    title: str
    when: str
    elements: tuple[str, ...]
    marker: str


@cache
def documents() -> dict[str, Document]:
    """Every document by key, in the order of a case."""
    return {row["key"]: Document(**{**row, "elements": tuple(row["elements"])}) for row in _data()["document"]}


def document(key: str) -> Document:
    """The document with this key. Raises `KeyError` for one that does not exist."""
    return documents()[key]


def common_elements() -> tuple[str, ...]:
    """What every document states: agency, number, addressee, date received, and so on [P]."""
    return tuple(_data()["common"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "data" / "documents.toml").read_text("utf-8"))
