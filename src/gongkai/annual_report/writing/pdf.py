"""PDF through Typst. The template is ours; the report goes to it as data, so its text is never read as markup."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

import typst

from gongkai.annual_report.layout import layout
from gongkai.annual_report.report import Report
from gongkai.annual_report.writing.document import (
    CannotWrite,
    Part,
    clean,
    column_widths,
    head_rows,
    ink,
    parts,
    title,
    title_lines,
)

# The official faces first, then what systems bring along. All of them have the characters of GB 18030.
SERIF = ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun")
SANS = ("SimHei", "Heiti SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei")

ARCHIVAL = ["a-2a", "ua-1"]


def render(report: Report) -> bytes:
    """The report as a PDF to keep (PDF/A-2a) and to be read aloud (PDF/UA-1).

    CannotWrite where the system has no Chinese font.
    """
    serif, sans = fonts()
    data = {
        "title": title(report),
        "agency": clean(report.agency or ""),
        "serif": serif,
        "sans": sans,
        "parts": [_part(report, part) for part in parts(report)],
    }
    inputs = {"report": json.dumps(data, ensure_ascii=False)}
    try:
        return _compile(inputs, ARCHIVAL)
    except typst.TypstError:
        # A character that the fonts lack keeps a file from the archive's standard, but not from being read.
        return _compile(inputs, [])


def _compile(inputs: dict[str, str], standards: list[Any]) -> bytes:
    pdf = typst.compile(_template(), font_paths=system_fonts(), sys_inputs=inputs, pdf_standards=standards, timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _template() -> bytes:
    return resources.files("gongkai.annual_report.writing").joinpath("data/report.typ").read_bytes()


@cache
def system_fonts() -> typst.Fonts:
    """What the system brings along."""
    # Looking through the system's fonts takes longer than laying out a report.
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def fonts() -> tuple[list[str], list[str]]:
    """The text faces and the heading faces to use, of those the system has."""
    families = set(system_fonts().families())
    serif = [f for f in SERIF if f in families][:1]
    sans = [f for f in SANS if f in families][:1]
    if not serif and not sans:
        raise CannotWrite("系统里没有中文字体，不能生成 PDF：请先安装，例如 sudo apt-get install -y fonts-noto-cjk。")
    return serif or sans, sans or serif


def _part(report: Report, part: Part) -> dict[str, Any]:
    if part.kind == "table":
        return {"kind": part.kind, "table": _table(report, part)}
    if part.kind == "title":
        return {"kind": part.kind, "lines": list(title_lines(part.text))}
    return {"kind": part.kind, "text": part.text}


def _table(report: Report, part: Part) -> dict[str, Any]:
    rows = layout(part.key, part.edition)
    widths, scale = column_widths(report, part.key)
    return {
        "columns": widths,
        "rows": len(rows),
        "scale": scale,
        "head": head_rows(part.key, part.edition),
        # The two short tables stay on one page; the long one parts between rows and repeats its head.
        "breakable": part.key == "applications",
        "cells": [
            {
                "x": cell.column,
                "y": cell.row,
                "rowspan": cell.rowspan,
                "colspan": cell.colspan,
                "head": cell.head,
                "left": cell.head == "row" and cell.rowspan == 1 and part.key == "applications",
                "text": ink(report, cell.path) if cell.path else cell.text,
            }
            for row in rows
            for cell in row
        ],
    }
