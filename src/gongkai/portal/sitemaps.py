"""What the sitemap lists, in an order in which any part can be read alone: fixed pages, lists, topics, catalogues, agencies, records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.agencies.models import Agency
from gongkai.disclosure.catalogue import public
from gongkai.disclosure.models import Shown
from gongkai.portal import addresses, columns, counted, record_lists, topics
from gongkai.portal.models import Topic

Place = tuple[str, datetime | None]
"""A path, and when it changed."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Every place in its order: the paths that are written out, then agencies, then records, by their keys."""

    fixed: list[str]
    agencies: int
    records: int

    @property
    def total(self) -> int:
        """How many places there are."""
        return len(self.fixed) + self.agencies + self.records

    def places(self, first: int, last: int) -> list[Place]:
        """Those from one place in the order to before another. Two queries."""
        made: list[Place] = [(path, None) for path in self.fixed[first:last]]
        pks = Agency.objects.order_by("pk").values_list("pk", flat=True)[_within(first, last, len(self.fixed))]
        made += [(addresses.to("agency", pk), None) for pk in pks]
        rows = Shown.objects.order_by("pk").values_list("pk", "changed_at")
        of_records = rows[_within(first, last, len(self.fixed) + self.agencies)]
        return made + [(addresses.to("record", pk), changed) for pk, changed in of_records]


def current() -> Sitemap:
    """The site as it is now. Eight queries at most."""
    return Sitemap(_fixed(), Agency.objects.count(), Shown.objects.count())


def _fixed() -> list[str]:
    paths = [addresses.to("home"), *(column.url for column in columns.EVERY), addresses.to("changes")]
    paths += [addresses.to(name) for name in ("feeds", "data", "api_page")]
    paths += [record_lists.EVERYTHING.url(), record_lists.NORMATIVE.url()]
    paths += [record_lists.url(kind, key) for kind, key, _ in record_lists.filled()]
    paths += [record_lists.url("agency", str(one.pk)) for one in counted.publishers()]
    return list(dict.fromkeys([*paths, *_made_here()]))


def _made_here() -> list[str]:
    """Topics with their sections, and the tables of the standard catalogue, as they are. Three queries."""
    pairs = set(public.rows().order_by().values_list("field", "agency_id").distinct())
    tables = [("field", number) for number in sorted({number for number, _ in pairs})]
    tables += [("agency", pk) for pk in sorted({pk for _, pk in pairs})]
    return [
        *(path for topic in topics.shown().prefetch_related("sections") for path in _of(topic)),
        addresses.to("catalogue"), *(addresses.to("catalogue_table", kind, key) for kind, key in tables),
    ]  # fmt: skip


def _of(topic: Topic) -> list[str]:
    sections = range(1, len(topic.sections.all()) + 1)
    return [addresses.to("topic", topic.slug), *(addresses.to("topic_list", topic.slug, n) for n in sections)]


def _within(first: int, last: int, passed: int) -> slice:
    """The part of rows that stand behind what has passed."""
    return slice(max(0, first - passed), max(0, last - passed))
