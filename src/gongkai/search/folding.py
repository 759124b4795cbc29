"""The one normalisation. Text and question pass through it; a phrase is found where its folded form stands in the text's.

1. NFKC and case folding: full and half width, Kangxi radicals, ① and 1, Ａ and a are the same.
2. Letters, digits and marks are kept; so are characters that this Unicode does not know yet (rare surnames).
   Format characters and variation selectors vanish.
3. Everything else is punctuation. A clause end (, ; : ! ? 。 and their full-width forms) separates. Any other run of
   punctuation, brackets of every style, symbols and spaces separates two Latin letters or digits ("12.5" is not "125",
   〔2026〕12号 is [2026]12号) and vanishes beside a Chinese character (《办法》 is 办法, a line break in 低\n保 is none).
4. A separator is one 。, and none stands at the ends. Folding what is folded changes nothing.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import Final

SEPARATOR: Final = "。"
_SOFT: Final = "~"
_ENDS: Final = frozenset(",;:!?。｡")
_SEPARATES = re.compile(f"{_SOFT}*{SEPARATOR}[{SEPARATOR}{_SOFT}]*")
_BETWEEN_LATIN = re.compile(f"(?<=[^{SEPARATOR}{_SOFT}⺀-\U0010ffff]){_SOFT}+(?=[^{SEPARATOR}{_SOFT}⺀-\U0010ffff])")


class _Table(dict[int, str | None]):
    """What becomes of a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        made = self[code] = _becomes(chr(code))
        return made


def _becomes(character: str) -> str | None:
    if character in _ENDS:
        return SEPARATOR
    kind = unicodedata.category(character)
    code = ord(character)
    if kind in ("Cf", "Cs") or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return None
    return character if kind[0] in "LNM" or kind in ("Co", "Cn") else _SOFT


_TABLE: Final = _Table()


def fold(text: str) -> str:
    """The folded form."""
    return _separate(characters(text))


def characters(text: str) -> str:
    """Folded character by character; separators are still 。 and ~, one for each sign."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_TABLE)


def _separate(text: str) -> str:
    text = _SEPARATES.sub(SEPARATOR, text)
    text = _BETWEEN_LATIN.sub(SEPARATOR, text)
    return text.replace(_SOFT, "").strip(SEPARATOR)


def joined(*parts: str) -> str:
    """Folded parts as one text that no phrase runs across."""
    return SEPARATOR.join(part for part in parts if part)


def storable(text: str) -> str:
    """Without what no database keeps, folding to the same: NUL becomes a space, halves of surrogate pairs go."""
    text = text.replace("\0", " ")
    return text.encode("utf-8", "ignore").decode() if _HALVES.search(text) else text


_HALVES = re.compile("[\ud800-\udfff]")
assert sys.maxunicode == 0x10FFFF
