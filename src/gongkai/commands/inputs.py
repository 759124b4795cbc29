"""The files that a command is given: folders and patterns expanded, each read within bounds."""

from __future__ import annotations

import argparse
import glob
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.annual_report.reading.limits import MAX_SIZE, TIMEOUT

if TYPE_CHECKING:
    from gongkai.annual_report.report import Report

__all__ = ["MAX_SIZE", "TIMEOUT", "expand", "read_all", "read_one"]

SUFFIXES = frozenset(
    ".docx .doc .wps .rtf .odt .pdf .html .htm .mht .mhtml .txt .md .xlsx .xls .et"
    " .png .jpg .jpeg .tif .tiff .bmp .webp .json".split()
)


def expand(names: list[str]) -> list[str]:
    """Files as named; folders with the readable files in them, sorted; patterns that the shell left alone."""
    files: list[str] = []
    for name in names:
        path = Path(name)
        if name != "-" and path.is_dir():
            files += sorted(
                str(p)
                for p in path.rglob("*")
                if p.suffix.lower() in SUFFIXES and p.is_file() and not p.name.startswith(("~$", "."))
            )
        elif name != "-" and not path.exists() and glob.has_magic(name):
            files += sorted(glob.glob(name, recursive=True))
        else:
            files.append(name)
    if not files:
        print("没有可读取的文件。", file=sys.stderr)
        raise SystemExit(2)
    return files


def read_all(files: list[str], args: argparse.Namespace) -> Iterator[tuple[str, Report | None, str]]:
    """(name, report, '') or (name, None, one-sentence reason), in the order given.

    One file is read here; many on all cores, with a progress bar on a terminal.
    """
    import gongkai.annual_report.reading.batch as batch

    if len(files) == 1:
        yield _read(files[0], args)
        return
    bar = _progress(len(files))
    for outcome in batch.read_many(
        files, workers=args.workers, timeout=args.timeout, max_size=int(args.max_size * 1e6)
    ):
        if bar is not None:
            bar.update()
        yield outcome.name, outcome.report, outcome.reason
    if bar is not None:
        bar.close()


def read_one(name: str, args: argparse.Namespace) -> Report | None:
    """One report, or None with the reason already on stderr."""
    _, report, reason = _read(name, args)
    if report is None:
        print(f"{name}：{reason}", file=sys.stderr)
    return report


def _read(name: str, args: argparse.Namespace) -> tuple[str, Report | None, str]:
    import gongkai.annual_report.reading.batch as batch

    limit = int(args.max_size * 1e6)
    if name == "-":
        data, label = sys.stdin.buffer.read(limit + 1), "标准输入"
    else:
        with open(name, "rb") as file:
            data, label = file.read(limit + 1), Path(name).name
    outcome = batch.read_one_bounded(data, label, timeout=args.timeout, max_size=limit)
    return name, outcome.report, outcome.reason


def _progress(total: int) -> Any:
    if not sys.stderr.isatty():
        return None
    from tqdm import tqdm

    return tqdm(total=total, unit="份", desc="读取", leave=False)
