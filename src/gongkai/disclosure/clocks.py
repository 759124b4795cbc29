"""The days that count for a record: when it is due, when what is withheld is looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from gongkai.agencies.models import today
from gongkai.disclosure.models import Record
from gongkai.statute.calendar import default_calendar
from gongkai.statute.publication import publish_by

REASSESS_DAYS: Final = 365
"""How long a decision not to disclose stands before it is looked at again: the statute says 定期, practice a year [P]."""


def due(record: Record) -> date | None:
    """The last day to publish it: art. 26, or sooner where its row of the standard catalogue says so."""
    if not isinstance(record.formed_on, date):
        return None
    changed = record.changed_on if isinstance(record.changed_on, date) else None
    limit = record.catalogue_row.time_limit if record.catalogue_row else None
    return publish_by(record.formed_on, default_calendar(), changed, limit).date


def reassess_on(record: Record) -> date | None:
    """When a record that is not disclosed is looked at again (art. 18); None for all others. A day once set stands."""
    is_withheld = record.attribute in (Record.Attribute.ON_APPLICATION, Record.Attribute.WITHHELD)
    if not is_withheld or not isinstance(record.formed_on, date):
        return None
    return record.reassess_on or max(record.formed_on, today()) + timedelta(days=REASSESS_DAYS)


def remind(record: Record) -> int | None:
    """Working days left to publish it; None where it is public or has no day."""
    if record.is_public or record.due_on is None:
        return None
    return default_calendar().working_days_between(today(), record.due_on)
