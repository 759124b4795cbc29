"""The home page's parts: what there is in numbers, each opening its list, and what is newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, QuerySet, Value

from gongkai.agencies.models import Agency, NameHeld, Succession, today
from gongkai.agencies.queries import existing
from gongkai.disclosure import lists, normative
from gongkai.disclosure.lists import Wanted
from gongkai.disclosure.models import Shown
from gongkai.portal import addresses, counted, described, queries, record_lists, topics, written
from gongkai.portal.models import Topic

NEWEST: Final = 8
"""How many records the page shows."""
BESIDE: Final = 5
"""How many documents, and interpretations."""
TOPICS: Final = 6
"""How many topics."""
_INTERPRETATION: Final = "interpretation"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the list it opens."""

    label: str
    value: int
    unit: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something new; `key` tells it from whatever else has its address."""

    title: str
    on: date
    url: str
    key: str


def figures() -> list[Figure]:
    """What there is, counted now; of what there is one of, nobody needs the number. At most one query."""
    counts = numbers_of_home()
    agencies, year = addresses.to("agencies"), today().year
    kinds = [(kind, str(label), counts.get(kind, 0)) for kind, label in Agency.Kind.choices]
    of_records = (
        Figure("本年公开政府信息", counts["records"], "条", f"{record_lists.EVERYTHING.url()}?year={year}"),
        Figure("现行有效的规范性文件", counts["in force"], "件", f"{record_lists.NORMATIVE.url()}?validity=in_force"),
        Figure("本年政策解读", counts["interpretations"], "篇", f"{record_lists.url('column', _INTERPRETATION)}?year={year}"),
    )  # fmt: skip
    of_agencies = (
        Figure("公开机关", sum(count for _, _, count in kinds), "个", agencies),
        *(Figure(label, count, "个", f"{agencies}?kind={kind}") for kind, label, count in kinds),
    )
    found = [one for one in of_records if one.value] + [one for one in of_agencies if one.value > 1]
    changed = min(counts["names"] + counts["successions"], queries.MOST_CHANGES)
    if changed:
        found.append(Figure("本年机构变动", changed, "次", addresses.to("changes")))
    return found


@counted.kept
def numbers_of_home() -> dict[str, int]:
    """How many there are of every kind of agency, and of what is named in `_numbers`. At most one query."""
    return dict(written.values(_numbers))


def _numbers(on: date) -> QuerySet[Any, Any]:
    """(what, how many there are): every kind of agency, and what is named here."""
    this_year = (date(on.year, 1, 1), on)
    named: dict[str, QuerySet[Any]] = {
        "records": Wanted(year=on.year).rows(),
        "in force": normative.library().filter(normative.in_force(on)),
        "interpretations": Wanted(year=on.year, column=_INTERPRETATION).rows(),
        "names": NameHeld.objects.filter(until__range=this_year),
        "successions": Succession.objects.filter(on__range=this_year),
    }
    counts = [rows.order_by().values_list(Value(name)).annotate(n=Count("pk")) for name, rows in named.items()]
    return existing(on).order_by().values_list("kind").annotate(n=Count("pk")).union(*counts, all=True)


def records() -> dict[str, Any]:
    """The newest records, normative documents and interpretations. One query."""
    rows = written.models(Shown, _newest)
    for row in rows:
        named = (row.agency_id, row.agency_name, row.agency_short_name)
        row.agency = Agency.from_db(None, ("id", "name", "short_name"), named)  # as the ORM does: `Agency()` takes long
    return {
        "newest": described.marked(rows[:NEWEST]),
        "documents": described.marked([row for row in rows if row.is_normative][:BESIDE]),
        "interpretations": described.marked([row for row in rows if row.column == _INTERPRETATION][:BESIDE]),
    }


def _newest(_: date) -> QuerySet[Shown]:
    documents, interpretations = Wanted(is_normative=True), Wanted(column=_INTERPRETATION)
    rows = lists.firsts((Wanted(), NEWEST), (documents, BESIDE), (interpretations, BESIDE))
    return rows.annotate(agency_name=F("agency__name"), agency_short_name=F("agency__short_name")).only(
        "agency",
        "title",
        "document_no",
        "column",
        "is_normative",
        "published_at",
        "amended_on",
        "repealed_on",
        "expires_on",
    )


def shown_topics() -> list[Topic]:
    """The first topics. One query."""
    return written.models(Topic, _topics)


def _topics(_: date) -> QuerySet[Topic]:
    return topics.shown().only("slug", "title", "summary")[:TOPICS]


def newest(changes: list[queries.Change]) -> list[Item]:
    """What became of agencies, latest first."""
    return [
        Item(
            f"{change.agency.name}{change.text}{change.other.name if change.other else ''}",
            change.on,
            addresses.to("agency", change.agency.pk),
            change.key,
        )
        for change in changes
    ]
