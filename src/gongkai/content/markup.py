"""Well-formed HTML, as the cleaner writes it: its tokens, its plain text, and the way back from text to markup."""

from __future__ import annotations

import html as entities
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r'<(/?)([a-zA-Z][^\s/>]*)((?:[^>"]|"[^"]*")*)>|([^<]+)|<')
_ATTRIBUTE: Final = re.compile(r'([^\s=/"]+)="([^"]*)"')
_ENTITY: Final = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_BLOCKS: Final = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li table caption thead tbody tfoot tr blockquote hr pre dl dt dd section article".split()
)
_CELLS: Final = frozenset(("td", "th"))
_WIDEST: Final = 100
_LONGEST: Final = 1000
"""Columns and rows of a table as far as merged cells are followed."""
_SPARE: Final = 1000
"""Blanks that a table may have beyond two a cell."""


class Token(NamedTuple):
    """A tag (`name` set) or a run of text (`text` set, entities not yet resolved), and where it stands."""

    name: str
    is_end: bool
    attributes: str
    text: str
    start: int


def tokens(html: str) -> Iterator[Token]:
    """The tags and texts of HTML whose attributes are all quoted with ``"`` and whose ``<`` are all escaped."""
    for match in _TOKEN.finditer(html):
        end, name, attributes, text = match.groups()
        if name is None:
            yield Token("", False, "", text or "<", match.start())
        else:
            yield Token(name.lower(), bool(end), attributes, "", match.start())


def attributes_of(token: Token) -> dict[str, str]:
    """A tag's attributes, entities resolved."""
    return {name.lower(): entities.unescape(value) for name, value in _ATTRIBUTE.findall(token.attributes)}


def escaped(text: str) -> str:
    """Text for HTML, in the spelling that HTML serialisers use."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def escaped_value(text: str) -> str:
    """An attribute's value for HTML."""
    return escaped(text).replace('"', "&quot;")


class _Segment(NamedTuple):
    """Characters `start`..`end` of the text stand at `place` in the HTML, one for one unless `length` differs."""

    start: int
    end: int
    place: int
    length: int


@dataclass(frozen=True, slots=True)
class TextMap:
    """The text of HTML: a line a paragraph or table row, tabs between cells, a blank cell wherever another reaches to; and
    where each character stands."""

    html: str
    text: str
    _segments: tuple[_Segment, ...]
    _starts: tuple[int, ...]

    def place(self, index: int) -> tuple[int, int] | None:
        """(start, end) in the HTML of one character of the text; None for a break that is no character there."""
        number = bisect_right(self._starts, index) - 1
        if number < 0 or index >= self._segments[number].end:
            return None
        start, end, place, length = self._segments[number]
        if length != end - start:
            return place, place + length
        return place + index - start, place + index - start + 1

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans of HTML that hold the text from `start` to `end`, none of them with a tag inside."""
        found: list[tuple[int, int]] = []
        for index in range(start, end):
            place = self.place(index)
            if place is None:
                continue
            if found and found[-1][1] == place[0]:
                found[-1] = (found[-1][0], place[1])
            else:
                found.append(place)
        return found

    def with_text(self, changed: str) -> str:
        """The HTML with another text of the same length; only characters differ, the markup stays as it is."""
        assert len(changed) == len(self.text)
        parts: list[str] = []
        done = 0
        for index, (old, new) in enumerate(zip(self.text, changed, strict=True)):
            if old != new and (place := self.place(index)) is not None:
                parts += (self.html[done : place[0]], escaped(new))
                done = place[1]
        parts.append(self.html[done:])
        return "".join(parts)


class _Grid:
    """Where the next cell of a table stands: a cell over several columns or rows leaves blanks beside it and below. Methods
    answer how many tabs are due; every column but the first has one before it.

    No more blanks than there are cells, and some: a few cells that reach over everything would make megabytes of them.
    """

    def __init__(self) -> None:
        self._column = 0
        self._span = 1
        self._spare = _SPARE
        self._below: dict[int, int] = {}
        """Columns into which a cell from above still reaches, with the number of rows."""

    def begin_cell(self, cell: Token) -> int:
        """Before a cell, with the blanks to its left."""
        tabs = 0
        self._spare += 2
        while self._below.get(self._column) and self._spare > 0:
            tabs += self._blank()
        spans = attributes_of(cell) if "span" in cell.attributes else {}
        self._span = min(_span(spans, "colspan"), max(1, _WIDEST - self._column), max(1, self._spare))
        self._spare -= self._span - 1
        if self._column < _WIDEST:
            reached = range(self._column, self._column + self._span)
            self._below |= dict.fromkeys(reached, _span(spans, "rowspan") - 1)
        return tabs + self._next()

    def end_cell(self) -> int:
        """Behind a cell that spans columns."""
        behind, self._span = self._span - 1, 1
        self._column += behind
        return behind

    def end_row(self) -> None:
        """The next row begins; the columns to the right of this one's last cell have had theirs, too."""
        for column in [column for column, rows in self._below.items() if rows and column >= self._column]:
            self._below[column] -= 1
        self._column = 0

    def _blank(self) -> int:
        self._spare -= 1
        self._below[self._column] = max(0, self._below.get(self._column, 0) - 1)
        return self._next()

    def _next(self) -> int:
        self._column += 1
        return 1 if self._column > 1 else 0


def _span(spans: dict[str, str], name: str) -> int:
    value = spans.get(name, "")
    return max(1, min(int(value), _LONGEST)) if value.isascii() and value.isdigit() else 1


def text_map(html: str) -> TextMap:
    """The text of well-formed HTML with the way back."""
    parts: list[str] = []
    segments: list[_Segment] = []
    length, last, in_cells = 0, "\n", 0
    tables = [_Grid()]

    def put(text: str) -> None:
        nonlocal length, last
        parts.append(text)
        length += len(text)
        last = text[-1]

    for token in tokens(html):
        if not token.name:
            if token.text == "\n" and last == "\n":
                continue  # between two blocks
            for text, place, width in _spelled(token):
                segments.append(_Segment(length, length + len(text), place, width))
                put(text)
        elif token.name in _CELLS:
            in_cells = max(0, in_cells + (-1 if token.is_end else 1))
            if tabs := tables[-1].end_cell() if token.is_end else tables[-1].begin_cell(token):
                put("\t" * tabs)
        elif token.name == "br" or token.name in _BLOCKS:
            ends_row = token.name == "tr" and token.is_end
            if ends_row:
                tables[-1].end_row()
            if token.name == "table":
                tables = (tables[:-1] or [_Grid()]) if token.is_end else [*tables, _Grid()]
            if token.name == "br" or last not in "\n\t " or (ends_row and last == "\t"):
                put(" " if in_cells and token.name not in ("tr", "table") else "\n")
    return TextMap(html, "".join(parts), tuple(segments), tuple(s.start for s in segments))


def plain(html: str) -> str:
    """The text of cleaned HTML, for search and for the checks: a line a paragraph, tabs between cells."""
    return text_map(html).text.strip()


def marked(html: str, spans: Iterable[tuple[int, int, str, str]]) -> str:
    """The HTML with (start, end, class, title) of its text wrapped in ``mark``; of overlapping ones the first wins."""
    found = text_map(html)
    parts: list[str] = []
    done = after = 0
    for start, end, name, title in sorted(spans):
        if start < after:
            continue
        after = end
        for left, right in found.pieces(start, end):
            label = f' title="{escaped_value(title)}"' if title else ""
            parts += (html[done:left], f'<mark class="{escaped_value(name)}"{label}>', html[left:right], "</mark>")
            done = right
    parts.append(html[done:])
    return "".join(parts)


def _spelled(token: Token) -> Iterator[tuple[str, int, int]]:
    """(characters, place, length in the HTML) of a text token: plain stretches and single entities in turn."""
    done = 0
    for match in _ENTITY.finditer(token.text):
        if done < match.start():
            yield token.text[done : match.start()], token.start + done, match.start() - done
        yield entities.unescape(match[0]), token.start + match.start(), len(match[0])
        done = match.end()
    if done < len(token.text):
        yield token.text[done:], token.start + done, len(token.text) - done
