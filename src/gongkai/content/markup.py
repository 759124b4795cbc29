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
    """The text of HTML: a line a paragraph or table row, tabs between cells; and where each character stands."""

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


def text_map(html: str) -> TextMap:
    """The text of well-formed HTML with the way back."""
    parts: list[str] = []
    segments: list[_Segment] = []
    length, last, in_cells, first_cell = 0, "\n", 0, True

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
            if not token.is_end:
                if not first_cell:
                    put("\t")
                first_cell = False
        elif token.name == "br" or token.name in _BLOCKS:
            if token.name == "tr":
                first_cell = True
            if token.name == "br" or last not in "\n\t ":
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
