"""Render, read, and the report is the same: in every format, for both forms, blanks and odd characters included."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, Verbosity, given, settings
from tests.annual_report.strategies import facts, reports

from gongkai.annual_report.reading import read_bytes
from gongkai.annual_report.report import Report
from gongkai.annual_report.writing import render

# Quiet: the assertion shows what differs; the whole report that Hypothesis would print is 200 cells long.
QUIET = settings(verbosity=Verbosity.quiet, suppress_health_check=list(HealthCheck))
PLAIN = settings(QUIET, max_examples=8)
MANY = settings(QUIET, max_examples=150)
FORMATS = ("docx", "html", "xlsx", "pdf")


def assert_same(report: Report, suffix: str) -> None:
    """Read back what was written and compare everything a report says."""
    read = facts(read_bytes(render(report, suffix), f"报告.{suffix}"))
    expected = facts(report)
    assert {k: read.get(k) for k in expected} == expected


@pytest.mark.parametrize("suffix", FORMATS)
@PLAIN
@given(report=reports())
def test_it_works(suffix: str, report: Report) -> None:
    assert_same(report, suffix)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", FORMATS)
@MANY
@given(report=reports())
def test_many(suffix: str, report: Report) -> None:
    assert_same(report, suffix)


@settings(PLAIN, max_examples=40)
@given(report=reports())
def test_json_keeps_everything(report: Report) -> None:
    assert Report.from_json(json.loads(render(report, ".json"))) == report
