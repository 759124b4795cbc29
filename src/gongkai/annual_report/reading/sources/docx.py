"""Word documents straight from their XML: paragraphs as lines, table rows with their merged cells.

What is read is what a reader of the printed page sees: tracked changes as accepted, hidden text, notes,
headers, footers and tables of contents left out. First everything that is not printed is cut out of the
tree, then one plain walk remains.
"""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from gongkai.annual_report.reading.limits import MAX_LINES
from gongkai.annual_report.reading.sources.archive import open_archive, part
from gongkai.annual_report.reading.sources.word_names import WordNames, word_names
from gongkai.annual_report.reading.sources.xml import parse
from gongkai.annual_report.reading.stream import Line, NotReadable, Piece, Stream
from gongkai.annual_report.report import Place

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MOST_COLUMNS = 1000
_LONG_CELL = 400  # a cell with more characters holds prose: its table is layout
_PROSE = 60  # a row that is one cell with more characters is prose, too
_WORDLESS = "Word 文件里没有文字；若正文是图片，请另存为 PDF 或图片再读取。"


def stream(data: bytes, name: str = "") -> Stream:
    """The printed text of a .docx. NotReadable where there is none."""
    archive = open_archive(data)
    document = part(archive, _main_part(archive))
    if document is None:
        raise NotReadable("Word 文件里没有正文，可能已损坏；请重新另存后再试。")
    root = parse(document)
    names = word_names(root.tag)
    body = None if names is None else root.find(names.body)
    if names is None or body is None:
        raise NotReadable("Word 文件里没有正文，可能已损坏；请重新另存后再试。")
    found = Stream(kind="docx", name=name)
    core = part(archive, "docProps/core.xml")
    if core:
        found.title = (parse(core).findtext(_TITLE) or "").strip()
    boxes = _cut_unprinted(root, names, archive, document)
    _Reader(found, names, boxes).blocks(body)
    if not found.lines:
        raise NotReadable(_WORDLESS)
    return found


def _main_part(archive: ZipFile) -> str:
    """The body's part. Almost always word/document.xml; some servers write another name."""
    names = archive.namelist()
    if "word/document.xml" in names:
        return "word/document.xml"
    relations = part(archive, "_rels/.rels")
    for relation in parse(relations) if relations else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


# ------------------------------------------------------------ what is not printed


def _cut_unprinted(
    root: etree._Element, names: WordNames, archive: ZipFile, document: bytes
) -> dict[etree._Element, list[etree._Element]]:
    """Cut out what the page does not show; text boxes, taken out of their paragraph, are handed back by it."""
    boxes: dict[etree._Element, list[etree._Element]] = {}
    for node in list(root.iter(*names.rare)):
        parent = node.getparent()
        if parent is None:
            continue
        if node.tag == names.vanish:
            run = parent.getparent()
            if run is not None and run.tag == names.run and names.is_on(node):
                _remove(run)
        elif node.tag == names.box:
            host = next(node.iterancestors(names.paragraph), None)
            if host is not None:
                parent.remove(node)
                boxes.setdefault(host, []).append(node)
        elif parent.tag == names.row_properties:  # a row deleted, moved away or hidden
            if node.tag != names.hidden or names.is_on(node):
                _remove(parent.getparent())
        elif node.tag == names.cell_deleted:
            _remove(parent.getparent())
        elif parent.tag not in names.marks and node.tag != names.hidden:
            _remove(node)
    if b"_Toc" in document or b'"Table of Contents"' in document:
        _cut_contents(root, names)
    styles = part(archive, "word/styles.xml")
    if styles and (b"vanish" in styles or b"_Toc" in document):
        _cut_styled(root, names, parse(styles))
    return boxes


def _remove(node: etree._Element | None) -> None:
    parent = None if node is None else node.getparent()
    if node is not None and parent is not None:
        parent.remove(node)


def _cut_contents(root: etree._Element, names: WordNames) -> None:
    """A generated table of contents repeats the headings with page numbers behind them."""
    for gallery in list(root.iter(names.gallery)):
        if names.value(gallery) == "Table of Contents":
            _remove(next(gallery.iterancestors(names.control), None))


def _cut_styled(root: etree._Element, names: WordNames, styles: etree._Element) -> None:
    """Paragraphs of the contents styles, and text that a style hides (窗体顶端 of pasted web forms)."""
    hidden: set[str] = set()
    for style in styles.iter(names.style):
        kind = style.find(names.style_name)
        mark = style.find(f"{names.run_properties}/{names.vanish}")
        is_contents = kind is not None and (names.value(kind) or "").lower().startswith("toc ")
        if is_contents or (mark is not None and names.is_on(mark)):
            hidden.add(style.get(names.style_id) or "")
    if not hidden:
        return
    for mark in list(root.iter(names.paragraph_style, names.run_style)):
        properties = mark.getparent()
        owner = None if properties is None else properties.getparent()
        if names.value(mark) in hidden and owner is not None and owner.tag in (names.paragraph, names.run):
            _remove(owner)


# ------------------------------------------------------------------ the walk


class _Reader:
    """One pass over a body, block by block. libxml2 refuses deep nesting, so recursion is bounded."""

    def __init__(self, found: Stream, names: WordNames, boxes: dict[etree._Element, list[etree._Element]]) -> None:
        self.found = found
        self.lines = found.lines
        self.names = names
        self.boxes = boxes
        self.tables = 0
        self.tabbed: int | None = None  # the table that the tab-separated paragraph before belongs to

    def blocks(self, parent: etree._Element) -> None:
        names = self.names
        for node in parent:
            tag = node.tag
            if tag == names.paragraph:
                self.paragraph(node)
            elif tag == names.table:
                self.tabbed = None
                self.table(node)
            elif tag == names.foreign:
                self._warn("文件中嵌入了另一份文件，嵌入的内容没有读取。")
            elif tag in names.wrappers:
                self.blocks(node)

    def paragraph(self, node: etree._Element) -> None:
        for text in self.text(node).split("\n"):
            fields = text.strip().split("\t")
            if fields == [""]:
                continue
            if len(fields) > 2 or (self.tabbed is not None and len(fields) == 2):
                # Columns set with tab stops are a table, blanks between two tabs included.
                if self.tabbed is None:
                    self.tables += 1
                    self.tabbed = self.tables
                pieces = [Piece(field.strip(), i, i + 1) for i, field in enumerate(fields)]
                self.add(pieces, self.tabbed)
            else:
                self.tabbed = None
                self.add([Piece(field.strip(), i, i + 1) for i, field in enumerate(fields) if field.strip()], None)
        if self.boxes:
            for box in self.boxes.get(node, ()):
                self.blocks(box)

    def table(self, node: etree._Element) -> None:
        """One flat pass in document order: properties stand before contents, rows before cells."""
        names = self.names
        apart = self.take_apart(node) if next(node.iterdescendants(names.table), None) is not None else {}
        self.tables += 1
        rows = _Rows(self.tables)
        words: list[str] = []
        for mark in node.iter(*names.in_table):
            tag = mark.tag
            if tag == names.cell:
                rows.end_cell(words)
                words = []
                rows.cell = mark
            elif tag == names.paragraph:
                if words:
                    words.append(" ")
                if self.boxes:
                    words += [self.text(p) + " " for box in self.boxes.get(mark, ()) for p in box.iter(tag)]
            elif tag == names.text or tag == names.math_text:
                words.append(mark.text or "")
            elif tag == names.grid_span:
                rows.span = max(1, _count(names, mark, 1))
            elif tag == names.vertical_merge:
                rows.merge = names.value(mark) or "continue"
            elif tag == names.row:
                rows.end_cell(words)
                words = []
                self.row(rows, apart)
                rows.row = mark
            elif tag == names.horizontal_merge:
                rows.beside = names.value(mark) or "continue"
            elif tag == names.grid_before:
                rows.column = _count(names, mark, 0)
            elif tag == names.hyphen:
                words.append("-")
            elif tag != names.tab or _is_run(mark, names):
                words.append(" ")
        rows.end_cell(words)
        self.row(rows, apart)
        self.tabbed = None

    def row(self, rows: _Rows, apart: dict[etree._Element, list[etree._Element]]) -> None:
        """A finished row as a line; as paragraphs where it is only there for its frame."""
        pieces, cells = rows.end_row()
        if rows.row is not None and rows.row in apart:
            self.tabbed = None
            for block in apart[rows.row]:
                self.blocks(block)
        elif _is_layout(pieces):
            for cell in cells:
                self.tabbed = None
                self.blocks(cell)
        elif pieces:
            self.add(pieces, rows.number)

    def take_apart(self, node: etree._Element) -> dict[etree._Element, list[etree._Element]]:
        """Cells that hold tables are layout: taken out of their row, to be read block by block.

        A table of one cell is only a frame around its text, which stays.
        """
        names = self.names
        apart: dict[etree._Element, list[etree._Element]] = {}
        for inner in list(node.iterdescendants(names.table)):
            if sum(1 for _ in zip(inner.iter(names.cell), range(2), strict=False)) > 1:
                rows = [r for r in inner.iterancestors(names.row) if node in r.iterancestors(names.table)]
                if rows and rows[-1] not in apart:
                    apart[rows[-1]] = list(self.children(rows[-1], names.cell))
            else:
                frame = inner.getparent()
                if frame is not None:
                    at = frame.index(inner)
                    frame[at : at + 1] = list(inner.iter(names.paragraph))
        for cells in apart.values():
            for cell in cells:
                _remove(cell)
        return apart

    def text(self, node: etree._Element) -> str:
        """The characters of a paragraph; tabs and breaks as such."""
        names = self.names
        words: list[str] = []
        for mark in node.iter(*names.inked):
            tag = mark.tag
            if tag == names.text or tag == names.math_text:
                words.append(mark.text or "")
            elif tag == names.tab:
                if _is_run(mark, names):
                    words.append("\t")
            elif tag == names.hyphen:
                words.append("-")
            else:
                words.append("\n")
        return "".join(words)

    def children(self, node: etree._Element, tag: str) -> Iterator[etree._Element]:
        """Children of one kind, also inside content controls and other wrappers."""
        wrappers = self.names.wrappers
        for child in node:
            if child.tag == tag:
                yield child
            elif child.tag in wrappers:
                yield from self.children(child, tag)

    def add(self, pieces: list[Piece], table: int | None) -> None:
        number = len(self.lines) + 1
        if number > MAX_LINES:
            raise NotReadable(f"文件过长（超过 {MAX_LINES} 行），不像一份年度报告。")
        for offset, piece in enumerate(pieces):
            piece.place = Place(line=number, offset=offset)
        self.lines.append(Line(pieces, table, top=number, bottom=number + 1))

    def _warn(self, text: str) -> None:
        if text not in self.found.warnings:
            self.found.warnings.append(text)


class _Rows:
    """A table while it is read: the cell and row that are open, and what reaches down from above."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.row: etree._Element | None = None
        self.cell: etree._Element | None = None
        self.pieces: list[Piece] = []
        self.cells: list[etree._Element] = []
        self.above: dict[int, Piece] = {}  # grid column -> the cell that a vertical merge goes on from
        self.column, self.span = 0, 1
        self.merge: str | None = None
        self.beside: str | None = None  # the horizontal merge of old files

    def end_cell(self, words: list[str]) -> None:
        if self.cell is None:
            return
        column, end, merge = self.column, self.column + self.span, self.merge
        if merge is not None and merge != "restart" and column in self.above:
            self.above[column].height += 1
        elif self.beside == "continue" and self.pieces:
            self.pieces[-1].right = end
        else:
            piece = Piece(" ".join("".join(words).split()) if words else "", column, end)
            self.pieces.append(piece)
            self.cells.append(self.cell)
            if merge is not None:
                self.above[column] = piece
            else:
                self.above.pop(column, None)
        self.column, self.span, self.merge, self.beside, self.cell = end, 1, None, None, None

    def end_row(self) -> tuple[list[Piece], list[etree._Element]]:
        done = self.pieces, self.cells
        self.pieces, self.cells, self.column = [], [], 0
        return done


def _is_run(mark: etree._Element, names: WordNames) -> bool:
    """Whether a tab is printed: outside runs it defines a tab stop."""
    parent = mark.getparent()
    return parent is not None and parent.tag == names.run


def _is_layout(pieces: list[Piece]) -> bool:
    """Prose in cells: the table is there for its frame, its paragraphs are lines like any other."""
    longest = max((len(p.text) for p in pieces), default=0)
    if longest > _LONG_CELL:
        return True
    return longest > _PROSE and sum(1 for p in pieces if p.text) == 1 and any("。" in p.text for p in pieces)


def _count(names: WordNames, node: etree._Element | None, default: int) -> int:
    value = None if node is None else names.value(node)
    if not value or not (value.isascii() and value.isdigit()):
        return default
    return min(int(value[:9]), _MOST_COLUMNS)
