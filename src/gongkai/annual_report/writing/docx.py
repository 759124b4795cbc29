"""Word: GB/T 9704 type and margins, the official tables with true merged cells. Straight to XML.

Only the parts of the format that Word, WPS and LibreOffice read alike are used: fixed column widths, gridSpan,
vMerge, borders on the table, heads that repeat, rows that do not break.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from importlib import resources
from xml.sax.saxutils import escape

from gongkai.annual_report.layout import GridCell, layout, width
from gongkai.annual_report.report import Report
from gongkai.annual_report.writing.document import Part, column_widths, head_rows, ink, parts, title, title_lines

_TEXT_WIDTH = 8844  # twips: A4 less 28 mm on the left and 26 mm on the right
_TABLE_SIZE = 21  # half-points: 五号
_STYLES = {
    "title": "Title",
    "date": "Subtitle",
    "preamble": "BodyText",
    "heading": "Heading1",
    "subheading": "Heading2",
    "body": "BodyText",
}
_STATIC = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fonts.xml",
    "word/footer1.xml": "footer_odd.xml",
    "word/footer2.xml": "footer_even.xml",
}
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{body}'
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1417" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr></w:body></w:document>'
)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{agency}</dc:creator>'
    "<dc:language>zh-CN</dc:language></cp:coreProperties>"
)


def render(report: Report) -> bytes:
    """The report as a .docx file. The same report gives the same bytes."""
    body = "".join(_table(report, part) if part.kind == "table" else _paragraph(part) for part in parts(report))
    files = {name: _static(source) for name, source in _STATIC.items()}
    files["word/document.xml"] = _DOCUMENT.format(body=body).encode()
    core = _CORE.format(title=escape(title(report)), agency=escape(report.agency or ""))
    files["docProps/core.xml"] = core.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)  # dated 1980, not now
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def _static(name: str) -> bytes:
    return resources.files("gongkai.annual_report.writing").joinpath("data/docx", name).read_bytes()


def _paragraph(part: Part) -> str:
    runs = "<w:r><w:br/></w:r>".join(map(_run, title_lines(part.text) if part.kind == "title" else (part.text,)))
    return f'<w:p><w:pPr><w:pStyle w:val="{_STYLES[part.kind]}"/></w:pPr>{runs}</w:p>'


def _run(text: str, properties: str = "") -> str:
    if not text:
        return ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _table(report: Report, part: Part) -> str:
    key, edition = part.key, part.edition
    ems, scale = column_widths(report, key)
    widths = [round(em / sum(ems) * _TEXT_WIDTH) for em in ems]
    widths[-1] += _TEXT_WIDTH - sum(widths)
    size = max(8, int(_TABLE_SIZE * scale))
    rows = layout(key, edition)
    head = head_rows(key, edition)
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    xml = [
        '<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/>',
        f'<w:tblW w:w="{_TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>',
        "<w:tblBorders>",
        *(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        ),
        '</w:tblBorders><w:tblLayout w:type="fixed"/>',
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>',
        f'<w:tblCaption w:val="{escape(part.text)}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>',
    ]
    for r in range(len(rows)):
        # A short table stays on one page: each row keeps with the next.
        keep = key != "applications" and r + 1 < len(rows)
        xml.append('<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="400" w:hRule="atLeast"/>')
        xml.append("<w:tblHeader/></w:trPr>" if r < head else "</w:trPr>")
        for cell in _with_covered(rows, r, width(key, edition)):
            twips = sum(widths[cell.column : cell.column + cell.colspan])
            xml.append(_cell(report, cell, r, twips, size, keep, label_left=key == "applications"))
        xml.append("</w:tr>")
    return "".join((*xml, "</w:tbl>"))


def _with_covered(rows: tuple[tuple[GridCell, ...], ...], r: int, columns: int) -> Iterator[GridCell]:
    """The cells of row `r` from left to right, those that reach down into it included."""
    cells = {c.column: c for above in rows[: r + 1] for c in above if c.row <= r < c.row + c.rowspan}
    column = 0
    while column < columns:
        yield cells[column]
        column += cells[column].colspan


def _cell(report: Report, cell: GridCell, r: int, twips: int, size: int, keep: bool, label_left: bool) -> str:
    properties = f'<w:tcW w:w="{twips}" w:type="dxa"/>'
    if cell.colspan > 1:
        properties += f'<w:gridSpan w:val="{cell.colspan}"/>'
    if cell.rowspan > 1:
        properties += '<w:vMerge w:val="restart"/>' if cell.row == r else '<w:vMerge w:val="continue"/>'
    if cell.head == "column":
        properties += '<w:shd w:val="clear" w:color="auto" w:fill="EDEFF2"/>'
    properties += '<w:vAlign w:val="center"/>'
    style = "TableLabel" if cell.head == "row" and cell.rowspan == 1 and label_left else "TableText"
    text = (ink(report, cell.path) if cell.path else cell.text) if cell.row == r else ""
    run = _run(text, f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>')
    paragraph = f'<w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}</w:pPr>{run}'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{paragraph}</w:p></w:tc>"
