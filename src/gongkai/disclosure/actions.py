"""Verbs: draft, edit, attach, review, publish, withdraw. Each says why not first, then writes and logs at once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.agencies.doer import Doer, insist, unsaved
from gongkai.agencies.models import Agency
from gongkai.agencies.policy import policy_of
from gongkai.agencies.posts import POSTS
from gongkai.audit.actions import record as log
from gongkai.content.unseen import tidy
from gongkai.disclosure import (
    body,
    clearances,
    clocks,
    columns,
    completeness,
    file_texts,
    filing,
    help,
    indexing,
    interpretation,
    notes,
    review,
    shown,
)
from gongkai.disclosure.catalogue.models import changed as catalogue_changed
from gongkai.disclosure.models import DESCRIBED, Record, Serial, Version
from gongkai.statute import document_numbers
from gongkai.statute.catalogue import index_number

VERBS = {
    "records.draft": "起草信息",
    "records.edit": "修改稿件",
    "records.discard": "作废草稿",
    "records.mask": "遮盖个人信息",
    "records.clear": "依法公开个人信息",
    "records.unclear": "收回依法公开个人信息",
    "records.submit": "送审",
    "records.pass": "审核通过",
    "records.send_back": "退回稿件",
    "records.publish": "发布信息",
    "records.force": "应急发布",
    "records.ratify": "追认应急发布",
    "records.withdraw": "撤回信息",
    "records.lexicon": "更新词库",
    "records.plan": "填写解读方案",
    "records.schedule": "定时发布",
    "records.unschedule": "取消定时发布",
    "records.assess": "评估不公开的信息",
    "records.link": "关联信息",
    "records.unlink": "取消关联",
    "records.attach": "添加附件",
    "records.detach": "移除附件",
    "records.download": "下载未公开的附件",
    "records.demo": "生成演示信息",
}
"""The verbs of this app, as the log names them."""

EDITED = (*DESCRIBED, "catalogue_row")


# ---------------------------------------------------------------------------------------------------------- draft, edit


@transaction.atomic
def draft(by: Doer, agency: Agency, **fields: Any) -> Record:
    """Begin a record of an agency. Refused where a value cannot be."""
    record = Record(agency=agency)
    _set(record, fields)
    insist(by.why_not("records.draft", agency), unsaved(record), completeness.impossible(record))
    record.save()
    filing.append(by, record, "drafted")
    log(by.actor(), "records.draft", record)
    return record


def stand(record: Record) -> str:
    """What an edit changes, as one short text: what is reviewed, and the row of the catalogue beside it."""
    return f"{record.digest()}-{record.catalogue_row_id or ''}"


def why_not_edit(by: Doer, record: Record, seen: str = "") -> list[str]:
    """Every reason against editing; an edit during a review begins it anew, which is no reason.

    `seen` is how it stood (`stand`) when the editor opened it: what another has changed since is not undone unseen.
    """
    reasons = by.why_not("records.draft", record.agency)
    if record.state == "discarded":
        reasons += filing.next_event(by, record, "edited")
    if seen and seen != stand(record):
        reasons.append(filing.changed_meanwhile(record))
    return reasons


@transaction.atomic
def edit(by: Doer, record: Record, *, seen: str = "", **fields: Any) -> Record:
    """Change the working copy. What is public stays as published until the change has been reviewed."""
    record = filing.locked(record)
    insist(why_not_edit(by, record, seen))
    before, row = record.digest(), record.catalogue_row_id
    _set(record, fields)
    insist(unsaved(record), completeness.impossible(record))
    record.save()
    if record.digest() != before:
        filing.append(by, record, "edited")
        log(by.actor(), "records.edit", record)
    elif record.catalogue_row_id != row:  # where it is listed, not what it says: no review
        log(by.actor(), "records.edit", record, details={"catalogue_row": str(record.catalogue_row or "")})
    if record.catalogue_row_id != row:
        catalogue_changed()
    return record


def why_not_mask(by: Doer, record: Record, only: str = "") -> list[str]:
    """Every reason against masking what was found."""
    return why_not_edit(by, record) or ([] if help.masked(record, only) else ["没有要遮盖的个人信息。"])


@transaction.atomic
def mask(by: Doer, record: Record, only: str = "") -> Record:
    """Mask the personal data found in title, abstract and body, in place; or `only` this text."""
    record = filing.locked(record)
    insist(why_not_mask(by, record, only))
    for name, text in help.masked(record, only).items():
        setattr(record, name, text)
    record.save()
    filing.append(by, record, "edited", note="遮盖个人信息")
    log(by.actor(), "records.mask", record)
    return record


def touched(by: Doer, record: Record) -> None:
    """Note a change beside the columns, of an attachment, in the caller's transaction: reviews begin anew."""
    filing.append(by, filing.locked(record), "edited")


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(EDITED)
    assert not unknown, unknown
    plain = {name: tidy(value) for name, value in fields.items()}
    if plain.get("document_no"):
        plain["document_no"] = document_numbers.normal(plain["document_no"])
    if plain.get("body"):
        plain["body"] = body.cleaned(plain["body"])
    return plain


def _set(record: Record, fields: dict[str, Any]) -> None:
    """Give a working copy these values; particulars are those of its column, and its days follow."""
    for name, value in _clean(fields).items():
        setattr(record, name, value)
    if record.catalogue_row and record.field is None:
        record.field = record.catalogue_row.field
    record.particulars = columns.tidy(record.column, record.particulars)
    record.due_on, record.reassess_on = clocks.due(record), clocks.reassess_on(record)


# --------------------------------------------------------------------------------------------------------------- review


def why_not_submit(by: Doer, record: Record) -> list[str]:
    """Every reason against sending it for review: rights, its standing, what is missing."""
    return [
        *by.why_not("records.draft", record.agency),
        *filing.next_event(by, record, "submitted"),
        *completeness.missing(record),
    ]


@transaction.atomic
def submit(by: Doer, record: Record) -> Record:
    """Send the working copy for review."""
    record = filing.locked(record)
    insist(why_not_submit(by, record))
    if record.index_no is None:
        record.index_no = _index_no(record)
        record.save(update_fields=["index_no"])
    filing.append(by, record, "submitted", step=review.keys_of(filing.steps_of(record)))
    log(by.actor(), "records.submit", record)
    return record


def _index_no(record: Record) -> str:
    """The next index number of the agency's year; a number once given is never given again."""
    year = record.formed_on.year
    Serial.objects.get_or_create(agency=record.agency, year=year)
    serial = Serial.objects.select_for_update().get(agency=record.agency, year=year)
    serial.last += 1
    serial.save(update_fields=["last"])
    return index_number(record.agency.credit_code or f"{record.agency.pk:09d}", year, serial.last)


def why_not_pass(by: Doer, record: Record, digest: str, proofread: str, note: str = "") -> list[str]:
    """Every reason against passing the step whose turn it is. `digest` is what the reviewer saw, `proofread` what he found
    in it; only steps that proofread ask for that."""
    step = filing.standing_of(record).next_step
    if step is None or record.state != "in_review":
        return [f"{review.STATES[record.state]}，不在审核中。"]
    reasons = by.why_not("records.review", record.agency) or _why_not_post(by, record, step)
    reasons = reasons + filing.next_event(by, record, "passed", step=step.key, digest=digest)
    if digest and digest != record.digest() and not reasons:
        reasons.append("稿件在您打开之后有改动，请重新看过再审。")
    if step.proofreads and not proofread.strip():
        reasons.append(f"{step.label}要校对：请写明校对情况。")
    reasons += notes.why_not_keep("校对情况", proofread) + notes.why_not_keep("审核意见", note)
    reasons += file_texts.leaking(record)  # a file may have been read since the submission
    if step.key == "final":
        reasons += interpretation.not_ready(record)
    return reasons


def _why_not_post(by: Doer, record: Record, step: review.Step) -> list[str]:
    if by.staff is None or policy_of(by.staff).is_everything:
        return []
    held = {p.post for p in policy_of(by.staff).postings if p.agency_id == record.agency_id}
    if held & set(step.posts):
        return []
    return [f"现在是{step.label}，由本机关的{'、'.join(POSTS[post].label for post in step.posts)}办理。"]  # type: ignore[index]


@transaction.atomic
def pass_step(by: Doer, record: Record, digest: str, note: str = "", *, proofread: str = "") -> Record:
    """Pass the step whose turn it is, for exactly the content that was seen, with what proofreading it found."""
    record = filing.locked(record)
    insist(why_not_pass(by, record, digest, proofread, note))
    step = filing.standing_of(record).next_step
    assert step
    filing.append(by, record, "passed", step=step.key, digest=digest, note=review.opinion(step, proofread, note))
    log(by.actor(), "records.pass", record, details={"step": step.label})
    return record


def why_not_send_back(by: Doer, record: Record, note: str) -> list[str]:
    """Every reason against returning it to its author."""
    step = filing.standing_of(record).next_step
    reasons = by.why_not("records.review", record.agency)
    if step and not reasons:
        reasons = _why_not_post(by, record, step)
    return reasons + filing.next_event(by, record, "returned", note=note) + notes.why_not_keep("退回理由", note)


@transaction.atomic
def send_back(by: Doer, record: Record, note: str) -> Record:
    """Return it with reasons."""
    record = filing.locked(record)
    insist(why_not_send_back(by, record, note))
    step = filing.standing_of(record).next_step
    filing.append(by, record, "returned", step=step.key if step else "", note=note)
    log(by.actor(), "records.send_back", record, details={"reason": note})
    return record


# -------------------------------------------------------------------------------------------------------------- publish


def why_not_publish(by: Doer, record: Record, note: str = "") -> list[str]:
    """Every reason against publishing what has been approved."""
    return [
        *by.why_not("records.publish", record.agency),
        *filing.next_event(by, record, "published", note=note),
        *notes.why_not_publish("更正说明", note),
        *completeness.not_proactive(record),
        *file_texts.leaking(record),
        *(
            [] if record.is_public else interpretation.not_ready(record)
        ),  # its material may be gone since the final review
    ]


@transaction.atomic
def publish(by: Doer, record: Record, note: str = "", *, together: bool = False) -> Version:
    """Make the approved content public; from the second time on with a note of what was corrected.

    `together` publishes what interprets it, too, as far as that is approved and this person may (三同步).
    """
    record = filing.locked(record)
    insist(why_not_publish(by, record, note))
    version = _publish(by, record, "published", "records.publish", note)
    for material in interpretation.materials(record).filter(state="approved") if together else ():
        if not why_not_publish(by, material):
            publish(by, material)
    return version


def why_not_force(by: Doer, record: Record, note: str, digest: str = "") -> list[str]:
    """Every reason against publishing before the review. `digest` is what the one who decides saw."""
    return [
        *(["稿件在您打开之后有改动，请重新看过再发布。"] if digest and digest != record.digest() else []),
        *by.why_not("records.force", record.agency),
        *filing.next_event(by, record, "forced", note=note),
        *notes.why_not_keep("应急发布的理由", note),
        *completeness.missing(record),
        *completeness.not_proactive(record),
        *_why_not_alone(by, record),
    ]


def _why_not_alone(by: Doer, record: Record) -> list[str]:
    """Before the review nobody else has looked at what he cleared himself."""
    if by.staff and any(one.staff_id == by.staff.pk for one in clearances.of(record)):
        return ["依法公开个人信息是您自己定的，应急发布请由另一位办理。"]
    return []


@transaction.atomic
def force(by: Doer, record: Record, note: str, digest: str) -> Version:
    """Publish exactly what was seen before the review, with a reason; someone else must approve it afterwards."""
    record = filing.locked(record)
    insist(why_not_force(by, record, note, digest))
    if record.index_no is None:
        record.index_no = _index_no(record)
    return _publish(by, record, "forced", "records.force", note)


def _publish(by: Doer, record: Record, kind: review.EventKind, verb: str, note: str) -> Version:
    now = timezone.now()
    first = record.published_at is None or not record.is_public
    if first:
        record.published_at = now
    record.save(update_fields=["published_at", "index_no"])
    filing.append(by, record, kind, note=note)
    number = (record.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    files = filing.listed(record.attachments.filter(is_removed=False))
    in_vain = help.in_vain(record)
    version = Version.objects.create(
        record=record, number=number, at=now, content=record.content, files=files,
        clearances=[one.pk for one in clearances.of(record) if one not in in_vain],
        erratum=note.strip()[:500] if kind == "published" and number > 1 else "",
    )  # fmt: skip
    indexing.refresh(record)
    shown.bring(record)
    log(by.actor(), verb, record, details={"version": number, "note": note})
    return version


def why_not_ratify(by: Doer, record: Record) -> list[str]:
    """Every reason against approving a forced publication afterwards."""
    return by.why_not("records.review", record.agency) + filing.next_event(by, record, "ratified")


@transaction.atomic
def ratify(by: Doer, record: Record) -> Record:
    """Approve a forced publication afterwards."""
    record = filing.locked(record)
    insist(why_not_ratify(by, record))
    filing.append(by, record, "ratified")
    log(by.actor(), "records.ratify", record)
    return record


def why_not_withdraw(by: Doer, record: Record, note: str) -> list[str]:
    """Every reason against taking it back from the public."""
    return [
        *by.why_not("records.withdraw", record.agency),
        *filing.next_event(by, record, "withdrawn", note=note),
        *notes.why_not_publish("撤回理由", note),
    ]


@transaction.atomic
def withdraw(by: Doer, record: Record, note: str) -> Record:
    """Take it back, with a reason that the page states; its files go out of reach with it."""
    record = filing.locked(record)
    insist(why_not_withdraw(by, record, note))
    filing.append(by, record, "withdrawn", note=note)
    indexing.refresh(record)
    shown.bring(record)
    log(by.actor(), "records.withdraw", record, details={"reason": note})
    return record
