"""The fictional county: its files are what its data say, and the checker finds the planted mistakes and no others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from tests.annual_report.strategies import facts

from gongkai.annual_report.checks import Finding, check
from gongkai.annual_report.editions import TABLE_KEYS, equations
from gongkai.annual_report.reading import read_bytes
from gongkai.annual_report.report import Report
from gongkai.annual_report.writing import CannotWrite
from gongkai.demo import PREVIOUS, YEAR, expected, file_name, render, reports, write_demo
from gongkai.statute.reporting import Level

THIS_YEAR = sorted(reports(YEAR))
SPOILED_SUMS = {"housing", "shiqiaowan"}


def level_of(agency: str) -> Level:
    if agency.endswith(("镇人民政府", "乡人民政府", "街道办事处")):
        return "township"
    return "county" if agency.endswith("县人民政府") else "department"


def test_it_works(tmp_path: Path) -> None:
    written = write_demo(tmp_path)
    assert len(written) == len(set(written)) == len(reports(YEAR)) + len(reports(PREVIOUS)) == 29
    assert {p.suffix for p in written} == {".docx", ".html", ".pdf", ".xlsx", ".txt", ".md"}
    first = {p.name: p.read_bytes() for p in written}
    assert {p.name: p.read_bytes() for p in write_demo(tmp_path)} == first


def test_without_a_chinese_font_there_is_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_font(report: Report) -> bytes:
        raise CannotWrite("系统里没有中文字体。")

    monkeypatch.setattr("gongkai.annual_report.writing.pdf.render", no_font)
    written = write_demo(tmp_path)
    assert len(written) == 29 and not [p for p in written if p.suffix == ".pdf"]


def test_mostly_clean_and_every_planted_mistake_has_its_report() -> None:
    spoiled = {e.report for e in expected()}
    assert spoiled <= set(THIS_YEAR)
    assert len(THIS_YEAR) + len(reports(PREVIOUS)) - len(spoiled) > len(spoiled)
    assert len({e.rule for e in expected()}) == 13


@pytest.mark.parametrize("year", [YEAR, PREVIOUS])
def test_sums_hold_but_where_planted(year: int) -> None:
    for slug, (report, _) in reports(year).items():
        failing = [
            equation
            for key in TABLE_KEYS
            for equation in equations(key, report.editions[key])
            if sum(report.value(p) or 0 for p in equation.left) != sum(report.value(p) or 0 for p in equation.right)
        ]
        assert bool(failing) == (year == YEAR and slug == "housing"), slug
        assert all((report.value(p) or 0) >= 0 for p in report.paths() if not p.endswith("change")), slug


def test_last_year_leads_to_this_year() -> None:
    now, before = reports(YEAR), reports(PREVIOUS)
    for slug in set(now) & set(before):
        carried = now[slug][0].value("applications.carried_in.total")
        assert carried == before[slug][0].value("applications.carried_out.total"), slug
        in_force, issued, repealed = (
            now[slug][0].value(f"disclosure.normative_documents.{k}") for k in ("in_force", "issued", "repealed")
        )
        assert in_force == before[slug][0].value("disclosure.normative_documents.in_force") + issued - repealed, slug


def test_nobody_and_nowhere_real() -> None:
    for year in (YEAR, PREVIOUS):
        for report, _ in reports(year).values():
            assert report.agency and report.agency.startswith("青禾县")
            text = "".join(
                p.text for p in (*report.preamble, *(p for k in report.sections for p in report.sections[k]))
            )
            assert all(number.startswith("0000-555") for number in re.findall(r"\d{3,4}-\d{7,8}", text))


@cache
def read(year: int, slug: str) -> Report:
    """A report as the reader sees it: what is checked is the file, not the data it was made from."""
    report, kind = reports(year)[slug]
    return read_bytes(render(report, kind, slug), file_name(report, kind))


@cache
def findings(slug: str) -> Sequence[Finding]:
    report = read(YEAR, slug)
    others = tuple(read(YEAR, other) for other in THIS_YEAR if other != slug)
    previous = read(PREVIOUS, slug) if slug in reports(PREVIOUS) else None
    return [
        f for f in check(report, previous=previous, level=level_of(report.agency or ""), others=others) if not _open(f)
    ]


@pytest.mark.parametrize(("year", "slug"), [(year, slug) for year in (YEAR, PREVIOUS) for slug in reports(year)])
def test_what_is_read_is_what_was_written(year: int, slug: str) -> None:
    assert facts(read(year, slug)) == facts(reports(year)[slug][0])


def _open(f: Finding) -> bool:
    # That last year's report is not at hand is no mistake of the report.
    return f.rule == "R-3" or (f.rule == "T3-Y1" and f.severity == "info")


@pytest.mark.parametrize("slug", THIS_YEAR)
def test_exactly_the_planted_mistakes_are_found(slug: str) -> None:
    found = sorted((f.rule, tuple(sorted(f.where))) for f in findings(slug))
    planted = [e for e in expected() if e.report == slug]
    assert [rule for rule, _ in found] == sorted(e.rule for e in planted)
    for e in planted:
        if e.where:
            where = next(where for rule, where in found if rule == e.rule)
            assert set(e.where) <= set(where)


@pytest.mark.parametrize("slug", sorted(reports(PREVIOUS)))
def test_last_year_is_clean(slug: str) -> None:
    report = read(PREVIOUS, slug)
    found = check(report, level=level_of(report.agency or ""))
    assert [f.rule for f in found if not _open(f)] == []
