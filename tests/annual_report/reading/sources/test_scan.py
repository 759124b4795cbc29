"""Scans: pages turned upright, and numbers read as printed or flagged."""

from __future__ import annotations

import io
from functools import cache

import cv2
import numpy as np
import pytest
from benchmarks.scanned import SCANNERS, Scanner, as_pdf, scan
from PIL import Image

from gongkai.annual_report.reading import NotReadable, read_bytes
from gongkai.annual_report.reading.sources import scan as pages
from gongkai.annual_report.report import Cell, Report
from gongkai.annual_report.writing import render
from gongkai.doctor import has_chinese_font
from tests.reporting.some_reports import a_report

needs_font = pytest.mark.skipif(not has_chinese_font(), reason="writing a PDF needs a Chinese font (gongkai doctor)")


def a_form(angle: float, size: tuple[int, int] = (1600, 1130)) -> np.ndarray:  # type: ignore[type-arg]
    """A ruled form drawn by hand, turned."""
    page = np.full(size, 235, np.uint8)
    for y in range(200, 1401, 60):
        cv2.line(page, (120, y), (1010, y), 40, 2)
    for x in (120, 400, 520, 640, 760, 880, 1010):
        cv2.line(page, (x, 200), (x, 1400), 40, 2)
    turn = cv2.getRotationMatrix2D((size[1] / 2, size[0] / 2), angle, 1)
    return cv2.warpAffine(page, turn, (size[1], size[0]), borderValue=235)


@pytest.mark.parametrize("angle", [-2.0, -1.3, -0.4, 0.0, 0.7, 2.0])
def test_a_turned_page_comes_upright_and_its_cells_are_found(angle: float) -> None:
    page = pages.clean(a_form(angle))
    assert page.angle == pytest.approx(-angle, abs=0.15)
    (table,) = page.tables
    assert len(table.cells) == 20 * 6


@pytest.mark.parametrize("paper", [255, 200, 160])
def test_paper_becomes_white_whatever_its_grey(paper: int) -> None:
    page = np.minimum(a_form(0), paper).astype(np.uint8)
    shadow = np.linspace(1.0, 0.8, page.shape[1])[None, :]
    cleaned = pages.clean((page * shadow).astype(np.uint8))
    assert np.median(cleaned.grey) > 245
    assert len(cleaned.tables) == 1


@cache
def some_report() -> Report:
    """A report whose numbers have every digit and whose sums do not hold."""
    report = a_report()
    digits = iter("1234567890" * 30)
    for number, path in enumerate(report.cells):
        value = int(next(digits) + next(digits)) if number % 3 == 0 else 0
        report.cells[path] = Cell(value, str(value))
    return report


@cache
def page_of_it() -> bytes:
    return render(some_report(), ".pdf")


def judge(got: Report) -> tuple[int, int, int]:
    """(wrong, wrong without a flag, printed)."""
    wrong = [p for p in some_report().paths() if some_report().value(p) != got.value(p)]
    silent = [p for p in wrong if got.cell(p).value is not None and got.cell(p).sure]
    return len(wrong), len(silent), sum(c.value is not None for c in some_report().cells.values())


@needs_font
def test_a_scanned_report_reads_as_printed() -> None:
    got = read_bytes(as_pdf(scan(page_of_it(), SCANNERS[0]), SCANNERS[0].dpi), "scan.pdf")
    wrong, silent, printed = judge(got)
    assert silent == 0
    assert wrong <= 0.005 * printed
    assert (got.agency, got.year, got.edition) == ("青禾县财政局", 2025, "2021")
    granted = got.cell("applications.granted.total").place
    assert granted is not None
    assert granted.box is not None


@needs_font
@pytest.mark.slow
@pytest.mark.parametrize("scanner", [SCANNERS[1], Scanner(150, -2, 50, 215), Scanner(200, 2, 60, 225)], ids=str)
@pytest.mark.parametrize("seed", [1, 2])
def test_scanners_of_all_kinds(scanner: Scanner, seed: int) -> None:
    wrong, silent, printed = judge(read_bytes(as_pdf(scan(page_of_it(), scanner, seed), scanner.dpi), "scan.pdf"))
    assert silent == 0
    assert wrong <= 0.005 * printed


@needs_font
@pytest.mark.slow
def test_pictures_of_the_pages_in_one_tiff_read_the_same() -> None:
    first, *others = (Image.open(io.BytesIO(page)) for page in scan(page_of_it(), SCANNERS[1]))
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=others, compression="jpeg")
    wrong, silent, printed = judge(read_bytes(out.getvalue(), "pages.tif"))
    assert silent == 0
    assert wrong <= 0.005 * printed


def test_an_empty_sheet_says_so() -> None:
    out = io.BytesIO()
    Image.new("L", (800, 1100), 240).save(out, "PNG")
    with pytest.raises(NotReadable, match="没有识别出文字"):
        read_bytes(out.getvalue(), "empty.png")
