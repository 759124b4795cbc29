"""The county's reports from their data files: numbers as registered, totals as arithmetic, then planted mistakes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from gongkai.annual_report.editions import TABLE_KEYS, TEXT_SECTIONS, Block, Row, equations, table
from gongkai.annual_report.report import Cell, Paragraph, Report, Value

YEAR = 2025
PREVIOUS = 2024

_DATA = resources.files("gongkai.demo") / "data"


@dataclass(frozen=True, slots=True)
class Expected:
    """One planted mistake: in which report (by slug), which rule must find it, on which cells, and what it is."""

    report: str
    rule: str
    where: tuple[str, ...]
    what: str


@cache
def expected() -> tuple[Expected, ...]:
    """The manifest: every mistake that is planted in this year's reports. A report without one is clean."""
    rows = _load("manifest.toml")["mistake"]
    return tuple(Expected(r["report"], r["rule"], tuple(r.get("where", ())), r["what"]) for r in rows)


def reports(year: int) -> dict[str, tuple[Report, str]]:
    """The reports of a year by slug, in the order of their names: each with the kind of file it comes in."""
    folder = _DATA / str(year)
    slugs = sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))
    return {slug: build(year, slug) for slug in slugs}


def build(year: int, slug: str) -> tuple[Report, str]:
    """One report and the kind of file it comes in."""
    data = _load(f"{year}/{slug}.toml")
    report = Report(agency=data["agency"], year=year, published=data["published"])
    report.editions = dict.fromkeys(TABLE_KEYS, data.get("edition", "2021"))
    report.preamble = (Paragraph(_preamble(year, slug, data)),)
    report.sections = {key: tuple(Paragraph(line) for line in data[key].splitlines() if line) for key in TEXT_SECTIONS}
    for key in TABLE_KEYS:
        for block in table(key, report.editions[key]).blocks:
            for row in block.rows:
                _fill(report, key, block, row, data.get(key, {}).get(row.key))
    _add_up(report)
    _spoil(report, data.get("printed", {}))
    return report, data["format"]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(_DATA.joinpath(name).read_text("utf-8"))


def _preamble(year: int, slug: str, data: dict[str, Any]) -> str:
    texts: list[str] = _load("county.toml")["preambles"]
    # The same agency words it the same way every year; which way is chance, but always the same chance.
    text = texts[sum(map(ord, slug)) % len(texts)]
    return text.format(agency=data["agency"], year=year, address=data["address"], phone=data["phone"])


def _fill(report: Report, key: str, block: Block, row: Row, numbers: Any) -> None:
    """The cells of a row: the numbers given, zero for the rest. A total (last column) is left for `_add_up`."""
    given = numbers if isinstance(numbers, list) else [] if numbers is None else [numbers]
    for i, column in enumerate(block.columns):
        raw = given[i] if i < len(given) else 0
        value: Value = Decimal(raw) if column.kind == "money" else int(raw)
        _print(report, f"{key}.{row.key}.{column.key}", value)


def _add_up(report: Report) -> None:
    """（七）总计, 结转 and every 总计 column, by the form's own equations."""
    for rule in ("T3-C1", "T3-C2", "T3-R1", "T4-S1", "T4-S2", "T4-S3"):
        for key in TABLE_KEYS:
            for equation in equations(key, report.editions[key]):
                if equation.rule != rule:
                    continue
                # T3-C2 has two cells on its right side; the last, 结转下年度, is the one that is unknown.
                *known, unknown = equation.right
                _print(report, unknown, _sum(report, equation.left) - _sum(report, tuple(known)))


def _sum(report: Report, paths: tuple[str, ...]) -> int:
    return sum(int(report.value(p) or 0) for p in paths)


def _spoil(report: Report, printed: dict[str, Any]) -> None:
    """What the agency printed instead: single cells, or blanks for every zero of a table."""
    for path, value in printed.items():
        if path == "blank_zeros":
            zeros = [p for p, c in report.cells.items() if not c.value and p.split(".")[0] in value]
            report.cells.update(dict.fromkeys(zeros, Cell()))
        else:
            assert path in report.cells, path
            _print(report, path, value)


def _print(report: Report, path: str, value: Value) -> None:
    report.cells[path] = Cell(value, str(value))
