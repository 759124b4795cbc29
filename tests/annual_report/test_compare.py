"""Two reports side by side."""

from __future__ import annotations

import json

from gongkai.annual_report.compare import TABLES, compare
from gongkai.annual_report.report import Paragraph
from tests.annual_report.checks.build import applications, put, report


def test_the_same_report():
    result = compare(report(cells=applications(granted=3)), report(cells=applications(granted=3)))
    assert not result.cells and not result.texts
    assert set(result.similarity.values()) == {1.0}


def test_cells_with_both_values_and_their_difference():
    a, b = report(cells=applications(granted=3)), report(cells=applications(granted=5), year=2024)
    put(b, "disclosure.rules.issued", None)
    found = {c.path: c for c in compare(a, b).cells}
    changed = found["applications.granted.total"]
    assert (changed.a, changed.b, changed.delta) == (3, 5, 2)
    assert changed.label == "第三部分“（一）予以公开”的“总计”"
    blank = found["disclosure.rules.issued"]
    assert (blank.a, blank.b, blank.delta) == (0, None, None)


def test_table_similarity_counts_values_that_are_not_zero():
    """Labels and zeros are alike in every report: they say nothing."""
    a, b = report(cells=applications(granted=3)), report(cells=applications(partially_granted=4))
    assert compare(a, b).tables == 0.0
    half = compare(report(cells=applications(granted=3)), report(cells=applications(granted=2, unable_not_held=1)))
    assert half.tables is not None and 0 < half.tables < 1
    assert compare(report(), report()).tables is None
    assert TABLES not in compare(report(), report()).similarity


def test_prose_compares_values_and_not_headings():
    def with_text(number):
        made = report()
        made.sections["overview"] = (
            Paragraph("（一）主动公开情况"),
            Paragraph(f"全年公开信息{number}条，收到申请{number}件。"),
        )
        return made

    result = compare(with_text(12), with_text(345))
    assert result.sections["overview"] < 1
    assert result.copied["overview"] == 1
    (text,) = result.texts
    assert text.a == ("全年公开信息12条，收到申请12件。",)
    only_headings = compare(with_text(1), with_text(1))
    assert only_headings.sections["overview"] == 1


def test_forms_of_two_editions():
    result = compare(report(year=2020, edition="2019"), report(year=2021))
    paths = [c.path for c in result.cells]
    assert "disclosure.rules.made" in paths and "disclosure.rules.issued" in paths
    labels = {c.path: c.label for c in result.cells}
    assert labels["disclosure.rules.issued"] == "第二部分“规章”的“本年制发件数”"


def test_as_json():
    result = compare(report(cells=applications(granted=3)), report(cells=applications(granted=4)))
    data = json.loads(json.dumps(result.to_json()))
    assert data["cells"][0]["delta"] == 1
    assert data["similarity"]["overview"] == 1.0
    assert data["a"]["agency"] == "青禾县水利局"
