"""What the public sees of the catalogue: the rows in use, and under each what is public. Few queries, however many rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Count, F, Max, QuerySet, Window
from django.db.models.functions import RowNumber

from gongkai.agencies.models import today
from gongkai.disclosure.catalogue import coverage
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.models import Shown

NEWEST: Final = 3
"""How many records a table names under a row."""


@dataclass(slots=True)
class Listed:
    """A row with its newest records, how many it has, and when the newest was formed."""

    row: CatalogueRow
    newest: list[Shown] = field(default_factory=list)
    count: int = 0
    formed: date | None = None

    @property
    def standing(self) -> coverage.Standing:
        """How the row stands by what is public alone: the office's lamp knows of drafts, and the public does not."""
        return coverage.of(self.row, self.count, self.formed, None, today())


def rows(number: int | None = None, agency: int | None = None) -> QuerySet[CatalogueRow]:
    """The rows in use of a field, of an agency, of both, or all, in the order of the tables."""
    found = CatalogueRow.objects.filter(retired_on=None)
    if number is not None:
        found = found.filter(field=number)
    if agency is not None:
        found = found.filter(agency=agency)
    return found.select_related("agency").order_by("field", "agency__order", "agency_id", "place", "pk")


def records(row: CatalogueRow) -> QuerySet[Shown]:
    """What is public under a row."""
    return Shown.objects.filter(record__catalogue_row=row)


def listed(found: Iterable[CatalogueRow]) -> list[Listed]:
    """These rows with their newest records. Two queries."""
    made = {row.pk: Listed(row) for row in found}
    per_row = {"partition_by": F("record__catalogue_row")}
    shown = Shown.objects.filter(record__catalogue_row__in=list(made)).annotate(
        under=F("record__catalogue_row"), count=Window(Count("pk"), **per_row),
        formed=Window(Max("formed_on"), **per_row),
        nth=Window(RowNumber(), order_by=[F("published_at").desc(), F("pk").desc()], **per_row),
    )  # fmt: skip
    for one in shown.filter(nth__lte=NEWEST).order_by("under", "nth").only("title", "published_at"):
        made[one.under].newest.append(one)
        made[one.under].count, made[one.under].formed = one.count, one.formed
    return list(made.values())


def by_field() -> dict[int, int]:
    """How many rows each field has. One query."""
    return dict(rows().order_by().values_list("field").annotate(n=Count("pk")))


def by_agency() -> list[tuple[int, str, int]]:
    """(key, name, how many rows) of each agency that has any, in the order of agencies. One query."""
    grouped = (
        rows().order_by("agency__order", "agency_id").values_list("agency_id", "agency__name", "agency__short_name")
    )
    return [(pk, short or name, n) for pk, name, short, n in grouped.annotate(n=Count("pk"))]
