"""Questions to the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models

from gongkai.audit import chain
from gongkai.audit.models import Entries, Entry


def lines(since: datetime | None = None, until: datetime | None = None) -> Iterator[dict[str, Any]]:
    """The entries from the first at or after `since` to the last before `until`, none left out, as JSON objects.

    A clock may have been set back; entries between those two belong to the extract whatever their time.
    """
    entries = Entry.objects.order_by("number")
    if since is not None:
        entries = entries.filter(number__gte=_number(Entry.objects.filter(at__gte=since), models.Min("number"), 2**62))
    if until is not None:
        entries = entries.filter(number__lte=_number(Entry.objects.filter(at__lt=until), models.Max("number"), 0))
    return (entry.to_json() for entry in entries.iterator(chunk_size=2000))


def about(target: models.Model) -> Entries:
    """What was done to one thing."""
    return Entry.objects.filter(target_type=target._meta.label_lower, target_id=str(target.pk))


def head() -> tuple[int, str]:
    """Number and hash of the last entry; (0, …) where there is none."""
    last = Entry.objects.order_by("-number").values_list("number", "hash").first()
    return (int(last[0]), str(last[1])) if last else (0, chain.START)


def verify(head: tuple[int, str] | None = None) -> chain.Verdict:
    """Check the whole log in the database."""
    return chain.verify(lines(), head)


def _number(entries: Entries, which: models.Aggregate, otherwise: int) -> int:
    found = entries.aggregate(number=which)["number"]
    return otherwise if found is None else int(found)
