"""What the system does by the clock, with nobody at the desk. Each app adds its own chores when it starts.

A chore is harmless when done twice. When it was done last and whether someone is at it is kept in the database: two
processes do not do the same chore at the same time, one that fails is tried again at the next round, and one whose process
was killed after `_GIVEN_UP`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from gongkai.office.models import ChoreRun

_GIVEN_UP: Final = timedelta(hours=1)
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something done every so often. `run` does it and says in one line what it did; "" where there was nothing to do.

    `at_hour`: not before that hour of the day, for what is done at night.
    """

    key: str
    label: str
    every: timedelta
    run: Callable[[], str]
    at_hour: int | None = None


CHORES: Final[dict[str, Chore]] = {}
"""Every chore by key."""


def register(chore: Chore) -> None:
    """Add a chore."""
    CHORES[chore.key] = chore


def run_due(now: datetime | None = None) -> dict[str, str]:
    """Do every chore whose time has come; what each said, by key. One that fails is logged and stops no other."""
    said = {}
    for chore in CHORES.values():
        try:
            done = _run(chore, now or timezone.now())
        except Exception:
            _LOG.exception("chore failed: %s", chore.key)
            continue
        if done is not None:
            said[chore.key] = done
    return said


def _run(chore: Chore, now: datetime) -> str | None:
    """Do one chore if it is due and nobody else is at it. No transaction is open while it runs."""
    if not _claim(chore, now):
        return None
    mine = ChoreRun.objects.filter(key=chore.key)
    try:
        said = chore.run()
    except BaseException:
        mine.update(begun=None)
        raise
    mine.update(begun=None, at=now, said=said[:500])
    return said


@transaction.atomic
def _claim(chore: Chore, now: datetime) -> bool:
    ChoreRun.objects.get_or_create(key=chore.key)
    run = ChoreRun.objects.select_for_update().get(key=chore.key)
    is_taken = run.begun is not None and now - run.begun < _GIVEN_UP
    if is_taken or not _is_due(chore, run.at, now):
        return False
    run.begun = now
    run.save(update_fields=["begun"])
    return True


def _is_due(chore: Chore, last: datetime | None, now: datetime) -> bool:
    if last is not None and now - last < chore.every:
        return False
    return chore.at_hour is None or timezone.localtime(now).hour >= chore.at_hour
