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
from gongkai.audit.actions import record as log
from gongkai.disclosure import actions
from gongkai.disclosure.models import Attachment, Record

MOST_BYTES: Final = 50_000_000
MOST_FILES: Final = 30

KINDS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n", "image/png"),
    (b"GIF8", "image/gif"),
)
"""What a file is, by its first bytes."""

_ENDINGS: Final = {
    ".pdf": ("application/pdf",),
    ".docx": ("application/zip",), ".xlsx": ("application/zip",), ".pptx": ("application/zip",),
    ".ofd": ("application/zip",), ".zip": ("application/zip",),
    ".doc": ("application/x-ole-storage",), ".xls": ("application/x-ole-storage",), ".wps": ("application/x-ole-storage",),
    ".ppt": ("application/x-ole-storage",), ".et": ("application/x-ole-storage",),
    ".jpg": ("image/jpeg",), ".jpeg": ("image/jpeg",), ".png": ("image/png",), ".gif": ("image/gif",),
    ".txt": ("text/plain",), ".csv": ("text/plain",),
}  # fmt: skip
"""The endings that may be published, each with what its bytes must be. No programs, no pages, no macros."""


def kind_of(content: bytes) -> str:
    """What the bytes are; plain text where they decode as such, otherwise unknown."""
    for start, kind in KINDS:
        if content.startswith(start):
            return kind
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "text/plain" if b"\x00" not in content else "application/octet-stream"
    return "application/octet-stream"


def safe_name(name: str) -> str:
    """A file name without folders and control characters, at most 150 characters, its ending kept."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(ch for ch in name if unicodedata.category(ch)[0] != "C").strip(". ")
    stem, dot, ending = name.rpartition(".")
    return (f"{stem[:140]}{dot}{ending[:8]}" if stem else name[:150]) or "附件"


def why_not_keep(name: str, content: bytes) -> list[str]:
    """Every reason against this file."""
    ending = "." + name.rpartition(".")[2].lower()
    if not content:
        return [f"“{name}”是空的。"]
    if len(content) > MOST_BYTES:
        return [f"“{name}”有 {len(content) / 1e6:.0f} MB，每个附件最大 {MOST_BYTES / 1e6:.0f} MB。"]
    if ending not in _ENDINGS:
        return [f"“{name}”这种文件不能发布，请转为 PDF、Word、Excel、图片或者文本。"]
    if kind_of(content) not in _ENDINGS[ending]:
        return [f"“{name}”的内容与后缀名不符，请检查文件是否损坏或者改过名。"]
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
        record=record, name=name, sha256=hashlib.sha256(content).hexdigest(), size=len(content), kind=kind_of(content)
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
