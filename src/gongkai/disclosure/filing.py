"""A record's file: its events, where it stands by them, and the cache of that. Verbs append here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from gongkai.agencies.doer import Doer
from gongkai.disclosure import review
from gongkai.disclosure.models import Attachment, FileEvent, Record


def steps_of(record: Record) -> tuple[review.Step, ...]:
    """The reviews that this record goes through when it is submitted now: its agency's, else the site's."""
    return review.steps_for(record.agency.review or settings.REVIEW_CHAIN, is_normative=record.is_normative)


def standing_of(record: Record) -> review.Standing:
    """Where the record stands, from its events."""
    return review.fold((event.plain() for event in record.events.all()), steps_of(record))


def locked(record: Record) -> Record:
    """The record as it is now, locked until the end of the transaction."""
    return Record.objects.select_for_update().select_related("agency").get(pk=record.pk)


def listed(attachments: Iterable[Attachment]) -> list[dict[str, Any]]:
    """Attachments as a version keeps them."""
    return [{"pk": a.pk, "name": a.name, "sha256": a.sha256, "size": a.size, "kind": a.kind} for a in attachments]


def append(
    by: Doer, record: Record, kind: review.EventKind, *, step: str = "", digest: str = "", note: str = ""
) -> None:
    """Append an event that has been found possible, and bring the cache up to date."""
    number = (record.events.aggregate(last=Max("number"))["last"] or 0) + 1
    FileEvent.objects.create(
        record=record, number=number, kind=kind, step=step, staff=by.staff, who=by.who(),
        digest=digest or record.digest(), note=note.strip()[:500],
    )  # fmt: skip
    refresh(record)


def refresh(record: Record) -> None:
    """Write the cache of `review.fold` anew: state, whether it is public, whose turn it is."""
    standing = standing_of(record)
    record.state = standing.state
    record.is_public = standing.is_public
    record.turn = standing.turn
    if not standing.is_scheduled:
        record.publish_at = None
    record.save(update_fields=["state", "is_public", "turn", "publish_at"])


def changed_meanwhile(record: Record) -> str:
    """Who changed the record last and when, for who has an older state before him."""
    last = record.events.filter(kind__in=("drafted", "edited")).last()
    who, at = (last.who, last.at) if last else ("别人", record.touched_at)
    return f"稿件已被{who}在{timezone.localtime(at):%Y年%-m月%-d日 %H:%M}修改，您打开的是修改以前的稿件。"


def next_event(by: Doer, record: Record, kind: review.EventKind, **event: str) -> list[str]:
    """Why this event cannot be next, by the rules of the review."""
    staff = by.staff.pk if by.staff else 0
    digest = event.pop("digest", "") or record.digest()
    return review.why_not(standing_of(record), review.Event(kind, staff, digest=digest, **event))
