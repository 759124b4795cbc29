"""Scanned reports: cells right, and whether every wrong cell is flagged. Minutes long; part of `make bench`."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.files import SHARED
from benchmarks.scanned import SCANNERS, Scanner, as_pdf, scan
from gongkai.annual_report.reading import read_bytes
from gongkai.annual_report.report import Report
from gongkai.annual_report.writing import render


def run() -> list[dict[str, Any]]:
    """One row for each kind of page and scanner, over all real reports; empty where those are not there."""
    rows = []
    for name, kind in KINDS.items():
        pages = list(kind())
        rows += [_measure(name, pages, scanner) for scanner in SCANNERS if pages]
    return rows


def truths() -> list[tuple[str, Report]]:
    """(stem, report) of each truth file."""
    found = []
    for path in sorted(SHARED.glob("*.truth.json")):
        truth = json.loads(path.read_text("utf-8"))
        tables = {key: truth.get(key) or {} for key in ("disclosure", "applications", "remedies")}
        found.append((path.name.removesuffix(".truth.json"), Report.from_json(truth | tables)))
    return found


def _printed() -> Iterator[tuple[Report, bytes]]:
    """Reports that are published as PDF, as they are."""
    for stem, report in truths():
        path = SHARED / f"{stem}.pdf"
        if path.exists():
            yield report, path.read_bytes()


def _typeset() -> Iterator[tuple[Report, bytes]]:
    """The numbers of every real report in our own PDF."""
    for _, report in truths():
        yield report, render(report, ".pdf")


def _word() -> Iterator[tuple[Report, bytes]]:
    """The numbers of every third real report in our Word file, laid out and printed by LibreOffice."""
    for _, report in truths()[::3]:
        with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
            path = Path(folder) / "report.docx"
            path.write_bytes(render(report, ".docx"))
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                       "--convert-to", "pdf", "--outdir", folder, str(path)]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            yield report, path.with_suffix(".pdf").read_bytes()


KINDS: dict[str, Callable[[], Iterator[tuple[Report, bytes]]]] = {
    "公布的 PDF": _printed,
    "本项目排版": _typeset,
    "Word 经 LibreOffice 打印": _word,
}


def _measure(name: str, pages: list[tuple[Report, bytes]], scanner: Scanner) -> dict[str, Any]:
    printed = right = invented = unflagged = flagged = 0
    started = time.perf_counter()
    for report, pdf in pages:
        got = read_bytes(as_pdf(scan(pdf, scanner), scanner.dpi), "scan.pdf")
        for path in report.paths():
            truth, cell = report.value(path), got.cell(path)
            ok = truth == cell.value
            printed += truth is not None
            right += truth is not None and ok
            invented += truth is None and not ok
            unflagged += not ok and cell.sure and cell.value is not None
            flagged += not cell.sure
    seconds = (time.perf_counter() - started) / len(pages)
    return {
        "页面": name,
        "扫描": str(scanner),
        "报告": len(pages),
        "单元格（印出 / 读对）": f"{printed} / {right}",
        "读对的比例": f"{right / printed:.2%}",
        "凭空": invented,
        "读错而没有标存疑": unflagged,
        "标存疑": flagged,
        "每份秒数": f"{seconds:.1f}",
    }
