"""Periodic re-assessment of what is not disclosed (art. 18): what need no longer be withheld is disclosed."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from gongkai.agencies.doer import Doer, insist
from gongkai.agencies.models import today
from gongkai.audit.actions import record as log
from gongkai.disclosure import clocks, filing, notes
from gongkai.disclosure.models import Assessment, Record


def why_not_assess(by: Doer, record: Record, reason: str) -> list[str]:
    """Every reason against a re-assessment."""
    reasons = by.why_not("records.assess", record.agency)
    if record.attribute not in (Record.Attribute.ON_APPLICATION, Record.Attribute.WITHHELD):
        reasons.append("这条信息不属于不公开或者依申请公开的信息，不用评估。")
    if record.state == "discarded":
        reasons.append("已作废，不用评估。")
    if record.state == "in_review":
        reasons.append("稿件在审核中，审完再评估。")
    if not reason.strip():
        reasons.append("评估须写明理由。")
    return reasons + notes.why_not_keep("评估理由", reason)


@transaction.atomic
def assess(by: Doer, record: Record, outcome: str, reason: str) -> Assessment:
    """Say whether the reason still holds. `disclose` makes the working copy 主动公开: it is then reviewed like any other."""
    record = filing.locked(record)
    wrong = [] if outcome in set(Assessment.Outcome.values) else ["请选择评估结论。"]
    insist(why_not_assess(by, record, reason), wrong)
    is_kept = outcome == str(Assessment.Outcome.KEEP)
    next_on = today() + timedelta(days=clocks.REASSESS_DAYS) if is_kept else None
    made = Assessment.objects.create(
        record=record, outcome=outcome, reason=reason.strip()[:500], who=by.who(), next_on=next_on
    )
    if is_kept:
        record.reassess_on = next_on
        record.save(update_fields=["reassess_on"])
    else:
        record.attribute, record.attribute_reason, record.reassess_on = Record.Attribute.PROACTIVE, "", None
        record.changed_on = today()  # the period of art. 26 begins now
        record.due_on = clocks.due(record)
        record.save()
        filing.append(by, record, "edited", note="经评估转为主动公开")
    log(by.actor(), "records.assess", record, details={"outcome": made.get_outcome_display(), "reason": reason})
    return made
