"""Verbs: put, drop, rebuild, note. They write in the caller's transaction: rolled back with it, found once it commits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from gongkai.search import forms
from gongkai.search.backends import backend
from gongkai.search.entries import Entry
from gongkai.search.folding import fold, joined, storable
from gongkai.search.models import Item, Text
from gongkai.search.pinyin import initials
from gongkai.search.terms import MARK

T = TypeVar("T")
_BATCH: Final = 500
_FIELDS: Final = ("place", "day", "audience", "title", "number", "index_no", "heading", "names", "facets", "values",
           "digest")  # fmt: skip


def put(entries: Iterable[Entry]) -> int:
    """Make these things found as they are now; how many changed. Putting the same again changes nothing."""
    changed = 0
    with transaction.atomic():
        for batch in _batches(entries):
            changed += _put(list({(entry.kind, entry.key): entry for entry in batch}.values()))
    return changed


def drop(kind: str, keys: Iterable[str]) -> int:
    """Make these things not found any more; how many there were."""
    dropped = 0
    with transaction.atomic():
        for batch in _batches(keys):
            dropped += _drop(Item.objects.filter(kind=kind, key__in=batch))
    return dropped


def rebuild(entries: Iterable[Entry] | None = None, kinds: Iterable[str] = ()) -> int:
    """Make the index anew; how many things it has.

    With `entries`: all things of the `kinds` (of every kind where none is named) are replaced by them. Without: from
    our own copy, after an update of the folding or of Unicode.
    """
    index = backend()
    with transaction.atomic(), index.bulk():
        if entries is None:
            index.clear()
            for batch in _batches(Item.objects.order_by("place").values_list("pk", flat=True).iterator()):
                _anew(batch)
            forms.keep()
        else:
            gone = Item.objects.filter(kind__in=list(kinds)) if kinds else Item.objects.all()
            for batch in _batches(list(gone.values_list("pk", flat=True))):
                _drop(Item.objects.filter(pk__in=batch))
            for some in _batches(entries):
                _put(list({(entry.kind, entry.key): entry for entry in some}.values()))
    return Item.objects.count()


def _put(entries: Sequence[Entry]) -> int:
    index = backend()
    if not Item.objects.exists():
        index.clear()  # a test, or someone by hand, has emptied the table beside the index
    entries = sorted(entries, key=lambda entry: (entry.kind, entry.key))  # two writers lock in one order
    there = {(item.kind, item.key): item for item in _present(entries)}
    made = [_made(entry) for entry in entries]
    made = [
        (item, text)
        for item, text in made
        if (item.kind, item.key) not in there or there[item.kind, item.key].digest != item.digest
    ]
    old = [there[key] for item, _ in made if (key := (item.kind, item.key)) in there]
    index.remove(_with_text(old))
    moved = []
    for item, _ in made:
        before = there.get((item.kind, item.key))
        if before is not None:
            item.pk = before.pk
        if before is not None and before.day == item.day:
            item.place = before.place
        else:
            moved.append(item)
    index.place(moved)
    _write(made)
    return len(made)


def _write(pairs: Sequence[tuple[Item, Text]]) -> None:
    """Rows and index of items that have their places, new and changed alike in a few statements."""
    index = backend()
    Item.objects.bulk_create(
        [item for item, _ in pairs], update_conflicts=True, unique_fields=["kind", "key"], update_fields=_FIELDS
    )
    for item, text in pairs:
        text.item_id = item.pk
    Text.objects.bulk_create(
        [text for _, text in pairs], update_conflicts=True, unique_fields=["item"], update_fields=["body", "folded"]
    )
    index.add(pairs)


def _drop(items: QuerySet[Item]) -> int:
    gone = list(items.order_by("pk").select_for_update())  # as `_present`: two writers lock in one order
    backend().remove(_with_text(gone))
    keys = [item.pk for item in gone]
    Text.objects.filter(pk__in=keys).delete()
    Item.objects.filter(pk__in=keys).delete()
    return len(gone)


def _anew(keys: Sequence[int]) -> None:
    """Fold and index again what we have."""
    pairs = _with_text(list(Item.objects.filter(pk__in=keys)))
    for item, text in pairs:
        item.heading, item.names, text.folded = _folded(item, text.body)
    _write(pairs)


def _present(entries: Sequence[Entry]) -> list[Item]:
    found: list[Item] = []
    for kind in sorted({entry.kind for entry in entries}):
        keys = [entry.key for entry in entries if entry.kind == kind]
        found += Item.objects.filter(kind=kind, key__in=keys).order_by("pk").select_for_update()
    return found


def _with_text(items: Sequence[Item]) -> list[tuple[Item, Text]]:
    texts = Text.objects.in_bulk([item.pk for item in items])
    return [(item, texts[item.pk]) for item in items if item.pk in texts]


def _made(entry: Entry) -> tuple[Item, Text]:
    item = Item(
        kind=entry.kind, key=entry.key, day=entry.day, audience=entry.audience, title=storable(entry.title),
        number=storable(entry.number).strip(), index_no=storable(entry.index_no).strip(), facets=entry.all_facets(),
        values=dict(entry.values),
    )  # fmt: skip
    text = Text(body=storable(entry.body))
    item.heading, item.names, text.folded = _folded(item, text.body)
    everything = [getattr(item, name) for name in _FIELDS[1:-1]] + [text.body, text.folded]
    item.digest = blake2b(json.dumps(everything, default=str).encode(), digest_size=16).hexdigest()
    return item, text


def _folded(item: Item, body: str) -> tuple[str, str, str]:
    """(what a title is found by, what it is called, what the whole is found by)."""
    title, number, index_no = fold(item.title), fold(item.number), fold(item.index_no)
    heading = joined(title, initials(item.title) if item.kind == "agency" else "")
    names = [name for name in (title, number, index_no) if name]
    return heading, MARK.join(["", *names, ""]) if names else "", joined(heading, number, index_no, fold(body))


def _batches(things: Iterable[T]) -> Iterable[list[T]]:
    iterator = iter(things)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
