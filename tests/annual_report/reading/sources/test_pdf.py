"""PDF with text: the same report on turned and cut pages, places on the paper, and what cannot be opened."""

from __future__ import annotations

import ctypes
import io

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from benchmarks.scanned import SCANNERS, as_pdf, scan
from PIL import Image

from gongkai.annual_report.reading import NotReadable, read_bytes
from gongkai.annual_report.reading.sources import pdf
from gongkai.annual_report.report import Report
from gongkai.doctor import has_chinese_font
from tests.reporting.some_reports import a_file, a_report

pytestmark = pytest.mark.skipif(not has_chinese_font(), reason="writing a PDF needs a Chinese font (gongkai doctor)")


@pytest.fixture(scope="module")
def written() -> bytes:
    return a_file(".pdf")


def values(report: Report) -> dict[str, object]:
    return {path: report.value(path) for path in report.paths()}


def saved(document: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize("angle", [90, 180, 270])
@pytest.mark.parametrize("shown", ["upright", "lying"])
def test_a_turned_page_reads_the_same_and_is_shown_upright(written: bytes, angle: int, shown: str) -> None:
    """Landscape pages are often drawn lying and shown upright; careless printing leaves them lying."""
    document = pdfium.PdfDocument(written)
    for page in document:
        if shown == "upright":
            _lay_down(page, angle)
        page.set_rotation(angle)
    data = saved(document)
    turned, plain = read_bytes(data, "turned.pdf"), read_bytes(written, "plain.pdf")
    assert values(turned) == values(a_report())
    for path in ("applications.granted.total", "remedies.reconsideration.total"):
        place, expected = turned.cell(path).place, plain.cell(path).place
        assert place is not None
        assert expected is not None
        assert place.page == expected.page
        assert place.box == pytest.approx(expected.box, abs=0.01)
    if shown == "upright":
        return  # drawing the page anew cost it its colours
    picture, wanted = (np.asarray(Image.open(io.BytesIO(pdf.page_image(d, 1, 300))), float) for d in (data, written))
    assert picture.shape == wanted.shape
    assert np.abs(picture - wanted).mean() < 12


def _lay_down(page: pdfium.PdfPage, angle: int) -> None:
    """Turn what is drawn on a page, counter-clockwise, and the paper with it."""
    width, height = page.get_size()
    shift = {90: (height, 0), 180: (width, height), 270: (0, width)}[angle]
    turn = pdfium.PdfMatrix().rotate(angle, ccw=True).translate(*shift)
    for item in page.get_objects(max_depth=1):
        item.transform(turn)
    if angle != 180:
        page.set_mediabox(0, 0, height, width)
        page.set_cropbox(0, 0, height, width)
    page.gen_content()


def test_every_cell_has_a_box_and_its_ink_is_in_it(written: bytes) -> None:
    """What pdfium finds inside the box of a cell is what the cell is said to print."""
    report = read_bytes(written, "x.pdf")
    document = pdfium.PdfDocument(written)
    pages = [(page.get_size(), page.get_textpage()) for page in document]
    assert report.cells
    for cell in report.cells.values():
        assert cell.place is not None
        assert cell.place.page is not None
        assert cell.place.box is not None
        (width, height), text = pages[cell.place.page - 1]
        left, top, right, bottom = cell.place.box
        inside = text.get_text_bounded(
            left=left * width - 1,
            right=right * width + 1,
            bottom=height - bottom * height - 1,
            top=height - top * height + 1,
        )
        assert cell.printed in inside
    for _, text in pages:
        text.close()
    document.close()


def test_a_table_cut_over_pages_is_one_table() -> None:
    """Pages of half the height: every table of the report crosses at least one cut."""
    whole = pdfium.PdfDocument(a_file(".pdf"))
    cut = pdfium.PdfDocument.new()
    for number in range(len(whole)):
        for half in (0, 1):
            cut.import_pages(whole, [number])
            page = cut[len(cut) - 1]
            width, height = page.get_size()
            bottom = _gap(whole[number], height / 2)
            page.set_mediabox(*((0, bottom, width, height) if half == 0 else (0, 0, width, bottom)))
            page.set_cropbox(*((0, bottom, width, height) if half == 0 else (0, 0, width, bottom)))
    whole.close()
    data = saved(cut)
    assert pdf.page_count(data) >= 4
    assert values(read_bytes(data, "cut.pdf")) == values(a_report())


def _gap(page: pdfium.PdfPage, y: float) -> float:
    """A height near y that no character crosses: where Word would cut."""
    text = page.get_textpage()
    inks = [text.get_charbox(k) for k in range(text.count_chars())]
    text.close()
    for step in range(60):
        for at in (y - step, y + step):
            if not any(bottom - 1 < at < top + 1 for _, bottom, _, top in inks):
                return at
    raise AssertionError("no gap")


def test_pages_as_pictures(written: bytes) -> None:
    assert pdf.page_count(written) == len(pdfium.PdfDocument(written))
    picture = Image.open(io.BytesIO(pdf.page_image(written, 1, width=300)))
    assert picture.format == "PNG"
    assert abs(picture.width - 300) <= 1
    for number in (0, -1, 10_000):
        with pytest.raises(NotReadable, match="没有第"):
            pdf.page_image(written, number)


def test_an_empty_page_among_others_costs_nothing(written: bytes) -> None:
    document = pdfium.PdfDocument(written)
    document.new_page(595, 842, index=1)
    assert values(read_bytes(saved(document), "x.pdf")) == values(a_report())


def test_what_is_not_a_readable_pdf_says_so_in_one_sentence(written: bytes) -> None:
    empty = pdfium.PdfDocument.new()
    empty.new_page(595, 842)
    for data in (saved(empty), written[:200], b"%PDF-1.7\n" + b"\x00" * 500):
        with pytest.raises(NotReadable) as told:
            read_bytes(data, "x.pdf")
        assert str(told.value).count("。") == 1


@pytest.mark.slow
def test_a_scanner_s_invisible_text_layer_is_not_believed() -> None:
    """Office scanners put their own reading, with its mistakes, invisibly over the picture: the ink counts."""
    document = pdfium.PdfDocument(as_pdf(scan(a_file(".pdf"), SCANNERS[1]), SCANNERS[1].dpi))
    font = raw.FPDFText_LoadStandardFont(document, b"Helvetica")
    for page in document:
        layer = raw.FPDFPageObj_CreateTextObj(document, font, ctypes.c_float(8))
        letters = (ctypes.c_ushort * 21)(*(ord(char) for char in "9999 8888 7777 6666 "), 0)
        raw.FPDFText_SetText(layer, letters)
        raw.FPDFTextObj_SetTextRenderMode(layer, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        raw.FPDFPageObj_Transform(layer, 1, 0, 0, 1, 100, 400)
        raw.FPDFPage_InsertObject(page, layer)
        raw.FPDFPage_GenerateContent(page)
    assert values(read_bytes(saved(document), "x.pdf")) == values(a_report())


def test_what_lies_beside_the_paper_is_not_printed(written: bytes) -> None:
    """Two halves of one sheet, each with the whole sheet's text in the file and half of it on its paper."""
    document = pdfium.PdfDocument(written)
    page = document[0]
    width, height = page.get_size()
    page.set_mediabox(-width, 0, width, height)
    page.set_cropbox(0, 0, width, height)
    font = raw.FPDFText_LoadStandardFont(document, b"Helvetica")
    beside = raw.FPDFPageObj_CreateTextObj(document, font, ctypes.c_float(8))
    raw.FPDFText_SetText(beside, (ctypes.c_ushort * 5)(*(ord(char) for char in "9999"), 0))
    place = read_bytes(written, "x.pdf").cell("disclosure.rules.issued").place
    assert place is not None
    assert place.box is not None
    assert place.page == 1
    raw.FPDFPageObj_Transform(beside, 1, 0, 0, 1, -50, height * (1 - place.box[3]))
    raw.FPDFPage_InsertObject(page, beside)
    raw.FPDFPage_GenerateContent(page)
    assert values(read_bytes(saved(document), "x.pdf")) == values(a_report())
