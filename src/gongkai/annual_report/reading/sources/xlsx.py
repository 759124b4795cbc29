"""Workbooks straight from their XML: the visible sheets as grids of shown text.

Only cells that are written in the file are kept, so a lone cell in the last row of a sheet costs nothing.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from zipfile import ZipFile

from lxml import etree

from gongkai.annual_report.reading.sources.archive import part
from gongkai.annual_report.reading.sources.number_format import code_of, shown
from gongkai.annual_report.reading.sources.xml import parse
from gongkai.annual_report.reading.stream import NotReadable

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ON = ("1", "true")
MOST_COLUMNS = 256
MOST_SHEETS = 200
MOST_MERGES = 100_000
MOST_CELLS = 500_000
TOO_LARGE = "表格过大，不像一份年度报告。"


@dataclass(slots=True)
class Grid:
    """One sheet. Rows and columns count from 0; `merged` holds (top, left, bottom, right), inclusive.

    `ruled` are the filled cells that have a border; None where none has.
    """

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    ruled: set[tuple[int, int]] | None = None


def grids(archive: ZipFile) -> list[Grid]:
    """The visible sheets in order."""
    workbook = _root(archive, "xl/workbook.xml")
    if workbook is None:
        raise NotReadable("表格文件里没有工作表；若是 .xlsb，请另存为 .xlsx 再试。")
    strings = [_text(item) for item in _all(_root(archive, "xl/sharedStrings.xml"), "si")]
    styles = _styles(_root(archive, "xl/styles.xml"))
    targets = _targets(_root(archive, "xl/_rels/workbook.xml.rels"))
    found = []
    for sheet in _all(workbook, "sheet")[:MOST_SHEETS]:
        if sheet.get("state", "visible") != "visible":
            continue
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        root = _root(archive, targets.get(str(link), ""))
        if root is not None:
            found.append(_grid(root, strings, styles))
    return found


def _root(archive: ZipFile, name: str) -> etree._Element | None:
    data = part(archive, name)
    return parse(data) if data else None


def _local(node: etree._Element) -> str:
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _all(root: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if root is None else list(root.iter(f"{{*}}{name}"))


def _targets(root: etree._Element | None) -> dict[str, str]:
    """Part names by relation id. A relation can lead nowhere but to a part of the same archive."""
    found = {}
    for relation in root if root is not None else ():
        target = relation.get("Target", "")
        inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found[relation.get("Id", "")] = inside
    return found


def _text(node: etree._Element) -> str:
    """The text of a string, its phonetic guide left out."""
    words = []
    for mark in node.iter("{*}t"):
        parent = mark.getparent()
        if parent is None or _local(parent) != "rPh":
            words.append(mark.text or "")
    return "".join(words)


def _styles(root: etree._Element | None) -> list[tuple[str, bool]]:
    """Format code, and whether there is a border, by style number."""
    if root is None:
        return []
    codes = {
        int(n.get("numFmtId", "0")): n.get("formatCode", "")
        for n in _all(root, "numFmt")
        if n.get("numFmtId", "").isdigit()
    }
    borders = [any(side.get("style") not in (None, "none") for side in border) for border in _all(root, "border")]
    found = []
    for style in (x for xfs in _all(root, "cellXfs") for x in xfs):
        number, border = style.get("numFmtId", "0"), style.get("borderId", "0")
        code = code_of(int(number), codes) if number.isdigit() else ""
        found.append((code, border.isdigit() and int(border) < len(borders) and borders[int(border)]))
    return found


def _grid(root: etree._Element, strings: list[str], styles: list[tuple[str, bool]]) -> Grid:
    grid, ruled_cells = Grid(), set[tuple[int, int]]()
    hidden = _hidden_columns(root)
    at_row, filled = -1, 0
    for row in _all(root, "row"):
        number = row.get("r", "")
        at_row = int(number) - 1 if number.isdigit() and len(number) < 8 else at_row + 1
        if row.get("hidden") in _ON:
            continue
        cells: dict[int, str] = {}
        column = -1
        for cell in row:
            place = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            if column >= MOST_COLUMNS or column in hidden or not len(cell):
                continue
            style = cell.get("s", "")
            code, ruled = styles[int(style)] if style.isdigit() and int(style) < len(styles) else ("", False)
            text = _shown(cell, strings, code)
            if text:
                cells[column] = text
                if ruled:
                    ruled_cells.add((at_row, column))
        if cells:
            grid.rows[at_row] = cells
            filled += len(cells)
            if filled > MOST_CELLS:
                raise NotReadable(TOO_LARGE)
    grid.ruled = ruled_cells or None
    for merge in _all(root, "mergeCell")[:MOST_MERGES]:
        first, _, last = merge.get("ref", "").partition(":")
        a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if a and b:
            grid.merged.append((int(a[2]) - 1, _column(a[1]), int(b[2]) - 1, min(_column(b[1]), MOST_COLUMNS - 1)))
    return grid


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _hidden_columns(root: etree._Element) -> frozenset[int]:
    hidden: set[int] = set()
    for column in _all(root, "col"):
        first, last = column.get("min", ""), column.get("max", "")
        if column.get("hidden") in _ON and first.isdigit() and last.isdigit():
            hidden.update(range(int(first) - 1, min(int(last), MOST_COLUMNS)))
    return frozenset(hidden)


def _shown(cell: etree._Element, strings: list[str], code: str) -> str:
    """A cell's text as the sheet shows it."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell).strip()
    value = next((child.text or "" for child in cell if _local(child) == "v"), "").strip()
    if kind == "s":
        return strings[int(value)].strip() if value.isdigit() and int(value) < len(strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n" or not value:
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return shown(number, code) if number == number and abs(number) != float("inf") else value
