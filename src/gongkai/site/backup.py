"""Backup and restore: database, files and key in one archive.

The database is copied first and the files after it. A file is on disk before its row exists, so every row in the
snapshot has its file; what came later is extra and harmless.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection

from gongkai import __version__
from gongkai.audit import actions as audit
from gongkai.audit import queries as log
from gongkai.audit.actor import SYSTEM
from gongkai.site import archive, databases

FOLDERS: Final = ("media", "uploads")
KEY: Final = "secret-key"
LOCKS: Final = ("server.lock", "reader.lock")
"""What a running site holds a lock on, in the data folder."""
UNFINISHED: Final = "restore-unfinished"
"""A file in the data folder while a restore exchanges the contents; the server does not start while it is there."""


class NotDone(Exception):
    """Why there is no backup or nothing was restored; the message is in Chinese."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a backup or a restore did."""

    path: Path
    size: int
    count: int
    notes: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------------------------- backup


def backup(target: Path, keep: int = 0) -> Done:
    """Write a backup to the file `target`, or under a new name into the folder `target`. `keep`: delete older ones."""
    folder = target if target.is_dir() else target.parent
    if target.is_dir():
        target = folder / f"gongkai-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar.gz"
    if not target.name.endswith((".tar", ".tar.gz")):
        raise NotDone(f"备份文件的名称应以 .tar.gz 或者 .tar 结尾，“{target.name}”不是。")
    if target.exists():
        raise NotDone(f"“{target}”已经存在，没有覆盖；请换一个名称。")
    if (settings.VAR / UNFINISHED).exists():
        raise NotDone("上次恢复没有完成，现在的数据不完整；请先重新运行 gongkai restore。")
    try:
        audit.record(SYSTEM, "site.backup", label=target.name)
        head = log.head()
    except DatabaseError as error:
        raise NotDone(f"读不了数据库，请检查 DATABASE_URL 和 GONGKAI_VAR，并先迁移数据库：{error}".rstrip()) from error
    with _workspace(".backup-") as temporary:
        snapshot = databases.snapshot(temporary)
        about = {
            "gongkai": __version__,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": connection.vendor,
            "audit_head": f"{head[0]}:{head[1]}",
        }
        manifest = archive.write(target, _members(snapshot), about)
    for old in sorted(folder.glob("gongkai-*.tar.gz"))[:-keep] if keep else ():
        old.unlink()
    gone = len(manifest["gone"])
    notes = [f"备份时有 {gone} 个文件已被删除，没有包含。"] if gone else []
    if settings.ENV["GONGKAI_S3_BUCKET"]:
        notes.append("附件存放在 S3 兼容存储中，不在备份里，请用存储服务的版本或者复制功能备份。")
    if settings.ENV["GONGKAI_SECRET_KEY"]:
        notes.append("密钥由 GONGKAI_SECRET_KEY 设置，不在备份里，请另行保存。")
    return Done(target, target.stat().st_size, len(manifest["files"]), tuple(notes))


def _members(snapshot: Path) -> Iterator[tuple[str, Path]]:
    yield snapshot.name, snapshot
    for folder in FOLDERS:
        for path in sorted((settings.VAR / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield f"files/{path.relative_to(settings.VAR).as_posix()}", path
    if (settings.VAR / KEY).is_file():
        yield f"files/{KEY}", settings.VAR / KEY


# ------------------------------------------------------------------------------------------------------------ restore


def restore(source: Path, force: bool = False) -> Done:
    """Make the site what it was when `source` was written. What it replaces is kept in a folder beside.

    Everything is unpacked and compared with the manifest before anything is touched.
    """
    var: Path = settings.VAR
    source.open("rb").close()  # a missing file is said before anything else
    if not force and not (var / UNFINISHED).exists() and not _is_empty():
        raise NotDone(f"“{var}”或者数据库里已有数据，没有恢复；确实要替换的，加上 --force。")
    with _site_stopped(), _workspace(".restore-") as new:
        try:
            manifest = archive.extract(source, new)
        except archive.BadArchive as error:
            raise NotDone(str(error)) from error
        kind = manifest["database"]
        if kind != connection.vendor:
            raise NotDone(f"备份的数据库是 {kind}，现在设置的是 {connection.vendor}；请改设 DATABASE_URL 后再恢复。")
        kept = _exchange(new, databases.FILES[kind])
    notes = [f"原来的数据移到了“{kept}”，确认无误后可以删除。"] if kept else []
    try:
        audit.record(SYSTEM, "site.restore", label=source.name, details={"head": manifest["audit_head"]})
    except DatabaseError:
        notes.append("备份来自较早的版本，请运行 python -m gongkai.site migrate。")
    return Done(source, source.stat().st_size, len(manifest["files"]), tuple(notes))


def _exchange(new: Path, database: str) -> Path | None:
    """Put what was unpacked in its place. A mark stands while that goes on: a mixture never serves anyone."""
    var: Path = settings.VAR
    mark = var / UNFINISHED
    is_first = not mark.exists()
    mark.touch()
    kept = Path(tempfile.mkdtemp(prefix=f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}-", dir=var))
    _give_to_owner(new)
    if connection.vendor == "postgresql":
        try:
            if not databases.is_empty():
                databases.snapshot(kept)
            databases.replace_postgresql(new / database)
        except databases.NoDatabaseTool:
            shutil.rmtree(kept)
            if is_first:
                mark.unlink()  # nothing was touched
            raise
    for name in (*FOLDERS, KEY):
        if (var / name).exists() and (name != KEY or (new / "files" / KEY).exists()):
            (var / name).rename(kept / name)
        if (new / "files" / name).exists():
            (new / "files" / name).rename(var / name)
    if connection.vendor == "sqlite":
        databases.replace_sqlite(new / database, kept)
    os.sync()
    mark.unlink()
    if {path.name for path in kept.iterdir()} <= {KEY}:  # the site was empty
        shutil.rmtree(kept)
        return None
    return kept


def _is_empty() -> bool:
    return databases.is_empty() and not any(any((settings.VAR / name).glob("*")) for name in FOLDERS)


def _give_to_owner(folder: Path) -> None:
    """Restored by root, the files still belong to whom the data folder belongs."""
    if os.geteuid() == 0:
        owner = settings.VAR.stat()
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner.st_uid, owner.st_gid)


@contextlib.contextmanager
def _workspace(prefix: str) -> Iterator[Path]:
    """A folder on the disk of the data, locked while in use; those that killed processes left are removed."""
    for old in settings.VAR.glob(f"{prefix}*"):
        with contextlib.suppress(OSError), _locked_folder(old):
            shutil.rmtree(old)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=settings.VAR) as made, _locked_folder(Path(made)):
        yield Path(made)


@contextlib.contextmanager
def _locked_folder(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _site_stopped() -> Iterator[None]:
    """Hold what a running site holds; refuse while one runs."""
    with contextlib.ExitStack() as stack:
        for name in LOCKS:
            lock: Any = stack.enter_context(open(settings.VAR / name, "a"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise NotDone("网站正在运行，请先停止网站和读取进程，再恢复。") from error
        yield
