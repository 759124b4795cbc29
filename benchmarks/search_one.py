"""One database, in processes of their own; figures as JSON in the last line.

`build RECORDS` makes the index anew with so many records. `ask RECORDS EACH ROUNDS` asks `EACH` phrases of every length
from 1 to 12 characters, cut from anywhere in the texts, as a reader of the site would: the first page of twenty with
marked snippets, count and facets; a first round warms and is not timed. `check RECORDS EACH` compares the complete
answers with brute force, and asks Wagtail the same.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from wagtail.search import index as stock_index  # noqa: E402

from benchmarks.search_texts import PART, phrases, records  # noqa: E402
from gongkai.search import actions, queries  # noqa: E402
from gongkai.search.backends import backend  # noqa: E402
from gongkai.search.models import Item, Text  # noqa: E402
from gongkai.search.wanted import Tier, Wanted  # noqa: E402

PUBLIC = ("public",)
LENGTHS = range(1, 13)
_SAMPLE = 5000
STOCK = 5000
"""Records that Wagtail gets: its recall does not depend on how many there are, its time to index does."""


class Page(stock_index.Indexed, models.Model):
    """What a Wagtail site would search: title and text as search fields."""

    title = models.TextField()
    body = models.TextField()
    search_fields = (stock_index.SearchField("title", boost=2), stock_index.SearchField("body"))

    class Meta:
        app_label = "search"


apps.get_app_config("wagtailsearch").get_model("IndexEntry").add_generic_relations()


def build(count: int) -> dict[str, Any]:
    """Into an empty table; then as many as an import's batch beside them.

    PostgreSQL's rows by as many processes as there are processors: a million take one of them an hour.
    """
    call_command("migrate", verbosity=0)
    started = perf_counter()
    for _ in records(_SAMPLE):
        pass
    generated = (perf_counter() - started) * count / _SAMPLE
    writers = 1 if connection.vendor == "sqlite" else min(os.cpu_count() or 1, -(-count // PART))
    started = perf_counter()
    with backend().bulk():
        if writers == 1:
            fill(count, 0, 1)
        else:
            _by_many(count, writers)
        rows = perf_counter() - started - generated / writers
    built = perf_counter() - started - generated / writers
    _settle()
    sizes = _sizes()
    started = perf_counter()
    actions.put(_others(500))
    return {"rows": rows, "build": built, "writers": writers, **sizes, "put": (perf_counter() - started) / 500}


def fill(count: int, number: int, writers: int) -> None:
    """Every so manieth part; one transaction of a million would be as long again on SQLite's disk."""
    for first in range(number * PART, count, writers * PART):
        actions.put(records(min(first + PART, count), first=first))


def _by_many(count: int, writers: int) -> None:
    command = [sys.executable, "-m", "benchmarks.search_one", "fill", str(count)]
    running = [subprocess.Popen([*command, str(number), str(writers)]) for number in range(writers)]
    failed = [process.returncode for process in running if process.wait()]
    if failed:
        raise RuntimeError(f"{len(failed)} of {writers} writers failed")


def _others(count: int) -> list[Any]:
    from dataclasses import replace

    return [replace(entry, key=f"other{entry.key}", audience="1/2/") for entry in records(count, seed=5)]


def ask(count: int, each: int, rounds: int) -> dict[str, Any]:
    """Every single time in milliseconds, of each round."""
    asked = _phrases(count, each)
    for phrase in asked:
        _timed(phrase)
    times = [[round(_timed(phrase) * 1000, 3) for phrase in asked] for _ in range(rounds)]
    best = [min(of_one) for of_one in zip(*times, strict=True)]
    slowest = sorted(zip(best, asked, strict=True), reverse=True)[:5]
    return {"rounds": times, "slowest": slowest, "load": os.getloadavg()[0]}


def _phrases(count: int, each: int) -> list[str]:
    chosen = random.Random(3).sample(range(count), min(300, count))
    keys = Item.objects.filter(audience="public", kind="record", key__in=map(str, chosen))
    sample = list(Text.objects.filter(item__in=keys).order_by("item__key").values_list("folded", flat=True))
    return phrases(sample, LENGTHS, each)


def _timed(phrase: str) -> float:
    started = perf_counter()
    queries.find(f'"{phrase}"', audience=PUBLIC, count=("agency", "year"))
    return perf_counter() - started


def check(count: int, each: int) -> dict[str, Any]:
    """Recall and precision of ours and of Wagtail's against `in`, and how long `in` takes."""
    asked = _phrases(count, each)
    texts = dict(Text.objects.filter(item__audience="public").values_list("pk", "folded"))
    started = perf_counter()
    true = {phrase: {key for key, text in texts.items() if phrase in text} for phrase in asked}
    brute = (perf_counter() - started) / len(asked)
    del texts
    made = {
        phrase: {key for _, key in backend().newest(Wanted(PUBLIC, (phrase,)), Tier.ALL, 10**8)} for phrase in asked
    }
    return {"brute": brute, "ours": _quality(true, made), "stock": _stock(asked)}


def _stock(asked: list[str]) -> dict[str, float]:
    """Wagtail's own database search on the first records."""
    from wagtail.search.backends import get_search_backend

    if Page._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Page)
    Page.objects.all().delete()
    items = Item.objects.order_by("pk").select_related("text")[:STOCK]
    pages = Page.objects.bulk_create(Page(title=item.title, body=item.text.body) for item in items)
    stock = get_search_backend()
    index = stock.get_index_for_model(Page)
    index.add_items(Page, pages)
    folded = {page.pk: item.text.folded for page, item in zip(pages, items, strict=True)}
    true = {phrase: {key for key, text in folded.items() if phrase in text} for phrase in asked}
    started = perf_counter()
    made = {phrase: {page.pk for page in stock.search(phrase, Page)[:STOCK]} for phrase in asked}
    return _quality(true, made) | {"mean": (perf_counter() - started) / len(asked), "records": len(pages)}


def _quality(true: dict[str, set[int]], made: dict[str, set[int]]) -> dict[str, float]:
    """Means over the questions that have an answer; `exact`: the share of questions answered exactly."""
    asked = [phrase for phrase in true if true[phrase]]
    hits = {phrase: len(true[phrase] & made[phrase]) for phrase in asked}
    answered = [phrase for phrase in asked if made[phrase]]
    return {
        "recall": sum(hits[phrase] / len(true[phrase]) for phrase in asked) / len(asked),
        "precision": sum(hits[phrase] / len(made[phrase]) for phrase in answered) / max(1, len(answered)),
        "exact": sum(true[phrase] == made[phrase] for phrase in true) / len(true),
    }


_TABLES = ("search_item", "search_text", "search_signature")


def _settle() -> None:
    """As autovacuum would leave it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in _TABLES:
                cursor.execute(f"VACUUM ANALYZE {table}")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sizes() -> dict[str, int]:
    """Bytes of the index, and of everything."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_relation_size('search_signature_grams')")
            index = cursor.fetchone()[0]
            cursor.execute(
                "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) name", [list(_TABLES)]
            )
            return {"index": index, "all": int(cursor.fetchone()[0])}
        cursor.execute("SELECT sum(length(block)) FROM search_index_data")
        return {"index": cursor.fetchone()[0], "all": Path(settings.DATABASES["default"]["NAME"]).stat().st_size}


def main(what: str, *numbers: str) -> None:
    work: dict[str, Callable[..., Any]] = {"build": build, "fill": fill, "ask": ask, "check": check}[what]
    print(json.dumps(work(*map(int, numbers)), ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
