"""Prose cut into sentences that can be searched: one width, no white space, and every character's place kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.annual_report.report import Paragraph, Place, Report

_WIDE = {0xFF01 + i: 0x21 + i for i in range(94) if chr(0xFF01 + i) not in "（），：；？！"} | {
    ord("　"): " ",
    ord("\xa0"): " ",
}
_HAS_WIDE = re.compile("[" + "".join(map(chr, _WIDE)) + "]")
_NARROW = tuple(zip("():;?!", "（）：；？！", strict=True))
_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")
_BLANK = re.compile(r"\s+")
_SENTENCE = re.compile(r"[^。！？]+[。！？]?[”’）]?")
HEADING = re.compile(
    r"(?:[（][一二三四五六七八九十]{1,3}[）]|[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十][、，]|"
    r"\d{1,2}[.、](?!\d)|[（]\d{1,2}[）]|[①-⑳])"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph: `text` is folded and without white space, `source` as the report has it."""

    section: str
    index: int
    text: str
    source: str
    place: Place | None
    gaps: tuple[tuple[int, int], ...]

    def original(self, offset: int) -> int:
        """Where the character at `offset` of `text` stands in `source`."""
        i = bisect_right(self.gaps, (offset, 1 << 30))
        return offset + (self.gaps[i - 1][1] if i else 0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage. `heading` is the sub-heading it stands under, without white space."""

    passage: Passage
    start: int
    text: str
    heading: str

    @property
    def section(self) -> str:
        """The section the sentence is in."""
        return self.passage.section

    @property
    def end(self) -> int:
        """Where it ends in the passage."""
        return self.start + len(self.text)


def passage(section: str, index: int, paragraph: Paragraph) -> Passage:
    """A paragraph, folded."""
    folded = paragraph.text.translate(_WIDE) if _HAS_WIDE.search(paragraph.text) else paragraph.text
    for narrow, wide in _NARROW:
        folded = folded.replace(narrow, wide)
    if "," in folded:
        folded = _COMMA.sub("，", folded)
    gaps: list[tuple[int, int]] = []
    removed = 0
    if _BLANK.search(folded):
        for gap in _BLANK.finditer(folded):
            gaps.append((gap.start() - removed, removed + gap.end() - gap.start()))
            removed += gap.end() - gap.start()
        folded = _BLANK.sub("", folded)
    return Passage(section, index, folded, paragraph.text, paragraph.place, tuple(gaps))


def passages(report: Report) -> list[Passage]:
    """Every paragraph of a report, the preamble first."""
    found = [passage("preamble", i, p) for i, p in enumerate(report.preamble)]
    for section, paragraphs in report.sections.items():
        found += [passage(section, i, p) for i, p in enumerate(paragraphs)]
    return found


def sentences(found: Iterable[Passage]) -> list[Sentence]:
    """The sentences of the sections (not of the preamble), each with the sub-heading above it."""
    listed: list[Sentence] = []
    section, heading = "", ""
    for item in found:
        if item.section == "preamble":
            continue
        if item.section != section:
            section, heading = item.section, ""
        if HEADING.match(item.text):
            heading = item.text[:24]
        listed += [Sentence(item, m.start(), m[0], heading) for m in _SENTENCE.finditer(item.text)]
    return listed
