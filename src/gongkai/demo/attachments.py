"""Small files of the demo's records, the same bytes every time: a Word text, a workbook, a PDF without embedded fonts."""

from __future__ import annotations

import zipfile
from html import escape
from io import BytesIO

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "application/vnd.openxmlformats-officedocument"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

_LINE = 40
_LINES = 42


def docx(paragraphs: list[str]) -> bytes:
    """A Word text: one paragraph a line."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in paragraphs)
    return _package(
        "word/document.xml",
        f"{_OFFICE}.wordprocessingml.document.main+xml",
        f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
    )


def xlsx(rows: list[list[str]]) -> bytes:
    """A workbook of one sheet."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    return _package(
        "xl/workbook.xml",
        f"{_OFFICE}.spreadsheetml.sheet.main+xml",
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="附表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        {
            "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{cells}</sheetData></worksheet>',
        },
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_OFFICE}.spreadsheetml.worksheet+xml"/>',
    )


def _relations(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/{kind}" Target="{target}"/></Relationships>'
    )


def _package(main: str, kind: str, content: str, more: dict[str, str] | None = None, types: str = "") -> bytes:
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/>{types}</Types>',
        "_rels/.rels": _relations("officeDocument", main),
        main: content,
        **(more or {}),
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), _HEAD + text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def pdf(paragraphs: list[str]) -> bytes:
    """A PDF in the font that every reader brings for Chinese (STSong-Light), so that nothing is embedded."""
    lines = [line[at : at + _LINE] for line in paragraphs for at in range(0, max(len(line), 1), _LINE)]
    pages = [lines[at : at + _LINES] for at in range(0, max(len(lines), 1), _LINES)]
    first = 5
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>",
    ]
    for number, page in enumerate(pages):
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in page)
        stream = f"BT /F1 11 Tf 17 TL 72 780 Td\n{shown}ET".encode()
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {first + 2 * number + 1} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)
