"""Personal data that is cleared for publication (依法公开): in a record's working copy, and in what is public."""

from __future__ import annotations

from gongkai.disclosure.models import Clearance, Record, Version

Cleared = frozenset[tuple[str, str]]
"""(kind, text) of each."""


def of(record: Record) -> list[Clearance]:
    """The clearances that hold for the working copy."""
    return list(record.clearances.filter(ended_at=None)) if record.pk else []


def in_working_copy(record: Record) -> Cleared:
    """What is cleared in the working copy."""
    return frozenset((one.kind, one.text) for one in of(record))


def taken_back(version: Version | None) -> list[Clearance]:
    """What was cleared when this was published, and is no longer."""
    if version is None or not version.clearances:
        return []
    return list(Clearance.objects.filter(pk__in=version.clearances, ended_at__isnull=False))


def in_version(version: Version | None) -> Cleared:
    """What is cleared in what is public: before it was published, and not taken back since. No query where nothing was."""
    if version is None or not version.clearances:
        return frozenset()
    rows = Clearance.objects.filter(pk__in=version.clearances, ended_at=None)
    return frozenset(rows.values_list("kind", "text"))
