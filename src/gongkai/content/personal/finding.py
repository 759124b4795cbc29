"""A finding of personal data, its mask, and masking in text and in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gongkai.content.markup import text_map
from gongkai.content.personal.names import surname_length
from gongkai.content.personal.practice import Certainty, Kind, Severity

HIDDEN: Final = "*"
_NUMBER: Final = re.compile(r"[0-9０-９A-Za-z一二三四五六七八九十百]+(?=[号栋幢座单楼层室户门弄组社队#\-—附]|$)")
_BEFORE_GROUP: Final = re.compile(r"[^乡镇村区道0-9]{1,4}(?=村民小组|(?<!村民)小组)")
_DATE_DIGITS: Final = re.compile(r"[0-9０-９]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data at `start`..`end` of the text. `minor`: the person is, or seems to be, under 18. `clearable`: an office
    may decide, with a reason, that this stays public; never what stands in a table, or beside a line, with data of a minor."""

    kind: str
    start: int
    end: int
    certainty: Certainty
    text: str
    masked: str
    severity: Severity
    label: str
    advice: str = ""
    minor: bool = False
    clearable: bool = False


def masked(text: str, kind: Kind, minor: bool = False) -> str:
    """The mask of a piece of personal data, as long as the piece itself; blanks and dashes stay."""
    if kind.mask == "none":
        return text
    if kind.mask == "surname":
        keep = surname_length(text)
        return text[:keep] + HIDDEN * (len(text) - keep)
    if kind.mask == "numbers":
        hidden = _NUMBER.sub(_stars, text)
        return hidden if hidden != text else _BEFORE_GROUP.sub(_stars, text)
    if kind.mask == "month_and_day":
        first = True
        parts, done = [], 0
        for match in _DATE_DIGITS.finditer(text):
            parts += [text[done : match.start()], match[0] if first and not minor else HIDDEN * len(match[0])]
            done, first = match.end(), False
        return "".join(parts) + text[done:]
    first_part = text.rpartition("@")[0] if kind.mask == "local" else text
    keep_first, keep_last = kind.keep_first, kind.keep_last
    if minor:
        keep_first = keep_first if kind.minors_keep_first is None else kind.minors_keep_first
        keep_last = keep_last if kind.minors_keep_last is None else kind.minors_keep_last
    places = [n for n, c in enumerate(first_part) if c.isalnum()]
    hidden_places = places[keep_first : max(len(places) - keep_last, 0)] or places  # too short to keep anything
    characters = list(text)
    for place in hidden_places:
        characters[place] = HIDDEN
    return "".join(characters)


def mask(text: str, findings: Iterable[Finding]) -> str:
    """The text with these findings masked; its length does not change."""
    characters = list(text)
    for finding in findings:
        if text[finding.start : finding.end] != finding.text:
            raise ValueError("文字在检查之后改动过，请重新检查再遮盖。")
        for offset, (old, new) in enumerate(zip(finding.text, finding.masked, strict=True)):
            if old != new:
                characters[finding.start + offset] = new
    return "".join(characters)


def mask_html(html: str, findings: Iterable[Finding]) -> str:
    """Cleaned HTML with findings of its text masked; the markup stays, also where a number runs across tags."""
    found = text_map(html)
    return found.with_text(mask(found.text, findings))


def _stars(match: re.Match[str]) -> str:
    return HIDDEN * len(match[0])
