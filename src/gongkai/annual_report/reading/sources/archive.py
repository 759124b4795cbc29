"""Zip-based documents, opened within bounds: hostile archives are refused before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

from gongkai.annual_report.reading.limits import MAX_PARTS, MAX_UNZIPPED, MAX_XML
from gongkai.annual_report.reading.stream import NotReadable

_DAMAGED = "文件已损坏或不完整，无法打开；请重新导出后再试。"
_TOO_LARGE = "文件解开后过大，为安全起见没有读取。"
_ENTRY = b"PK\x01\x02"


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive of a docx, xlsx or odt. NotReadable where it is broken, encrypted or a bomb."""
    # Counted first: a directory of a million entries takes seconds to read.
    if len(data) > MAX_PARTS * 46 and data.count(_ENTRY) > MAX_PARTS:
        raise NotReadable(_TOO_LARGE)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except Exception as error:  # zipfile raises many kinds for damaged files
        raise NotReadable(_DAMAGED) from error
    if len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_UNZIPPED:
        raise NotReadable(_TOO_LARGE)
    if any(e.flag_bits & 1 for e in entries):
        raise NotReadable("文件已加密，请先取消打开密码再读取。")
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """One XML part of an archive, or None where it has no such part.

    zipfile unpacks no more than the directory declares, so a part that lies about its size is cut off.
    """
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    if entry.file_size > MAX_XML:
        raise NotReadable(_TOO_LARGE)
    try:
        return archive.read(entry)
    except MemoryError:
        raise
    except Exception as error:
        raise NotReadable(_DAMAGED) from error
