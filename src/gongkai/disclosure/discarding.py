"""Giving up a draft: a duplicate or a mistake leaves every list and queue, and its file stays with the reason."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.doer import Doer, insist
from gongkai.audit.actions import record as log
from gongkai.disclosure import filing, notes
from gongkai.disclosure.models import Record


def why_not_discard(by: Doer, record: Record, note: str) -> list[str]:
    """Every reason against giving it up: only a draft that was never public, with a reason."""
    return [
        *by.why_not("records.draft", record.agency),
        *filing.next_event(by, record, "discarded", note=note),
        *notes.why_not_keep("作废理由", note),
    ]


@transaction.atomic
def discard(by: Doer, record: Record, note: str) -> Record:
    """Give a draft up. Nothing follows: what is wanted after all is drafted anew."""
    record = filing.locked(record)
    insist(why_not_discard(by, record, note))
    filing.append(by, record, "discarded", note=note)
    log(by.actor(), "records.discard", record, details={"reason": note})
    return record
