"""The words of a question in a text as it reads: the best place, marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from gongkai.search.folding import SEPARATOR, characters
from gongkai.search.found import Piece

_LENGTH: Final = 120
_BEFORE: Final = 24
_BLOCK: Final = 400
_ELLIPSIS: Final = "…"
_TRIED: Final = 20
_FIRST_CHINESE: Final = "⺀"


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The whole text with every word in it marked."""
    return _cut(text, _ranges(text, words), 0, len(text))


def snippet(text: str, words: Sequence[str], length: int = _LENGTH) -> tuple[Piece, ...]:
    """The part of the text with the most different words, from a little before the first; the beginning if none is."""
    text = text.strip()
    start = _place(text, words, length)
    # A word may begin before what is shown and end in it: look a little further on both sides.
    first, last = max(0, start - _BEFORE), min(len(text), start + length)
    margin = max((len(word) for word in words), default=0) * 2
    low, high = max(0, first - margin), min(len(text), last + margin)
    ranges = [(a + low, b + low) for a, b in _ranges(text[low:high], words)]
    pieces = _cut(text, ranges, first, last)
    shown = [Piece(_SPACES.sub(" ", piece.text), piece.marked) for piece in pieces]
    if first > 0:
        shown.insert(0, Piece(_ELLIPSIS))
    if last < len(text):
        shown.append(Piece(_ELLIPSIS))
    return tuple(shown)


_SPACES = re.compile(r"\s+")


def _place(text: str, words: Sequence[str], length: int) -> int:
    """Where the snippet starts. Long texts are read by blocks until a block has all words."""
    if len(words) == 1 and (start := _place_of(text, words[0])) >= 0:
        return start  # by far the most, and found at once
    best, best_score = 0, 0
    longest = max((len(word) for word in words), default=0) * 3
    for start in range(0, len(text), _BLOCK):
        block = text[start : start + _BLOCK + longest]
        found = [(a, b, which) for which, word in enumerate(words) for a, b in _ranges(block, [word])]
        for a, _, _ in found:
            score = len({which for c, d, which in found if a <= c and d <= a + length - _BEFORE})
            if score > best_score:
                best, best_score = start + a, score
        if best_score == len(words):
            break
    return best


def _place_of(text: str, word: str) -> int:
    """Where a word stands, told by the longest part of it that has no sign; -1 where that does not tell."""
    part = max(word.split(SEPARATOR), key=len)
    margin = len(word) * 2
    at = text.find(part)
    for _ in range(_TRIED):
        if at < 0 or part == word:
            return at
        start = max(0, at - margin)
        if found := _ranges(text[start : at + margin], [word]):
            return start + found[0][0]
        at = text.find(part, at + 1)
    return -1


def _ranges(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand, in characters of the text, overlapping ones joined."""
    if not words or not text:
        return []
    folded, origin = _aligned(text)
    found = sorted(
        (origin[match.start(1)], origin[match.end(1) - 1] + 1)
        for word in words
        for match in _pattern(word).finditer(folded)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _aligned(text: str) -> tuple[str, Sequence[int]]:
    """Folded character by character, and where each came from. A combining mark may stay apart from its base."""
    folded = text.translate(_ONE_BY_ONE)
    if _ONE_BY_ONE.uneven.isdisjoint(text):
        return folded, range(len(text))
    return folded, [place for place, character in enumerate(text) for _ in _ONE_BY_ONE[ord(character)]]


class _Table(dict[int, str]):
    """What each character is folded to by itself, and those that do not become exactly one."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        made = self[code] = characters(chr(code))
        if len(made) != 1:
            self.uneven.add(chr(code))
        return made


_ONE_BY_ONE: Final = _Table()


@lru_cache(maxsize=500)
def _pattern(word: str) -> re.Pattern[str]:
    """The word with the signs that the folding would drop, or make a separator: none between two Latin characters.

    No sign can be taken by two parts of the pattern, so that it is matched in one way only.
    """
    made = ""
    for before, character in zip(SEPARATOR + word, word, strict=False):
        if character == SEPARATOR:
            made += f"[~{SEPARATOR}]+"
        else:
            drops = before != SEPARATOR and max(before, character) >= _FIRST_CHINESE
            made += ("~*" if drops else "") + re.escape(character)
    return re.compile(f"(?=({made}))")


def _cut(text: str, ranges: Sequence[tuple[int, int]], first: int, last: int) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = first
    for start, end in ranges:
        start, end = max(start, at), min(end, last)
        if start >= end:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], True))
        at = end
    if at < last:
        pieces.append(Piece(text[at:last]))
    return tuple(pieces)
