"""What was typed -> words that must occur and words that must not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from gongkai.search.folding import fold

LONGEST: Final = 200
"""Characters of a question that are read."""
MOST: Final = 12
"""Words of a question that are read."""

_BRACKETS = r"[〔〕\[\]【】()（）［］〖〗]"
_YEAR = re.compile(rf"\s*({_BRACKETS})\s*(\d{{4}})\s*({_BRACKETS})\s*(\d*)\s*(?=号|$)")
_WORD = re.compile(r"""([-－]?)(?:"([^"]*)"?|“([^“”]*)”?|＂([^＂]*)＂?|(\S+))""")


@dataclass(frozen=True, slots=True)
class Words:
    """Folded: all of `wanted` occur, none of `unwanted`. `whole` is the question as one phrase."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...] = ()
    whole: str = ""

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


def read(typed: str) -> Words:
    """Words are parted by spaces, "a phrase" stands in quotes, -word excludes. 文号 may have spaces in its brackets."""
    typed = _YEAR.sub(r"\1\2\3\4", typed.replace("\0", " ")[:LONGEST])
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, *forms in _WORD.findall(typed)[: MOST * 2]:
        word = fold("".join(forms))
        side = unwanted if minus else wanted
        if word and word not in side:
            side.append(word)
    # 低保 says nothing beside 低保户
    wanted = [word for word in wanted if not any(word != other and word in other for other in wanted)]
    return Words(tuple(wanted[:MOST]), tuple(unwanted[:MOST]), fold(typed) if not unwanted else "")
