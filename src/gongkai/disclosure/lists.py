"""Lists of what is public: filtered, counted, in an order, a page at a time by key. They read `Shown` alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal, NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils.timezone import get_current_timezone

from gongkai.agencies.models import Agency, today
from gongkai.disclosure import normative
from gongkai.disclosure.models import Shown, Version

Order = Literal["newest", "oldest", "formed", "changed"]
Dimension = Literal["agency", "item", "theme", "field", "genre", "year", "validity"]

DIMENSIONS: Final[tuple[Dimension, ...]] = ("year", "validity", "genre", "agency", "theme", "item", "field")
_COLUMNS: Final = {"newest": "published_at", "oldest": "published_at", "formed": "formed_on", "changed": "changed_at"}
_STATED: Final = "version__content__particulars"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records; what is None or "" is not asked for. `words`: one of them, parted by blanks, is in the title;
    `stated`: particulars of the column (never what someone typed) that have these values."""

    agency: int | None = None
    item: str = ""
    theme: str = ""
    field: int | None = None
    genre: str = ""
    year: int | None = None
    validity: str = ""
    column: str = ""
    is_normative: bool | None = None
    words: str = ""
    since: date | None = None
    until: date | None = None
    stated: tuple[tuple[str, str], ...] = ()

    def without(self, dimension: Dimension) -> Wanted:
        """The same without one filter."""
        default: dict[str, Any] = {one.name: one.default for one in fields(Wanted) if one.name == dimension}
        return replace(self, **default)

    def rows(self) -> QuerySet[Shown]:
        """The records."""
        rows = Shown.objects.all()
        for name in ("agency", "item", "theme", "field", "genre", "year", "column", "is_normative"):
            value = getattr(self, name)
            if value not in (None, ""):
                rows = rows.filter(**{name: value})
        if self.column:
            rows = rows.exclude(column="")  # what follows; unless it is said, SQLite leaves the index of columns unused
        if self.words:
            rows = rows.filter(Q(*(("title__contains", word) for word in self.words.split()), _connector=Q.OR))
        for key, value in self.stated:
            rows = rows.filter(**{f"{_STATED}__{key}": value})
        if self.validity:
            rows = rows.filter(normative.validities(today())[self.validity])
        if self.since:
            rows = rows.filter(published_at__gte=_midnight(self.since))
        if self.until:
            rows = rows.filter(published_at__lt=_midnight(self.until) + timedelta(days=1))
        return rows


def _midnight(day: date) -> datetime:
    """When a day begins. Days at the ends of the calendar have no beginning in another time zone."""
    return datetime.combine(min(max(day, _FIRST), _LAST), time(), get_current_timezone())


_FIRST: Final = date(1900, 1, 1)
_LAST: Final = date(2200, 1, 1)


def ordered(rows: QuerySet[Shown], order: Order) -> QuerySet[Shown]:
    """In an order that no two rows share a place in."""
    column = _COLUMNS[order]
    return rows.order_by(column, "pk") if order == "oldest" else rows.order_by(f"-{column}", "-pk")


_OF_AGENCIES: Final = tuple(
    f"agency__{name}" for name in ("ogi_office", "address", "office_hours", "phone", "fax", "email")
)
NOT_IN_LISTS: Final = ("abstract", *_OF_AGENCIES)
"""What no list shows, and need not be read."""
NOT_IN_FEEDS: Final = _OF_AGENCIES
"""The same of feeds."""


def page(
    rows: QuerySet[Shown], order: Order, after: str, size: int, without: Sequence[str] = NOT_IN_LISTS
) -> tuple[list[Shown], str]:
    """(the rows after a key, the key after which the next page begins or ""). One query."""
    column = _COLUMNS[order]
    key = read_key(after, order)
    if key:
        value, pk = key
        sign = "gt" if order == "oldest" else "lt"
        rows = rows.filter(
            Q(**{f"{column}__{sign}e": value}), Q(**{f"{column}__{sign}": value}) | Q(**{f"pk__{sign}": pk})
        )
    found = list(ordered(rows, order).select_related("agency").defer(*without)[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return found[:size], _key(last, order) if last else ""


def _key(row: Shown, order: Order) -> str:
    value = getattr(row, _COLUMNS[order])
    place = (value - _EPOCH) // timedelta(microseconds=1) if isinstance(value, datetime) else value.toordinal()
    return f"{place}-{row.pk}"


def read_key(text: str, order: Order) -> tuple[date | datetime, int] | None:
    """The key of a page; None for what is none, with which a list begins at the beginning."""
    place, _, pk = text.partition("-")
    if not all(part.isascii() and part.isdecimal() and len(part) < 18 for part in (place, pk)):
        return None
    try:
        if order == "formed":
            return date.fromordinal(int(place)), int(pk)
        return _EPOCH + timedelta(microseconds=int(place)), int(pk)
    except (OverflowError, ValueError):
        return None


def particulars(rows: Iterable[Shown]) -> dict[int, dict[str, Any]]:
    """What the rows state besides, by record, as published. One query."""
    by_version = {row.version_id: row.pk for row in rows}
    found = Version.objects.filter(pk__in=by_version).values_list("pk", "content__particulars")
    return {by_version[pk]: stated for pk, stated in found if stated}


def counts(wanted: Wanted, dimension: Dimension) -> dict[Any, int]:
    """How many each value of a filter leaves, the other filters kept; values that leave none are not there. One query."""
    rows = wanted.without(dimension).rows()
    if dimension == "validity":
        conditions = normative.validities(today())
        found = rows.aggregate(**{name: Count("pk", filter=condition) for name, condition in conditions.items()})
        return {name: count for name, count in found.items() if count}
    grouped = rows.order_by().values_list(dimension).annotate(n=Count("pk"))
    return {value: count for value, count in grouped if value not in (None, "")}


def counts_stated(wanted: Wanted, key: str) -> dict[str, int]:
    """The same for a particular of the column of `wanted`. One query, which reads the versions of that column alone."""
    rest = replace(wanted, stated=tuple(pair for pair in wanted.stated if pair[0] != key))
    grouped = rest.rows().order_by().values_list(f"{_STATED}__{key}").annotate(n=Count("pk"))
    return {value: count for value, count in grouped if value}


def total(wanted: Wanted) -> int:
    """How many there are. One query."""
    return wanted.rows().count()


def totals(wanted: Sequence[Wanted]) -> list[int]:
    """How many there are of each. One query, none for nothing."""
    each = [
        one.rows().order_by().annotate(part=Value(number)).values_list("part").annotate(n=Count("pk"))
        for number, one in enumerate(wanted)
    ]
    found = dict(each[0].union(*each[1:])) if each else {}
    return [found.get(number, 0) for number in range(len(wanted))]


def newest(wanted: Wanted, most: int, without: Sequence[str] = NOT_IN_LISTS) -> list[Shown]:
    """The newest of them. One query."""
    return page(wanted.rows(), "newest", "", most, without)[0]


def firsts(*asked: tuple[Wanted, int]) -> QuerySet[Shown]:
    """The newest of several lists, so many of each, together and each record once: the first of a list are the first
    here that belong to it. One query, which reads the beginning of an index a list."""
    heads = [ordered(wanted.rows(), "newest").values("pk")[:most] for wanted, most in asked]
    parts = [Shown.objects.order_by().filter(pk__in=head).values("pk") for head in heads]  # SQLite unites nothing cut
    return ordered(Shown.objects.filter(pk__in=parts[0].union(*parts[1:])), "newest")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are, of this year, normative documents in force, interpretations of this year."""

    total: int
    this_year: int
    in_force: int
    interpretations: int


def tally(wanted: Wanted = Wanted()) -> Tally:
    """The numbers of a home page. One query."""
    this_year = Q(year=today().year)
    return Tally(
        **wanted.rows().aggregate(
            total=Count("pk"),
            this_year=Count("pk", filter=this_year),
            in_force=Count("pk", filter=Q(is_normative=True) & normative.in_force(today())),
            interpretations=Count("pk", filter=this_year & Q(column="interpretation")),
        )
    )


def by_column() -> dict[str, int]:
    """How many there are in each column. One query."""
    grouped = Shown.objects.exclude(column="").order_by().values_list("column").annotate(n=Count("pk"))
    return dict(grouped)


def present() -> frozenset[tuple[str, str]]:
    """("item" | "theme" | "field" | "column", value) of whatever has any record. One query, over indexes alone."""
    asked = {"item": ~Q(item=""), "theme": ~Q(theme=""), "field": Q(field__isnull=False), "column": ~Q(column="")}
    found = [
        Shown.objects.order_by().filter(condition).values_list(Value(name), Cast(name, TextField())).distinct()
        for name, condition in asked.items()
    ]
    return frozenset(found[0].union(*found[1:]))


def agencies(wanted: Wanted) -> list[tuple[int, str, int]]:
    """(key, name, how many), in the order of agencies. One query."""
    grouped = wanted.without("agency").rows().order_by("agency__order", "agency_id")
    names = ("agency_id", "agency__name", "agency__short_name", "agency__order")
    return [(pk, short or name, n) for pk, name, short, _, n in grouped.values_list(*names).annotate(n=Count("pk"))]


class Publisher(NamedTuple):
    """An agency that has published something, the years of its first and of its latest publication."""

    pk: int
    name: str
    first: int
    latest: int


def publishers() -> list[Publisher]:
    """Every one, in the order of agencies. One query: both ends of an index an agency, however many records there are."""
    years = Shown.objects.filter(agency=OuterRef("pk")).values("year")
    first, latest = years.order_by("published_at", "pk")[:1], years.order_by("-published_at", "-pk")[:1]
    found = Agency.objects.annotate(first=Subquery(first)).filter(first__isnull=False).order_by("order", "pk")
    rows = found.values_list("pk", "name", "short_name", "first", Subquery(latest))
    return [Publisher(pk, short or name, first, latest) for pk, name, short, first, latest in rows]


def every(wanted: Wanted, order: Order = "newest") -> Iterator[Shown]:
    """All of them, read as they are needed."""
    yield from ordered(wanted.rows(), order).select_related("agency").iterator(chunk_size=500)
