"""SQLite: an FTS5 table without content, whose rowid is the item's place, so that its order is newest first.

The tokenizer `ascii` takes every character beyond ASCII as part of a token, so that a pair of any characters is one.
Nothing is scored: the index is read in its order until there is enough, and what is frequent ends soonest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from gongkai.search import terms
from gongkai.search.backends import Question, answers, by_name
from gongkai.search.models import Item, Text
from gongkai.search.places import SLOTS, slots
from gongkai.search.wanted import EVERYWHERE, Span, Tier, Wanted, visible

_CREATE: Final = """
    CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(terms, content='', columnsize=0, tokenize='ascii')"""

_HASH: Final = 2**20
"""Bytes of terms that FTS5 holds in memory before it writes a segment: its own default."""


def install(database: Any) -> None:
    """The virtual table."""
    with database.cursor() as cursor:
        cursor.execute(_CREATE)


def uninstall(database: Any) -> None:
    """Drop it."""
    with database.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS search_index")


class SQLite:
    """FTS5."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def place(self, items: Sequence[Item]) -> None:
        """The next free place of the day; writers are alone. A day that is full lends from the day before it."""
        free = self._free({slots(item.day) for item in items})
        for item in items:
            start = slots(item.day)
            while free[start] < start:
                start += SLOTS
                if start not in free:
                    free |= self._free({start})
            item.place = free[start]
            free[start] -= 1

    def _free(self, starts: Collection[int]) -> dict[int, int]:
        """The last free place of each day, by its first; before the first where it is full."""
        if not starts:
            return {}
        days = ", ".join(f"({start})" for start in starts)
        query = f"""
            WITH days(start) AS (VALUES {days}) SELECT start, coalesce(
                (SELECT min(place) FROM search_item WHERE place >= start AND place < start + {SLOTS}), start + {SLOTS}
            ) - 1 FROM days"""  # noqa: S608
        with self._database.cursor() as cursor:
            cursor.execute(query)
            return dict(cursor.fetchall())

    def add(self, pairs: Sequence[tuple[Item, Text]]) -> None:
        """In the order of places: FTS5 writes a segment whenever a rowid falls."""
        ordered = sorted(pairs, key=lambda pair: pair[0].place)
        self._many("INSERT INTO search_index(rowid, terms) VALUES (%s, %s)", ordered)

    def remove(self, pairs: Sequence[tuple[Item, Text]]) -> None:
        """An index without content must be told what it had."""
        ordered = sorted(pairs, key=lambda pair: pair[0].place)
        self._many("INSERT INTO search_index(search_index, rowid, terms) VALUES ('delete', %s, %s)", ordered)

    def _many(self, sql: str, pairs: Sequence[tuple[Item, Text]]) -> None:
        with self._database.cursor() as cursor:
            cursor.executemany(sql, ((item.place, document(item, text)) for item, text in pairs))

    def newest(self, wanted: Wanted, tier: Tier, limit: int, span: Span = EVERYWHERE) -> list[tuple[int, int]]:
        """Read the index in its order."""
        query, values = _newest(wanted, tier, limit, span)
        with self._database.cursor() as cursor:
            cursor.execute(query, values)
            return [(int(place), int(key)) for place, key in cursor.fetchall()]

    def several(self, questions: Sequence[Question], limit: int) -> list[list[tuple[int, int]]]:
        """One after the other."""
        parts = [_newest(wanted, tier, limit, EVERYWHERE) for wanted, tier in questions]
        query = " UNION ALL ".join(f"SELECT {n}, * FROM ({sql})" for n, (sql, _) in enumerate(parts))  # noqa: S608
        with self._database.cursor() as cursor:
            cursor.execute(query, [value for _, values in parts for value in values])
            return answers(questions, cursor.fetchall())

    def count(self, wanted: Wanted, most: int) -> tuple[list[tuple[int, int]], bool]:
        """The same, further."""
        found = self.newest(wanted, Tier.ALL, most + 1)
        return found[:most], len(found) <= most

    def facets(self, ids: Sequence[int], names: Collection[str]) -> dict[str, dict[str, int]]:
        """By JSON's table function."""
        query = f"""
            SELECT facet.key, one.value, count(*)
            FROM search_item i, json_each(i.facets) facet, json_each(facet.value) one
            WHERE i.id IN ({", ".join(map(str, ids))}) AND facet.key IN ({", ".join(["%s"] * len(names))})
            GROUP BY facet.key, one.value"""  # noqa: S608
        with self._database.cursor() as cursor:
            cursor.execute(query, list(names))
            return by_name(names, cursor.fetchall())

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Larger segments meanwhile, and one of all of them in the end."""
        setting = "INSERT INTO search_index(search_index, rank) VALUES ('hashsize', %s)"
        with self._database.cursor() as cursor:
            cursor.execute(setting, [64 * _HASH])
            yield
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('optimize')")
            cursor.execute(setting, [_HASH])

    def clear(self) -> None:
        """All at once."""
        with self._database.cursor() as cursor:
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('delete-all')")


def _newest(wanted: Wanted, tier: Tier, limit: int, span: Span) -> tuple[str, list[Any]]:
    """SQL that reads the index in its order."""
    sql, values = visible(wanted)
    part, bounds = span.condition("f.rowid")
    query = f"""
        SELECT i.place, i.id FROM search_index f CROSS JOIN search_item i ON i.place = f.rowid
        WHERE f.search_index MATCH %s{part} AND {sql}
        ORDER BY f.rowid {"DESC" if span.oldest else ""} LIMIT %s"""  # noqa: S608
    return query, [match(wanted, tier), *bounds, *values, limit]


def document(item: Item, text: Text) -> str:
    """What is indexed of an item. A change of this needs `actions.rebuild`."""
    parts = [
        *terms.labels_of(item),
        *terms.singles(text.folded),
        *(terms.MARK + single for single in terms.singles(item.heading)),
        *(terms.run(item.heading, terms.MARK) if len(item.heading) > 1 else ()),
        *(terms.run(text.folded) if len(text.folded) > 1 else ()),
    ]
    return " ".join(parts)


def match(wanted: Wanted, tier: Tier) -> str:
    """The question in FTS5's language. Every term is quoted, and folding leaves no quote in one."""
    groups = [" OR ".join(f'"{label}"' for label in group) for group in wanted.labels()]
    if tier is Tier.IS:
        groups.append(f'"{terms.label("is", wanted.whole)}"')
    mark = terms.MARK if tier is Tier.HEADING else ""
    groups += [_phrase(word, mark) for word in wanted.words]
    made = " AND ".join(f"({group})" for group in groups) or f'"{terms.EVERYTHING}"'
    nots = [_phrase(word) for word in wanted.unwanted]
    if tier is Tier.REST:
        nots.append(" AND ".join(_phrase(word, terms.MARK) for word in wanted.words))
    if tier in (Tier.REST, Tier.HEADING) and wanted.whole:
        nots.append(f'"{terms.label("is", wanted.whole)}"')
    for unwanted in nots:
        made = f"({made}) NOT ({unwanted})"
    return made


def _phrase(word: str, mark: str = "") -> str:
    return '"' + " ".join(terms.run(word, mark)) + '"'
