"""A report -> docx, html, pdf, xlsx or json, in the official layout."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from gongkai.annual_report.report import Report
from gongkai.annual_report.writing.document import CannotWrite

__all__ = ["SUFFIXES", "CannotWrite", "render", "write"]

_WRITERS = {".docx": "docx", ".html": "html", ".htm": "html", ".pdf": "pdf", ".xlsx": "xlsx", ".json": "json"}
SUFFIXES = tuple(_WRITERS)


def render(report: Report, suffix: str) -> bytes:
    """The report as the bytes of a file of that ending (.docx .html .pdf .xlsx .json).

    CannotWrite, with one Chinese sentence, for any other ending or where the system lacks what the format needs.
    """
    name = _WRITERS.get("." + suffix.lower().lstrip("."))
    if name is None:
        raise CannotWrite(f"不会写“{suffix}”格式的文件：请用 .docx、.html、.pdf、.xlsx 或 .json 作文件名的结尾。")
    # One writer's libraries must not slow down another's start.
    writer: Callable[[Report], bytes] = import_module(f"{__name__}.{name}").render
    return writer(report)


def write(report: Report, path: str | Path) -> None:
    """The report as a file, its kind told by the ending. Where that fails, an old file there stays as it was."""
    from gongkai.annual_report.writing.files import replace_file

    path = Path(path)
    replace_file(path, render(report, path.suffix or path.name))
