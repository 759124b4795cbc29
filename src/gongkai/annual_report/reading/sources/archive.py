"""Zip-based documents, opened within bounds: hostile archives are refused before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

from gongkai.annual_report.reading.limits import MAX_PARTS, MAX_UNZIPPED
from gongkai.annual_report.reading.stream import NotReadable


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive of a docx, xlsx or odt. NotReadable where it is broken, encrypted or a bomb."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise NotReadable("文件已损坏或不完整，无法打开；请重新导出后再试。") from error
    if len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_UNZIPPED:
        raise NotReadable("文件解开后过大，为安全起见没有读取。")
    if any(e.flag_bits & 1 for e in entries):
        raise NotReadable("文件已加密，请先取消打开密码再读取。")
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """One part of an archive, or None where it has no such part. Never more than the bound, whatever it claims."""
    try:
        with archive.open(name) as file:
            data = file.read(MAX_UNZIPPED + 1)
    except KeyError:
        return None
    except Exception as error:  # zipfile raises many kinds for damaged members
        raise NotReadable("文件已损坏或不完整，无法打开；请重新导出后再试。") from error
    if len(data) > MAX_UNZIPPED:
        raise NotReadable("文件解开后过大，为安全起见没有读取。")
    return data
