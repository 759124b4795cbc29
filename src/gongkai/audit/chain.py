"""The chain of entries as pure functions: canonical form, hash, verification. No Django: a file is verified anywhere.

Hash of an entry = SM3 (GB/T 32905) of its canonical form, which holds the hash of the entry before it. The canonical
form is JSON of the fields below with sorted keys, no spaces and no escapes beyond those JSON demands, in UTF-8.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from cryptography.hazmat.primitives.hashes import SM3, Hash

START: Final = "0" * 64
"""What the first entry has for the hash before it."""

FIELDS: Final = ("number", "at", "actor", "verb", "target_type", "target_id", "label", "details", "previous")
"""What the hash covers."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found: the extent of the sound part, and where and why it ends early."""

    first: int
    last: int
    head: str
    broken: int | None = None
    why: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether every entry is as it was written, and none is missing in between."""
        return self.broken is None

    @property
    def count(self) -> int:
        """How many entries are sound."""
        return self.last - self.first + 1 if self.last else 0


def moment(at: datetime) -> str:
    """A point of time as the chain writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(entry: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed."""
    return text({name: entry[name] for name in FIELDS}).encode()


def text(value: Any) -> str:
    """JSON in the one form that the chain uses."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hash_of(entry: Mapping[str, Any]) -> str:
    """The hash of an entry, in hexadecimal."""
    digest = Hash(SM3())
    digest.update(canonical(entry))
    return digest.finalize().hex()


def verify(entries: Iterable[Mapping[str, Any]], head: tuple[int, str] | None = None) -> Verdict:
    """Check entries in their order. The first may have any number: what is before an extract is taken as it says.

    `head` is the number and hash of an entry that was noted elsewhere; only with it does the end of a chain that was
    cut off, or a chain rewritten as a whole, show.
    """
    first = last = 0
    previous = START
    for entry in entries:
        why = _why_not(entry, last, previous, head)
        if why:
            return Verdict(first, last, previous, last + 1 if last else _number(entry), why)
        last, previous = entry["number"], entry["hash"]
        first = first or last
    if head and last < head[0]:
        return Verdict(first, last, previous, last + 1, f"记录到第 {last} 条为止，另存的核对码属于第 {head[0]} 条。")
    return Verdict(first, last, previous)


def _why_not(entry: Mapping[str, Any], last: int, previous: str, head: tuple[int, str] | None) -> str:
    number = _number(entry)
    if number < 1 or not {*FIELDS, "hash"} <= entry.keys():
        return "不是一条完整的记录。"
    if last and number != last + 1:
        return f"应为第 {last + 1} 条，却是第 {number} 条：中间的记录被删除或者重复。"
    if entry["previous"] != previous and (last or number == 1):
        return "与上一条的哈希值不相连：这一条或者上一条被替换。"
    if hash_of(entry) != entry["hash"]:
        return "内容与哈希值不符：这一条被改动。"
    if head and number == head[0] and entry["hash"] != head[1]:
        return "与另存的核对码不符：这一条及以前的记录被整体改写。"
    return ""


def _number(entry: Mapping[str, Any]) -> int:
    number = entry.get("number")
    return number if isinstance(number, int) and not isinstance(number, bool) else 0
