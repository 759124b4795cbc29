"""Kept pages are made anew when what they show changes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from gongkai.agencies.models import Agency, NameHeld, Succession
from gongkai.portal import identity, page_cache
from gongkai.portal.models import Identity

SHOWN: tuple[type[Model], ...] = (Identity, Agency, NameHeld, Succession)
"""What public pages show."""


def watch() -> None:
    """Listen to every change of it. Bulk updates say nothing: their verbs call `forget`."""
    for model in SHOWN:
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"portal.freshness.{model.__name__}")


def _changed(**_: object) -> None:
    transaction.on_commit(forget)


def forget() -> None:
    """Every page is made anew when next asked for."""
    identity.forget()
    page_cache.forget()
