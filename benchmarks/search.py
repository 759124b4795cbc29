"""Search on both databases against brute force, Wagtail's own search and tantivy, over the same records and phrases.

`make bench` takes 2 000 records; `python -m benchmarks.search 100000` prints what docs/search.md has. Figures of every
step go to the standard error. Above `CHECKED` records the answers are only timed, and tantivy is left out.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any, Final

from tests import postgres

from benchmarks.measure import Row

RECORDS: Final = 2000
EACH: Final = 20
"""Phrases of every length from 1 to 12."""
ROUNDS: Final = 5
CHECKED: Final = 100_000
DATABASES: Final = ("SQLite", "PostgreSQL")


def run(records: int = RECORDS) -> list[Row]:
    """A row for each database and tokenizer; both databases are exact, or there is no row."""
    rows = []
    bar = 0.06 if records > CHECKED else 0.02
    for name in DATABASES:
        figures = measured(name, records)
        ours = percentile(figures["rounds"], 0.95)
        rows.append(_row(f"搜索 {records} 条，{name}，一页，95%", f"{bar * 1000:.0f} 毫秒", ours, bar))
        if "brute" in figures:
            assert figures["ours"]["exact"] == 1.0, f"{name}: {figures['ours']}"
            rows.append(_row(f"同上，{name}", "逐条比对（Python in），只得编号", ours, figures["brute"]))
            stock = figures["stock"]
            name_ = f"Wagtail 自带搜索，{name}，{stock['records']} 条"
            rows.append(_row("同上", f"{name_}，召回率 {stock['recall']:.1%}", ours, stock["mean"]))
    for tokenizer in TOKENIZERS if records <= CHECKED else ():
        theirs = tantivy(tokenizer, records)
        _tell(f"tantivy {tokenizer}", theirs)
        rows.append(
            _row("同上", f"tantivy（{tokenizer}），召回率 {theirs['recall']:.1%}，只得编号", ours, theirs["p95"])
        )
    return rows


def percentile(rounds: list[list[float]], share: float) -> float:
    """Of the questions, each by the median of its rounds; in seconds."""
    times = sorted(statistics.median(of_one) for of_one in zip(*rounds, strict=True))
    return times[min(len(times) - 1, int(len(times) * share))] / 1000


def _row(name: str, baseline: str, ours: float, theirs: float) -> Row:
    return Row(name=name, baseline=baseline, ours_seconds=ours, baseline_seconds=theirs, ratio=ours / theirs)


def measured(name: str, records: int) -> dict[str, Any]:
    """The figures of one database."""
    with _settings(name) as environment:
        figures = _step(environment, "build", records)
        figures |= _step(environment, "ask", records, EACH, ROUNDS)
        if records <= CHECKED:
            figures |= _step(environment, "check", records, EACH)
    _tell(name, figures)
    return figures


def _step(environment: dict[str, str], *arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.search_one", *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _tell(name: str, figures: dict[str, Any]) -> None:
    shown = {key: value for key, value in figures.items() if key != "rounds"}
    if "rounds" in figures:
        shown |= {f"p{share}": percentile(figures["rounds"], share / 100) for share in (50, 95, 99)}
    print(name, json.dumps(shown, ensure_ascii=False), file=sys.stderr, flush=True)


@contextmanager
def _settings(name: str) -> Iterator[dict[str, str]]:
    path = os.pathsep.join(["src", ".", os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "gongkai.site.settings", "PYTHONPATH": path}
    environment.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as var:
        environment["GONGKAI_VAR"] = var
        if name == "SQLite":
            yield environment
            return
        with postgres.cluster() as server:
            postgres.execute(server.url, "ALTER SYSTEM SET shared_buffers = '1GB'")
            server.stop()
            server.start()
            yield environment | {"DATABASE_URL": server.url}


TOKENIZERS: Final = {
    "default": lambda text: text,
    "ngram": lambda text: text,
    "characters": " ".join,
}
"""What tantivy gets: the text, split at spaces and signs; its pairs; every character as a word (ours, not its own)."""


def tantivy(tokenizer: str, records: int) -> dict[str, float]:
    """The same records and phrases in tantivy."""
    import random

    import tantivy as engine

    from benchmarks.search_texts import phrases
    from benchmarks.search_texts import records as made_records
    from gongkai.search.folding import fold, joined

    words = TOKENIZERS[tokenizer]
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        builder = engine.SchemaBuilder()
        builder.add_integer_field("key", stored=True, fast=True)
        builder.add_text_field("text", tokenizer_name=tokenizer)
        index = engine.Index(builder.build(), path=folder)
        kinds = {"ngram": engine.Tokenizer.ngram(2, 2, False), "characters": engine.Tokenizer.whitespace()}
        if tokenizer in kinds:
            index.register_tokenizer(tokenizer, engine.TextAnalyzerBuilder(kinds[tokenizer]).build())
        texts = [
            joined(fold(entry.title), fold(entry.number), fold(entry.index_no), fold(entry.body))
            for entry in made_records(records)
        ]
        started = perf_counter()
        writer = index.writer(200_000_000, 1)
        for number, text in enumerate(texts):
            writer.add_document(engine.Document(key=number, text=words(text)))
        writer.commit()
        writer.wait_merging_threads()
        built = perf_counter() - started
        index.reload()
        searcher = index.searcher()
        sample = random.Random(3).sample(texts, min(300, records))
        times, recalls, precisions, exact = [], [], [], []
        for phrase in phrases(sample, range(1, 13), EACH):
            query = index.parse_query(f'"{words(phrase)}"', ["text"])
            searcher.search(query, 20)
            begun = perf_counter()
            searcher.search(query, 20)
            times.append(perf_counter() - begun)
            true = {number for number, text in enumerate(texts) if phrase in text}
            found = {searcher.doc(address)["key"][0] for _, address in searcher.search(query, records).hits}
            recalls.append(len(true & found) / len(true))
            precisions += [len(true & found) / len(found)] if found else []
            exact.append(true == found)
        size = sum(entry.stat().st_size for entry in os.scandir(folder))
    times.sort()
    return {
        "p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)], "build": built, "index": size,
        "recall": _mean(recalls), "precision": _mean(precisions), "exact": _mean(exact),
    }  # fmt: skip


def _mean(values: list[Any]) -> float:
    return statistics.mean(values) if values else float("nan")


if __name__ == "__main__":
    for row in run(*map(int, sys.argv[1:])):
        print(row)
