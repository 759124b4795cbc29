"""Check one report: `check(report)` gives the findings, the gravest first (annual-report-2021.md §5, peers.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

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
    """Every finding about `report`, errors first, else in the order of the rules.

    `previous` is last year's report of the same agency, `others` are the other reports of a batch (for copied
    text), `level` is the agency's level where it is known; without it the level is guessed from the name, and
    what rests on a guess is never an error. `today` is the day to hold the deadline against where the report
    prints no date.
    """
    found = list(_all(report, previous, level, others, today))
    return sorted(found, key=lambda f: SEVERITIES.index(f.severity))


def _all(
    report: Report, previous: Report | None, level: Level | None, others: Sequence[Report], today: date | None
) -> Iterator[Finding]:
    from gongkai.annual_report.checks import (
        arithmetic,
        bounds,
        claims,
        complete,
        form,
        percent,
        residue,
        similarity,
        sums,
        text,
        years,
    )
    from gongkai.annual_report.checks.previous import against_previous
    from gongkai.annual_report.checks.reading import read_prose

    prose = read_prose(report, level)
    yield from arithmetic.arithmetic(report)
    yield from arithmetic.whole_numbers(report)
    yield from bounds.bounds(report, level)
    yield from against_previous(report, previous)
    yield from years.period(report, prose)
    compared = text.compare_all(report, prose)
    yield from text.text_against_tables(report, compared)
    wrong = {(id(c.mention.sentence), c.mention.number.start) for c in compared if not c.agrees}
    yield from sums.itemised(report, prose, wrong)
    yield from percent.percentages(report, prose)
    yield from percent.growth(report, previous, compared)
    yield from claims.claims(report, prose)
    yield from claims.fee_free(report, prose)
    yield from years.stale(report, prose)
    yield from years.dates(report, level, today)
    yield from form.form(report, prose)
    yield from complete.complete(report, level)
    yield from residue.residue(report, prose)
    yield from similarity.copied(report, previous, others)
