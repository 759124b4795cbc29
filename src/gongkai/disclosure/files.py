"""Attachments: kept under the hash of their bytes, named by what they are, out of reach with their record."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from gongkai.agencies.doer import Doer, Refused, insist
from gongkai.annual_report.reading.stream import NotReadable
from gongkai.audit.actions import record as log
from gongkai.content import filekinds
from gongkai.disclosure import actions, file_texts
from gongkai.disclosure.models import Attachment, Record

MOST_BYTES: Final = 50_000_000
MOST_FILES: Final = 30

PUBLISHED: Final = ("word", "sheet", "slides", "pdf", "ofd", "image", "text", "archive")
"""The kinds of files that may be published, keys of `filekinds.LABELS`: no programs, no macros, no pages."""


def safe_name(name: str) -> str:
    """A file name without folders and control characters, at most 150 characters, its ending kept."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(ch for ch in name if unicodedata.category(ch)[0] != "C").strip(". ")
    stem, dot, ending = name.rpartition(".")
    return (f"{stem[:140]}{dot}{ending[:8]}" if stem else name[:150]) or "附件"


def why_not_keep(name: str, content: bytes) -> list[str]:
    """Every reason against this file."""
    if why := file_texts.why_not_name(name):
        return why
    if not content:
        return [f"“{name}”是空的。"]
    if len(content) > MOST_BYTES:
        return [f"“{name}”有 {len(content) / 1e6:.0f} MB，每个附件最大 {MOST_BYTES / 1e6:.0f} MB。"]
    try:
        kind = filekinds.kind_of(content, name)
    except (filekinds.Refused, NotReadable) as error:
        return [f"“{name}”：{error}"]
    if contradiction := filekinds.contradiction(kind, name):
        return [f"“{name}”：{contradiction}"]
    if kind not in PUBLISHED:
        return [f"“{name}”这种文件不能发布，请转为 PDF、Word、Excel、图片或者文本。"]
    return []


def why_not_attach(by: Doer, record: Record, name: str, content: bytes) -> list[str]:
    """Every reason against adding this file to a record."""
    reasons = actions.why_not_edit(by, record) + why_not_keep(name, content)
    if record.attachments.filter(is_removed=False).count() >= MOST_FILES:
        reasons.append(f"一条信息最多 {MOST_FILES} 个附件。")
    return reasons


def attach(by: Doer, record: Record, name: str, content: bytes) -> Attachment:
    """Keep a file with a record. The bytes are safe in the storage before the row exists."""
    name = safe_name(name)
    insist(why_not_attach(by, record, name, content))
    attachment = Attachment(
        record=record,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        kind=filekinds.kind_of(content, name),
    )
    if not default_storage.exists(attachment.path):
        default_storage.save(attachment.path, ContentFile(content))
    with transaction.atomic():
        if record.attachments.filter(sha256=attachment.sha256, name=name, is_removed=False).exists():
            raise Refused([f"“{name}”已经在附件里。"])
        attachment.save()
        actions.touched(by, record)
        log(by.actor(), "records.attach", record, details={"file": name, "sha256": attachment.sha256})
    return attachment


@transaction.atomic
def detach(by: Doer, attachment: Attachment) -> None:
    """Take a file out of the working copy; a version that was published with it keeps it."""
    insist(actions.why_not_edit(by, attachment.record))
    attachment.is_removed = True
    attachment.save(update_fields=["is_removed"])
    actions.touched(by, attachment.record)
    log(by.actor(), "records.detach", attachment.record, details={"file": attachment.name})
