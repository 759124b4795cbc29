"""Verbs: upload, read, expect, keep, delete. Each says why not first, then does all of it or nothing."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from gongkai.annual_report.checks import check
from gongkai.annual_report.checks.finding import Finding
from gongkai.annual_report.report import Report
from gongkai.reporting import limits
from gongkai.reporting.models import Batch, Upload

log = logging.getLogger(__name__)
_PENDING = (Upload.State.QUEUED, Upload.State.READING)


class File(Protocol):
    """What Django hands over for an uploaded file."""

    @property
    def name(self) -> str | None:
        """What the visitor calls it."""

    @property
    def size(self) -> int | None:
        """Its bytes."""

    def chunks(self) -> Iterable[bytes]:
        """The bytes, piece by piece."""


# ------------------------------------------------------------------ upload


def why_not_upload(files: Sequence[File], text: str, address: str) -> list[str]:
    """Every reason why these files cannot be taken; empty where they can."""
    reasons = []
    if not files and not text.strip():
        reasons.append("请选择至少一个文件，或粘贴报告全文。")
    if len(files) > limits.MAX_FILES:
        reasons.append(f"一次最多 {limits.MAX_FILES} 个文件，这次选了 {len(files)} 个；请分批上传。")
    for file in files:
        if (file.size or 0) > limits.MAX_FILE:
            reasons.append(
                f"“{file.name}”有 {(file.size or 0) / 1e6:.0f} MB，每个文件最大 {limits.MAX_FILE / 1e6:.0f} MB。"
            )
    if sum(file.size or 0 for file in files) > limits.MAX_TOTAL:
        reasons.append(f"这些文件合计超过 {limits.MAX_TOTAL / 1e6:.0f} MB；请分批上传。")
    if len(text) > limits.MAX_TEXT:
        reasons.append("粘贴的文字过长，请改为上传文件。")
    if cache.get(_rate_key(address), 0) >= limits.BATCHES_AN_HOUR:
        reasons.append(f"上传过于频繁，请 {60 - timezone.now().minute} 分钟后再试。")
    return reasons


def _rate_key(address: str) -> str:
    return f"batches:{address}:{timezone.now():%Y%m%d%H}"


def upload(files: Sequence[File], text: str = "", *, address: str = "", form: str = "") -> Batch:
    """Take files (and pasted text as one more) as a batch that waits to be read.

    `form` is the secret of the form they came in: sent twice with the same files (a double click, a reload), it
    gives the same batch.
    """
    once = _once(form, files, text)
    if once and (before := Batch.objects.filter(once=once).first()):
        return before
    if address:
        cache.add(_rate_key(address), 0, 3600)
        cache.incr(_rate_key(address))
    expires = timezone.now() + timedelta(hours=limits.KEEP_HOURS)
    batch = Batch(token=secrets.token_urlsafe(32), once=once, expires_at=expires)
    uploads = [Upload(batch=batch, number=i, name=safe_name(f.name or "")) for i, f in enumerate(files, 1)]
    try:
        for item, file in zip(uploads, files, strict=True):
            _store(item.path, file.chunks())
        if text.strip():
            uploads.append(Upload(batch=batch, number=len(uploads) + 1, name="粘贴的文字.txt"))
            _store(uploads[-1].path, [text.encode("utf-8", "replace")])
        # The files are safe on disk before the rows exist: a crash in between leaves nothing half done.
        with transaction.atomic():
            batch.save()
            Upload.objects.bulk_create(uploads)
    except IntegrityError:  # the other click was first
        shutil.rmtree(batch.folder, ignore_errors=True)
        return Batch.objects.get(once=once)
    except OSError:
        shutil.rmtree(batch.folder, ignore_errors=True)
        raise
    return batch


def _once(form: str, files: Sequence[File], text: str) -> str | None:
    """One sending of one form. The same page may send other files later, after the back button."""
    if len(form) < 20:
        return None
    what = "\0".join([form, text, *(f"{file.name}:{file.size}" for file in files)])
    return hashlib.sha256(what.encode("utf-8", "replace")).hexdigest()


def safe_name(name: str) -> str:
    """A file name without folders and control characters, of bounded length, its ending kept."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(ch for ch in name if unicodedata.category(ch)[0] != "C").strip(". ")
    stem, dot, ending = name.rpartition(".")
    short = (stem[:60] + dot + ending[:8]) if stem else name[:60]
    while len(short.encode()) > 240:
        short = short[1:]
    return short or "未命名"


def _store(path: Path, chunks: Iterable[bytes]) -> None:
    settings.UPLOADS.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(exist_ok=True, mode=0o700)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            file.write(chunk)


# -------------------------------------------------------------------- read


def claim() -> Upload | None:
    """The next upload to read, marked as being read. Batches take turns: a single file waits behind no hundred."""
    with transaction.atomic():
        item = (
            Upload.objects.select_related("batch")
            .filter(state=Upload.State.QUEUED, batch__expires_at__gt=timezone.now())
            .order_by("number", "batch_id")
            .first()
        )
        if item is not None:
            Upload.objects.filter(pk=item.pk).update(state=Upload.State.READING)
    return item


def give_back(item: Upload) -> None:
    """Let an upload wait again, because its reader is being stopped."""
    Upload.objects.filter(pk=item.pk, state=Upload.State.READING).update(state=Upload.State.QUEUED)


def resume() -> None:
    """After a crash: what was being read waits again, but a file during which it crashed too often has failed."""
    stuck = Upload.objects.filter(state=Upload.State.READING)
    stuck.update(attempts=F("attempts") + 1)
    stuck.filter(attempts__gte=limits.MAX_ATTEMPTS).update(
        state=Upload.State.FAILED, reason=f"读取时程序 {limits.MAX_ATTEMPTS} 次中断，这个文件没有读取。"
    )
    stuck.update(state=Upload.State.QUEUED)
    for batch in Batch.objects.filter(is_compared=False):
        _complete(batch)


def finish(item: Upload, report: Report | None, reason: str) -> None:
    """Record what became of an upload; when it was the batch's last, check all of them against each other.

    A batch that its owner deleted meanwhile stays deleted.
    """
    _record(item, _outcome(report, reason))
    _complete(item.batch)


def _outcome(report: Report | None, reason: str) -> dict[str, Any]:
    if report is None:
        return {"state": Upload.State.FAILED, "reason": reason[:500]}
    try:
        found = _counted(check(report))
    except Exception:  # a defect of a rule costs this file, not the reader
        log.exception("checking failed")
        return {"state": Upload.State.FAILED, "reason": "核校这份报告时出现内部错误，请把这个文件发给维护者。"}
    return found | {
        "state": Upload.State.DONE,
        "agency": (report.agency or "")[:100],
        "year": report.year,
        "edition": report.edition or "",
        "doubtful": sum(not cell.sure for cell in report.cells.values()),
        "report_json": report.to_json(),
    }


def _record(item: Upload, values: dict[str, Any]) -> None:
    Upload.objects.filter(pk=item.pk).update(**values)


def _counted(findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "findings": [finding.to_json() for finding in findings],
        "errors": sum(f.severity == "error" for f in findings),
        "warnings": sum(f.severity == "warning" for f in findings),
    }


def _complete(batch: Batch) -> None:
    if not batch.uploads.filter(state__in=_PENDING).exists():
        try:
            check_together(batch)
        except Exception:  # each was checked alone; that stands
            log.exception("checking a batch together failed")
        Batch.objects.filter(pk=batch.pk).update(is_compared=True)


def check_together(batch: Batch) -> None:
    """Check each report again with the others in sight: copied text, and last year's report if it is among them."""
    done = list(batch.uploads.filter(state=Upload.State.DONE))
    if len(done) < 2:
        return
    by_agency = {(u.agency, u.year): u.report for u in done if u.agency and u.year}
    for item in done:
        previous = by_agency.get((item.agency, item.year - 1)) if item.year else None
        others = [u.report for u in done if u.pk != item.pk and u.year == item.year]
        _record(item, _counted(check(item.report, previous=previous, others=others)))


# -------------------------------------------------- expect, keep and delete


def expect(batch: Batch, names: str) -> None:
    """Say which agencies must report: names, one a line."""
    wanted = dict.fromkeys("".join(line.split())[:60] for line in names.splitlines() if line.strip())
    batch.expected = "\n".join(list(wanted)[: limits.MAX_EXPECTED])
    batch.save(update_fields=["expected"])


def keep(batch: Batch) -> None:
    """Keep a batch for some days, because its owner asked."""
    batch.expires_at, batch.is_kept = timezone.now() + timedelta(days=limits.KEEP_LONGER_DAYS), True
    batch.save(update_fields=["expires_at", "is_kept"])


def delete(batch: Batch) -> None:
    """Delete a batch and its files at once."""
    folder = batch.folder
    batch.delete()
    shutil.rmtree(folder, ignore_errors=True)


def purge() -> None:
    """Delete what has expired, and folders and halves of uploads that belong to no batch."""
    for batch in Batch.objects.filter(expires_at__lt=timezone.now(), is_demo=False):
        delete(batch)
    known = set(Batch.objects.values_list("token", flat=True))
    old = timezone.now().timestamp() - 3600  # an upload under way has a folder before it has a row
    for folder in settings.UPLOADS.glob("*"):
        if folder.name not in known and folder.stat().st_mtime < old:
            shutil.rmtree(folder, ignore_errors=True)
    for half in settings.INCOMING.glob("*"):
        if half.stat().st_mtime < old:
            half.unlink(missing_ok=True)
