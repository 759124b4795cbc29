"""Clearing personal data for publication (依法公开), one piece at a time with its reason, and taking that back.

Either is an edit of the record: its reviews begin anew, and who cleared something does not review it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.doer import Doer, insist
from gongkai.audit.actions import record as log
from gongkai.disclosure import actions, clearances, filing, help, indexing, notes, shown
from gongkai.disclosure.models import Clearance, Record

ONLY_MASKED: Final = "身份证件、银行账户的完整号码和未成年人的信息只能遮盖，不能依法公开。"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of personal data in the working copy, with its places, and how it was cleared, if it was."""

    kind: str
    label: str
    text: str
    masked: str
    columns: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    clearable: bool = True
    clearance: Clearance | None = None

    @property
    def where(self) -> str:
        """Its places in words; "" where it stands nowhere any more."""
        return "、".join((*self.columns, *(f"附件“{name}”" for name in self.files)))


def pieces(record: Record) -> list[Piece]:
    """What is to be masked or cleared, each once, and what is cleared though it stands nowhere any more. Of files only what
    can be cleared: the rest is masked in the file."""
    found = {
        (one.kind, one.text): Piece(one.kind, one.label, one.text, one.masked, clearance=one)
        for one in clearances.of(record)
    }
    for label, one in help.graves(record):
        piece = found.get((one.kind, one.text)) or Piece(one.kind, one.label, one.text, one.masked)
        columns, clearable = _with(piece.columns, label), piece.clearable and one.clearable
        found[one.kind, one.text] = replace(piece, columns=columns, clearable=clearable)
    for file in record.attachments.filter(is_removed=False).exclude(findings=[]):
        for noted in file.leaks():
            if text := file.found(noted):
                piece = found.get((noted["kind"], text)) or Piece(noted["kind"], noted["label"], text, noted["text"])
                found[noted["kind"], text] = replace(piece, files=_with(piece.files, file.name))
    return list(found.values())


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)


def why_not_clear(by: Doer, record: Record, text: str, ground: str, reason: str) -> list[str]:
    """Every reason against clearing this text: what may only be masked, what is not there, no reason given."""
    reasons = actions.why_not_edit(by, record)
    piece = _piece(record, text)
    if piece is None:
        reasons.append("稿件里没有这一处个人信息，可能已经改过，请重新打开稿件再看。")
    elif piece.clearance:
        reasons.append(f"{piece.label}{piece.masked}已经定为依法公开。")
    elif not piece.clearable:
        reasons.append(ONLY_MASKED)
    if ground not in Clearance.Ground.values:
        reasons.append("请选择依法公开的依据。")
    if not reason.strip():
        reasons.append("请写明依法公开的具体理由。")
    elif notes.repeats(reason, text):
        reasons.append("理由会长期留存，请不要写号码、住址等个人信息。")
    else:
        reasons += notes.why_not_keep("理由", reason, notes.STRICT)
    return reasons


def _piece(record: Record, text: str) -> Piece | None:
    return next((one for one in pieces(record) if one.text == text and one.where), None)


@transaction.atomic
def clear(by: Doer, record: Record, text: str, ground: str, reason: str) -> Clearance:
    """Let exactly this text stay public, in the record and its files, for this reason."""
    record = filing.locked(record)
    insist(why_not_clear(by, record, text, ground, reason))
    piece = _piece(record, text)
    assert piece
    clearance = Clearance.objects.create(
        record=record, kind=piece.kind, label=piece.label, text=text, masked=piece.masked, ground=ground,
        reason=reason.strip()[:200], staff=by.staff, who=by.who(),
    )  # fmt: skip
    _enter(by, clearance, "records.clear", "依法公开")
    return clearance


def why_not_take_back(by: Doer, clearance: Clearance) -> list[str]:
    """Every reason against taking it back."""
    reasons = actions.why_not_edit(by, clearance.record)
    return reasons + (["已经收回了。"] if clearance.ended_at else [])


@transaction.atomic
def take_back(by: Doer, clearance: Clearance) -> None:
    """It is no longer cleared: the working copy needs a mask again, and a public file with it is held at once. What the
    public page itself says stays until it is corrected or withdrawn."""
    record = filing.locked(clearance.record)
    clearance = Clearance.objects.select_related("record__agency").get(pk=clearance.pk)
    insist(why_not_take_back(by, clearance))
    clearance.ended_at, clearance.ended_by = timezone.now(), by.who()
    clearance.save(update_fields=["ended_at", "ended_by"])
    _enter(by, clearance, "records.unclear", "收回依法公开")
    if record.is_public:
        indexing.refresh(record)
        shown.bring(record)


def _enter(by: Doer, clearance: Clearance, verb: str, what: str) -> None:
    """Enter it in the record's file, as an edit, and in the log: masked, for both are kept for good."""
    record = clearance.record
    filing.append(by, record, "edited", note=f"{what}：{clearance.label}{clearance.masked}（{clearance.why}）")
    said = {"what": f"{clearance.label}{clearance.masked}", "ground": clearance.get_ground_display()}
    log(by.actor(), verb, record, details=said | {"reason": clearance.reason})
