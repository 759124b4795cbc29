"""The lexicon over one text: Aho-Corasick against a loop of `str.find` and against one alternation regex."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from time import perf_counter

from benchmarks.measure import Row, bound
from gongkai.content.lexicon import Lexicon, Term
from gongkai.content.slips import check

_COMMON = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]


def made(terms: int, characters: int) -> tuple[list[str], str]:
    """So many different terms of two to six characters, and a text of so many characters with some of them in it."""
    chance = random.Random(711)
    words: set[str] = set()
    while len(words) < terms:
        words.add("".join(chance.choices(_COMMON, k=chance.choice((2, 3, 3, 4, 4, 5, 6)))))
    ordered = sorted(words)
    pieces: list[str] = []
    length = 0
    while length < characters:
        pieces.append("".join(chance.choices(_COMMON, k=400)) + chance.choice(ordered))
        length += len(pieces[-1])
    return ordered, "".join(pieces)[:characters]


def naive(words: list[str], text: str) -> list[tuple[int, int]]:
    """Every place of every word, one word at a time."""
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = text.find(word, at + 1)
    return found


def run() -> list[Row]:
    # The regex tries every word at every place: it gets a shorter text.
    rows = [*_sizes(1_000, 1_000_000, 20_000), *_sizes(100_000, 1_000_000, 500)]
    words, text = made(100_000, 1_000_000)
    terms = [Term(word, "typo") for word in words]
    rows.append(bound("建立 10 万词的词库", lambda: Lexicon(terms), "5 秒", 5.0, runs=3))
    rows.append(bound("自带词库和规则，10 万字", lambda: check(text[:100_000]), "1 秒", 1.0, runs=3))
    return rows


def _sizes(terms: int, characters: int, regex_characters: int) -> list[Row]:
    words, text = made(terms, characters)
    lexicon = Lexicon(Term(word, "typo") for word in words)
    ours = min(_seconds(lambda: lexicon.find(text)) for _ in range(3))
    few = words[:: max(1, terms // 2_000)]  # the loop's time is linear in the words: measured on a part of them
    loop = _seconds(lambda: naive(few, text)) * len(words) / len(few)
    assert {(slip.start, slip.end) for slip in Lexicon(Term(word, "typo") for word in few).find(text)} <= set(
        naive(few, text)
    )
    part = text[:regex_characters]
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    ours_part = min(_seconds(lambda: lexicon.find(part)) for _ in range(3))
    regex = _seconds(lambda: pattern.findall(part))
    label, scaled = f"{terms // 1000} 千词", "，由 1/50 的词折算" if len(few) < terms else ""
    return [
        _row(f"{label}，{characters // 10_000} 万字", f"逐词 str.find{scaled}", ours, loop),
        _row(f"{label}，{regex_characters} 字", "合成一条正则表达式", ours_part, regex),
    ]


def _seconds(call: Callable[[], object]) -> float:
    begun = perf_counter()
    call()
    return perf_counter() - begun


def _row(name: str, baseline: str, ours: float, theirs: float) -> Row:
    return Row(name=name, baseline=baseline, ours_seconds=ours, baseline_seconds=theirs, ratio=ours / theirs)
