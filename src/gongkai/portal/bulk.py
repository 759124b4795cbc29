"""Everything that is public as files for machines, made at night: CSV and JSON lines, compressed, at addresses that stay.

A file is handed out as long as nothing in it has been corrected or withdrawn since it was begun: such a change draws another
mark, and a file of an older mark is made anew within minutes. What is newly published waits for the night.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from gongkai.disclosure import lists, shown
from gongkai.disclosure.lists import Wanted
from gongkai.disclosure.models import Shown
from gongkai.office import chores
from gongkai.portal import addresses, columns, described, errors, exports, groups, identity, marks
from gongkai.portal.models import Bulk
from gongkai.portal.page import Page
from gongkai.portal.shell import show

KINDS: Final = {"csv": "表格（CSV，压缩）", "jsonl": "JSON Lines（压缩）"}
"""The files by their names."""
NOT_YET: Final = "数据文件每晚生成，有信息更正或者撤回的几分钟内重新生成；现在还没有，请稍后再来。"
HOUR: Final = 2
_MARK: Final = "bulk"
_SAID: Final = (
    "document_no", "issuing_body", "genre", "theme", "item", "field", "column", "keywords", "abstract", "source", "scope",
    "formed_on", "effective_on", "expires_on", "amended_on", "repealed_on", "is_normative", "body",
)  # fmt: skip
"""What a line of JSON takes from the version; the rest of it is the office's."""


def watch() -> None:
    """Whatever takes something back makes the files old."""
    shown.WATCHERS.append(_changed)
    chores.register(chores.Chore("bulk", "公开数据的文件", timedelta(minutes=5), chore))


def _changed(before: Shown | None, after: Shown | None) -> None:
    if before is not None or after is None:  # what is only added takes nothing back
        transaction.on_commit(partial(marks.change, [_MARK, groups.DATA]))


def chore() -> str:
    """Make the files once a night, and at once where what is there has become old."""
    now = timezone.localtime()
    night = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    night -= timedelta(days=0 if now >= night else 1)
    made = [current(kind) for kind in KINDS]
    if all(one is not None and one.at >= night for one in made):
        return ""
    return f"{make()} 条"


def make() -> int:
    """Make the files anew; how many records they have. Until both are there, the old ones are handed out."""
    mark, at = marks.now(_MARK), timezone.now()
    with TemporaryDirectory() as folder:
        paths = {kind: Path(folder) / kind for kind in KINDS}
        rows = _write(paths)
        names = {kind: _keep(kind, path) for kind, path in paths.items()}
        with transaction.atomic():
            old = set(Bulk.objects.select_for_update().values_list("name", flat=True))
            for kind, (name, sha256, size) in names.items():
                values = {"name": name, "sha256": sha256, "size": size, "mark": mark, "at": at, "rows": rows}
                Bulk.objects.update_or_create(kind=kind, defaults=values)
    marks.change([groups.DATA])
    for name in old - {name for name, _, _ in names.values()}:
        with suppress(OSError):  # someone is still reading it, on systems that mind
            default_storage.delete(name)
    return rows


def _write(paths: dict[str, Path]) -> int:
    """Both files in one reading of the records."""
    domain = identity.current().domain
    base = f"https://{domain}" if domain else ""
    count = 0
    with _gzip(paths["jsonl"]) as out, _gzip(paths["csv"]) as table:

        def rows() -> Iterator[Shown]:
            nonlocal count
            for row in lists.every(Wanted()):
                count += 1
                out.write((json.dumps(line(row, base), ensure_ascii=False) + "\n").encode())
                yield row

        for text in exports.lines(rows(), base):
            table.write(text.encode())
    return count


def _gzip(path: Path) -> gzip.GzipFile:
    return gzip.GzipFile(path, "wb", compresslevel=6, mtime=0)  # the same records give the same bytes


def _keep(kind: str, path: Path) -> tuple[str, str, int]:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    name = f"bulk/{sha256}.{kind}.gz"
    if not default_storage.exists(name):
        with path.open("rb") as file:
            default_storage.save(name, File(file))
    return name, sha256, path.stat().st_size


def line(row: Shown, base: str) -> dict[str, Any]:
    """A record as a line of JSON: its version as the public sees it."""
    content, standing = row.version.content, described.validity(row)
    return {
        "id": row.pk, "url": base + addresses.to("record", row.pk), "index_no": row.index_no, "title": row.title,
        "agency": row.agency.name, "published_at": timezone.localtime(row.published_at).isoformat(timespec="seconds"),
        "changed_at": timezone.localtime(row.changed_at).isoformat(timespec="seconds"), "version": row.version.number,
        "validity": standing.label if standing else None, **{name: content.get(name) for name in _SAID},
        "particulars": described.particulars(row),
        "files": [{"name": one.name, "size": one.size, "url": base + one.url} for one in described.files(row)],
    }  # fmt: skip


def current(kind: str) -> Bulk | None:
    """The file, if nothing in it has been taken back."""
    made = Bulk.objects.filter(kind=kind).first()
    return made if made and made.mark == marks.now(_MARK) else None


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The files of everything that is public: what they are, how large, of when."""
    made = [(label, addresses.to(f"bulk_{kind}"), file) for kind, label in KINDS.items() if (file := current(kind))]
    page = Page("公开数据", columns.CONTENT, ((columns.CONTENT.name, columns.CONTENT.url),))
    return show(request, "data", page, files=made, not_yet=NOT_YET)


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A file, or 304 for who has it."""
    made = current(kind)
    if made is None:
        return errors.not_yet(request, NOT_YET)
    etag, changed = f'"{made.sha256}"', int(made.at.timestamp())
    response: HttpResponseBase | None = get_conditional_response(request, etag, changed)
    if response is None:
        if request.method == "HEAD":
            response = HttpResponse(content_type="application/gzip")
            response.headers["Content-Length"] = str(made.size)
        else:
            file = default_storage.open(made.name)
            response = FileResponse(
                file, as_attachment=True, filename=f"records.{kind}.gz", content_type="application/gzip"
            )
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed)
    response.headers["Cache-Control"] = "no-cache"  # asked for again each time, answered 304 where nothing is new
    return response
