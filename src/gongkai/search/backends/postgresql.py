"""PostgreSQL: a GIN index over each item's hashed terms finds candidates; the folded text decides.

Neither positions nor phrases are kept in the index: `tsvector` holds 16 383 positions and 256 of a lexeme, and checking a
phrase in one means to unpack it. `strpos` in the folded text is exact, faster and knows no limit.

GIN knows no order either: it would collect every item that has a frequent pair before the newest can be told. So the
newest items are looked at first without it. What is frequent is found among them; what is not is rare enough for GIN.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from zlib import crc32

import numpy as np

from gongkai.search import terms
from gongkai.search.models import Item, Text
from gongkai.search.places import SLOTS, slots
from gongkai.search.wanted import Tier, Wanted, visible

_GIN: Final = "CREATE INDEX IF NOT EXISTS search_item_grams ON search_item USING gin (grams)"
_STATEMENTS: Final = (
    # The list stays narrow: what is long is kept beside it.
    "ALTER TABLE search_item SET (toast_tuple_target = 256)",
    "ALTER TABLE search_item ALTER COLUMN grams SET STATISTICS 0",
    "ALTER TABLE search_text ALTER COLUMN body SET STATISTICS 0",
    "ALTER TABLE search_text ALTER COLUMN folded SET STATISTICS 0",
    _GIN,
)
_STEPS: Final = (64, 256, 1024)
"""How many of the newest are looked at, step by step, before the index is asked."""
_SOME: Final = 0.02
"""Below this share of hits among them the index is asked at once."""


def install(database: Any) -> None:
    """Storage and index."""
    with database.cursor() as cursor:
        for sql in _STATEMENTS:
            cursor.execute(sql)


def uninstall(database: Any) -> None:
    """The index goes with its table, too."""
    with database.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS search_item_grams")


class PostgreSQL:
    """GIN and strpos."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def place(self, items: Sequence[Item]) -> None:
        """Within a day by the key's checksum: nobody waits for anybody, and equal places are told apart by id."""
        for item in items:
            item.place = slots(item.day) + crc32(f"{item.kind}\0{item.key}".encode()) % SLOTS

    def prepare(self, pairs: Sequence[tuple[Item, Text]]) -> None:
        """The terms stand in the row itself."""
        for item, text in pairs:
            item.grams = hashes(item, text)

    def add(self, pairs: Sequence[tuple[Item, Text]]) -> None:
        """They are in the row."""

    def remove(self, pairs: Sequence[tuple[Item, Text]]) -> None:
        """They go with it."""

    def newest(
        self, wanted: Wanted, tier: Tier, limit: int, after: tuple[int, int] | None = None, *, oldest: bool = False
    ) -> list[tuple[int, int]]:
        """Among the newest first, then by the index."""
        found: list[tuple[int, int]] = []
        for step in () if tier is Tier.IS else _STEPS:
            hits, after, ended = self._walk(wanted, tier, step, after, oldest=oldest)
            found += hits
            if ended or len(found) >= limit:
                return found[:limit]
            if len(hits) < step * _SOME:
                break
        return found + self._indexed(wanted, tier, limit - len(found), after, oldest=oldest)

    def count(self, wanted: Wanted, most: int) -> tuple[list[int], bool]:
        """The same, further."""
        found = self.newest(wanted, Tier.ALL, most + 1)
        return [key for _, key in found[:most]], len(found) <= most

    def _walk(
        self, wanted: Wanted, tier: Tier, step: int, after: tuple[int, int] | None, *, oldest: bool
    ) -> tuple[list[tuple[int, int]], tuple[int, int] | None, bool]:
        """(hits among the next `step` items, the last of these items, whether there are no more)."""
        turn, sign = ("DESC", "<") if oldest else ("ASC", ">")
        from_, values = (f"WHERE (i.place, i.id) {sign} (%s, %s)", list(after)) if after else ("", [])
        sql, more = self._decides(wanted, tier)
        query = f"""
            SELECT i.place, i.id, {sql} FROM (
                SELECT * FROM search_item i {from_} ORDER BY i.place {turn}, i.id {turn} LIMIT %s
            ) i ORDER BY i.place {turn}, i.id {turn}"""  # noqa: S608
        with self._database.cursor() as cursor:
            cursor.execute(query, [*more, *values, step])
            rows = cursor.fetchall()
        hits = [(int(place), int(key)) for place, key, is_hit in rows if is_hit]
        last = (int(rows[-1][0]), int(rows[-1][1])) if rows else after
        return hits, last, len(rows) < step

    def _indexed(
        self, wanted: Wanted, tier: Tier, limit: int, after: tuple[int, int] | None, *, oldest: bool
    ) -> list[tuple[int, int]]:
        """Candidates by the index, in order, looked at until there are enough."""
        turn, sign = ("DESC", "<") if oldest else ("ASC", ">")
        narrow, values = _narrowing(wanted, tier)
        if after:
            narrow.append(f"(i.place, i.id) {sign} (%s, %s)")
            values += after
        sql, more = self._decides(wanted, tier)
        # "+ 0" keeps the planner from walking the whole table in this order instead of asking GIN.
        query = f"""
            SELECT i.place, i.id FROM (
                SELECT * FROM search_item i WHERE {" AND ".join(narrow) or "true"}
                ORDER BY i.place + 0 {turn}, i.id {turn} OFFSET 0
            ) i WHERE {sql} LIMIT %s"""  # noqa: S608
        with self._database.cursor() as cursor:
            cursor.execute(query, [*values, *more, limit])
            return [(int(place), int(key)) for place, key in cursor.fetchall()]

    def _decides(self, wanted: Wanted, tier: Tier) -> tuple[str, list[Any]]:
        """SQL over item `i` that is true for exactly the items wanted."""
        sql, values = visible(wanted)
        ands = [sql]
        for name, options in wanted.filters.items():
            ands.append("i.facets -> %s ?| %s")
            values += [name, list(options)]
        folded = "(SELECT t.folded FROM search_text t WHERE t.item_id = i.id)"
        if tier is Tier.IS:
            ands.append("strpos(i.names, %s) > 0")
            values.append(_name(wanted.whole))
        if tier is Tier.HEADING:
            ands += ["strpos(i.heading, %s) > 0"] * len(wanted.words)
            values += wanted.words
        elif wanted.words:
            if tier is Tier.REST:
                ands.append("NOT (" + " AND ".join(["strpos(i.heading, %s) > 0"] * len(wanted.words)) + ")")
                values += wanted.words
            ands.append(_holds(folded, len(wanted.words)))
            values += wanted.words
        if wanted.unwanted:
            ands += [f"strpos({folded}, %s) = 0"] * len(wanted.unwanted)
            values += wanted.unwanted
        if tier in (Tier.REST, Tier.HEADING) and wanted.whole:
            ands.append("strpos(i.names, %s) = 0")
            values.append(_name(wanted.whole))
        return " AND ".join(ands), values

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Into an empty table without the index, which is made afterwards: much faster. Else nobody shall wait."""
        is_first = not Item.objects.exists()
        with self._database.cursor() as cursor:
            if is_first:
                cursor.execute("DROP INDEX IF EXISTS search_item_grams")
            yield
            if is_first:
                cursor.execute(_GIN)

    def clear(self) -> None:
        """Nothing is kept apart from the rows."""


def _holds(folded: str, words: int) -> str:
    return " AND ".join([f"strpos({folded}, %s) > 0"] * words)


def _name(whole: str) -> str:
    return terms.MARK + whole + terms.MARK


def _narrowing(wanted: Wanted, tier: Tier) -> tuple[list[str], list[Any]]:
    """Conditions that GIN answers."""
    every: list[int] = []
    if tier is Tier.IS:
        every.append(_label(terms.label("is", wanted.whole)))
    else:
        mark = terms.MARK if tier is Tier.HEADING else ""
        for word in wanted.words:
            every += [_pair(term, mark) for term in terms.few(word)]
    narrow, values = [], []
    if every:
        narrow.append("i.grams @> %s::integer[]")
        values.append(sorted(set(every)))
    for group in wanted.labels():
        narrow.append("i.grams && %s::integer[]")
        values.append([_label(label) for label in group])
    return narrow, values


_FIRST, _SECOND, _TITLE = 0x9E3779B1, 0x85EBCA77, 0x2545F491


def hashes(item: Item, text: Text) -> list[int]:
    """What is indexed of an item, as signed 32-bit numbers. Two terms may share one: the text decides."""
    whole, heading = _codes(text.folded), _codes(item.heading)
    parts = [_of(whole), _of(heading) ^ np.uint32(_TITLE)]
    labels = np.array([_label(label) for label in terms.labels_of(item)], np.int32).view(np.uint32)
    return np.unique(np.concatenate([*parts, labels])).view(np.int32).tolist()


def _codes(text: str) -> np.ndarray[Any, np.dtype[np.uint32]]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _of(codes: np.ndarray[Any, np.dtype[np.uint32]]) -> np.ndarray[Any, np.dtype[np.uint32]]:
    """Characters and pairs."""
    first, second = np.uint32(_FIRST), np.uint32(_SECOND)
    return np.concatenate([codes * first, codes[:-1] * first + (codes[1:] + np.uint32(1)) * second])


def _pair(term: str, mark: str) -> int:
    """The number of one character or pair."""
    made = ord(term[0]) * _FIRST + ((ord(term[1]) + 1) * _SECOND if len(term) > 1 else 0)
    return _signed((made & 0xFFFFFFFF) ^ (_TITLE if mark else 0))


def _label(label: str) -> int:
    return _signed(crc32(label.encode()))


def _signed(number: int) -> int:
    return number - 2**32 if number >= 2**31 else number
