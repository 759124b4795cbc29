"""Whole files or none: a new file takes the old one's place only when all of it is on the disk."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from gongkai.annual_report.writing.document import CannotWrite

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "文件夹不存在",
    errno.EISDIR: "这是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
}


def replace_file(path: Path, data: bytes) -> None:
    """`data` as the file `path`. CannotWrite, naming the cause, where that fails; an old file is then untouched."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)  # a pipe or a terminal has no old content to protect
        else:
            _replace(path.resolve(), data)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or "写入失败")
        raise CannotWrite(f"没有写成“{path}”：{reason}；原有文件未动。") from error


def _replace(path: Path, data: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a directory")
    handle, name = tempfile.mkstemp(prefix=".gongkai-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    # The only way to ask is to set it; mkstemp makes files private, a report is not.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
