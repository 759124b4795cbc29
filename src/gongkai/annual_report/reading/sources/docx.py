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
        names = self.names
        if next(node.iterdescendants(names.cell), None) is None:
            return
        self.tables += 1
        number = self.tables
        nested = next(node.iterdescendants(names.table), None) is not None
        above: dict[int, Piece] = {}  # grid column -> the cell that a vertical merge goes on from
        for row in self.children(node, names.row):
            pieces: list[Piece] = []
            printed: list[etree._Element] = []
            properties = row.find(names.row_properties)
            column = 0 if properties is None else _count(names, properties.find(names.grid_before), 0)
            for cell in self.children(row, names.cell):
                span, merge, beside = self.shape(cell)
                if merge is not None and merge != "restart" and column in above:
                    above[column].height += 1
                elif beside is not None and beside != "restart" and pieces:
                    pieces[-1].right = column + span
                else:
                    piece = Piece(self.cell_text(cell), column, column + span)
                    pieces.append(piece)
                    printed.append(cell)
                    above.pop(column, None)
                    if merge is not None:
                        above[column] = piece
                column += span
            if _is_layout(pieces) or (nested and any(map(self.holds_table, printed))):
                for cell in printed:
                    self.tabbed = None
                    self.blocks(cell)
            elif pieces:
                self.add(pieces, number)
        self.tabbed = None

    def shape(self, cell: etree._Element) -> tuple[int, str | None, str | None]:
        """Grid columns, vertical merge, horizontal merge (of old files) of a cell."""
        names = self.names
        span, merge, beside = 1, None, None
        properties = cell.find(names.cell_properties)
        for mark in properties if properties is not None else ():
            if mark.tag == names.grid_span:
                span = max(1, _count(names, mark, 1))
            elif mark.tag == names.vertical_merge:
                merge = names.value(mark) or "continue"
            elif mark.tag == names.horizontal_merge:
                beside = names.value(mark) or "continue"
        return span, merge, beside

    def holds_table(self, cell: etree._Element) -> bool:
        """Whether a cell holds a table of its own; one of a single cell is only a frame around its text."""
        return any(
            sum(1 for _ in zip(table.iter(self.names.cell), range(2), strict=False)) > 1
            for table in cell.iterdescendants(self.names.table)
        )

    def cell_text(self, cell: etree._Element) -> str:
        """A cell's text on one line, its text boxes at the end."""
        parts = [self.text(p) for p in cell.iter(self.names.paragraph)]
        if self.boxes:
            for paragraph in cell.iter(self.names.paragraph):
                for box in self.boxes.get(paragraph, ()):
                    parts += [self.text(p) for p in box.iter(self.names.paragraph)]
        if len(parts) == 1:
            return parts[0].replace("\n", " ").replace("\t", " ").strip()
        return " ".join(" ".join(parts).split())

    def text(self, node: etree._Element) -> str:
        """The characters of a paragraph; tabs and breaks as such."""
        names = self.names
        words: list[str] = []
        for mark in node.iter(*names.inked):
            tag = mark.tag
            if tag == names.text or tag == names.math_text:
                words.append(mark.text or "")
            elif tag == names.tab:
                parent = mark.getparent()
                if parent is not None and parent.tag == names.run:  # others define tab stops
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
