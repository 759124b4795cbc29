"""Details in the few JSON types that every database gives back exactly as they were."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongkai.audit import chain

# PostgreSQL's jsonb holds neither NUL nor half of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def plain(value: Any) -> Any:
    """None, bool, int, text, lists and mappings of them; everything else as text. Numbers with a fraction are text,
    because a database may write them in another way and the hash would no longer fit."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < 2**53 else str(int(value))
    if isinstance(value, Mapping):
        return {line(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, datetime):
        return chain.moment(value) if value.tzinfo else value.isoformat()
    return line(value)


def line(value: Any, most: int | None = None) -> str:
    """Text that every database can store, of bounded length."""
    return _UNSTORABLE.sub("\ufffd", str(value))[:most]
