"""What a check found: which rule, how grave, where, what is printed, what was expected, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from gongkai.annual_report.checks.rules import RULES, Severity
from gongkai.annual_report.editions import HEADINGS
from gongkai.annual_report.report import Paragraph, Place, Report, Value

State = Literal["FAIL", "UNCERTAIN"]
"""FAIL rests on printed evidence; UNCERTAIN hangs on a blank, a doubtful reading or a guess (PASS is no finding)."""

Shown = str | int | Decimal | None | tuple["Shown", ...]
"""A printed or expected value; a tuple runs parallel to `where`."""

VERIFY_READING = "请先核对识别结果。"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of prose. `section` is a key of TEXT_SECTIONS or 'preamble'; offsets are of the paragraph."""

    section: str
    paragraph: int
    start: int
    end: int
    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. One cause gives one finding, `rules` names every rule that the cause breaks."""

    rule: str
    message: str
    severity: Severity
    where: tuple[str, ...] = ()
    printed: Shown = None
    expected: Shown = None
    state: State = "FAIL"
    rules: tuple[str, ...] = ()
    span: Span | None = None
    scope: str = ""
    """For a number in prose: own, or open where the text does not say whose it is."""
    place: Place | None = None
    cells: tuple[str, ...] = ()
    """Every cell the finding rests on; `where` are those a person should look at first."""
    repair: Mapping[str, Value] = field(default_factory=dict)
    """Path -> value that would satisfy every equation. Offered, never applied."""

    @property
    def title(self) -> str:
        """The rule in a few words."""
        return RULES[self.rule].title

    @property
    def advice(self) -> str:
        """What to do about findings of this rule."""
        return RULES[self.rule].advice

    @property
    def section(self) -> str | None:
        """The section of the sentence the finding rests on, if it rests on one."""
        return self.span.section if self.span else None

    def to_json(self) -> dict[str, Any]:
        """The keys of contracts/cli.md first, then what else is known."""
        data: dict[str, Any] = {
            "rule": self.rule,
            "severity": self.severity,
            "where": list(self.where),
            "printed": _plain(self.printed),
            "expected": _plain(self.expected),
            "message": self.message,
            "title": self.title,
            "advice": self.advice,
            "source": RULES[self.rule].source,
            "state": self.state,
            "rules": list(self.rules or (self.rule,)),
            "cells": list(self.cells or self.where),
            "repair": {path: _plain(value) for path, value in self.repair.items()},
        }
        if self.span:
            data |= {
                "section": self.span.section,
                "paragraph": self.span.paragraph,
                "start": self.span.start,
                "end": self.span.end,
                "sentence": self.span.text,
            }
        if self.scope:
            data["scope"] = self.scope
        place = self.place or (self.span.place if self.span else None)
        if place:
            data["place"] = place.to_json()
        return data


def _plain(value: Shown) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return str(value) if isinstance(value, Decimal) else value


def finding(
    rule: str,
    message: str,
    report: Report,
    *,
    where: Sequence[str] = (),
    cells: Sequence[str] = (),
    printed: Shown = None,
    expected: Shown = None,
    severity: Severity | None = None,
    state: State = "FAIL",
    rules: Sequence[str] = (),
    span: Span | None = None,
    scope: str = "",
    repair: Mapping[str, Value] | None = None,
) -> Finding:
    """A finding of `rule`. Cells that the reader is not sure of make an error a warning that says so first."""
    grave: Severity = severity or RULES[rule].severity
    doubtful = [p for p in (*where, *cells) if not report.cell(p).sure]
    if doubtful:
        message = VERIFY_READING + message
        state = "UNCERTAIN"
        grave = "warning" if grave == "error" else grave
    place = next((report.cell(p).place for p in where if report.cell(p).place), None)
    return Finding(
        rule=rule,
        message=message,
        severity=grave,
        where=tuple(where),
        printed=printed,
        expected=expected,
        state=state,
        rules=tuple(rules) or (rule,),
        span=span,
        scope=scope,
        place=place,
        cells=tuple(cells) or tuple(where),
        repair=dict(repair or {}),
    )


def part_name(section: str) -> str:
    """第一部分, 第六部分, 开头…: a section as a person would name it."""
    if section in HEADINGS:
        return f"第{HEADINGS[section].split('、', 1)[0]}部分"
    return {"preamble": "开头说明", "title": "标题"}.get(section, section)


def paragraphs_of(report: Report) -> list[tuple[str, int, Paragraph]]:
    """All prose of a report in printed order: (section, index, paragraph)."""
    found = [("preamble", i, p) for i, p in enumerate(report.preamble)]
    for section, paragraphs in report.sections.items():
        found += [(section, i, p) for i, p in enumerate(paragraphs)]
    return found
