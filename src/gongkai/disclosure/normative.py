"""行政规范性文件: which are in force, and the counts of a year that feed table two of the annual report.

The conditions say in SQL what `statute.validity` says of one document; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, F, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Shown
from gongkai.statute.validity import LABELS

IN_FORCE: Final = "in_force"
ENDED: Final = "ended"


def in_force(on: date) -> Q:
    """现行有效 on a day: neither repealed nor expired; an amended one stays in force."""
    return (Q(repealed_on=None) | Q(repealed_on__gt=on)) & (Q(expires_on=None) | Q(expires_on__gte=on))


def validities(on: date) -> Mapping[str, Q]:
    """Each validity as a condition; the first of repeal and expiry decides."""
    repealed_first = Q(expires_on=None) | Q(expires_on__gte=on) | Q(repealed_on__lte=F("expires_on"))
    expired_first = Q(repealed_on=None) | Q(repealed_on__gt=on) | Q(repealed_on__gt=F("expires_on"))
    conditions = {
        "valid": in_force(on) & (Q(amended_on=None) | Q(amended_on__gt=on)),
        "amended": in_force(on) & Q(amended_on__lte=on),
        "repealed": Q(repealed_on__lte=on) & repealed_first,
        "expired": Q(expires_on__lt=on) & expired_first,
    }
    assert set(conditions) == set(LABELS)
    return conditions | {IN_FORCE: in_force(on), ENDED: ~in_force(on)}


def library() -> QuerySet[Shown]:
    """Every normative document that is public."""
    return Shown.objects.filter(is_normative=True)


@dataclass(frozen=True, slots=True)
class Counts:
    """A year of the library: 本年制发件数, 本年废止件数 (repealed or expired), 现行有效件数 (on 31 December)."""

    year: int
    issued: int
    ended: int
    in_force: int


def counts(year: int, agencies: QuerySet[Agency] | None = None, until: date | None = None) -> Counts:
    """The counts of a year, of some agencies or all; a year that is not over is counted to `until`. One query.

    A document ends on the first day it no longer holds, so that what was in force a year before, with what was issued
    and without what ended, is what is in force now.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    last = min(last, until) if until else last
    day_before = first - timedelta(days=1)
    rows = library().filter(formed_on__lte=last)
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    held_before = Q(formed_on__gte=first) | in_force(day_before)
    found = rows.aggregate(
        issued=Count("pk", filter=Q(formed_on__gte=first)),
        ended=Count("pk", filter=held_before & ~in_force(last)),
        in_force=Count("pk", filter=in_force(last)),
    )
    return Counts(year, **found)


def years() -> list[int]:
    """The years in which any was issued, the latest first."""
    return sorted(set(library().values_list("formed_on__year", flat=True).distinct()), reverse=True)
