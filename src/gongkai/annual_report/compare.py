"""Two reports side by side: two years of one agency, or two agencies. Cells, prose, and how alike they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from gongkai.annual_report.checks.similarity import similarity
from gongkai.annual_report.editions import HEADINGS, TABLE_KEYS, TEXT_SECTIONS, cell_label
from gongkai.annual_report.report import Report, Value

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_HEADING = re.compile(r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、])[^。；]{2,30}$")
_NOISE = re.compile(r"\s+")
TABLES = "表格（只计不为零的数值）"


@dataclass(frozen=True, slots=True)
class CellDifference:
    """One cell that differs. `delta` is b − a, None where one of them is not printed."""

    path: str
    label: str
    a: Value
    b: Value
    delta: Value

    def to_json(self) -> dict[str, Any]:
        """Decimals as strings, as in a report."""
        return {
            "path": self.path,
            "label": self.label,
            "a": _plain(self.a),
            "b": _plain(self.b),
            "delta": _plain(self.delta),
        }


@dataclass(frozen=True, slots=True)
class TextDifference:
    """Sentences of one section that stand in `a` but not in `b`, and what stands there instead."""

    section: str
    a: tuple[str, ...]
    b: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """For `--json` and the page."""
        return {"section": self.section, "a": list(self.a), "b": list(self.b)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between `a` and `b`.

    `sections` holds for each section how alike the prose is, values compared and sub-headings not counted;
    `copied` the same with values masked. `tables` is the share of cells that are not zero in both and equal.
    """

    a: Report
    b: Report
    cells: tuple[CellDifference, ...]
    texts: tuple[TextDifference, ...]
    sections: dict[str, float]
    copied: dict[str, float]
    tables: float | None

    @property
    def similarity(self) -> dict[str, float]:
        """Every share by the name a person knows it by."""
        named = {HEADINGS[key]: value for key, value in self.sections.items()}
        return named if self.tables is None else {**named, TABLES: self.tables}

    def to_json(self) -> dict[str, Any]:
        """For `gongkai report compare --json`."""
        tables = {} if self.tables is None else {"tables": round(self.tables, 4)}
        return {
            "a": _who(self.a),
            "b": _who(self.b),
            "cells": [c.to_json() for c in self.cells],
            "similarity": {**{k: round(v, 4) for k, v in self.sections.items()}, **tables},
            "copied": {k: round(v, 4) for k, v in self.copied.items()},
            "texts": [t.to_json() for t in self.texts],
        }


def compare(a: Report, b: Report) -> Comparison:
    """Compare two reports cell by cell and sentence by sentence."""
    cells, alike = _cells(a, b)
    sections, copied = {}, {}
    texts: list[TextDifference] = []
    for key in TEXT_SECTIONS:
        if key not in a.sections and key not in b.sections:
            continue
        left, right = _prose(a, key), _prose(b, key)
        sections[key] = _alike(left, right)
        copied[key] = similarity(left, right)
        texts += _differing(key, left, right)
    return Comparison(a, b, tuple(cells), tuple(texts), sections, copied, alike)


def _cells(a: Report, b: Report) -> tuple[list[CellDifference], float | None]:
    """Differing cells of both forms in printed order, and the share of equal ones among those not zero."""
    paths = dict.fromkeys((*a.paths(), *b.paths()))
    listed = [p for key in TABLE_KEYS for p in paths if p.startswith(key + ".")]
    found, counted, equal = [], 0, 0
    for path in listed:
        left, right = a.value(path), b.value(path)
        if left or right:
            counted += 1
            equal += left == right
        if left != right:
            delta = right - left if left is not None and right is not None else None
            found.append(CellDifference(path, _label(path, a, b), left, right, delta))
    return found, (equal / counted if counted else None)


def _label(path: str, a: Report, b: Report) -> str:
    key = path.split(".", 1)[0]
    label = cell_label(path, a.table_edition(key))
    return label if label != path else cell_label(path, b.table_edition(key))


def _prose(report: Report, key: str) -> str:
    """A section's text without sub-headings that stand alone."""
    return "\n".join(p.text for p in report.sections.get(key, ()) if not _HEADING.fullmatch(p.text.strip()))


def _alike(a: str, b: str) -> float:
    """0 to 1: twice what two texts have in common over what they have, values compared."""
    left, right = _pieces(a), _pieces(b)
    if not left and not right:
        return 1.0
    return 2 * len(left & right) / (len(left) + len(right))


def _pieces(text: str) -> frozenset[str]:
    plain = _NOISE.sub("", text)
    return frozenset(plain[i : i + 4] for i in range(max(1, len(plain) - 3))) if plain else frozenset()


def _differing(section: str, a: str, b: str) -> list[TextDifference]:
    left, right = ([_NOISE.sub("", s) for s in _SENTENCE.findall(text)] for text in (a, b))
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [
        TextDifference(section, tuple(left[i1:i2]), tuple(right[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _who(report: Report) -> dict[str, Any]:
    return {"agency": report.agency, "year": report.year, "edition": report.edition}


def _plain(value: Value) -> Any:
    return str(value) if isinstance(value, Decimal) else value
