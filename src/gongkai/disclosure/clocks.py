"""The days that count for a record: when it is due, when what is withheld is looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from gongkai.agencies.models import today
from gongkai.disclosure import days
from gongkai.disclosure.models import Record
from gongkai.statute.calendar import default_calendar
from gongkai.statute.publication import publish_by

REASSESS_DAYS: Final = 365
"""How long a decision not to disclose stands before it is looked at again: the statute says 定期, practice a year [P]."""


def due(record: Record) -> date | None:
    """The last day to publish it: art. 26, or sooner where its row of the standard catalogue says so. None for what is not
    to be disclosed proactively."""
    formed, changed = _possible(record.formed_on), _possible(record.changed_on)
    if record.is_not_disclosed or formed is None:
        return None
    limit = record.catalogue_row.time_limit if record.catalogue_row else None
    return publish_by(formed, default_calendar(), changed, limit).date


def reassess_on(record: Record) -> date | None:
    """When a record that is not disclosed is looked at again (art. 18); None for all others. A day once set stands."""
    formed = _possible(record.formed_on)
    if not record.is_not_disclosed or formed is None:
        return None
    return record.reassess_on or max(formed, today()) + timedelta(days=REASSESS_DAYS)


def _possible(day: object) -> date | None:
    """A day to count from. What was typed and will be refused is none."""
    return day if isinstance(day, date) and days.is_possible(day) else None


def said(record: Record) -> str:
    """By when it must be public and how long that is, in words; "" where it need not or is."""
    if not record.is_awaited or record.due_on is None:
        return ""
    return f"应在{record.due_on:%Y年%-m月%-d日}前公开，{_left(record.due_on)}"


def _left(due_on: date) -> str:
    calendar, day = default_calendar(), today()
    if due_on < day:
        return f"逾期{max(1, calendar.working_days_between(due_on, day))}个工作日"
    return "今天到期" if due_on == day else f"还有{calendar.working_days_between(day, due_on)}个工作日"
