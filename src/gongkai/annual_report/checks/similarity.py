"""R-1, R-2: text copied from last year's report or from another agency's. Numbers and years are masked first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from zlib import crc32

from gongkai.annual_report.checks.finding import Finding, finding, part_name
from gongkai.annual_report.report import Paragraph, Report

SECTIONS = ("overview", "issues")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """data/similarity.toml: from which share on text counts as copied, and how long it must be to count."""

    previous: float
    others: float
    shortest: int
    shingle: int


@cache
def thresholds() -> Thresholds:
    """The thresholds in force."""
    return Thresholds(**tomllib.loads((resources.files(__package__) / "data" / "similarity.toml").read_text("utf-8")))


_ONE_IN = 32
_VALUES = re.compile(r"[\d.,%〇零一二三四五六七八九十百千万亿]+")
_NOISE = re.compile(r"[\s，。；：、！？“”‘’（）()《》〈〉\-—,.;:]+")


@lru_cache(maxsize=8192)
def shingles(text: str, size: int = 5) -> frozenset[int]:
    """The overlapping pieces of a text, values masked and punctuation dropped, as numbers."""
    plain = _NOISE.sub("", _VALUES.sub("#", text))
    data = plain.encode("utf-32-le")
    return frozenset(crc32(data[4 * i : 4 * (i + size)]) for i in range(len(plain) - size + 1))


_Prepared = tuple[tuple[Paragraph, ...], str, frozenset[int]]
_prepared: dict[int, _Prepared] = {}
_MOST_PREPARED = 20_000


def _prepare(paragraphs: tuple[Paragraph, ...]) -> _Prepared:
    """A section's text and a fixed sample of its pieces, made once: in a batch each text is held against all others.

    Kept by the identity of the (immutable) paragraphs, which are held so that it stays theirs.
    """
    known = _prepared.get(id(paragraphs))
    if known is not None:
        return known
    text = "\n".join(p.text for p in paragraphs)
    sample = frozenset(h for h in shingles(text, thresholds().shingle) if h % _ONE_IN == 0)
    if len(_prepared) >= _MOST_PREPARED:
        _prepared.clear()
    _prepared[id(paragraphs)] = made = (paragraphs, text, sample)
    return made


def share(a: frozenset[int], b: frozenset[int]) -> float:
    """How much of the shorter text is in the other."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def similarity(a: str, b: str) -> float:
    """0 to 1: how much of the shorter of two texts is in the other, values masked."""
    size = thresholds().shingle
    return share(shingles(a, size), shingles(b, size))


def copied(report: Report, previous: Report | None, others: Sequence[Report]) -> Iterator[Finding]:
    """One finding for last year's text, one for each other agency's."""
    if previous is None and not others:
        return
    limits = thresholds()
    mine = {s: p for s in SECTIONS if len((p := _prepare(report.sections.get(s, ())))[1]) >= limits.shortest}
    if previous is not None and previous is not report:
        found = _alike(mine, previous, limits.previous, limits)
        if found:
            yield finding(
                "R-1",
                f"{_listed(found)}与上一年度的报告雷同（数字不计）。请写本年度的情况。",
                report,
                printed=f"{max(found.values()):.0%}",
                expected=f"< {limits.previous:.0%}",
            )
    for other in others:
        if other is report or other is previous or (other.agency == report.agency and other.agency is not None):
            continue
        found = _alike(mine, other, limits.others, limits)
        if found:
            name = other.agency or other.source or "另一份报告"
            yield finding(
                "R-2",
                f"{_listed(found)}与{name}的报告雷同（数字不计）。请两份都核对。",
                report,
                printed=f"{max(found.values()):.0%}",
                expected=f"< {limits.others:.0%}",
            )


def _alike(mine: dict[str, _Prepared], other: Report, limit: float, limits: Thresholds) -> dict[str, float]:
    """The sections that are alike beyond the limit. A sample passes over most pairs."""
    found = {}
    for section, (_, text, sample) in mine.items():
        _, theirs, their_sample = _prepare(other.sections.get(section, ()))
        if len(theirs) < limits.shortest or share(sample, their_sample) < limit / 2:
            continue
        alike = similarity(text, theirs)
        if alike >= limit:
            found[section] = alike
    return found


def _listed(found: dict[str, float]) -> str:
    return "、".join(f"{part_name(s)}有 {v:.0%} " for s, v in found.items())
