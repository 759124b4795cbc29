"""The outside of old Office files (OLE compound files): what the directory of the file says it holds."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NONE = 0xFFFFFFFA  # sector numbers from here on end a chain
_NO_ENTRY = 0xFFFFFFFF
_ENTRY = 128
_ROOT = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One directory entry: name, kind (1 storage, 2 stream, 5 root), neighbours in its tree, first sector, size."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


def top_entries(data: bytes) -> dict[str, Entry]:
    """The streams and storages at the top of a compound file, by name; those of embedded objects left out.

    Empty where the file is too damaged to tell.
    """
    try:
        entries = list(_directory(data))
    except (struct.error, IndexError, OverflowError):
        return {}
    if not entries or entries[0].kind != _ROOT:
        return {}
    found: dict[str, Entry] = {}
    seen: set[int] = set()
    stack = [entries[0].child]
    while stack:
        number = stack.pop()
        if number >= len(entries) or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        found[entry.name] = entry
        stack += [entry.left, entry.right]
    return found


def first_bytes(data: bytes, entry: Entry, length: int) -> bytes:
    """The beginning of a stream that stands in sectors of its own (4 096 bytes or more)."""
    at = (entry.start + 1) << _shift(data)
    return data[at : at + length]


def _shift(data: bytes) -> int:
    shift: int = struct.unpack_from("<H", data, 30)[0]
    return shift if shift in (9, 12) else 9


def _directory(data: bytes) -> Iterator[Entry]:
    shift = _shift(data)
    size = 1 << shift
    fat = [n for n in struct.unpack_from("<109I", data, 76) if n < _NONE]
    sector: int = struct.unpack_from("<I", data, 48)[0]
    seen: set[int] = set()
    while sector < _NONE and sector not in seen:
        seen.add(sector)
        at = (sector + 1) << shift
        for position in range(at, min(at + size, len(data) - _ENTRY + 1), _ENTRY):
            yield _entry(data, position)
        block, inside = divmod(sector, size // 4)
        sector = struct.unpack_from("<I", data, ((fat[block] + 1) << shift) + inside * 4)[0]


def _entry(data: bytes, at: int) -> Entry:
    length, kind = struct.unpack_from("<HB", data, at + 64)
    left, right, child = struct.unpack_from("<3I", data, at + 68)
    start, size = struct.unpack_from("<II", data, at + 116)
    name = data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
    return Entry(name, kind, left, right, child, start, size)
