"""A fictional county's annual reports, with the mistakes that real ones make: for the demo, and for testing ourselves.

青禾县, its agencies, streets, telephone numbers and figures are invented; every text is written for this project.
"""

from __future__ import annotations

from pathlib import Path

from gongkai.annual_report.writing import CannotWrite
from gongkai.demo.county import PREVIOUS, YEAR, Expected, expected, reports
from gongkai.demo.files import file_name, render

__all__ = ["PREVIOUS", "YEAR", "Expected", "expected", "file_name", "render", "reports", "write_demo"]


def write_demo(directory: Path) -> list[Path]:
    """All reports as files: this year's in `directory`, some of last year's in a folder of it. The paths written.

    The same files every time, but for a system without a Chinese font: there what would be PDF is Word.
    """
    written: list[Path] = []
    for year, folder in ((YEAR, directory), (PREVIOUS, directory / f"{PREVIOUS}年")):
        folder.mkdir(parents=True, exist_ok=True)
        for slug, (report, kind) in reports(year).items():
            try:
                data = render(report, kind, slug)
            except CannotWrite:
                kind = "docx"
                data = render(report, kind, slug)
            path = folder / file_name(report, kind)
            path.write_bytes(data)
            written.append(path)
    return written
