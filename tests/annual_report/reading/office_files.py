"""Small Word files and workbooks written as XML by the tests themselves, honest and hostile."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of the given parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def word(body: str, namespace: str = W, prolog: str = "", **parts: str) -> bytes:
    """A .docx with this body. Further parts by the name of their file: styles=, core=."""
    places = {"styles": "word/styles.xml", "core": "docProps/core.xml"}
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document xmlns:w="{namespace}"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="urn:r"'
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    content = {
        "[Content_Types].xml": _TYPES.replace("</Types>", _override("word/document", "wordprocessingml.document.main")),
        "_rels/.rels": _main_relation("word/document.xml"),
        "word/document.xml": document,
    }
    return archive(content | {places[k]: v for k, v in parts.items()})


def p(text: str = "", run: str = "") -> str:
    """A paragraph."""
    return f'<w:p><w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(content: str = "", properties: str = "") -> str:
    """A cell: text, or XML of its own."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells or of their texts."""
    return f"<w:tr>{properties}{''.join(c if c.startswith('<w:') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def span(n: int) -> str:
    """A cell property: columns."""
    return f'<w:gridSpan w:val="{n}"/>'


RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def workbook(*sheets: str, strings: tuple[str, ...] = (), styles: str = "", hidden: tuple[int, ...] = ()) -> bytes:
    """A .xlsx with these sheets (the XML inside <worksheet>)."""
    rels = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i, _ in enumerate(sheets)
    )
    names = "".join(
        f'<sheet name="s{i}" sheetId="{i + 1}" r:id="r{i}" state="{"hidden" if i in hidden else "visible"}"/>'
        for i, _ in enumerate(sheets)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _main_relation("xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{rels}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_SPREADSHEET}">{"".join(strings)}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_SPREADSHEET}">{styles}</styleSheet>',
    }
    for i, sheet in enumerate(sheets):
        parts[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{_SPREADSHEET}">{sheet}</worksheet>'
    return archive(parts)


def _types(sheets: int) -> str:
    parts = "".join(_override(f"xl/worksheets/sheet{i}", "spreadsheetml.worksheet", "") for i in range(sheets))
    return _TYPES.replace("</Types>", parts + _override("xl/workbook", "spreadsheetml.sheet.main"))


def _override(part: str, kind: str, end: str = "</Types>") -> str:
    kind = f"application/vnd.openxmlformats-officedocument.{kind}+xml"
    return f'<Override PartName="/{part}.xml" ContentType="{kind}"/>{end}'


def _main_relation(target: str) -> str:
    relation = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>'


def rows(*lines: str) -> str:
    """Sheet data: one line a row, cells by comma; numbers as numbers, nothing as a cell that is not there."""
    found = []
    for r, line in enumerate(lines, 1):
        cells = ""
        for c, text in enumerate(line.split(",")):
            place = f"{chr(65 + c)}{r}"
            if text.replace(".", "").isdigit():
                cells += f'<c r="{place}"><v>{text}</v></c>'
            elif text:
                cells += f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
        found.append(f'<row r="{r}">{cells}</row>')
    return f"<sheetData>{''.join(found)}</sheetData>"
