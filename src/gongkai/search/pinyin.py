"""Initials: qhxczj finds 青禾县财政局."""

from __future__ import annotations

from gongkai.search.folding import fold


def initials(name: str) -> str:
    """The first letters of the syllables; Latin letters and digits stay."""
    import pypinyin  # loads its dictionaries: 0.2 s

    return fold("".join(pypinyin.lazy_pinyin(name, style=pypinyin.Style.FIRST_LETTER)))
