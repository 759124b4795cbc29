"""Publication by the clock: what has been approved goes out at the time that a person chose."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.doer import SYSTEM, Doer, Refused, insist
from gongkai.audit.actions import record as log
from gongkai.disclosure import actions, completeness, filing
from gongkai.disclosure.models import FileEvent, Record

_LOG = logging.getLogger(__name__)


def why_not_schedule(by: Doer, record: Record, at: datetime | None) -> list[str]:
    """Every reason against publishing it then."""
    reasons = [
        *by.why_not("records.publish", record.agency),
        *filing.next_event(by, record, "scheduled"),
        *completeness.not_proactive(record),
    ]
    if record.is_public:
        reasons.append("这条信息已经公开，更正稿请直接发布并写明更正了什么。")
    if at is not None and at <= timezone.now():
        reasons.append("定时发布的时间已经过了。")
    if at is not None and at > timezone.now() + timedelta(days=366):
        reasons.append("定时发布的时间在一年以后，请核对。")
    return reasons


def lateness(record: Record, at: datetime) -> str:
    """What to say of a time that is later than the law allows; "" where it is not."""
    if record.due_on is None or timezone.localtime(at).date() <= record.due_on:
        return ""
    return f"已经定时，但晚于法定期限{record.due_on:%Y年%-m月%-d日}，请提前发布。"


@transaction.atomic
def schedule(by: Doer, record: Record, at: datetime) -> Record:
    """Have it published at a time; an edit or a return ends that."""
    record = filing.locked(record)
    insist(why_not_schedule(by, record, at))
    when = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    filing.append(by, record, "scheduled", note=f"定于{when}发布")
    record.publish_at = at
    record.save(update_fields=["publish_at"])
    log(by.actor(), "records.schedule", record, details={"at": when})
    return record


def why_not_unschedule(by: Doer, record: Record) -> list[str]:
    """Every reason against taking the time back."""
    return by.why_not("records.publish", record.agency) + filing.next_event(by, record, "unscheduled")


@transaction.atomic
def unschedule(by: Doer, record: Record) -> Record:
    """Take the time back; the record stays approved."""
    record = filing.locked(record)
    insist(why_not_unschedule(by, record))
    filing.append(by, record, "unscheduled")
    log(by.actor(), "records.unschedule", record)
    return record


def publish_due(now: datetime | None = None) -> tuple[int, int]:
    """Publish everything whose time has come; (how many went out, how many could not). Each on its own.

    Who chose the time is the one who publishes: his right is asked again, and the file names him.
    """
    done = failed = 0
    due = Record.objects.filter(publish_at__lte=now or timezone.now()).order_by("publish_at", "pk")
    for pk in list(due.values_list("pk", flat=True)):
        try:
            done += _publish(pk, now or timezone.now())
        except Refused as refused:
            failed += 1
            _give_up(pk, refused.reasons)
    return done, failed


def chore() -> str:
    """Publish what is due; what was done, in one line."""
    done, failed = publish_due()
    parts = [f"发布了{done}条" if done else "", f"{failed}条没有发布，理由在稿件的经过里" if failed else ""]
    return "，".join(part for part in parts if part)


@transaction.atomic
def _publish(pk: int, now: datetime) -> bool:
    record = Record.objects.select_for_update().select_related("agency").filter(pk=pk, publish_at__lte=now).first()
    if record is None:  # someone else was faster, or took the time back
        return False
    chosen = FileEvent.objects.filter(record=record, kind="scheduled").select_related("staff").last()
    actions.publish(Doer(chosen.staff) if chosen and chosen.staff else SYSTEM, record)
    return True


@transaction.atomic
def _give_up(pk: int, reasons: list[str]) -> None:
    """It stays approved, and its file says why the clock did not publish it."""
    record = filing.locked(Record(pk=pk))
    why = "".join(reasons)
    _LOG.warning("record %s was not published by the clock: %s", pk, why)
    filing.append(SYSTEM, record, "unscheduled", note=f"到时没有发布：{why}")
    log(SYSTEM.actor(), "records.unschedule", record, details={"why": why})
