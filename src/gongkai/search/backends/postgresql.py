"""PostgreSQL: a GIN index over each item's hashed terms finds candidates; the folded text decides.

Neither positions nor phrases are kept in the index: `tsvector` holds 16 383 positions and 256 of a lexeme, and checking a
phrase in one means to unpack it. `strpos` in the folded text is exact, faster and knows no limit.

GIN knows no order either: it would collect every item that has a frequent pair before the newest can be told. So the
newest are looked at without it: what is frequent is found among them, or they tell how many months will hold enough;
what is rare is left to GIN.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from struct import pack
from typing import Any, Final
from zlib import crc32

import numpy as np
from django.db.transaction import atomic

from gongkai.search import terms
from gongkai.search.backends import Question, answers, by_name
from gongkai.search.models import Item, Signature, Text
from gongkai.search.places import SLOTS, month, slots
from gongkai.search.wanted import EVERYWHERE, Span, Tier, Wanted, visible

# What was put last waits in a list that every question reads: short enough not to be felt.
_GIN: Final = """
    CREATE INDEX IF NOT EXISTS search_signature_grams
    ON search_signature USING gin (grams) WITH (gin_pending_list_limit = 512)"""
_STATEMENTS: Final = (
    # Hashes cannot be compressed; and without statistics the planner takes any condition on them as rare.
    "ALTER TABLE search_signature ALTER COLUMN grams SET STORAGE EXTERNAL",
    "ALTER TABLE search_signature ALTER COLUMN grams SET STATISTICS 0",
    "ALTER TABLE search_text ALTER COLUMN body SET STATISTICS 0",
    "ALTER TABLE search_text ALTER COLUMN folded SET STATISTICS 0",
    # What is compared stays in its row if it can; what is only shown gives way to it.
    "ALTER TABLE search_text ALTER COLUMN folded SET STORAGE MAIN",
    _GIN,
)
_LOOKED_AT: Final = 64
"""How many of the newest are looked at before the index is asked."""
_SOME: Final = 0.02
"""Below this share of hits among them the index is asked at once, and for everything."""
_ENOUGH: Final = 1.5
"""How much longer the stretch of months that the index is asked for first is than it should need to be."""
_MOST_MONTHS: Final = 60
"""Longer stretches are not worth it."""


def install(database: Any) -> None:
    """Storage and index; the first migration comes before their table."""
    with database.cursor() as cursor:
        if Signature._meta.db_table not in database.introspection.table_names(cursor):
            return
        for sql in _STATEMENTS:
            cursor.execute(sql)
        cursor.execute("SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'")
        if (row := cursor.fetchone()) and row[0]:  # reads half as fast again, and writes faster still
            for name in ("folded", "body"):
                cursor.execute(f"ALTER TABLE search_text ALTER COLUMN {name} SET COMPRESSION lz4")


def uninstall(database: Any) -> None:
    """The index goes with its table, too."""
    with database.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS search_signature_grams")


class PostgreSQL:
    """GIN and strpos."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def place(self, items: Sequence[Item]) -> None:
        """Within a day by the key's checksum: nobody waits for anybody, and equal places are told apart by id."""
        for item in items:
            item.place = slots(item.day) + crc32(f"{item.kind}\0{item.key}".encode()) % SLOTS

    def add(self, pairs: Sequence[tuple[Item, Text]]) -> None:
        """As PostgreSQL's own binary form: a number at a time the driver would take longer than the server."""
        self.remove(pairs)  # of who put the same thing first at the same time, and has just committed
        with self._database.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.write(_BEGIN)
            for item, text in pairs:
                copy.write(_row(item.pk, item.place, hashes(item, text)))
            copy.write(_END)

    def remove(self, pairs: Sequence[tuple[Item, Text]]) -> None:
        """By their keys."""
        Signature.objects.filter(pk__in=[item.pk for item, _ in pairs]).delete()

    def newest(self, wanted: Wanted, tier: Tier, limit: int, span: Span = EVERYWHERE) -> list[tuple[int, int]]:
        """Among the newest first, then by the index."""
        if tier is Tier.IS:
            return self._indexed(wanted, tier, limit, [_Part(span)])
        found, rows = self._walk(wanted, tier, span)
        if len(rows) < _LOOKED_AT or len(found) >= limit:
            return found[:limit]
        first, last = rows[0], rows[-1]
        parts = [_Part(replace(span, after=last))]
        if len(found) > len(rows) * _SOME and not span.oldest and first[0] >= SLOTS:
            needed = (last[0] - first[0]) / len(found) * (limit - len(found)) * _ENOUGH
            parts = _by_months(parts[0].span, last[0] + int(needed))
        return found + self._indexed(wanted, tier, limit - len(found), parts)

    def count(self, wanted: Wanted, most: int) -> tuple[list[tuple[int, int]], bool]:
        """The same, further."""
        found = self.newest(wanted, Tier.ALL, most + 1)
        return found[:most], len(found) <= most

    def _walk(self, wanted: Wanted, tier: Tier, span: Span) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """(hits among the next few items, these items)."""
        turn = "DESC" if span.oldest else "ASC"
        part, bounds = span.condition("i.place")
        narrow, values = _row_decides(wanted, tier)
        text, more = _text_decides(wanted, tier)
        query = f"""
            SELECT i.place, i.id, {narrow} AND {text} FROM (
                SELECT * FROM search_item i WHERE true{part} ORDER BY i.place {turn}, i.id {turn} LIMIT %s
            ) i ORDER BY i.place {turn}, i.id {turn}"""  # noqa: S608
        with self._database.cursor() as cursor:
            cursor.execute(query, [*values, *more, *bounds, _LOOKED_AT])
            rows = cursor.fetchall()
        return [(place, key) for place, key, is_hit in rows if is_hit], [(place, key) for place, key, _ in rows]

    def _indexed(self, wanted: Wanted, tier: Tier, limit: int, parts: Sequence[_Part]) -> list[tuple[int, int]]:
        """One part after the other, and none that is not needed: what the first fills ends the statement."""
        asked = [_by_index(wanted, tier, limit, part) for part in parts]
        query = f"SELECT x.* FROM ({' UNION ALL '.join(f'({sql})' for sql, _ in asked)}) x LIMIT %s"  # noqa: S608
        with self._database.cursor() as cursor:
            cursor.execute(query, [*(value for _, values in asked for value in values), limit])
            return [(int(place), int(key)) for place, key in cursor.fetchall()]

    def several(self, questions: Sequence[Question], limit: int) -> list[list[tuple[int, int]]]:
        """Among the newest first, here too: of what is frequent the index would collect everything. Two statements."""
        found = self._at_once([_among_newest(wanted, tier, limit) for wanted, tier in questions])
        rest = [number for number, rows in enumerate(found) if len(rows) < limit]
        if rest:
            asked = [_by_index(*questions[number], limit, _Part()) for number in rest]
            for number, rows in zip(rest, self._at_once(asked), strict=True):
                found[number] = rows
        return found

    def _at_once(self, asked: Sequence[tuple[str, list[Any]]]) -> list[list[tuple[int, int]]]:
        query = " UNION ALL ".join(f"(SELECT {n}, x.* FROM ({sql}) x)" for n, (sql, _) in enumerate(asked))  # noqa: S608
        with self._database.cursor() as cursor:
            cursor.execute(query, [value for _, values in asked for value in values])
            return answers(asked, cursor.fetchall())

    def facets(self, ids: Sequence[int], names: Collection[str]) -> dict[str, dict[str, int]]:
        """By JSON's set functions."""
        query = """
            SELECT facet.key, one.value, count(*)
            FROM search_item i, jsonb_each(i.facets) facet, jsonb_array_elements_text(facet.value) one
            WHERE i.id = ANY (%s) AND facet.key = ANY (%s) GROUP BY facet.key, one.value"""
        with self._database.cursor() as cursor:
            cursor.execute(query, [list(ids), list(names)])
            return by_name(names, cursor.fetchall())

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Into an empty table without the index, which is made afterwards: much faster. Else nobody shall wait."""
        is_first = not Signature.objects.exists()
        with self._database.cursor() as cursor:
            if is_first:
                cursor.execute("DROP INDEX IF EXISTS search_signature_grams")
            yield
            if is_first:
                with atomic():
                    cursor.execute(
                        "SET LOCAL maintenance_work_mem = '64MB'"
                    )  # the tree stays in the processor's caches
                    cursor.execute(_GIN)

    def clear(self) -> None:
        """What belongs to no item; of the others `add` removes what it replaces."""
        with self._database.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_signature s WHERE NOT EXISTS (SELECT 1 FROM search_item i WHERE i.id = s.item_id)"
            )


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the order; of the months named, where they are."""

    span: Span = EVERYWHERE
    months: Sequence[date] = ()


def _by_months(span: Span, end: int) -> list[_Part]:
    """What stands in the next months, up to that of the place `end`, and the rest.

    What is frequent has a hundred times more hits than are asked for; the index alone would collect them all.
    """
    assert span.after is not None
    newest, oldest = month(span.after[0]), month(end)
    months = [date(n // 12, n % 12 + 1, 1) for n in range(_number(oldest), _number(newest) + 1)]
    end = slots(oldest) + SLOTS - 1
    if len(months) > _MOST_MONTHS or (span.last is not None and span.last <= end):
        return [_Part(span)]
    return [_Part(replace(span, last=end), months), _Part(replace(span, after=(end, 2**62)))]


def _among_newest(wanted: Wanted, tier: Tier, limit: int) -> tuple[str, list[Any]]:
    """SQL for the hits among the newest few."""
    narrow, values = _row_decides(wanted, tier)
    text, more = _text_decides(wanted, tier)
    query = f"""
        SELECT i.place, i.id FROM (SELECT * FROM search_item ORDER BY place, id LIMIT {_LOOKED_AT}) i
        WHERE {narrow} AND {text} ORDER BY i.place, i.id LIMIT %s"""  # noqa: S608
    return query, [*values, *more, limit]


def _by_index(wanted: Wanted, tier: Tier, limit: int, stretch: _Part) -> tuple[str, list[Any]]:
    """SQL for candidates by the index, in order, whose texts are read until there are enough."""
    turn = "DESC" if stretch.span.oldest else "ASC"
    part, bounds = stretch.span.condition("i.place", "i.item_id")
    index, terms_ = _narrowing(wanted, tier, stretch.months)
    narrow, values = _row_decides(wanted, tier)
    text, more = _text_decides(wanted, tier)
    # "+ 0" keeps the planner from walking the whole table in this order instead of asking GIN.
    query = f"""
        SELECT c.place, c.item_id FROM (
            SELECT i.place, i.item_id FROM search_signature i WHERE {index}{part}
            ORDER BY i.place + 0 {turn}, i.item_id {turn} OFFSET 0
        ) c WHERE (SELECT {narrow} AND {text} FROM search_item i WHERE i.id = c.item_id) LIMIT %s"""  # noqa: S608
    return query, [*terms_, *bounds, *values, *more, limit]


_FOLDED: Final = "(SELECT t.folded FROM search_text t WHERE t.item_id = i.id)"


def _row_decides(wanted: Wanted, tier: Tier) -> tuple[str, list[Any]]:
    """SQL over item `i` alone: who sees it, filters, what its title and numbers say."""
    sql, values = visible(wanted)
    for name, options in wanted.filters.items():
        sql += " AND coalesce(i.facets -> %s ?| %s, false)"
        values += [name, list(options)]
    in_heading = " AND ".join(["strpos(i.heading, %s) > 0"] * len(wanted.words)) or "true"
    if tier in (Tier.HEADING, Tier.REST):
        sql += f" AND {'NOT ' if tier is Tier.REST else ''}({in_heading})"
        values += wanted.words
    if tier is not Tier.ALL and wanted.whole:
        sql += f" AND strpos(i.names, %s) {'>' if tier is Tier.IS else '='} 0"
        values.append(terms.MARK + wanted.whole + terms.MARK)
    return sql, values


def _text_decides(wanted: Wanted, tier: Tier) -> tuple[str, list[Any]]:
    """SQL over the text of item `i`: what it holds and does not hold."""
    wanted_ = wanted.words if tier is not Tier.HEADING else ()
    parts = [f"strpos({_FOLDED}, %s) > 0"] * len(wanted_) + [f"strpos({_FOLDED}, %s) = 0"] * len(wanted.unwanted)
    return " AND ".join(parts) or "true", [*wanted_, *wanted.unwanted]


def _narrowing(wanted: Wanted, tier: Tier, months: Sequence[date]) -> tuple[str, list[Any]]:
    """Conditions that GIN answers: candidates, among them all that are wanted (of these months)."""
    every: list[int] = []
    if tier is Tier.IS:
        every.append(_label(terms.label("is", wanted.whole)))
    mark = tier is Tier.HEADING
    for word in wanted.words:
        every += _looked_up(word, in_heading=mark)
    parts, values = ["true"], []
    if every:
        parts.append("i.grams @> %s::integer[]")
        values.append(sorted(set(every)))
    for group in [*wanted.labels(), *([[_of_month(day) for day in months]] if months else [])]:
        parts.append("i.grams && %s::integer[]")
        values.append([_label(label) for label in group])
    return " AND ".join(parts), values


_FACTORS: Final = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)
_TITLE: Final = 0x2545F491
_Numbers = np.ndarray[Any, np.dtype[np.uint32]]
_Signed = np.ndarray[Any, np.dtype[np.int32]]


def hashes(item: Item, text: Text) -> _Signed:
    """What is indexed of an item, as signed 32-bit numbers: its characters, pairs and triples, its title's characters
    and pairs, its labels. Two terms may share a number: the text decides. A change of this needs `actions.rebuild`.

    In their order as signed numbers: GIN sorts them, and finds that nothing is left to do.
    """
    names = [*terms.labels_of(item), *([_of_month(month(item.place))] if item.place >= SLOTS else [])]
    labels = np.array([_label(label) for label in names], np.int32).view(np.uint32)
    whole, heading = _codes(text.folded), _codes(item.heading)
    parts = [*(_runs(whole, n) for n in (1, 2, 3)), *(_runs(heading, n) ^ np.uint32(_TITLE) for n in (1, 2)), labels]
    numbers = np.sort(np.concatenate(parts).view(np.int32))  # np.unique goes by hashes, three times as slow here
    kept: _Signed = numbers[np.diff(numbers, prepend=numbers[0] ^ 1) != 0]
    return kept


_COPY: Final = "COPY search_signature (item_id, place, grams) FROM STDIN (FORMAT binary)"
_BEGIN: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END: Final = b"\xff\xff"
_INT4: Final = 23
"""The object id of integer."""


def _row(key: int, place: int, numbers: _Signed) -> bytes:
    """A row for `_COPY`: every value after its length, the array after its dimensions, type, size and lower bound."""
    array = np.empty((len(numbers), 2), ">i4")
    array[:, 0], array[:, 1] = 4, numbers
    return pack(">hiqiqi5i", 3, 8, key, 8, place, 20 + array.nbytes, 1, 0, _INT4, len(numbers), 1) + array.tobytes()


def _looked_up(word: str, *, in_heading: bool) -> list[int]:
    """The numbers of a word: its triples, or what there is."""
    made = _runs(_codes(word), min(len(word), 2 if in_heading else 3))
    return (made ^ np.uint32(_TITLE if in_heading else 0)).view(np.int32).tolist()


def _codes(text: str) -> _Numbers:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32) + np.uint32(1)


def _runs(codes: _Numbers, length: int) -> _Numbers:
    """One number for every run of so many characters."""
    count = max(0, len(codes) - length + 1)
    made = np.zeros(count, np.uint32)
    for offset in range(length):
        made += codes[offset : offset + count] * np.uint32(_FACTORS[offset])
    return made ^ (made >> np.uint32(15))


def _of_month(day: date) -> str:
    return terms.label("month", f"{day:%Y-%m}")


def _number(day: date) -> int:
    """A month as a number that counts on."""
    return day.year * 12 + day.month - 1


def _label(label: str) -> int:
    number = crc32(label.encode())
    return number - 2**32 if number >= 2**31 else number
