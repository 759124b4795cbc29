"""What an agency holds and hands over when it is reorganised. Each app names its own and registers them when it starts.

The owner moves; who made, drafted or signed something never changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from gongkai.agencies.models import Agency


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing held. `of` gives the rows of an agency; `field` is the column that names the owner."""

    key: str
    label: str
    of: Callable[[Agency], Any]
    field: str


HOLDINGS: Final[dict[str, Holding]] = {}
"""Every kind by key."""


def register(holding: Holding) -> None:
    """Add a kind of thing that agencies hold."""
    HOLDINGS[holding.key] = holding


def preview(agency: Agency) -> dict[str, int]:
    """How many of each kind would move, by label; kinds of which there are none are left out."""
    counts = {holding.label: holding.of(agency).count() for holding in HOLDINGS.values()}
    return {label: count for label, count in counts.items() if count}


def hand_over(agency: Agency, to: Agency) -> dict[str, int]:
    """Move everything to another agency, in the caller's transaction; returns what moved, by label."""
    moved = {holding.label: holding.of(agency).update(**{holding.field: to}) for holding in HOLDINGS.values()}
    return {label: count for label, count in moved.items() if count}
