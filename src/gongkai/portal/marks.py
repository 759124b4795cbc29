"""Marks: a number a name that changes when what it stands for does, seen by every process of the site at once.

One machine keeps them in a file that its processes share in memory: reading one costs nothing. Several machines share
them through their common cache. Names share a million places, so that a change may now and then be seen under
another name, too; it is never missed.
"""

from __future__ import annotations

import mmap
import os
import secrets
from collections.abc import Collection
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final, Protocol, cast

from django.conf import settings
from django.core.cache import caches

_PLACES: Final = 2**20
_WIDTH: Final = 8


class _Marks(Protocol):
    def now(self, names: Collection[str]) -> str: ...

    def change(self, names: Collection[str]) -> None: ...


class _File:
    """On one machine. A mark is drawn, not counted: two processes that change one at a time cannot undo each other."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            file.truncate(_PLACES * _WIDTH)
            self._memory = mmap.mmap(file.fileno(), _PLACES * _WIDTH)

    def now(self, names: Collection[str]) -> str:
        return "".join([self._memory[place : place + _WIDTH].hex() for place in map(_place, names)])

    def change(self, names: Collection[str]) -> None:
        for place in map(_place, names):
            self._memory[place : place + _WIDTH] = secrets.token_bytes(_WIDTH)


def _place(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) % _PLACES * _WIDTH


class _Shared:
    """On several machines. What the cache has lost is drawn anew, so that nothing older than the loss is believed."""

    def now(self, names: Collection[str]) -> str:
        keys = [f"mark.{name}" for name in names]
        found = caches["pages"].get_many(keys)
        for key in keys:
            if key not in found:
                found[key] = caches["pages"].get_or_set(key, secrets.token_hex(_WIDTH), None)
        return "".join([cast(str, found[key]) for key in keys])

    def change(self, names: Collection[str]) -> None:
        caches["pages"].set_many({f"mark.{name}": secrets.token_hex(_WIDTH) for name in names}, None)


@cache
def _marks() -> _Marks:
    return _Shared() if settings.CACHE_IS_SHARED else _File(settings.VAR / "pages.marks")


def now(*names: str) -> str:
    """The marks of some names, as one text: another one after any of them has changed."""
    return _marks().now(names)


def change(names: Collection[str]) -> None:
    """Change the marks of some names."""
    if names:
        _marks().change(names)
