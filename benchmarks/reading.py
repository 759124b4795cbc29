"""Reading whole reports against extracting their bare text, and against table extraction by other libraries."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import lxml.html
import pdfplumber
import pypdfium2
from lxml import etree

from benchmarks.files import of_kind
from benchmarks.measure import Row, compare
from gongkai.annual_report.reading import read_bytes


def run() -> list[Row]:
    """One row for each kind of file: all of its reports in a row."""
    rows = []
    for suffix, baselines in _BASELINES.items():
        files = of_kind(suffix)
        for name, baseline in baselines:
            rows.append(
                compare(
                    f"读取 {suffix}（{len(files)} 份）", _all(read_bytes, files), name, _all(baseline, files), runs=5
                )
            )
    return rows


def _all(call: Callable[[bytes], object], files: list[bytes]) -> Callable[[], object]:
    return lambda: [call(data) for data in files]


def lxml_text(data: bytes) -> str:
    return str(lxml.html.document_fromstring(data).text_content())


def lxml_docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(map(str, etree.fromstring(archive.read("word/document.xml")).itertext()))


def python_docx(data: bytes) -> list[list[list[str]]]:
    document = docx.Document(io.BytesIO(data))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def pdfium_text(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def pdfplumber_tables(data: bytes) -> list[object]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_tables() for page in document.pages]


_BASELINES: dict[str, list[tuple[str, Callable[[bytes], object]]]] = {
    ".txt": [("lxml 取纯文字", lxml_text)],
    ".html": [("lxml 取纯文字", lxml_text)],
    ".docx": [("lxml 取纯文字", lxml_docx), ("python-docx 取表格", python_docx)],
    ".pdf": [("pypdfium2 取纯文字", pdfium_text), ("pdfplumber 取表格", pdfplumber_tables)],
}
