"""Spreadsheets are read apart: merged cells are told, and what would fill the memory ends another process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from gongkai.content import spreadsheets


def book(fill: Callable[[Any], None]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        fill(made)
    return out.getvalue()


def test_values_dates_and_merged_cells() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("甲")
        sheet.write_row(0, 0, ["标题", 3, 2.5])
        sheet.write_datetime(0, 3, datetime(2026, 3, 2), made.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.merge_range(1, 1, 2, 2, "合并")
        sheet.write(2, 0, "下")
        made.add_worksheet("乙").write(0, 0, "x")

    first, second = spreadsheets.read(book(fill))
    assert (first.name, second.name) == ("甲", "乙")
    assert first.rows[0] == ["标题", 3.0, 2.5, "2026-03-02"]
    assert first.merged == [(1, 1, 2, 2)]
    assert [row[:3] for row in first.filled()[1:]] == [["", "合并", "合并"], ["下", "合并", "合并"]]
    assert [sheet.name for sheet in spreadsheets.read(book(fill), first=True)] == ["甲"]


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (1_048_575, 20), (9_000, 16_000)])
def test_one_cell_far_away_is_refused(row: int, column: int) -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("甲")
        sheet.write(0, 0, "标题")
        sheet.write(row, column, "远")

    with pytest.raises(spreadsheets.NotReadable, match="请删去多余的行和列"):
        spreadsheets.read(book(fill))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04x", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600])
def test_what_is_no_spreadsheet_is_said(data: bytes) -> None:
    with pytest.raises(spreadsheets.NotReadable, match="打不开"):
        spreadsheets.read(data)
