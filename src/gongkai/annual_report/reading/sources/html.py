"""HTML pages: paragraphs as lines, data tables as rows with their merged cells, layout tables as what they hold."""

from __future__ import annotations

import re

from lxml import etree

from gongkai.annual_report.reading.sources.text import decode_bytes
from gongkai.annual_report.reading.stream import Line, NotReadable, Piece, Stream
from gongkai.annual_report.report import Place

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_SKIP = frozenset(("script", "style", "noscript", "template", "head", "select", "textarea", "svg", "iframe", "object"))
_BLOCK = frozenset(
    "address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6"
    " header hr html legend li main nav ol p pre section table tbody td tfoot th thead tr ul br".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_META = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "agency",
    "publishdate": "published",
    "og:title": "title",
}
MAX_CELLS = 200_000
_PROSE = 400  # characters: a cell with more is text, not a value or a label

Row = list[tuple[etree._Element, str]]


def stream(data: bytes, name: str = "") -> Stream:
    """The visible text of a page in reading order. NotReadable where there is none."""
    root = _parse(data)
    found = Stream(kind="html", name=name)
    for meta in root.iter("meta"):
        key = _META.get((meta.get("name") or meta.get("property") or "").lower())
        if key and (meta.get("content") or "").strip():
            found.meta.setdefault(key, meta.get("content", "").strip())
    title = root.find(".//title")
    found.title = found.meta.get("title") or ("".join(map(str, title.itertext())).strip() if title is not None else "")
    _Walk(found.lines).element(root)
    if not found.lines:
        raise NotReadable("网页里没有可见的文字。")
    return found


def _parse(data: bytes) -> etree._Element:
    declared = _CHARSET.search(data[:4096])
    text = None
    if declared and declared[1].lower() not in (b"gb2312", b"gbk", b"gb18030", b"utf-8", b"utf8"):
        try:
            text = data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            text = None
    if text is None:
        text = decode_bytes(data)
    # Bytes go in as UTF-8 whatever the page declares: pages often lie about their own encoding.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotReadable("网页内容残缺，无法读取。") from error
    if root is None:
        raise NotReadable("网页里没有可见的文字。")
    return root


class _Walk:
    """One pass over a page. Loops instead of recursing, so that a deeply nested page cannot overflow the stack."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.words: list[str] = []
        self.tables = 0

    def element(self, root: etree._Element) -> None:
        stack: list[tuple[str, etree._Element | str]] = [("open", root)]
        while stack:
            what, node = stack.pop()
            if what == "text":
                self.words.append(str(node))
                continue
            assert not isinstance(node, str)
            tag = node.tag
            if what == "close":
                self.flush()
                continue
            if not isinstance(tag, str) or tag in _SKIP or _HIDDEN.search(node.get("style") or ""):
                continue
            block = tag in _BLOCK
            if block:
                self.flush()
            if tag == "table" and (rows := _data_rows(node)) is not None:
                self.table(rows)
                continue
            if block:
                stack.append(("close", node))
            for child in reversed(node):
                if child.tail:
                    stack.append(("text", child.tail))
                stack.append(("open", child))
            if node.text:
                stack.append(("text", node.text))
        self.flush()

    def flush(self) -> None:
        text = _SPACE.sub(" ", "".join(self.words)).strip(" \xa0")
        self.words.clear()
        if text:
            number = len(self.lines) + 1
            self.lines.append(Line([Piece(text, place=Place(line=number, offset=0))], top=number, bottom=number + 1))

    def table(self, rows: list[Row]) -> None:
        self.tables += 1
        busy: dict[int, int] = {}  # grid column -> rows still covered by a cell from above
        for row in rows:
            pieces: list[Piece] = []
            number = len(self.lines) + 1
            column = 0
            for cell, text in row:
                while busy.get(column, 0) > 0:
                    column += 1
                colspan, rowspan = _span(cell, "colspan"), _span(cell, "rowspan")
                pieces.append(Piece(text, column, column + colspan, Place(line=number, offset=len(pieces)), rowspan))
                for covered in range(column, column + colspan):
                    busy[covered] = rowspan
                column += colspan
                if column > MAX_CELLS:
                    raise NotReadable("网页表格过大，无法读取。")
            busy = {c: n - 1 for c, n in busy.items() if n > 1}
            if pieces:
                self.lines.append(Line(pieces, self.tables, top=number, bottom=number + 1))


def _data_rows(table: etree._Element) -> list[Row] | None:
    """A table's rows of cells with their text; None for a layout table, which is read as what it holds.

    A data table holds no other table and no long prose in a cell.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return None
    rows = [[(cell, _cell_text(cell)) for cell in row.iterchildren("td", "th")] for row in table.iterdescendants("tr")]
    return None if any(len(text) > _PROSE for row in rows for _, text in row) else rows


def _span(cell: etree._Element, name: str) -> int:
    raw = cell.get(name)
    if not raw:
        return 1
    raw = raw.strip()
    return min(max(int(raw), 1), 100) if raw.isascii() and raw.isdigit() else 1


def _cell_text(cell: etree._Element) -> str:
    # Breaks inside a label are typography; a blank between digits would be, too.
    text = "".join(map(str, cell.itertext())) if len(cell) else cell.text or ""
    return " ".join(text.split())
