"""The fictional county's standard catalogue in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.agencies.doer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.audit.actions import record as log
from gongkai.demo.catalogue import rows
from gongkai.demo.record import DemoRecord
from gongkai.disclosure.catalogue.models import CatalogueRow


def fill(known: Mapping[str, Agency], copy: int) -> Callable[[DemoRecord], CatalogueRow | None]:
    """Make the rows of a county's agencies, in the caller's transaction; what tells under which one a record stands."""
    planned = [one for one in rows(copy) if one.agency in known]
    made = CatalogueRow.objects.bulk_create(CatalogueRow(agency=known[one.agency], **one.fields) for one in planned)
    log(SYSTEM.actor(), "catalogue.demo", details={"rows": len(made)})
    by_agency: dict[str, list[tuple[int, CatalogueRow]]] = {}
    for n, row in enumerate(made):
        by_agency.setdefault(planned[n].agency, []).append((n, row))

    def under(record: DemoRecord) -> CatalogueRow | None:
        some = by_agency.get(record.agency, [])
        return next((row for n, row in some if planned[n].has(record)), None)

    return under
