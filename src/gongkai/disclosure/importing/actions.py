"""The verb: import. Batches, each in one transaction with its entry in the log, so that what is stopped goes on later.

A batch that the database refuses is done row by row, and only the row that is wrong stays out.
"""

from __future__ import annotations

import csv
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from itertools import islice
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone

from gongkai.agencies.doer import Doer, insist
from gongkai.agencies.models import Agency
from gongkai.audit.actions import record as log
from gongkai.content import filekinds
from gongkai.content.unseen import tidy
from gongkai.disclosure import actions as records
from gongkai.disclosure import filing, review, shown
from gongkai.disclosure.catalogue.models import changed as catalogue_changed
from gongkai.disclosure.importing.models import ImportRun, Origin, Refusal
from gongkai.disclosure.importing.planning import RIGHT, Planner, Step
from gongkai.disclosure.importing.reading import NotAList, Rows
from gongkai.disclosure.models import Attachment, FileEvent, Record, Serial, Version, digest_of
from gongkai.statute.catalogue import index_number

VERBS: Final = {"records.import": "导入历史信息"}
BATCH: Final = 200

Progress = Callable[[int], object]


def begin(by: Doer, agency: Agency, name: str, site: str, sha256: str, rows: int) -> ImportRun:
    """The run of this file: the one that was stopped, else a new one."""
    site = tidy(site)[:100]
    insist(
        by.why_not(RIGHT, agency),
        [] if site else ["请写明来源，如“原县教育局网站”。"],
        [] if rows else ["文件里没有要导入的信息：表头下面一行也没有填。"],
    )
    stopped = ImportRun.objects.filter(agency=agency, sha256=sha256, site=site, ended_at=None).first()
    if stopped:
        return stopped
    return ImportRun.objects.create(
        agency=agency, staff=by.staff, name=name[:200], site=site, sha256=sha256, rows=rows
    )  # fmt: skip


def go(by: Doer, run: ImportRun, rows: Rows, *, progress: Progress = lambda n: None, seconds: float = 0) -> ImportRun:
    """Import the rows that are not yet in. With `seconds` it stops in time, and the run stays open to go on.

    Where someone else is at it at the same time, whoever comes second leaves the rest to the first.
    """
    insist(by.why_not(RIGHT, run.agency))
    run.refresh_from_db()
    planner = Planner(by, run.agency, run.site, rows)
    ends = time.monotonic() + seconds if seconds else None
    for batch in _batches(islice(planner.plan(), run.done, None), BATCH):  # all are planned: a later row may repeat one
        if not _do(by, run, batch):
            return run
        run.refresh_from_db()
        progress(len(batch))
        if ends and time.monotonic() > ends:
            return run
    run.ended_at = timezone.now()
    run.save(update_fields=["ended_at"])
    return run


def _batches(steps: Iterable[Step], size: int) -> Iterator[list[Step]]:
    batch: list[Step] = []
    for step in steps:
        batch.append(step)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _do(by: Doer, run: ImportRun, batch: list[Step]) -> bool:
    """Whether the batch was ours to write."""
    done = run.done
    try:
        return _write(by, run, batch, done)
    except DatabaseError:
        return all(_do_one(by, run, step, done + number) for number, step in enumerate(batch))


def _do_one(by: Doer, run: ImportRun, step: Step, done: int) -> bool:
    try:
        return _write(by, run, [step], done)
    except DatabaseError as error:
        step.reasons.append(f"数据库没有接受这一行：{error}"[:300])
        step.what = "refused"
        return _write(by, run, [step], done)


@transaction.atomic
def _write(by: Doer, run: ImportRun, batch: list[Step], done: int) -> bool:
    """Write what follows the first `done` rows; not where someone else has done so meanwhile."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.done != done or run.ended_at is not None:
        return False
    now = timezone.now()
    new = [step for step in batch if step.what == "new"]
    changed = [step for step in batch if step.what == "changed"]
    refused = [step for step in batch if step.what == "refused"]
    _insert(by, run, new)
    for step in changed:
        _change(by, run, step)
    Refusal.objects.filter(run=run, line__in=[step.row.line for step in batch]).delete()
    Refusal.objects.bulk_create(
        Refusal(run=run, line=step.row.line, title=step.title[:300], reason="".join(step.reasons)) for step in refused
    )
    run.made += len(new)
    run.changed += len(changed)
    run.unchanged += sum(step.what == "unchanged" for step in batch)
    run.refused = run.refusals.count()
    run.save(update_fields=["made", "changed", "unchanged", "refused"])
    if any(step.record and step.record.catalogue_row_id for step in [*new, *changed]):
        catalogue_changed()
    if new or changed:
        lines = [step.row.line for step in batch]
        log(by.actor(), "records.import", label=run.site, details={
            "run": run.pk, "file": run.name, "at": now, "lines": [min(lines), max(lines)], "made": len(new),
            "public": sum(step.published is not None for step in new), "changed": len(changed), "refused": len(refused),
        })  # fmt: skip
    return True


def _insert(by: Doer, run: ImportRun, steps: list[Step]) -> None:
    made = [step.record for step in steps if step.record]
    _number(steps)
    for step in steps:
        assert step.record
        step.record.published_at = step.published
        step.record.state = "published" if step.published else "draft"
        step.record.is_public = step.published is not None
    Record.objects.bulk_create(made)
    attachments = [one for step in steps for one in _keep(step)]
    Attachment.objects.bulk_create(attachments)
    kept: dict[int, list[Attachment]] = {}
    for one in attachments:
        kept.setdefault(one.record_id, []).append(one)
    FileEvent.objects.bulk_create(
        [_event(by, run, step, kept.get(step.record.pk, [])) for step in steps if step.record]
    )
    versions = Version.objects.bulk_create(
        [
            Version(record=step.record, number=1, at=step.published, content=step.record.content,
                    files=filing.listed(kept.get(step.record.pk, [])))
            for step in steps if step.record and step.published
        ]
    )  # fmt: skip
    shown.enter(versions)
    Origin.objects.bulk_create(
        [
            Origin(record=step.record, agency=step.agency, run=run, site=run.site, key=step.key, row=step.digest,
                   address=step.row.values.get("address", "")[:500])
            for step in steps
        ]
    )  # fmt: skip


def _number(steps: list[Step]) -> None:
    """Index numbers for what is public: its own, or the next of the agency's year."""
    serials: dict[tuple[int, int], Serial] = {}
    for step in steps:
        assert step.record
        if not step.published:
            continue
        step.record.index_no = step.index_no
        year = step.record.formed_on.year
        while not step.record.index_no:
            pair = (step.agency.pk, year)
            if pair not in serials:
                Serial.objects.get_or_create(agency=step.agency, year=year)
                serials[pair] = Serial.objects.select_for_update().get(agency=step.agency, year=year)
            serials[pair].last += 1
            number = index_number(step.agency.credit_code or f"{step.agency.pk:09d}", year, serials[pair].last)
            if not Record.objects.filter(index_no=number).exists():
                step.record.index_no = number
    for serial in serials.values():
        serial.save(update_fields=["last"])


def _keep(step: Step) -> list[Attachment]:
    """The row's files in the storage, where they lie before a row of the database names them."""
    made = []
    for file in step.files:
        one = Attachment(
            record=step.record, name=file.name, sha256=hashlib.sha256(file.content).hexdigest(),
            size=len(file.content), kind=filekinds.kind_of(file.content, file.name),
        )  # fmt: skip
        if not default_storage.exists(one.path):
            default_storage.save(one.path, ContentFile(file.content))
        made.append(one)
    return made


def _event(by: Doer, run: ImportRun, step: Step, attachments: list[Attachment]) -> FileEvent:
    assert step.record
    kind: review.EventKind = "imported" if step.published else "drafted"
    where = step.row.values.get("address", "")
    note = f"迁移自{run.site}，导入文件“{run.name[:80]}”第{step.row.line}行"
    if step.published:
        note += f"，原发布日期{step.published.date()}"
    note += f"，原网址{where[:200]}" if where else ""
    digest = digest_of(step.record.content, [(a.name, a.sha256) for a in attachments])
    return FileEvent(
        record=step.record, number=1, kind=kind, staff=by.staff, who=by.who(), digest=digest, note=note
    )  # fmt: skip


def _change(by: Doer, run: ImportRun, step: Step) -> None:
    """A row that says something else now: the working copy changes, what is public waits for the review."""
    assert step.record
    step.record.save()
    for one in _keep(step):
        if not step.record.attachments.filter(sha256=one.sha256, name=one.name, is_removed=False).exists():
            one.save()
    records.touched(by, step.record)
    Origin.objects.filter(record=step.record).update(row=step.digest, run=run)


# --------------------------------------------------------------------------------------------------------------- report


def refused_csv(rows: Iterable[tuple[int, str, str]]) -> bytes:
    """The report of what was refused: line, title, reason. What a spreadsheet would run as a formula is text."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["行", "标题", "原因"])
    for line, title, reason in rows:
        writer.writerow([line, harmless(title), harmless(reason)])
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def read(content: bytes, name: str) -> Rows:
    """The rows of an upload: a ZIP of documents, or a list in any of the forms."""
    import zipfile
    from io import BytesIO

    from gongkai.disclosure.importing import documents, reading

    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise NotAList("文件已损坏，打不开。") from error
        office = "[Content_Types].xml" in names or "mimetype" in names
        if not office:
            return documents.from_zip(content)
    return reading.rows_of(content, name)
