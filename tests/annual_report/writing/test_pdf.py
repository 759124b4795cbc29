"""The PDF: text stays text, tables carry their head over, and a missing font is said in one sentence."""

from __future__ import annotations

import pypdfium2
import pytest
from tests.annual_report.writing.samples import sample

from gongkai.annual_report.editions import EDITIONS
from gongkai.annual_report.report import Paragraph, Report
from gongkai.annual_report.writing import CannotWrite, pdf


def pages(report: Report) -> list[str]:
    document = pypdfium2.PdfDocument(pdf.render(report))
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


@pytest.mark.parametrize("edition", EDITIONS)
def test_it_works(edition: str) -> None:
    found = pages(sample(edition))
    assert found[0].startswith("青禾县人民政府\n2024年政府信息公开工作年度报告\n")
    assert "规章 0 0 0\n" in "".join(found)
    assert ("102297.797528万元" if edition == "2019" else "435.5320") in "".join(found)
    assert [n for n, text in enumerate(found, 1) if f"— {n} —" in text] == list(range(1, len(found) + 1))


def test_text_is_never_markup() -> None:
    report = sample()
    hostile = '#panic("x")$x^2$*粗*_斜_`码`@ref<label>\\u{41}//注/*释*/"]'
    report.sections["issues"] = (Paragraph(hostile), Paragraph("= 不是标题"), Paragraph("- 不是列表"))
    text = "".join(pages(report)).replace("\n", "")
    assert hostile.replace('"', "") in text.replace('"', "").replace("“", "").replace("”", "")
    assert "= 不是标题" in text and "- 不是列表" in text


def test_the_long_table_repeats_its_head_on_the_next_page() -> None:
    report = sample()
    report.sections["overview"] = (Paragraph("公开政府信息工作有序推进。" * 30),)
    heads = [text for text in pages(report) if "法人或其他组织" in text]
    assert len(heads) == 2


def test_it_is_for_archives_and_for_screen_readers() -> None:
    data = pdf.render(sample())
    assert b"pdfaid:part" in data and b"pdfuaid:part" in data
    assert b"/Lang" in data or b"/StructTreeRoot" in data


@pytest.mark.parametrize("odd", ["\ue123", "\U0001f600", "\u200b\u202e", "\U0003134a"])
def test_characters_that_no_font_has(odd: str) -> None:
    report = sample()
    report.sections["issues"] = (Paragraph(f"前{odd}后。"),)
    assert pdf.render(report).startswith(b"%PDF")


def test_no_chinese_font(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare:
        def families(self) -> list[str]:
            return ["Libertinus Serif"]

    monkeypatch.setattr(pdf, "system_fonts", Bare)
    with pytest.raises(CannotWrite, match="sudo apt-get install -y fonts-noto-cjk"):
        pdf.render(sample())


def test_the_same_report_gives_the_same_bytes() -> None:
    assert pdf.render(sample()) == pdf.render(sample())
