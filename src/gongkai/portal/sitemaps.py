"""What the sitemap lists, in an order in which any part can be read alone: fixed pages, lists, topics, catalogues, agencies, records."""

from __future__ import annotations

from datetime import datetime

from gongkai.agencies.models import Agency
from gongkai.disclosure.catalogue import public
from gongkai.disclosure.models import Shown
from gongkai.portal import addresses, columns, record_lists, topics

Place = tuple[str, datetime | None]
"""A path, and when it changed."""


def _fixed() -> list[Place]:
    paths = [addresses.to("home"), *(column.url for column in columns.EVERY), addresses.to("changes")]
    paths += [addresses.to("feeds"), record_lists.EVERYTHING.url(), record_lists.NORMATIVE.url()]
    paths += [record_lists.url(kind, key) for kind, key, _ in record_lists.filled()]
    return [(path, None) for path in dict.fromkeys([*paths, *_made_here()])]


def _made_here() -> list[str]:
    """Topics and the tables of the standard catalogue, as they are. Two queries."""
    pairs = set(public.rows().order_by().values_list("field", "agency_id").distinct())
    tables = [("field", number) for number in sorted({number for number, _ in pairs})]
    tables += [("agency", pk) for pk in sorted({pk for _, pk in pairs})]
    return [
        *(addresses.to("topic", slug) for slug in topics.shown().values_list("slug", flat=True)),
        addresses.to("catalogue"), *(addresses.to("catalogue_table", kind, key) for kind, key in tables),
    ]  # fmt: skip


def total() -> int:
    """How many pages there are. Five queries."""
    return len(_fixed()) + Agency.objects.count() + Shown.objects.count()


def places(first: int, last: int) -> list[Place]:
    """Those from one place in the order to before another. At most six queries."""
    found = _fixed()
    agencies, passed = Agency.objects.count(), len(found)
    made = found[first:last]
    made += [
        (addresses.to("agency", pk), None)
        for pk in Agency.objects.order_by("pk").values_list("pk", flat=True)[_from(first, passed) : _from(last, passed)]
    ]
    passed += agencies
    rows = Shown.objects.order_by("pk").values_list("pk", "changed_at")[_from(first, passed) : _from(last, passed)]
    return made + [(addresses.to("record", pk), changed) for pk, changed in rows]


def _from(place: int, passed: int) -> int:
    return max(0, place - passed)
