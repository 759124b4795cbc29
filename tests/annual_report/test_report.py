"""A report's JSON: back and forth without loss, and junk refused in one sentence."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual_report.report import Cell, Place, Report
from tests.reporting.some_reports import a_report

JUNK = st.sampled_from(
    [None, 5, "x", [], {}, [1], {"a": 1}, "NaN", 1e308, -1, True, "9" * 50, float("nan"), "1E+999999999", [{"text": 5}]]
)


def test_a_report_comes_back_as_it_was() -> None:
    report = a_report()
    report.cells["disclosure.fees.amount"] = Cell(None, "/", Place(2, (0.1, 0.2, 0.3, 0.4)), 0.5)
    again = Report.from_json(report.to_json())
    assert again == report


@pytest.mark.parametrize("data", [None, 5, "x", [], {}, {"applications": 5}, {"applications": {"granted": {"total": "许多"}}},
                                  {"applications": {}, "year": "2024"}, {"applications": {}, "editions": {"applications": "2018"}}])  # fmt: skip
def test_what_is_no_report_is_refused_in_one_sentence(data: Any) -> None:
    with pytest.raises(ValueError, match="。$"):
        Report.from_json(data)


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_report_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    node: Any = copy.deepcopy(a_report().to_json())
    whole = node
    for _ in range(3):
        if not isinstance(node, dict) or not node:
            break
        key = data.draw(st.sampled_from(sorted(node)))
        if not isinstance(node[key], dict) or data.draw(st.booleans()):
            node[key] = data.draw(JUNK)
            break
        node = node[key]
    try:
        Report.from_json(whole)
    except ValueError as error:
        assert str(error).endswith("。")
