"""What a search answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Piece(NamedTuple):
    """Plain text, not HTML: a template escapes it and sets <mark> around what is marked."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `title` and `snippet` are pieces; `cut` are the snippet's ends that are not the text's."""

    kind: str
    key: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    number: str
    index_no: str
    day: date | None
    facets: dict[str, list[str]]
    values: dict[str, str]

    @property
    def plain_title(self) -> str:
        """Without marks."""
        return "".join(piece.text for piece in self.title)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another question that finds something. `near` says it is a title that is alike, not a part of the question."""

    text: str
    near: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The answer.

    `total` is exact where `is_exact`, and `facets` (name -> value -> count) are of all of them; otherwise there are more
    than `total`, and no facet is counted: the newest hits tell nothing of the rest. `next` asks for what follows, as `after`; empty at the end.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_exact: bool = True
    next: str = ""
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
