"""The model between pasted and cleaned HTML: paragraphs, lists and tables, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from gongkai.content.styles import BODY, PLAIN, Format, Setting

_SPACES: Final = re.compile(r"[ \t\r\n\f\v\xa0]+|[^ \t\r\n\f\v\xa0]+")
_SPACES_BUT_NBSP: Final = re.compile(r"[ \t\r\n\f\v]+|[^ \t\r\n\f\v]+")
_BLANKS: Final = " \t\r\n\f\v\xa0"
_WIDE: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f\u201c\u201d\u2018\u2019\u2014\u2026]")
BREAK: Final = "\n"


@dataclass(slots=True)
class Image:
    """A picture: the key of an attachment and the words that stand for it."""

    key: str
    alt: str = ""


@dataclass(slots=True)
class Run:
    """Characters set alike, or a picture. A line break is ``\\n``."""

    text: str
    format: Format = PLAIN
    image: Image | None = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph or heading. `level` and `marker` are those of a Word list paragraph, not yet in a list."""

    runs: list[Run]
    setting: Setting = BODY
    level: int = 0
    marker: str = ""

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Item:
    """What one item of a list holds."""

    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class ListBlock:
    """A list; the first item of an ordered one has the number `start`."""

    ordered: bool = False
    start: int = 1
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """A cell of a table."""

    is_head: bool = False
    colspan: int = 1
    rowspan: int = 1
    align: str = ""
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """A row of a table."""

    in_head: bool = False
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table with all its cells, empty ones included."""

    rows: list[Row] = field(default_factory=list)
    caption: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Rule:
    """A line across the page."""


Block = Paragraph | ListBlock | Table | Rule


def paragraphs(runs: list[Run], setting: Setting) -> Iterator[Paragraph]:
    """The paragraphs that collected runs make: cut at double breaks, blanks as a browser shows them, empty ones left out."""
    part: list[Run] = []
    for run in _with_single_blanks(runs):
        if run.text == BREAK * 2:
            yield from _finished(part, setting)
            part = []
        else:
            part.append(run)
    yield from _finished(part, setting)


def _with_single_blanks(runs: list[Run]) -> Iterator[Run]:
    """Blanks collapsed across runs, breaks counted; a line end between two Chinese characters is no blank."""
    last = ""  # the last character written
    waiting: Run | None = None  # blanks not yet written
    breaks: list[Run] = []
    for run in runs:
        if run.image is None and run.text == BREAK:
            breaks.append(run)
            waiting = None
            continue
        words = (_SPACES_BUT_NBSP if run.format.u else _SPACES).findall(run.text) if run.image is None else [""]
        for word in words:
            blank = bool(word) and not word.strip(_BLANKS) and not (run.format.u and "\xa0" in word)
            if blank:
                waiting = Run((waiting.text if waiting else "") + word, run.format)
                continue
            if breaks:
                # Old pages set paragraphs apart by a break and two wide blanks.
                nbsp = waiting is not None and waiting.text.count("\xa0") >= 2
                yield Run(BREAK * (2 if len(breaks) > 1 or nbsp or word.startswith("\u3000") else 1), breaks[0].format)
                if nbsp:
                    yield Run("\u3000", PLAIN)
                breaks = []
            elif waiting is not None and not (
                last and word and waiting.text.strip("\r\n") == "" and _WIDE.match(last) and _WIDE.match(word)
            ):
                yield Run(" " if waiting.text.count("\xa0") < 2 or last else "\u3000", waiting.format)
            waiting = None
            yield Run(word, run.format, run.image)
            last = word[-1:]


def _finished(runs: list[Run], setting: Setting) -> Iterator[Paragraph]:
    merged: list[Run] = []
    for run in runs:
        if merged and run.image is None and merged[-1].image is None and merged[-1].format == run.format:
            merged[-1].text += run.text
        else:
            merged.append(Run(run.text, run.format, run.image))
    before = ""
    while merged and merged[0].image is None and not (kept := _lstrip(merged[0])):
        before += merged.pop(0).text
    if merged and merged[0].image is None:
        kept = _lstrip(merged[0])
        before += merged[0].text[: len(merged[0].text) - len(kept)]
        merged[0].text = kept
    while merged and merged[-1].image is None:
        merged[-1].text = _rstrip(merged[-1])
        if merged[-1].text:
            break
        merged.pop()
    if not any(run.image or run.text.strip(_BLANKS + "\u3000") or run.format.u for run in merged):
        return
    if "\u3000" in before and setting.tag == "p" and not setting.align:
        setting = setting._replace(indent=True)
    if setting.tag != "p" or setting.align:
        setting = setting._replace(indent=False)
    yield Paragraph(merged, setting)


def _lstrip(run: Run) -> str:
    return run.text.lstrip(" \n\u3000") if run.format.u else run.text.lstrip(_BLANKS + "\u3000")


def _rstrip(run: Run) -> str:
    return run.text.rstrip(" \n") if run.format.u else run.text.rstrip(_BLANKS + "\u3000")
