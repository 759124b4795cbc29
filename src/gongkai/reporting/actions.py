"""Verbs: upload, read, keep, delete. Each says why not first, then does all of it or nothing."""

from __future__ import annotations

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
from django.db import transaction
from django.utils import timezone

from gongkai.annual_report.checks import check
from gongkai.annual_report.checks.finding import Finding
from gongkai.annual_report.report import Report
from gongkai.reporting import limits
from gongkai.reporting.models import Batch, Upload


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
    wait = _minutes_to_wait(address)
    if wait:
        reasons.append(f"上传过于频繁，请 {wait} 分钟后再试。")
    return reasons


def _minutes_to_wait(address: str) -> int:
    """How long an address must wait before its next batch; 0 for not at all. Counts this call."""
    now = timezone.now()
    key = f"batches:{address}:{now:%Y%m%d%H}"
    cache.add(key, 0, 3600)
    return 60 - now.minute if cache.incr(key) > limits.BATCHES_AN_HOUR else 0


def upload(files: Sequence[File], text: str = "") -> Batch:
    """Take files (and pasted text as one more) as a batch that waits to be read."""
    batch = Batch(token=secrets.token_urlsafe(32), expires_at=timezone.now() + timedelta(hours=limits.KEEP_HOURS))
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
    except OSError:
        shutil.rmtree(batch.folder, ignore_errors=True)
        raise
    return batch


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
    path.parent.mkdir(parents=True, mode=0o700)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            file.write(chunk)


# ----------------------------------------------------------------- reading


def claim(most: int) -> list[Upload]:
    """The next uploads to read, marked as being read."""
    with transaction.atomic():
        waiting = list(
            Upload.objects.select_related("batch")
            .filter(state=Upload.State.QUEUED)
            .order_by("batch_id", "number")[:most]
        )
        ids = [item.pk for item in waiting]
        Upload.objects.filter(pk__in=ids).update(state=Upload.State.READING)
    return waiting


def resume() -> None:
    """After a crash: what was being read waits again, but a file that crashed the reader twice has failed."""
    stuck = Upload.objects.filter(state=Upload.State.READING)
    stuck.filter(attempts__gte=1).update(state=Upload.State.FAILED, reason="读取时程序两次中断，这个文件没有读取。")
    for item in stuck:
        item.state, item.attempts = Upload.State.QUEUED, item.attempts + 1
        item.save(update_fields=["state", "attempts"])


def finish(item: Upload, report: Report | None, reason: str) -> None:
    """Record what became of an upload; when it was the batch's last, check all of them against each other."""
    if report is None:
        item.state, item.reason = Upload.State.FAILED, reason[:500]
        item.save(update_fields=["state", "reason"])
    else:
        item.state = Upload.State.DONE
        item.agency, item.year = (report.agency or "")[:100], report.year
        item.edition = report.edition or ""
        item.doubtful = sum(not cell.sure for cell in report.cells.values())
        item.report_json = report.to_json()
        _record(item, check(report))
        item.save()
    if not Upload.objects.filter(batch=item.batch, state__in=(Upload.State.QUEUED, Upload.State.READING)).exists():
        check_together(item.batch)


def check_together(batch: Batch) -> None:
    """Check each report again with the others in sight: copied text, and last year's report if it is among them."""
    done = list(batch.uploads.filter(state=Upload.State.DONE))
    if len(done) < 2:
        return
    by_agency = {(u.agency, u.year): u.report for u in done if u.agency and u.year}
    for item in done:
        previous = by_agency.get((item.agency, item.year - 1)) if item.year else None
        others = [u.report for u in done if u.pk != item.pk and u.year == item.year]
        _record(item, check(item.report, previous=previous, others=others))
        item.save(update_fields=["findings", "errors", "warnings"])


def _record(item: Upload, findings: Sequence[Finding]) -> None:
    item.findings = [finding.to_json() for finding in findings]
    item.errors = sum(f.severity == "error" for f in findings)
    item.warnings = sum(f.severity == "warning" for f in findings)


# ---------------------------------------------------------- keep and delete


def keep(batch: Batch) -> None:
    """Keep a batch for some days, because its owner asked."""
    batch.expires_at = timezone.now() + timedelta(days=limits.KEEP_LONGER_DAYS)
    batch.save(update_fields=["expires_at"])


def delete(batch: Batch) -> None:
    """Delete a batch and its files at once."""
    folder = batch.folder
    batch.delete()
    shutil.rmtree(folder, ignore_errors=True)


def purge() -> None:
    """Delete what has expired, and folders that belong to no batch."""
    for batch in Batch.objects.filter(expires_at__lt=timezone.now(), is_demo=False):
        delete(batch)
    known = set(Batch.objects.values_list("token", flat=True))
    old = timezone.now().timestamp() - 3600  # an upload under way has a folder before it has a row
    for folder in settings.UPLOADS.glob("*") if settings.UPLOADS.exists() else ():
        if folder.name not in known and folder.stat().st_mtime < old:
            shutil.rmtree(folder, ignore_errors=True)


def prepare_demo() -> None:
    """The fictional county's reports as a batch that everyone may open; made once."""
    from gongkai.demo import write_demo

    if Batch.objects.filter(is_demo=True).exists():
        return
    folder = settings.VAR / "demo"
    paths = [path for path in write_demo(folder) if path.is_file()]
    batch = upload([_Local(path) for path in sorted(paths)])
    batch.is_demo, batch.name = True, "示例：青禾县各单位年度报告"
    batch.save(update_fields=["is_demo", "name"])


class _Local:
    """A file of this machine in the shape of an upload."""

    def __init__(self, path: Path) -> None:
        self.path, self.name, self.size = path, path.name, path.stat().st_size

    def chunks(self) -> Iterable[bytes]:
        yield self.path.read_bytes()


def summary(batch: Batch) -> dict[str, Any]:
    """Counts that the progress line shows."""
    states = list(batch.uploads.values_list("state", flat=True))
    finished = sum(s in (Upload.State.DONE, Upload.State.FAILED) for s in states)
    return {"total": len(states), "finished": finished, "pending": len(states) - finished}
