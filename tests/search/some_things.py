"""Things to find, and the answer as brute force gives it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from gongkai.search import queries, words
from gongkai.search.entries import Entry
from gongkai.search.folding import fold, joined

PUBLIC = ("public",)


def record(key: str | int, title: str = "", body: str = "", **more: Any) -> Entry:
    return Entry("record", str(key), title, body, **({"day": date(2026, 1, 1)} | more))


def everything(text: str, **more: Any) -> set[str]:
    """The keys of all hits, page by page."""
    keys: list[str] = []
    after = ""
    while True:
        found = queries.find(text, after=after, **({"limit": 100, "audience": PUBLIC} | more))
        keys += [hit.key for hit in found.hits]
        after = found.next
        if not after:
            break
    assert len(keys) == len(set(keys)), "nothing comes twice"
    return set(keys)


def by_brute_force(text: str, entries: Iterable[Entry]) -> set[str]:
    asked = words.read(text)
    if not asked:
        return set() if text.strip() else {entry.key for entry in entries}
    return {entry.key for entry in entries if _holds(whole(entry), asked.wanted, asked.unwanted)}


def whole(entry: Entry) -> str:
    return joined(fold(entry.title), fold(entry.number), fold(entry.index_no), fold(entry.body))


def _holds(text: str, wanted: Collection[str], unwanted: Collection[str]) -> bool:
    return all(word in text for word in wanted) and not any(word in text for word in unwanted)
