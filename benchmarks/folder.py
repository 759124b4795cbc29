"""A folder of 1 000 mixed files: one process against all cores."""

from __future__ import annotations

from benchmarks.files import demo
from benchmarks.measure import Row, compare
from gongkai.annual_report.reading.batch import read_many


def run() -> list[Row]:
    """Both sides read the same 1 000 files; the ratio says how far the cores help."""
    files = [str(path) for path in demo()]
    thousand = (files * (1000 // len(files) + 1))[:1000]
    return [
        compare(
            "读取 1000 份混合文件，全部核心",
            lambda: _read(thousand, None),
            "单进程",
            lambda: _read(thousand, 1),
            runs=1,
        )
    ]


def _read(files: list[str], workers: int | None) -> int:
    return sum(outcome.report is not None for outcome in read_many(files, workers=workers))
