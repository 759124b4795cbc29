"""Coverage: is each row of the catalogue current, late or empty? Three queries, however many rows.

A row is late where something of it should be public and is not, or where what is renewed every so often has not been.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from django.db.models import Count, Max, Min, Q, QuerySet

from gongkai.agencies.models import today
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.models import Record
from gongkai.statute.calendar import default_calendar
from gongkai.statute.publication import TimeLimit, renew_by

State = Literal["current", "late", "empty", "on_application"]

STATES: Final[dict[State, str]] = {"late": "逾期", "empty": "空白", "current": "正常", "on_application": "依申请公开"}
"""What a row can be, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a row stands. `newest` is the day of its newest public record; `due` the next day on which it must have more."""

    row: CatalogueRow
    state: State
    count: int = 0
    newest: date | None = None
    due: date | None = None
    why: str = ""

    @property
    def label(self) -> str:
        """The state in words."""
        return STATES[self.state]

    @property
    def lamp(self) -> str:
        """The lamp of the office's screens that shows it."""
        return {"late": "overdue", "empty": "within_5", "current": "normal", "on_application": "none"}[self.state]


def active() -> QuerySet[CatalogueRow]:
    """The rows in use."""
    return CatalogueRow.objects.filter(retired_on=None)


def standings(rows: QuerySet[CatalogueRow]) -> list[Standing]:
    """How each of these rows stands today, in the order of the catalogue."""
    found = list(rows.select_related("agency"))
    keys = [row.pk for row in found]
    public = {
        one["catalogue_row"]: (one["count"], one["newest"])
        for one in Record.objects.filter(catalogue_row__in=keys, is_public=True)
        .order_by().values("catalogue_row").annotate(count=Count("pk"), newest=Max("formed_on"))
    }  # fmt: skip
    waiting = Record.objects.filter(catalogue_row__in=keys, is_public=False).exclude(
        state__in=("withdrawn", "discarded")
    )
    waiting = waiting.filter(Q(attribute="") | Q(attribute=Record.Attribute.PROACTIVE))
    due = {
        one["catalogue_row"]: one["due"]
        for one in waiting.order_by().values("catalogue_row").annotate(due=Min("due_on"))
    }
    return [of(row, *public.get(row.pk, (0, None)), due.get(row.pk), today()) for row in found]


def of(row: CatalogueRow, count: int, newest: date | None, waiting: date | None, day: date) -> Standing:
    """How a row stands on a day: so many are public, the newest formed then; the first that waits is due then."""
    if not row.on_own:
        return Standing(row, "on_application", count)
    if waiting and waiting < day:
        return Standing(row, "late" if count else "empty", count, newest, waiting, "有应公开未公开的信息")
    if newest is None:
        return Standing(row, "empty", due=waiting)
    if row.renewed:
        due = _renewed(newest, row.renewed, row.time_limit)
        if due < day:
            return Standing(row, "late", count, newest, due, f"应{_PERIODS[row.renewed]}更新")
        return Standing(row, "current", count, newest, min(filter(None, (due, waiting))))
    return Standing(row, "current", count, newest, waiting)


_PERIODS: Final = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}


@cache
def _renewed(newest: date, months: int, limit: TimeLimit | None) -> date:
    return renew_by(newest, months, default_calendar(), limit).date


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows stand how."""

    rows: int
    states: dict[State, int]

    @property
    def share(self) -> int:
        """The share of rows to be published on one's own that are current, in percent, rounded down."""
        asked = self.rows - self.states["on_application"]
        return 100 * self.states["current"] // asked if asked else 0


def total(found: Iterable[Standing]) -> Total:
    """How many of these stand how."""
    states: dict[State, int] = dict.fromkeys(STATES, 0)
    for standing in found:
        states[standing.state] += 1
    return Total(sum(states.values()), states)
