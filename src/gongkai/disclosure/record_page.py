"""What a record's own page asks: its newest version, what became of it, what it is tied to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from gongkai.disclosure.models import FileEvent, Link, Shown, Version


@dataclass(frozen=True, slots=True)
class Tie:
    """Another public record that this one is tied to, and how: 解读本文件, 本文件解读, …."""

    kind: str
    label: str
    to: Shown


_FORWARD: Final = {
    "interprets": "解读的文件", "related": "相关文件", "amends": "修改的文件", "repeals": "废止的文件",
    "consults": "征求意见形成的文件",
}  # fmt: skip
_BACKWARD: Final = {
    "interprets": "政策解读", "related": "相关文件", "amends": "修改本文件的文件", "repeals": "废止本文件的文件",
    "consults": "征求意见情况",
}  # fmt: skip


def find(pk: int) -> Shown | None:
    """The record with its newest version and its agency; None where nothing is public. One query."""
    rows = Shown.objects.select_related("agency", "version", "record").filter(record__is_public=True)
    return rows.filter(pk=pk).first()


def versions(row: Shown) -> list[Version]:
    """Every publication, the newest first, without the content. One query."""
    return list(Version.objects.filter(record=row.pk).only("number", "at", "erratum", "record_id"))


def ties(row: Shown) -> list[Tie]:
    """What is public of what it is tied to, either way; interpretations first. Two queries."""
    links = list(Link.objects.filter(Q(source=row.pk) | Q(target=row.pk)).order_by("pk")[:200])
    others = {link.target_id if link.source_id == row.pk else link.source_id for link in links}
    shown = {other.pk: other for other in Shown.objects.filter(pk__in=others).select_related("agency")}
    found: dict[tuple[str, int], Tie] = {}
    for link in links:
        is_source = link.source_id == row.pk
        other = shown.get(link.target_id if is_source else link.source_id)
        if other:
            label = (_FORWARD if is_source else _BACKWARD)[link.kind]
            found.setdefault((label, other.pk), Tie(link.kind, label, other))
    order = [*_BACKWARD.values(), *_FORWARD.values()]
    return sorted(found.values(), key=lambda tie: order.index(tie.label))


def interpretations(ties: list[Tie], most: int = 3) -> list[Shown]:
    """The interpretations among the ties, newest first, with what they say. At most one query."""
    numbers = [tie.to.pk for tie in ties if tie.label == _BACKWARD["interprets"]]
    rows = Shown.objects.filter(pk__in=numbers).select_related("agency", "version")
    return list(rows.order_by("-published_at", "-pk")[:most]) if numbers else []


def interpreted(ties: list[Tie]) -> list[Shown]:
    """The documents that this record interprets."""
    return [tie.to for tie in ties if tie.label == _FORWARD["interprets"]]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a record was public and is no longer."""

    at: datetime
    reason: str


def withdrawal(pk: int) -> Withdrawal | None:
    """Why and when a record was taken back; None where it is public or never was. One query."""
    event = (
        FileEvent.objects.filter(
            record=pk, record__is_public=False, kind="withdrawn", record__published_at__isnull=False
        )
        .order_by("-number")
        .first()
    )
    return Withdrawal(event.at, event.note) if event else None
