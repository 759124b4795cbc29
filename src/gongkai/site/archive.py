"""A backup as a file: a tar of members and a manifest with the SHA-256 of each, written whole or not at all.

Pure file work; what goes in is `backup`'s subject.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, cast

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
_PIECE = 1 << 20


class BadArchive(Exception):
    """The file is no backup, or no longer what was written; the message says so in Chinese."""


def write(target: Path, members: Iterable[tuple[str, Path]], about: dict[str, Any]) -> dict[str, Any]:
    """Write `members` (name in the archive, file) to `target`; the manifest. Files that went away are its `gone`.

    The archive is read back and compared before it gets its name. A half of one never has it, whatever happens.
    """
    _sweep(target.parent)
    half = target.with_name(f".{target.name}.part-{os.getpid()}")
    try:
        with open(os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            _fill(file, target.name.endswith(".gz"), members, about)
            file.flush()
            os.fsync(file.fileno())
            manifest = verify(half)
            _give_name(half, target)
        _sync_folder(target.parent)
    finally:
        with contextlib.suppress(FileNotFoundError):
            half.unlink()
    return manifest


def _give_name(half: Path, target: Path) -> None:
    try:
        os.link(half, target)  # unlike a rename this refuses to replace a file
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as a network share
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        half.rename(target)


def _fill(file: IO[bytes], zipped: bool, members: Iterable[tuple[str, Path]], about: dict[str, Any]) -> None:
    files: dict[str, dict[str, Any]] = {}
    gone: list[str] = []
    how: Any = {"mode": "w:gz", "compresslevel": 3} if zipped else {"mode": "w"}
    with tarfile.open(fileobj=file, format=tarfile.PAX_FORMAT, **how) as tar:
        for name, path in members:
            try:
                with path.open("rb") as source:
                    state = os.fstat(source.fileno())
                    member = tarfile.TarInfo(name)
                    member.size, member.mtime, member.mode = state.st_size, int(state.st_mtime), 0o600
                    counted = _Hashed(source)
                    tar.addfile(member, cast(IO[bytes], counted))
            except FileNotFoundError:
                gone.append(name)
            else:
                files[name] = {"size": member.size, "sha256": counted.digest.hexdigest()}
        manifest = json.dumps({"format": FORMAT, **about, "gone": gone, "files": files}, indent=1)
        member = tarfile.TarInfo(MANIFEST)
        member.size, member.mode = len(manifest.encode()), 0o600
        tar.addfile(member, io.BytesIO(manifest.encode()))


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        return data


def verify(path: Path) -> dict[str, Any]:
    """The manifest, when every member is there once and as the manifest says. BadArchive otherwise."""
    return _walk(path, None)


def extract(path: Path, folder: Path) -> dict[str, Any]:
    """The same, the members written below `folder`, each readable by its owner only."""
    return _walk(path, folder)


def _walk(path: Path, folder: Path | None) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(path, "r:*") as tar:
            for member in tar:
                source = tar.extractfile(member) if member.isreg() else None
                if source is None or member.name in found or manifest is not None or not _is_inside(member.name):
                    raise BadArchive(f"“{path}”不是备份文件：其中有不该有的内容“{member.name}”。")
                if member.name == MANIFEST:
                    manifest = json.load(source)
                    continue
                with _opened(folder, member) as out:
                    found[member.name] = {"size": member.size, "sha256": _copy(source, out)}
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise BadArchive(f"“{path}”不是备份文件，或者已经损坏。") from error
    if manifest is None or manifest.get("format") != FORMAT:
        raise BadArchive(f"“{path}”不是备份文件，或者是由较新的版本备份的。")
    wanted = manifest["files"]
    wrong = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if wrong:
        raise BadArchive(f"“{path}”已经损坏：有 {len(wrong)} 个文件与清单不符，如“{wrong[0]}”。")
    return manifest


def _is_inside(name: str) -> bool:
    pure = PurePosixPath(name)
    return not pure.is_absolute() and ".." not in pure.parts and bool(pure.parts)


@contextlib.contextmanager
def _opened(folder: Path | None, member: tarfile.TarInfo) -> Iterator[IO[bytes] | None]:
    if folder is None:
        yield None
        return
    path = folder / member.name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())
    os.utime(path, (member.mtime, member.mtime))


def _copy(source: IO[bytes], out: IO[bytes] | None) -> str:
    digest = hashlib.sha256()
    while piece := source.read(_PIECE):
        digest.update(piece)
        if out is not None:
            out.write(piece)
    return digest.hexdigest()


def _sweep(folder: Path) -> None:
    """Remove halves that a killed process left: nobody holds their lock any more."""
    for half in folder.glob(".*.part-*"):
        with contextlib.suppress(OSError), half.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            half.unlink()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
