"""What the public sees, kept beside the versions as columns for lists.

Verbs that change what is public call `bring` in their transaction; bulk writers call `bring_all` at their end, which
brings search up to date, too. Whoever keeps something made from it (the website its pages) is told what was shown before
and what is now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import islice
from typing import Final

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from gongkai.agencies.models import today
from gongkai.disclosure import indexing
from gongkai.disclosure.models import Record, Shown, Version
from gongkai.search import actions as search

Watcher = Callable[[Shown | None, Shown | None], None]
"""Is told what was shown of a record before, and what is now; nothing twice means that anything may have changed."""

WATCHERS: Final[list[Watcher]] = []
_BATCH: Final = 500
_LATE: Final = 14
"""So many days the clock may have stood still."""
_DATES: Final = ("formed_on", "effective_on", "expires_on", "amended_on", "repealed_on")
_COPIED: Final = ("title", "document_no", "genre", "item", "field", "column", "abstract", "is_normative")


@transaction.atomic
def bring(record: Record) -> Shown | None:
    """Show what is public of a record now, and nothing else; what is shown, if anything."""
    before = Shown.objects.filter(pk=record.pk).select_related("agency").first()
    version = record.versions.first() if record.is_public else None
    after = _row(record, version) if version else None
    if after:
        after.save(force_insert=before is None, force_update=before is not None)
    elif before:
        Shown.objects.filter(pk=record.pk).delete()
    for watcher in WATCHERS:
        watcher(before, after)
    return after


def bring_all(records: QuerySet[Record] | None = None) -> int:
    """The same for many records, by default for all; how many are shown. A batch is a transaction."""
    newest = Version.objects.filter(record=OuterRef("pk")).order_by("-number").values("pk")[:1]
    rows = Record.objects.all() if records is None else records
    numbers = iter(list(rows.order_by("pk").values_list("pk", flat=True)))
    total = 0
    while batch := list(islice(numbers, _BATCH)):
        with transaction.atomic():
            total += _bring_batch(Record.objects.filter(pk__in=batch).annotate(newest=Subquery(newest)))
    for watcher in WATCHERS:
        watcher(None, None)
    return total


@transaction.atomic
def enter(versions: Iterable[Version]) -> None:
    """Show the first versions of records that nothing was shown of before, and make them found."""
    made = [(row, version) for version in versions if (row := _row(version.record, version))]
    _add(made)
    for watcher in WATCHERS if made else ():
        watcher(None, None)


def _add(made: list[tuple[Shown, Version]]) -> None:
    Shown.objects.bulk_create([row for row, _ in made])
    search.put(indexing.entry(row.record, version) for row, version in made)


def _bring_batch(records: QuerySet[Record]) -> int:
    rows = list(records.select_related("agency").select_for_update(of=("self",)))
    versions = Version.objects.in_bulk([r.newest for r in rows if r.is_public and r.newest])
    made = [
        (row, versions[record.newest])
        for record in rows
        if record.is_public and record.newest and (row := _row(record, versions[record.newest]))
    ]
    Shown.objects.filter(pk__in=[record.pk for record in rows]).delete()
    there = {row.pk for row, _ in made}
    search.drop(indexing.KIND, [str(record.pk) for record in rows if record.pk not in there])
    _add(made)
    return len(made)


def _row(record: Record, version: Version) -> Shown | None:
    """The row of a version; None where its content is not for the public, whatever else says so."""
    content = version.content
    if content.get("attribute") != Record.Attribute.PROACTIVE or record.published_at is None:
        return None
    return Shown(
        record=record,
        version=version,
        agency_id=record.agency_id,
        index_no=record.index_no or "",
        theme=str(content.get("theme") or "").partition("\\")[0],
        published_at=record.published_at,
        changed_at=version.at,
        year=timezone.localtime(record.published_at).year,
        **{name: content[name] for name in _COPIED},
        **{name: indexing.day(content.get(name)) for name in _DATES},
    )


def keep_validity() -> str:
    """Bring what began or ceased to hold in the last days; what was done, in one line. Searches filter by it."""
    since, until = today() - timedelta(days=_LATE), today()
    passed = Q(amended_on__range=(since, until)) | Q(repealed_on__range=(since, until))
    passed |= Q(expires_on__range=(since - timedelta(days=1), until - timedelta(days=1)))
    rows = Shown.objects.filter(passed).values("pk")
    done = bring_all(Record.objects.filter(pk__in=rows)) if rows.exists() else 0
    return f"核对了{done}件的有效性" if done else ""


def keep_owners() -> str:
    """Bring what was handed to another agency; what was done, in one line. Searches filter by it."""
    numbers = indexing.moved()
    for start in range(0, len(numbers), _BATCH):
        bring_all(Record.objects.filter(pk__in=numbers[start : start + _BATCH]))
    return f"{len(numbers)}件随机关变动改了归属" if numbers else ""


def compare() -> list[str]:
    """Where what is shown differs from what should be: one sentence each, nothing where all is well."""
    found = []
    shown = {row.pk: row for row in Shown.objects.all()}
    for record in Record.objects.filter(is_public=True).iterator():
        version = record.versions.first()
        row, should = shown.pop(record.pk, None), _row(record, version) if version else None
        if (row is None) != (should is None):
            found.append(f"{record.index_no} {'没有列入目录' if should else '不应列入目录'}")
        elif (
            row
            and should
            and any(getattr(row, f.attname) != getattr(should, f.attname) for f in Shown._meta.concrete_fields)
        ):
            found.append(f"{record.index_no} 目录与最新版本不符")
    return found + [f"{row.index_no} 已不公开，仍在目录里" for row in shown.values()]
