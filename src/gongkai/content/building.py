"""Pasted HTML, made well-formed by the sanitiser, into the model of paragraphs, lists and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from gongkai.content import styles
from gongkai.content.blocks import (
    BREAK,
    Block,
    Cell,
    Image,
    Item,
    ListBlock,
    Paragraph,
    Row,
    Rule,
    Run,
    Table,
    paragraphs,
)  # fmt: skip
from gongkai.content.lists import gathered
from gongkai.content.markup import Token, attributes_of, tokens
from gongkai.content.styles import BODY, PLAIN, Format, Setting

KEY: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
ATTACHMENT: Final = re.compile(rf"attachment:({KEY})")
_MAILTO: Final = re.compile(r"mailto:[\w.+-]+@[\w-]+(\.[\w-]+)+", re.I | re.A)
_BAD_IN_LINK: Final = re.compile(r"[\s\x00-\x20\\<>\"'`{}|^]")
_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_VOID: Final = frozenset("br img hr col wbr input source area embed link meta base param track".split())
_CELLS: Final = frozenset(("td", "th"))
_BLOCKS: Final = frozenset(
    "p div h1 h2 h3 h4 h5 h6 blockquote center section article header footer main nav aside address pre dl dt dd"
    " figure figcaption fieldset form legend details summary ul ol li table caption thead tbody tfoot tr td th".split()
)
_DEEPEST: Final = 8  # tables and lists within each other; what lies deeper is kept as text
_LARGEST_SPAN: Final = 1000

Container = list[Block] | ListBlock | Table | Row


@dataclass(slots=True)
class _Open:
    """An open element and what was so before it."""

    name: str
    format: Format
    setting: Setting
    level: int
    container: Container | None = None  # the one that this element opened
    hides: bool = False
    marks: bool = False


@dataclass(slots=True)
class Builder:
    """One pass over the tokens. `lost` counts, by kind, what was left out: hidden, comment, image, link, revision."""

    key_of: Callable[[str], str | None]
    body: list[Block] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    _open: list[_Open] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _format: Format = PLAIN
    _setting: Setting = BODY
    _level: int = 0
    _marker: str = ""
    _hidden: int = 0
    _marking: int = 0
    _in_head: int = 0

    def build(self, html: str) -> list[Block]:
        """The blocks of well-formed HTML."""
        for token in tokens(html):
            if not token.name:
                self._text(_INVISIBLE.sub("", _unescape(token.text)))
            elif token.is_end:
                self._close(token.name)
            else:
                self._start(token)
        while self._open:
            self._pop()
        self._end_paragraph()
        return gathered(self.body)

    # ------------------------------------------------------------------ tokens

    def _text(self, text: str) -> None:
        if self._hidden:
            return
        if self._marking:
            self._marker += text
        else:
            self._runs.append(Run(text, self._format))

    def _start(self, token: Token) -> None:
        name, attributes = token.name, attributes_of(token)
        if name in _VOID:
            if not self._hidden:
                self._void(name, attributes)
            return
        style = styles.style_of(attributes)
        element = _Open(name, self._format, self._setting, self._level)
        comment = styles.is_comment(style, attributes)
        if comment or styles.is_hidden(style, attributes):
            element.hides = True
            self._hidden += 1
            self.lost["comment" if comment else "hidden"] += 1
        if styles.is_list_marker(style):
            element.marks = True
            self._marking += 1
        if not self._hidden:
            if name in _BLOCKS:
                self._end_paragraph()
                self._block(element, attributes, style)
            else:
                self._format = self._inline(name, attributes, style)
        self._open.append(element)

    def _close(self, name: str) -> None:
        if any(element.name == name for element in reversed(self._open)):
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        element = self._open[-1]
        if not self._hidden and element.name in _BLOCKS:
            self._end_paragraph()  # while the element's own container and setting hold
        self._open.pop()
        self._hidden -= element.hides
        self._marking -= element.marks
        self._in_head -= element.name == "thead"
        self._format, self._setting, self._level = element.format, element.setting, element.level
        return element.name

    # ------------------------------------------------------------------ elements

    def _void(self, name: str, attributes: dict[str, str]) -> None:
        if name == "br":
            self._runs.append(Run(BREAK, self._format))
        elif name == "hr":
            self._end_paragraph()
            self._add(Rule())
        elif name == "img":
            source = attributes.get("src", "").strip()
            own = ATTACHMENT.fullmatch(source)
            key = own[1] if own else self.key_of(source)
            if key and re.fullmatch(KEY, key):
                alt = " ".join(_INVISIBLE.sub("", attributes.get("alt", "")).split())[:200]
                self._runs.append(Run("", self._format, Image(key, alt)))
            else:
                self.lost["image"] += 1

    def _inline(self, name: str, attributes: dict[str, str], style: dict[str, str]) -> Format:
        found = styles.format_of(name, style, self._format)
        if name == "del" or (name == "ins" and "mso" in attributes.get("class", "").lower()):
            self.lost["revision"] += name == "del"
        if name == "a" and "href" in attributes:
            address = attributes["href"].strip()
            if is_safe(address):
                found = found._replace(href=address)
            elif not address.startswith("#"):
                self.lost["link"] += 1
        return found

    def _block(self, element: _Open, attributes: dict[str, str], style: dict[str, str]) -> None:
        name = element.name
        self._setting = styles.setting_of(name, attributes, style, self._setting)
        if name in _CELLS or name == "caption":
            self._setting, self._format = Setting(align=self._setting.align), PLAIN
        level = int(name[1]) if name[0] == "h" and name[1:].isdecimal() else 0
        if level or (level := styles.outline_level(style) if name == "p" else 0):
            tag = f"h{min(max(level if name[0] == 'h' else level + 1, 2), 6)}"
            self._setting = self._setting._replace(tag=tag)
        if name in ("p", "div", "li") and (word := styles.list_level(style)):
            self._level = word
        self._in_head += name == "thead"
        element.container = self._container_for(name, attributes)

    def _container_for(self, name: str, attributes: dict[str, str]) -> Container | None:
        """A new container where the element opens one in the place where it stands."""
        around = self._container()
        deep = sum(e.container is not None for e in self._open) > 3 * _DEEPEST
        if name in ("ul", "ol") and not deep:
            first = _number(attributes.get("start", ""), 1)
            made = ListBlock(name == "ol", first)
            self._add(made)
            return made
        if name == "li" and isinstance(around, ListBlock):
            self._setting, self._level = Setting(align=self._setting.align), 0
            around.items.append(Item())
            return around.items[-1].blocks
        if name == "table" and not deep:
            table = Table()
            self._add(table)
            self._setting = Setting()
            return table
        if isinstance(around, Table):
            if name == "caption":
                return around.caption
            if name == "tr":
                around.rows.append(Row(self._in_head > 0))
                return around.rows[-1]
        if isinstance(around, Row) and name in _CELLS:
            cell = Cell(
                name == "th" or around.in_head,
                min(_number(attributes.get("colspan", ""), 1), _LARGEST_SPAN) or 1,
                min(_number(attributes.get("rowspan", ""), 1), _LARGEST_SPAN) or 1,
                self._setting.align,
            )
            around.cells.append(cell)
            self._setting = Setting()
            return cell.blocks
        return None

    # ------------------------------------------------------------------ paragraphs

    def _container(self) -> Container:
        return next((e.container for e in reversed(self._open) if e.container is not None), self.body)

    def _add(self, block: Block) -> None:
        container = self._container()
        if isinstance(container, list):
            container.append(block)
        elif isinstance(container, ListBlock):
            if not container.items:
                container.items.append(Item())
            container.items[-1].blocks.append(block)
        else:  # between the rows or cells of a table, where the sanitiser leaves nothing: before the table
            self.body.append(block)

    def _end_paragraph(self) -> None:
        runs, self._runs = self._runs, []
        marker, self._marker = " ".join(self._marker.split()), ""
        setting = self._setting
        if not isinstance(self._container(), list):
            setting = Setting()
        made = list(paragraphs(runs, setting))
        if made and (marker or self._level):
            made[0].level, made[0].marker = (self._level or 1) if marker else 0, marker
            if marker:
                made[0].setting = made[0].setting._replace(indent=False, inset=False)
        elif marker:
            made = [Paragraph([Run(marker)], setting)]
        for paragraph in made:
            if paragraph.setting.tag != "p":
                for run in paragraph.runs:
                    run.format = run.format._replace(strong=False)
            self._add(paragraph)


def is_safe(address: str) -> bool:
    """Whether a link's address may be published: http(s), mailto, our own attachment, or a path on our own site."""
    if ATTACHMENT.fullmatch(address) or _MAILTO.fullmatch(address):
        return True
    if _BAD_IN_LINK.search(address) or _INVISIBLE.search(address) or len(address) > 2000:
        return False
    if address.startswith("/"):
        return not address.startswith("//")
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _number(text: str, default: int) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else default


def _unescape(text: str) -> str:
    import html

    return html.unescape(text)
