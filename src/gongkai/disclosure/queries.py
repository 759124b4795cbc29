"""Questions about records. `visible` is the one function that says who may see a record and its files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Agency, Staff
from gongkai.agencies.policy import policy_of
from gongkai.disclosure.models import Attachment, Record, Shown, Version


def public() -> QuerySet[Record]:
    """What everyone may see."""
    return Record.objects.filter(is_public=True)


def visible(person: Staff | AnonymousUser | None) -> QuerySet[Record]:
    """What this person may see in the office, drafts included; None is the public."""
    if not isinstance(person, Staff):
        return public()
    return Record.objects.filter(Q(is_public=True) | Q(agency__in=policy_of(person).agencies("records.view")))


def titles(person: Staff | AnonymousUser | None, numbers: Iterable[int]) -> dict[int, str]:
    """What records are called, by number, as this person may know it: of his agencies as they stand in the office, of others
    as published. What he may not know of is not there."""
    wanted = list(numbers)
    found = dict(Shown.objects.filter(pk__in=wanted).values_list("pk", "title"))
    if isinstance(person, Staff):
        own = Record.objects.filter(pk__in=wanted, agency__in=policy_of(person).agencies("records.view"))
        found |= dict(own.values_list("pk", "title"))
    return found


def may_download(person: Staff | AnonymousUser | None, attachment: Attachment) -> bool:
    """Whether a file may be handed out: to the public only as part of the version that is public now."""
    record = attachment.record
    if record.is_public:
        current = record.versions.first()
        if current and any(file["pk"] == attachment.pk for file in current.files):
            return True
    if not isinstance(person, Staff):
        return False
    return visible(person).filter(pk=record.pk).exclude(agency__isnull=True).exists() and (
        policy_of(person).may("records.view", record.agency)
    )


def current(record: Record) -> Version | None:
    """The version that the public sees; None where nothing is public."""
    return record.versions.first() if record.is_public else None


def waiting(person: Staff) -> QuerySet[Record]:
    """The records whose turn it is for this person to review, of the agencies of his posts."""
    from gongkai.disclosure.review import steps_for

    where = Q(pk__in=[])
    steps = {step.key: step for step in (*steps_for("three", is_normative=True), *steps_for("two"))}
    for posting in policy_of(person).postings:
        turns = [key for key, step in steps.items() if posting.post in step.posts]
        where |= Q(agency=posting.agency_id, state="in_review", turn__in=turns)
    return Record.objects.filter(where).select_related("agency")


def counts(agency: Agency | None = None) -> dict[str, Any]:
    """How many are public, by item."""
    rows = public() if agency is None else public().filter(agency=agency)
    return {row["item"]: row["n"] for row in rows.values("item").annotate(n=Count("pk")).order_by()}
