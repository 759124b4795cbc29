"""The workbook: numbers are numbers, blanks are blank, and no text becomes a formula."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from tests.annual_report.writing.samples import put, sample

from gongkai.annual_report.editions import EDITIONS, HEADINGS
from gongkai.annual_report.report import Cell, Paragraph
from gongkai.annual_report.writing.xlsx import render


@pytest.mark.parametrize("edition", EDITIONS)
def test_it_works(edition: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(sample(edition))))
    assert len(book.sheetnames) == 6
    printed = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert [text for text in printed if text in HEADINGS.values()] == list(HEADINGS.values())
    assert printed[0] == "青禾县人民政府2024年政府信息公开工作年度报告"


def test_numbers_signs_units_and_blanks() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(sample("2019"))))
    two = book["二、主动公开"]
    shown = {c.value: c.number_format for row in two.iter_rows() for c in row if isinstance(c.value, int | float)}
    assert shown[6] == shown[-8] == "+0;-0;0"
    assert shown[102297.797528] == '0.000000"万元"'
    four = book["四、复议诉讼"]
    assert [c.value for c in four[5]][:3] == [3, None, None]
    three = book["三、公开申请"]
    assert three["D5"].value == 26 and three["E5"].value == 0
    assert "A1:J1" in map(str, three.merged_cells.ranges)


def test_numbers_beyond_fifteen_digits_stay_exact_as_text() -> None:
    report = sample()
    put(report, "disclosure.licences.decisions", 12345678901234567)
    put(report, "disclosure.fees.amount", Decimal("1234567890123.456"))
    two = openpyxl.load_workbook(io.BytesIO(render(report)))["二、主动公开"]
    values = [c.value for row in two.iter_rows() for c in row]
    assert "12345678901234567" in values and "1234567890123.456" in values


HOSTILE = ('=HYPERLINK("http://x")', "+1+1", "@SUM(A1)", "-2", "http://x.cn", "<r><t>1</t></r>", "{=A1}")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text: str) -> None:
    report = sample()
    report.sections["issues"] = (Paragraph(text),)
    report.cells["applications.granted.total"] = Cell(None, text)
    data = render(report)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = b"".join(archive.read(n) for n in archive.namelist() if "worksheets/" in n)
    assert b"<f>" not in sheets and b"hyperlink" not in sheets
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert text in [str(c.value).strip() for c in book["五、问题及改进"]["A"]]


def test_a_very_long_paragraph_is_not_cut() -> None:
    report = sample()
    report.sections["issues"] = (Paragraph("长" * 70_000),)
    column = openpyxl.load_workbook(io.BytesIO(render(report)))["五、问题及改进"]["A"]
    assert sum(len(c.value or "") for c in column[1:]) == 70_000


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(sample()) == render(sample())
