"""The one verb: record. Every sign-in, change, sensitive read and download goes through it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import connection, models, transaction
from django.utils import timezone

from gongkai.audit import chain, verbs
from gongkai.audit.actor import Actor
from gongkai.audit.models import Entry
from gongkai.audit.plain import line, plain

# The lock that writers of the chain take on PostgreSQL: "gongkai" in ASCII.
_LOCK: Final = 0x676F6E676B6169


def record(
    actor: Actor,
    verb: str,
    target: models.Model | None = None,
    *,
    label: str = "",
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Append an entry in the caller's transaction: rolled back with it, and there once it is committed.

    Writers wait for one another from here to the end of their transaction, so a verb records last.
    """
    verbs.check(verb)
    with transaction.atomic():
        _wait_for_turn()
        last = Entry.objects.order_by("-number").only("number", "hash").first()
        entry = Entry(
            number=last.number + 1 if last else 1,
            at=timezone.now(),
            actor=plain(actor.to_json()),
            verb=verb,
            target_type=target._meta.label_lower if target is not None else "",
            target_id=line(target.pk, 64) if target is not None else "",
            label=line(label or ("" if target is None else target), 200),
            details=plain(details or {}),
            previous=last.hash if last else chain.START,
        )
        entry.hash = chain.hash_of(entry.to_json())
        entry.save_base(force_insert=True)
    return entry


def _wait_for_turn() -> None:
    """SQLite's transactions are IMMEDIATE: whoever is in one is alone. PostgreSQL gets a lock until its end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
