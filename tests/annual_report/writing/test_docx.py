"""Word: the merged cells are true merges, as Word, WPS and LibreOffice all expect them."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from lxml import etree
from tests.annual_report.writing.samples import sample

from gongkai.annual_report.editions import EDITIONS, TABLE_KEYS
from gongkai.annual_report.layout import layout, width
from gongkai.annual_report.report import Paragraph
from gongkai.annual_report.writing.docx import render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body(edition: str = "2021") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(render(sample(edition)))) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_python_docx_opens_it() -> None:
    document = docx.Document(io.BytesIO(render(sample())))
    assert document.core_properties.title == "青禾县人民政府2024年政府信息公开工作年度报告"
    assert [p.style.name for p in document.paragraphs].count("Heading 1") == 6
    two = document.tables[0]
    assert [c.text for c in two.rows[1].cells] == ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    assert two.rows[13].cells[3].text == "435.5320"
    three = document.tables[1]
    assert three.rows[0].cells[0].text == three.rows[2].cells[2].text
    assert three.rows[5].cells[0].text == three.rows[26].cells[0].text == "三、本年度办理结果"


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_row_fills_the_grid(edition: str) -> None:
    for key, table in zip(TABLE_KEYS, body(edition).iter(W + "tbl"), strict=True):
        grid = [int(c.get(W + "w", "0")) for c in table.iter(W + "gridCol")]
        assert len(grid) == width(key, edition) and sum(grid) == 8844
        rows = table.findall(W + "tr")
        assert len(rows) == len(layout(key, edition))
        for row in rows:
            spans = [int(s.get(W + "val", "1")) for s in row.iter(W + "gridSpan")]
            assert sum(spans) + len(list(row.iter(W + "tc"))) - len(spans) == len(grid)
            assert sum(int(w.get(W + "w", "0")) for w in row.iter(W + "tcW")) == 8844
            assert all(c[-1].tag == W + "p" for c in row.iter(W + "tc"))  # Word refuses a cell without one


def test_heads_repeat_and_rows_stay_whole() -> None:
    tables = list(body().iter(W + "tbl"))
    assert [len(list(t.iter(W + "tblHeader"))) for t in tables] == [0, 3, 3]
    assert all(row.find(f".//{W}cantSplit") is not None for t in tables for row in t.iter(W + "tr"))


def test_all_parts_are_well_formed_and_the_bytes_repeatable() -> None:
    data = render(sample())
    assert data == render(sample())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            etree.fromstring(archive.read(name))


def test_text_is_never_markup() -> None:
    report = sample()
    report.sections["issues"] = (Paragraph("</w:t><w:br/>&amp; {body}\x00"),)
    with zipfile.ZipFile(io.BytesIO(render(report))) as archive:
        texts = [t.text for t in etree.fromstring(archive.read("word/document.xml")).iter(W + "t")]
    assert "</w:t><w:br/>&amp; {body}" in texts
