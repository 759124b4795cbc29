"""Days that can be: of a record, of what its column states, of a plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from gongkai.agencies.models import today

_EARLIEST: Final = date(1949, 10, 1)
_YEARS: Final = 50


def is_possible(day: date) -> bool:
    """Whether a document can name this day: neither before the Republic nor beyond anyone's plans."""
    return not why_not("", day)


def why_not(label: str, day: object) -> list[str]:
    """Why this day cannot be, one sentence; nothing is said of what is no day."""
    if not isinstance(day, date):
        return []
    if day < _EARLIEST:
        return [f"{label} {day} 早于1949年10月1日，请核对。".lstrip()]
    if day > today() + timedelta(days=_YEARS * 365):
        return [f"{label} {day} 在{_YEARS}年以后，请核对。".lstrip()]
    return []
