"""The text as the detectors see it: half-width, with the headings of its columns and the places that are no persons'."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Final

from gongkai.content.personal.heads import MOST_ROWS, heads_above, lowest
from gongkai.content.personal.practice import Certainty
from gongkai.statute.identifiers import is_credit_code, is_id_card

_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 32, 0xA0: 32, 0x2009: 32}
# Blanks that a PDF or a justified line leaves between characters of a word.
_SPREAD: Final = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff:])")
_STOP: Final = "。;!?\n\t"
_CREDIT: Final = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")
_UNITS: Final = "万|亿|元|美元|%|‰|吨|公斤|千克|平方|公里|千米|米|亩|公顷|立方|千瓦|度|人|户(?!主|口)|件|次|个|套|辆|份|名|家|条|项|台|只|头|株|棵|册|期"
_OPAQUE: Final = (
    re.compile(
        r"(?:https?://|www\.)[^\s<>\"',。、)\u4e00-\u9fff]+|/[\w/.%-]+\.(?:pdf|html?|docx?|xlsx?|zip|jpe?g|png)", re.I
    ),
    re.compile(r"(?<![0-9A-Za-z])[0-9A-Z-]{8,18}/\d{4}(?:\d{2})?-\d{4,6}(?!\d)"),  # index numbers
    re.compile(r"(?<!\d)\d{4}-\d{6}-\d{2}-\d{2}-\d{6}(?!\d)"),  # codes of projects
    re.compile(r"[\[〔【(]\d{4}[\]〕】)]\s*第?[\d-]+号"),  # document numbers
    re.compile(rf"(?<![\d.])(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)? ?(?:{_UNITS})"),  # amounts
    re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\d.])\d+\.\d{2,}(?![\d.])"),
)
# What stands before a number that is no person's.
_NUMBER_OF_A_THING: Final = re.compile(
    r"(?:编号|编码|代码|单号|流水号|条码|条形码|受理号|受理|发票|票据|档号|档案号|许可证号?|注册号|备案号?|合同号?|文号|监管号|宗地|单元号|标段"
    r"|标号|批号|订单号?|序列号|坐标|经度|纬度|索引号?|立案号?|案号|招标|项目号?|证书号?|字第|标准号?|ISBN|ISSN|图号|设备号|车架号|发动机号)"
    r"[^\d,。;、]{0,6}$"
)
_MONEY_OR_COUNT: Final = re.compile(r"金额|合计|数量|面积|总额|投资|预算|价|元|件数|人数|编号|编码|代码|序号|文号")


_NEAR: Final = 500
"""So far a table row is read around a place: a row may have thousands of cells."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a detector found, before masks and overlaps."""

    kind: str
    start: int
    end: int
    certainty: Certainty
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; cells as (start, end, heading of the column: from the uppermost head down, by `heads.JOIN`)."""

    start: int
    end: int
    cells: tuple[tuple[int, int, str], ...]


class Page:
    """A text to look through. `text` has the length of the original, so that places are the same in both."""

    def __init__(self, original: str, today: date) -> None:
        self.text = original.translate(_HALF_WIDTH)
        self.today = today
        self.lines = _lines(self.text)
        self._starts = [line.start for line in self.lines]

    @cached_property
    def _opaque(self) -> list[tuple[int, int]]:
        """Addresses, codes and amounts; most texts have no number that might be a person's and never ask."""
        return _opaque(self.text)

    def line_at(self, place: int) -> Line:
        """The line at a place."""
        return self.lines[max(bisect_right(self._starts, place) - 1, 0)]

    def near(self, places: Iterable[int]) -> set[int]:
        """Where the lines begin that may speak of the same persons as these places: the rows of the same table, however it
        is turned, or the same line of prose and those beside it, for a sentence may be broken in any place."""
        found: set[int] = set()
        for number in {bisect_right(self._starts, place) - 1 for place in places}:
            first, last = number, number + 1
            if self.lines[number].cells and self.lines[number].start not in found:
                while first and self.lines[first - 1].cells:
                    first -= 1
                while last < len(self.lines) and self.lines[last].cells:
                    last += 1
            found |= {line.start for line in self.lines[max(0, first - 1) : last + 1]}
        return found

    def heading(self, place: int) -> str:
        """The heading of the table column at a place, the lowest where there are several; empty outside of tables."""
        cells = self.line_at(place).cells
        return lowest(cells[max(bisect_right(cells, (place + 1,)) - 1, 0)][2]) if cells else ""

    def before(self, place: int, most: int = 16) -> str:
        """The column's heading and what stands before a place in the same sentence or cell."""
        text = self.text[max(0, place - most) : place]
        for stop in _STOP:
            text = text.rpartition(stop)[2]
        text = _SPREAD.sub("", text)
        head = self.heading(place)
        return f"{head}:{text}" if head else text

    def after(self, place: int, most: int = 16) -> str:
        """What follows a place in the same sentence or cell."""
        text = self.text[place : place + most]
        for stop in _STOP:
            text = text.partition(stop)[0]
        return _SPREAD.sub("", text)

    def around(self, start: int, end: int) -> str:
        """What stands near, across sentences, but not across the paragraphs beyond the next."""
        left = self.text[max(0, start - 60) : start].rpartition("\n\n\n")[2]
        return _SPREAD.sub("", left + " " + self.text[end : end + 40].partition("\n\n\n")[0])

    def sentence(self, place: int) -> str:
        """The sentence, or the table row as far as it is near, around a place."""
        line = self.line_at(place)
        if line.cells:
            return _SPREAD.sub("", self.text[max(line.start, place - _NEAR) : min(line.end, place + _NEAR)])
        left = max(self.text.rfind(stop, line.start, place) for stop in "。;")
        rights = [at for stop in "。;" if (at := self.text.find(stop, place, line.end)) >= 0]
        return _SPREAD.sub("", self.text[left + 1 if left >= 0 else line.start : min(rights, default=line.end)])

    def is_opaque(self, start: int, end: int) -> bool:
        """Whether it lies in an address, an amount, a document or index number, a credit code of a body."""
        place = bisect_right(self._opaque, (end, 0)) - 1
        return any(a < end and start < b for a, b in self._opaque[max(0, place - 3) : place + 1])

    def is_of_a_thing(self, start: int) -> bool:
        """Whether the words or the column before say that the number is no person's."""
        head = self.heading(start)
        return bool(_NUMBER_OF_A_THING.search(self.before(start))) or bool(head and _MONEY_OR_COUNT.search(head))


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    start = 0
    above: list[list[str]] = []
    raws = text.split("\n")
    for number, raw in enumerate(raws):
        cells: tuple[tuple[int, int, str], ...] = ()
        if "\t" not in raw:
            above = []
        else:
            if not above:
                table = takewhile(lambda line: "\t" in line, raws[number : number + MOST_ROWS])
                above = heads_above([line.split("\t") for line in table])
            cells = _cells(start, raw.split("\t"), above[0])
            above = above[1:] or above
        found.append(Line(start, start + len(raw), cells))
        start += len(raw) + 1
    return found


def _cells(start: int, words: list[str], heads: list[str]) -> tuple[tuple[int, int, str], ...]:
    cells = []
    for number, word in enumerate(words):
        cells.append((start, start + len(word), heads[number] if number < len(heads) else ""))
        start += len(word) + 1
    return tuple(cells)


def _opaque(text: str) -> list[tuple[int, int]]:
    found = [match.span() for pattern in _OPAQUE for match in pattern.finditer(text)]
    for match in _CREDIT.finditer(text):
        named = "信用代码" in text[max(0, match.start() - 14) : match.start()]
        if is_credit_code(match[0]) and (named or not is_id_card(match[0])):
            found.append(match.span())
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
