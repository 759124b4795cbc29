"""What became of one file."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual_report.report import Report


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file's report, or the one-sentence reason why there is none."""

    name: str
    report: Report | None = None
    reason: str = ""
