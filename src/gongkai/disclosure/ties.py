"""Ties between records: made and undone by hand, read from both ends, and on public pages at once."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from gongkai.agencies.doer import Doer, insist, unsaved
from gongkai.audit.actions import record as log
from gongkai.disclosure.models import Link, Record

_STATEMENTS: Final = ("amends", "repeals")
"""What a tie says of its target: that it holds no longer as it stands."""


def why_not_tie(by: Doer, source: Record, target: Record, kind: str) -> list[str]:
    """Every reason against making or undoing a tie.

    What is public is tied by whoever may publish it. That a document amends or repeals another is said on the other's page,
    too, so by someone who answers for both agencies.
    """
    reasons = by.why_not("records.publish" if source.is_public else "records.draft", source.agency)
    if not reasons and kind in _STATEMENTS and by.why_not("records.draft", target.agency):
        label = Link.Kind(kind).label
        reasons = [f"“{label}”会写在{target.agency.name}的文件上，请由同时负责这两个机关的人办理。"]
    return reasons


@transaction.atomic
def link(by: Doer, source: Record, target: Record, kind: str) -> Link:
    """Tie a record to another."""
    insist(["不能关联自己。"] if source.pk == target.pk else [])
    tie = Link(source=source, target=target, kind=kind)
    insist(why_not_tie(by, source, target, kind), unsaved(tie))
    tie.save()
    log(by.actor(), "records.link", source, details={"to": target.title, "kind": tie.get_kind_display()})
    return tie


@transaction.atomic
def unlink(by: Doer, tie: Link) -> None:
    """Undo a tie."""
    insist(why_not_tie(by, tie.source, tie.target, tie.kind))
    log(by.actor(), "records.unlink", tie.source, details={"to": tie.target.title, "kind": tie.get_kind_display()})
    tie.delete()
