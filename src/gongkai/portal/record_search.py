"""Search over records: the question as an address asks it, its filters as words, its hits as a page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, cast
from urllib.parse import urlencode

from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.disclosure import clearances, indexing
from gongkai.disclosure.lists import NOT_IN_LISTS
from gongkai.disclosure.models import Attachment, Shown
from gongkai.portal import addresses, counted, described, files
from gongkai.portal.record_lists import Choice, Filter
from gongkai.portal.search import clean
from gongkai.search import queries
from gongkai.search.found import Found, Piece
from gongkai.statute.catalogue import themes

PAGE_SIZE: Final = 20
REVERSED: Final = "起始日期晚于截止日期，请改过来再搜索。"
ORDERS: Final[Mapping[str, str]] = {"relevance": "最相关在前", "newest": "最新在前", "oldest": "最早在前"}
FILTERS: Final[Mapping[str, str]] = {
    "sort": "类别", "force": "有效性", "year": "年份", "agency": "公开机关", "theme": "主题"
}  # fmt: skip
"""The filters by their names."""
_LONG: Final = 8
"""More choices than that are folded."""
_FILES: Final = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: words, filters, days of publication, order, where the page begins."""

    typed: str
    chosen: Mapping[str, str]
    since: date | None = None
    until: date | None = None
    order: queries.Order = "relevance"
    after: str = ""

    def __bool__(self) -> bool:
        return bool(self.typed or self.is_narrowed)

    @property
    def is_narrowed(self) -> bool:
        """Whether there are filters."""
        return bool(self.chosen or self.since or self.until)

    @property
    def is_reversed(self) -> bool:
        """Whether no day can lie between its days."""
        return bool(self.since and self.until and self.since > self.until)

    @property
    def is_first_page(self) -> bool:
        """Whether it begins at the beginning."""
        return not self.after

    def url(self, page: str = "search", **changed: str) -> str:
        """The address with something changed; without a page of its own."""
        asked = {"q": self.typed, **self.chosen, "order": "" if self.order == "relevance" else self.order}
        asked |= {name: day.isoformat() for name, day in (("since", self.since), ("until", self.until)) if day}
        query = urlencode({name: value for name, value in (asked | changed).items() if value})
        return addresses.to(page) + (f"?{query}" if query else "")

    def without_filters(self) -> str:
        """The words alone."""
        return Question(self.typed, {}, order=self.order).url()

    def find(self, limit: int = PAGE_SIZE, count: Sequence[str] = tuple(FILTERS)) -> Found:
        """The records that the public may see and the question asks for."""
        return queries.find(
            self.typed, filters={"kind": indexing.KIND, **self.chosen}, since=self.since, until=self.until,
            order=self.order, after=self.after, limit=limit, count=count,
        )  # fmt: skip


def read(asked: Mapping[str, str]) -> Question:
    """The question of an address. A filter with a value that there is not is no filter."""
    chosen = {}
    for name in FILTERS:
        value = asked.get(name, "").strip()
        if value and _is_value(name, value):
            chosen[name] = value
    order = asked.get("order", "")
    return Question(
        clean(asked.get("q", "")), chosen, _day(asked.get("since", "")), _day(asked.get("until", "")),
        cast(queries.Order, order if order in ORDERS else "relevance"), asked.get("after", "")[:60],
    )  # fmt: skip


def _is_value(name: str, value: str) -> bool:
    if name in ("agency", "year"):
        return value.isascii() and value.isdecimal() and len(value) < 19
    words = {"sort": indexing.SORTS, "force": indexing.FORCES, "theme": {one.name: one.name for one in themes()}}
    return value in words[name]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def filters(question: Question, found: Found) -> list[Filter]:
    """Every filter that has something to choose. At most one query."""
    labels = _values_of(found) if found.is_exact else _every_value()
    made = []
    for key, label in FILTERS.items():
        chosen, words = question.chosen.get(key, ""), labels[key]
        counts: Mapping[str, int | None] = found.facets.get(key, {}) if found.is_exact else dict.fromkeys(words)
        choices = [
            Choice(words[value], n, question.url(**{key: "" if value == chosen else value}), value == chosen)
            for value, n in counts.items()
            if value in words
        ]
        if key == "year":
            choices.sort(key=lambda one: one.label, reverse=True)
        if chosen or len(choices) > 1:
            made.append(
                Filter(key, label, choices, words.get(chosen, chosen), question.url(**{key: ""}), len(choices) > _LONG)
            )
    return made


def _values_of(found: Found) -> Mapping[str, Mapping[str, str]]:
    """The values of the hits in words, by filter. At most one query."""
    facets = found.facets
    names = dict(Agency.objects.filter(pk__in=facets.get("agency", ())).values_list("pk", "name"))
    return {
        "sort": indexing.SORTS,
        "force": indexing.FORCES,
        "year": {value: f"{value}年" for value in facets.get("year", ())},
        "agency": {str(pk): name for pk, name in names.items()},
        "theme": {value: value for value in facets.get("theme", ())},
    }


def _every_value() -> Mapping[str, Mapping[str, str]]:
    """The values that any public record has, in words, by filter. At most one query.

    For a question with more hits than are counted: what is counted are the newest, and a filter that offered only what
    they have would hide the rest.
    """
    publishers = counted.publishers()
    years = range(
        min((one.first for one in publishers), default=1), max((one.latest for one in publishers), default=0) + 1
    )
    return {
        "sort": indexing.SORTS,
        "force": indexing.FORCES,
        "year": {str(year): f"{year}年" for year in years},
        "agency": {str(one.pk): one.name for one in publishers},
        "theme": {one.name: one.name for one in themes()},
    }


# ---------------------------------------------------------------------------------------------------------------- hits


@dataclass(frozen=True, slots=True)
class RecordHit:
    """A record found. `files` are those in which a word stands."""

    row: Shown
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    sort: str
    validity: described.Standing | None
    files: list[described.File]


def whole_rows(found: Found) -> list[Shown]:
    """The hits in their order with all that lists state of them; one that is no longer public is left out. One query."""
    keys = [int(hit.key) for hit in found.hits]
    there = Shown.objects.select_related("agency").in_bulk(keys)
    return [there[key] for key in keys if key in there]


def every(question: Question, most: int) -> Iterator[Shown]:
    """The hits from the beginning, in their order, no more than so many; read as they are needed, a hundred at a time."""
    after = ""
    while most > 0:
        found = replace(question, after=after).find(min(most, queries.PAGE), count=())
        yield from whole_rows(found)
        most, after = most - len(found.hits), found.next
        if not after:
            return


def rows(found: Found) -> dict[str, Shown]:
    """What is shown of each hit, by its key. One query."""
    keys = [int(hit.key) for hit in found.hits]
    there = Shown.objects.select_related("agency", "version").defer("version__content", *NOT_IN_LISTS).in_bulk(keys)
    return {str(key): row for key, row in there.items()}


def hits(question: Question, found: Found) -> list[RecordHit]:
    """The hits with what is shown of each; one that is no longer public is left out. Two queries."""
    shown = rows(found)
    matching = _files_with(question.typed.split(), list(shown.values()))
    return [
        RecordHit(
            row, hit.title, hit.snippet, _sort_label(hit.facets), described.validity(row), matching.get(row.pk, [])
        )
        for hit in found.hits
        if (row := shown.get(hit.key))
    ]  # fmt: skip


def _sort_label(facets: Mapping[str, Sequence[str]]) -> str:
    return next((indexing.SORTS[one] for one in facets.get("sort", ()) if one in indexing.SORTS and one != "other"), "")


def _files_with(words: list[str], rows: list[Shown]) -> dict[int, list[described.File]]:
    """The files of the public versions that have a word in their text or name, by record."""
    numbers = [file["pk"] for row in rows for file in row.version.files]
    if not words or not numbers:
        return {}
    says = Q()
    for word in words:
        says |= Q(text__icontains=word) | Q(name__icontains=word)
    matching = Attachment.objects.filter(says, pk__in=numbers).only("pk", "findings").in_bulk()
    found: dict[int, list[described.File]] = {}
    for row in rows:
        cleared = clearances.in_version(row.version)
        offered = [
            described.File(file["name"], files.type_of(file["name"])[0], file["size"], files.address(file))
            for file in row.version.files
            if file["pk"] in matching and not matching[file["pk"]].is_leaking(cleared)
        ]
        if offered:
            found[row.pk] = offered[:_FILES]
    return found
