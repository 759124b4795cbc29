"""The order of items as one number: newest day first, `SLOTS` places a day. What has no day is always current."""

from __future__ import annotations

from datetime import date
from typing import Final

SLOTS: Final = 2**16
_LAST: Final = date(2200, 1, 1).toordinal()


def slots(day: date | None) -> int:
    """The first place of a day."""
    return (0 if day is None else _LAST - min(day.toordinal(), _LAST - 1)) * SLOTS


def later(place: int, days: int) -> int:
    """The place as if it were so many days newer."""
    return place - days * SLOTS


def month(place: int) -> date:
    """The first day of the month of a place that has a day."""
    return date.fromordinal(max(1, _LAST - place // SLOTS)).replace(day=1)
