"""Checking one report, consolidating 3 000, starting the command."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.files import demo
from benchmarks.measure import Row, bound, compare
from gongkai.annual_report.checks import check
from gongkai.annual_report.consolidate import consolidate
from gongkai.annual_report.reading import read


def run() -> list[Row]:
    """Limits are those of the issue that asked for them."""
    reports = [read(path) for path in demo() if path.suffix != ".pdf"]
    many = [replace(report, agency=f"{report.agency}{i}", year=2025) for i in range(120) for report in reports[:25]]
    text = next(path for path in demo() if path.suffix == ".txt")
    return [
        bound(
            f"核校 {len(reports)} 份，每份", lambda: [check(r) for r in reports], "上限 2 ms 一份", 0.002 * len(reports)
        ),
        bound(
            f"汇总 {len(many)} 份",
            lambda: consolidate(many, agency="青禾县人民政府", year=2025),
            "上限 1 s",
            1.0,
            runs=5,
        ),
        bound("gongkai report check 一个文本文件（含启动）", lambda: _check(text), "上限 0.4 s", 0.4),
        compare(
            "gongkai --version（启动）",
            lambda: _run("-m", "gongkai", "--version"),
            "python -c pass",
            lambda: _run("-c", "pass"),
            runs=9,
        ),
    ]


def _check(path: Path) -> None:
    _run("-m", "gongkai", "report", "check", str(path))


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
