"""What records give to the first screen, to search, and to a reorganisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.holdings import Holding
from gongkai.agencies.models import Staff, today
from gongkai.agencies.policy import Policy
from gongkai.disclosure import queries
from gongkai.disclosure.models import Record
from gongkai.disclosure.review import steps_for
from gongkai.office.finding import Hit
from gongkai.office.tasks import Task

_AHEAD = timedelta(days=45)
RECORDS = Holding("records", "政府信息", lambda agency: Record.objects.filter(agency=agency), "agency")


def _address(record: Record) -> str:
    return reverse("records_show", args=[record.pk])


def waiting(policy: Policy) -> Iterable[Task]:
    """Records whose turn it is for this person; who wrote one is not asked to review it."""
    if policy.staff is None:
        return
    labels = {step.key: step.label for step in steps_for("three", is_normative=True)}
    for record in queries.waiting(policy.staff).exclude(
        events__staff=policy.staff, events__kind__in=("drafted", "edited")
    ):
        yield Task(f"{labels[record.turn]}：{record.title}", _address(record), record.agency.label, due=record.due_on)


def due(policy: Policy) -> Iterable[Task]:
    """What this person's agencies must publish soon, or should have (art. 26)."""
    rows = (
        Record.objects.filter(agency__in=policy.agencies("records.draft"), is_public=False, attribute="proactive")
        .exclude(state="withdrawn")
        .filter(due_on__lte=today() + _AHEAD)
        .select_related("agency")
    )
    for record in rows.order_by("due_on")[:200]:
        yield Task(
            f"{record.get_state_display()}：{record.title}", _address(record), record.agency.label, due=record.due_on
        )


def records(policy: Policy, text: str, most: int) -> Iterable[Hit]:
    """Records by title, document number or index number."""
    mine: Staff | None = policy.staff
    found = queries.visible(mine).filter(Q(title__contains=text) | Q(document_no__contains=text) | Q(index_no=text))
    for record in found.select_related("agency")[:most]:
        yield Hit(record.title, _address(record), f"{record.agency.label}，{record.get_state_display()}")
