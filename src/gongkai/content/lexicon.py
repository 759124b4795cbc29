"""A lexicon of wrong and sensitive expressions, and where a text uses them.

All terms are looked for in one pass (Aho-Corasick), so that a lexicon of a hundred thousand costs what one of a
hundred does. Of hits that overlap the longest counts; a hit inside one of its term's exceptions is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

from ahocorasick_rs import AhoCorasick, Implementation

from gongkai.content.markup import text_map

Kind = Literal["typo", "wording", "sensitive", "leader", "traditional", "date", "number", "punctuation", "repeated"]
Severity = Literal["block", "warn", "hint"]
KINDS: Final[dict[str, Kind]] = {
    "错别字": "typo", "规范表述": "wording", "敏感": "sensitive", "领导姓名职务": "leader", "繁体": "traditional",
    "日期": "date", "数字": "number", "标点": "punctuation", "重复": "repeated",
}  # fmt: skip
KIND_LABELS: Final[dict[Kind, str]] = {kind: label for label, kind in KINDS.items()}
SEVERITIES: Final[dict[str, Severity]] = {"须改": "block", "请核对": "warn", "提示": "hint"}
SEVERITY_LABELS: Final[dict[Severity, str]] = {severity: label for label, severity in SEVERITIES.items()}
# Full-width letters and digits, and capitals: one character for one.
_FOLD: Final = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF41, 0xFF5B))}
_FOLD.update({c: c - 0xFEE0 + 32 for c in range(0xFF21, 0xFF3B)} | {c: c + 32 for c in range(65, 91)})
_FOLD.update(dict.fromkeys(range(0xD800, 0xE000), 0xFFFD))  # halves of characters, which no encoding has
_LATIN: Final = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Term:
    """An expression to look for. `exceptions` are longer words in which it is right."""

    text: str
    kind: Kind
    suggestion: str = ""
    severity: Severity = "warn"
    exceptions: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong or doubtful expression at `start`..`end` of a text."""

    start: int
    end: int
    text: str
    kind: Kind
    severity: Severity
    suggestion: str
    note: str = ""

    @property
    def label(self) -> str:
        """The kind in words."""
        return KIND_LABELS[self.kind]


class Lexicon:
    """Terms ready to be looked for. Of a term that comes twice the later row counts: local rows after national ones."""

    def __init__(self, terms: Iterable[Term]) -> None:
        by_text = {_folded(term.text): term for term in terms if term.text}
        self.terms: tuple[Term, ...] = tuple(by_text.values())
        patterns: dict[str, int] = {text: number for number, text in enumerate(by_text)}
        self._excused: dict[int, set[int]] = {}  # a term's number -> the numbers of its exceptions
        for number, term in enumerate(self.terms):
            for exception in term.exceptions:
                folded = _folded(exception)
                if len(folded) > len(term.text) and _folded(term.text) in folded:
                    self._excused.setdefault(number, set()).add(patterns.setdefault(folded, len(patterns)))
        self._guards = frozenset(n for numbers in self._excused.values() for n in numbers)
        self._automaton = AhoCorasick(list(patterns), implementation=Implementation.ContiguousNFA) if patterns else None

    def __len__(self) -> int:
        return len(self.terms)

    def find(self, text: str) -> tuple[Slip, ...]:
        """The terms that stand in a text, in order, none within another."""
        if self._automaton is None:
            return ()
        folded = _folded(text)
        hits: list[tuple[int, int, int]] = []
        guards: list[tuple[int, int, int]] = []
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if number in self._guards:
                guards.append((number, start, end))
            if number < len(self.terms) and not _is_cut(folded, start, end):
                hits.append((start, end, number))
        right = self._right(hits, guards)
        return tuple(self._slip(text, hit) for hit in _longest(hit for hit in hits if hit not in right))

    def find_in_html(self, html: str) -> tuple[Slip, ...]:
        """As `find`, in cleaned HTML; places are those of ``text_map(html).text``, for `marked`."""
        return self.find(text_map(html).text)

    def _right(self, hits: list[tuple[int, int, int]], guards: list[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
        """The hits that lie in an exception of theirs."""
        if not guards:
            return set()
        # A hit is looked up by what could cover it: guards that begin at or before it, within their own length.
        begins: dict[int, list[tuple[int, int]]] = {}
        longest = 0
        for number, start, end in guards:
            begins.setdefault(start, []).append((number, end))
            longest = max(longest, end - start)
        found = set()
        for start, end, number in hits:
            excused = self._excused.get(number)
            if excused and any(
                guard in excused and guard_end >= end
                for at in range(max(0, end - longest), start + 1)
                for guard, guard_end in begins.get(at, ())
            ):
                found.add((start, end, number))
        return found

    def _slip(self, text: str, hit: tuple[int, int, int]) -> Slip:
        start, end, number = hit
        term = self.terms[number]
        return Slip(start, end, text[start:end], term.kind, term.severity, term.suggestion, term.note)


def _longest(hits: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of overlapping hits the longest, of equal ones the first; in the order of the text."""
    kept: list[tuple[int, int, int]] = []
    taken: set[int] = set()
    for start, end, number in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, number))
    return sorted(kept)


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether a Latin term is only a part of a longer Latin word."""
    before = start > 0 and _LATIN.match(text[start]) and _LATIN.match(text[start - 1])
    after = end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end])
    return bool(before or after)


def _folded(text: str) -> str:
    return text.translate(_FOLD)


@cache
def starter_lexicon() -> Lexicon:
    """The lexicon that comes with the program: common mistakes of official writing."""
    from gongkai.content.lexicon_files import read_csv

    return Lexicon(read_csv((resources.files("gongkai.content") / "data" / "lexicon.csv").read_bytes()).terms)
