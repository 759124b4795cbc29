"""The index under the table, one file a database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.db import connection

from gongkai.search.models import Item, Text
from gongkai.search.wanted import EVERYWHERE, Span, Tier, Wanted

Found = tuple[int, int]
"""(place, id) of an item."""
Question = tuple[Wanted, Tier]


class Backend(Protocol):
    """What both can do. Everything happens in the caller's transaction."""

    def place(self, items: Sequence[Item]) -> None:
        """Give each item its place by its day."""

    def add(self, pairs: Sequence[tuple[Item, Text]]) -> None:
        """Index items that have been written."""

    def remove(self, pairs: Sequence[tuple[Item, Text]]) -> None:
        """Take items out of the index, as they were when they were added; before they are changed or deleted."""

    def newest(self, wanted: Wanted, tier: Tier, limit: int, span: Span = EVERYWHERE) -> list[Found]:
        """The newest (oldest) items of the tier within the span."""

    def several(self, questions: Sequence[Question], limit: int) -> list[list[Found]]:
        """The newest items of each question, in a statement or two: for many that find little."""

    def count(self, wanted: Wanted, most: int) -> tuple[list[Found], bool]:
        """Up to `most` of the newest items, and whether that is all of them."""

    def facets(self, ids: Sequence[int], names: Collection[str]) -> dict[str, dict[str, int]]:
        """name -> value -> how many of the items have it, the most frequent first."""

    def bulk(self) -> AbstractContextManager[None]:
        """Around the writing of very many items at once."""

    def clear(self) -> None:
        """Take out of the index what is in no table any more; before everything is added anew."""


def backend() -> Backend:
    """The one of the database."""
    if connection.vendor == "postgresql":
        from gongkai.search.backends.postgresql import PostgreSQL

        return PostgreSQL(connection)
    from gongkai.search.backends.sqlite import SQLite

    return SQLite(connection)


def answers(questions: Collection[object], rows: Iterable[tuple[int, int, int]]) -> list[list[Found]]:
    """Rows of (number of the question, place, id) as `Backend.several` answers."""
    made: list[list[Found]] = [[] for _ in questions]
    for number, place, key in rows:
        made[number].append((int(place), int(key)))
    return made


def by_name(names: Collection[str], rows: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    """Rows of (name, value, count) as `Backend.facets` answers."""
    made: dict[str, dict[str, int]] = {name: {} for name in names}
    for name, value, count in sorted(rows, key=lambda row: (-row[2], row[1])):
        made[name][value] = count
    return made


def install(database: Any) -> None:
    """Make what the migration cannot say in models."""
    _module(database).install(database)


def uninstall(database: Any) -> None:
    """Undo it."""
    _module(database).uninstall(database)


def _module(database: Any) -> Any:
    from gongkai.search.backends import postgresql, sqlite

    return postgresql if database.vendor == "postgresql" else sqlite
