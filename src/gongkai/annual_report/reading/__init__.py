"""Any file -> Report: `sources` make one neutral stream of placed text, `decode` fits the form to it."""

from __future__ import annotations

from pathlib import Path

from gongkai.annual_report.reading.stream import NotReadable
from gongkai.annual_report.report import Report

__all__ = ["NotReadable", "read", "read_bytes"]


def read_bytes(data: bytes, name: str = "") -> Report:
    """The report that a file's bytes print; the content decides the kind, `name` only helps agency and year.

    NotReadable, with one Chinese sentence, for anything that is no annual report.
    """
    from gongkai.annual_report.reading.decode import decode
    from gongkai.annual_report.reading.sources import load

    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{") and not start.startswith(b"{\\"):  # {\rtf is a document
        return _from_json(data, name)
    return decode(load(data, name))


def read(path: str | Path) -> Report:
    """As `read_bytes`, from a file. OSError where it cannot be opened."""
    path = Path(path)
    return read_bytes(path.read_bytes(), path.name)


def _from_json(data: bytes, name: str) -> Report:
    """A report that `to_json` (or any program that keeps the contract) wrote."""
    import json

    try:
        report = Report.from_json(json.loads(data))
    except json.JSONDecodeError as error:
        raise NotReadable("不是年度报告：内容像 JSON，但格式有误。") from error
    except (ValueError, RecursionError) as error:
        raise NotReadable(f"不是年度报告的 JSON：{error}") from error
    report.source = name or report.source
    return report
