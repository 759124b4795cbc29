"""What the catalogue gives to the first screen and to a reorganisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse

from gongkai.agencies.holdings import Holding
from gongkai.agencies.models import today
from gongkai.agencies.policy import Policy
from gongkai.disclosure.catalogue import coverage
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.office.tasks import Task

_AHEAD = timedelta(days=30)
ROWS = Holding("catalogue", "标准目录事项", lambda agency: CatalogueRow.objects.filter(agency=agency), "agency")


def tasks(policy: Policy) -> Iterable[Task]:
    """Rows that are late or soon to be renewed, each; how many are empty, one task an agency."""
    rows = coverage.active().filter(agency__in=policy.agencies("records.draft"))
    empty: dict[int, list[CatalogueRow]] = {}
    for standing in coverage.standings(rows):
        row = standing.row
        where = reverse("catalogue_show", args=[row.agency_id])
        if standing.state == "empty":
            empty.setdefault(row.agency_id, []).append(row)
        elif standing.state == "late" or (row.renewed and standing.due and standing.due <= today() + _AHEAD):
            url = f"{where}?field={row.field}#row-{row.pk}"
            yield Task(f"更新：{row.matter}", url, row.agency.label, due=standing.due, note=standing.why)
    for pk, some in empty.items():
        url = reverse("catalogue_show", args=[pk]) + "?state=empty"
        yield Task(f"标准目录有 {len(some)} 个事项还没有公开过信息", url, some[0].agency.label)
