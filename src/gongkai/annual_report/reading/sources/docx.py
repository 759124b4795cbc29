"""Word documents straight from their XML: paragraphs as lines, table rows with their merged cells."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.annual_report.reading.limits import MAX_DEPTH
from gongkai.annual_report.reading.sources.archive import open_archive, part
from gongkai.annual_report.reading.stream import Line, NotReadable, Piece, Stream
from gongkai.annual_report.report import Place

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # strict OOXML
)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
# Deleted or moved-away text, field codes, notes and fallbacks that print nothing of their own.
_UNPRINTED = frozenset(
    "del moveFrom instrText delText footnoteReference endnoteReference Fallback pPr rPr tblPr trPr tcPr sectPr tblGrid"
    " commentReference".split()
)


def stream(data: bytes, name: str = "") -> Stream:
    """The printed text of a .docx: body only, tracked changes as accepted, hidden text left out."""
    archive = open_archive(data)
    document = part(archive, _main_part(archive.namelist()))
    if document is None:
        raise NotReadable("Word 文件里没有正文。")
    root = _parse(document)
    body = next((child for child in root if _local(child) == "body"), None)
    if body is None:
        raise NotReadable("Word 文件里没有正文。")
    found = Stream(kind="docx", name=name)
    core = part(archive, "docProps/core.xml")
    if core:
        found.title = _parse(core).findtext(f".//{_TITLE}") or ""
    _Reader(found.lines).blocks(body, 0)
    if not found.lines:
        raise NotReadable("Word 文件里没有文字；若正文是图片，请另存为 PDF 或图片再读取。")
    return found


def _main_part(names: list[str]) -> str:
    return next((n for n in ("word/document.xml", *names) if n.startswith("word/document") and n in names), "word/document.xml")


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotReadable("Word 文件的内容已损坏，无法读取；请重新另存后再试。") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotReadable("Word 文件带有不安全的内容，没有读取。")
    return root


def _local(node: etree._Element) -> str:
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(node: etree._Element | None, name: str) -> str | None:
    if node is None:
        return None
    return next((value for ns in _NAMESPACES if (value := node.get(f"{{{ns}}}{name}")) is not None), None)


def _child(node: etree._Element | None, *path: str) -> etree._Element | None:
    for name in path:
        if node is None:
            return None
        node = next((child for child in node if _local(child) == name), None)
    return node


class _Reader:
    """One pass over a body, block by block."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.tables = 0

    def blocks(self, parent: etree._Element, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise NotReadable("Word 文件的结构嵌套过深，没有读取。")
        for node in parent:
            kind = _local(node)
            if kind == "p":
                self.paragraph(node, depth)
            elif kind == "tbl":
                self.table(node, depth)
            elif kind and kind not in _UNPRINTED:  # content controls and other wrappers
                self.blocks(node, depth + 1)

    def paragraph(self, node: etree._Element, depth: int) -> None:
        boxes: list[etree._Element] = []
        for text in "".join(_text(node, boxes)).split("\n"):
            if text.strip():
                self.add([Piece(text.strip())], None)
        for box in boxes:
            self.blocks(box, depth + 1)

    def table(self, node: etree._Element, depth: int) -> None:
        self.tables += 1
        number = self.tables
        open_cells: dict[int, Piece] = {}  # grid column -> the cell that a vertical merge goes on from
        for row in _children(node, "tr"):
            inner: list[etree._Element] = []
            pieces: list[Piece] = []
            column = _number(_child(row, "trPr", "gridBefore"))
            for cell in _children(row, "tc"):
                span = max(_number(_child(cell, "tcPr", "gridSpan")), 1)
                merge = _child(cell, "tcPr", "vMerge")
                goes_on = merge is not None and _attribute(merge, "val") in (None, "continue") and column in open_cells
                if goes_on:
                    open_cells[column].height += 1
                else:
                    piece = Piece(_cell_text(cell, inner), column, column + span)
                    pieces.append(piece)
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = piece
                column += span
            if pieces:
                self.add(pieces, number)
            for table in inner:
                self.table(table, depth + 1)
                if depth > MAX_DEPTH:
                    raise NotReadable("Word 文件的结构嵌套过深，没有读取。")

    def add(self, pieces: list[Piece], table: int | None) -> None:
        number = len(self.lines) + 1
        for offset, piece in enumerate(pieces):
            piece.place = Place(line=number, offset=offset)
        self.lines.append(Line(pieces, table, top=number, bottom=number + 1))


def _children(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of one kind, also inside content controls and other wrappers."""
    for child in node:
        kind = _local(child)
        if kind == name:
            yield child
        elif kind in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo"):
            yield from _children(child, name)


def _number(node: etree._Element | None) -> int:
    value = _attribute(node, "val") or "0"
    return min(int(value), 1000) if value.isascii() and value.isdigit() else 0


def _cell_text(cell: etree._Element, inner: list[etree._Element]) -> str:
    """A cell's text; tables inside it are handed back and read as tables of their own."""
    parts: list[str] = []
    boxes: list[etree._Element] = []
    for node in cell:
        kind = _local(node)
        if kind == "tbl":
            inner.append(node)
        elif kind not in _UNPRINTED:
            parts.append("".join(_text(node, boxes)).replace("\n", " ").strip())
    for box in boxes:
        parts += ["".join(_text(p, [])).strip() for p in box.iter() if _local(p) == "p"]
    return " ".join(filter(None, parts))


def _text(node: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """The printed characters below a node. Text boxes are handed back: they stand beside, not inside, the line."""
    stack = [node]
    while stack:
        current = stack.pop()
        kind = _local(current)
        if kind == "t":
            yield current.text or ""
        elif kind in ("tab", "ptab"):
            yield "\t"
        elif kind in ("br", "cr"):
            yield "\n"
        elif kind == "noBreakHyphen":
            yield "-"
        elif kind == "txbxContent":
            boxes.append(current)
        elif kind == "r" and _hidden(current):
            continue
        elif kind not in _UNPRINTED:
            stack.extend(reversed(current))


def _hidden(run: etree._Element) -> bool:
    mark = _child(run, "rPr", "vanish")
    return mark is not None and _attribute(mark, "val") not in ("0", "false", "off")
