"""Kept pages are made anew when what they show changes: those that show it, and no others."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from gongkai.agencies.models import Agency, NameHeld, Succession
from gongkai.disclosure import shown
from gongkai.disclosure.models import Link, Shown
from gongkai.portal import groups, marks
from gongkai.portal.models import Identity, Section, Topic

SHOWN: tuple[type[Model], ...] = (Identity, Agency, NameHeld, Succession)
"""What every public page shows, or might."""


def watch() -> None:
    """Listen to every change of it. Bulk updates say nothing: their verbs call `forget`."""
    heard = {**dict.fromkeys(SHOWN, _changed), Link: _tied, Topic: _collected, Section: _collected}
    for model, changed in heard.items():
        for signal in (post_save, post_delete):
            signal.connect(changed, sender=model, dispatch_uid=f"portal.freshness.{model.__name__}")
    shown.WATCHERS.append(_published)


def _changed(**_: object) -> None:
    transaction.on_commit(forget)


def _tied(instance: Link, **_: object) -> None:
    _later({groups.of_record(instance.source_id), groups.of_record(instance.target_id)})


def _collected(**_: object) -> None:
    _later({groups.RECORDS})


def _published(before: Shown | None, after: Shown | None) -> None:
    if before is None and after is None:
        transaction.on_commit(forget)
    else:
        _later(groups.showing(before, after))


def _later(names: Collection[str]) -> None:
    transaction.on_commit(partial(marks.change, names))


def forget() -> None:
    """Every page is made anew when next asked for."""
    marks.change([groups.SITE])
