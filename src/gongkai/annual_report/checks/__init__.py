"""Check one report: `check(report)` gives the findings, the gravest first (annual-report-2021.md §5, peers.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.annual_report.checks import arithmetic
from gongkai.annual_report.checks.finding import Finding
from gongkai.annual_report.checks.rules import RULES, SEVERITIES
from gongkai.annual_report.report import Report
from gongkai.statute.reporting import Level

__all__ = ["RULES", "Finding", "check"]


def check(
    report: Report,
    *,
    previous: Report | None = None,
    level: Level | None = None,
    others: Sequence[Report] = (),
    today: date | None = None,
) -> list[Finding]:
    """Every finding about `report`, errors first, else in the order of the report.

    `previous` is last year's report of the same agency, `others` are the other reports of a batch (for copied
    text), `level` is the agency's level where it is known; without it the level is guessed from the name, and
    what rests on a guess is never an error. `today` is the day to hold the deadline against where the report
    prints no date.
    """
    found = list(_all(report))
    return sorted(found, key=lambda f: SEVERITIES.index(f.severity))


def _all(report: Report) -> Iterator[Finding]:
    yield from arithmetic.arithmetic(report)
    yield from arithmetic.whole_numbers(report)
