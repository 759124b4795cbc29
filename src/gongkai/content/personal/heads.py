"""The heads of a table of text: up to three rows, where a merged head is a word followed, or covered from above, by blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

JOIN: Final = "/"
_DEEPEST: Final = 3
_TITLES: Final = 2
MOST_ROWS: Final = _TITLES + _DEEPEST
"""So many rows of a table tell its heads."""
_DATA: Final = re.compile(r"\d{6}")


def heads_of(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """(how many rows are titles and heads, the heads of each column joined from the uppermost down)."""
    table = [[cell.strip() for cell in row] for row in rows]
    titles = 0
    while titles < min(_TITLES, len(table) - 1) and _is_title(table[titles]):
        titles += 1
    width = max(map(len, table))
    paths: list[list[str]] = [[] for _ in range(width)]
    begun: set[int] = set()
    """The columns in which a head begins: each reaches to the next."""
    depth = 0
    for row in table[titles : titles + _DEEPEST]:
        words = row + [""] * (width - len(row))
        if any(map(_DATA.search, words)) or (depth and not _continues(words, begun)):
            break
        current = ""
        for column, word in enumerate(words):
            current = word or ("" if column in begun else current)
            if current:
                paths[column].append(current)
        begun |= {column for column, word in enumerate(words) if word}
        depth += 1
    if depth == 1:  # nothing stands under a blank, so it may be a head that nobody wrote
        return titles + 1, table[titles]
    return titles + depth, [JOIN.join(path) for path in paths]


def _is_title(words: Sequence[str]) -> bool:
    """Whether one cell spans the whole table: its name, and the head of no column."""
    return len(words) > 1 and bool(words[0]) and not any(words[1:])


def _continues(words: Sequence[str], begun: set[int]) -> bool:
    """Whether a row splits heads above it: all its words stand under merged heads, or under none, and one beside their first.
    A row of data begins in a column that has its own head."""
    ends = [*sorted(begun), len(words)]
    open_ones = set(range(ends[0]))
    for start, end in pairwise(ends):
        open_ones |= set(range(start, end)) if end - start > 1 else set()
    said = {column for column, word in enumerate(words) if word}
    return said <= open_ones and not said <= begun
