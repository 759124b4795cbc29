"""The sequence of parts, the ink of a cell, the labels of a number and the room of a column."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.annual_report.writing.samples import put, sample

from gongkai.annual_report.editions import EDITIONS, HEADINGS, TABLE_KEYS
from gongkai.annual_report.layout import layout, width
from gongkai.annual_report.report import Cell, Paragraph, Report
from gongkai.annual_report.writing.document import (
    LINE,
    blocks,
    clean,
    column_widths,
    head_rows,
    heads_of,
    ink,
    parts,
    text_width,
    title,
    title_lines,
)


def test_title_preamble_six_headings_in_order() -> None:
    found = list(parts(sample()))
    assert [p.kind for p in found[:4]] == ["title", "date", "preamble", "heading"]
    assert found[0].text == "青禾县人民政府2024年政府信息公开工作年度报告"
    assert found[1].text == "（2025年1月20日）"
    assert [p.text for p in found if p.kind == "heading"] == list(HEADINGS.values())
    assert [p.key for p in found if p.kind == "table"] == list(TABLE_KEYS)
    assert [p.text for p in found if p.kind == "subheading"] == ["（一）主动公开情况"]


def test_each_table_in_its_own_edition() -> None:
    report = sample()
    report.editions["disclosure"] = "2019"
    assert [p.edition for p in parts(report) if p.kind == "table"] == ["2019", "2021", "2021"]


def test_the_printed_title_wins() -> None:
    report = sample()
    report.title = "青禾县2024年度政府信息公开年报"
    assert title(report) == "青禾县2024年度政府信息公开年报"
    assert title(Report()) == "政府信息公开工作年度报告"


def test_a_long_title_parts_between_words() -> None:
    assert title_lines(title(sample())) == ("青禾县人民政府", "2024年政府信息公开工作年度报告")
    assert title_lines("政府信息公开工作年度报告") == ("政府信息公开工作年度报告",)


def test_an_odd_date_is_printed_as_it_is() -> None:
    report = sample()
    report.published = "2025年1月"
    assert next(p.text for p in parts(report) if p.kind == "date") == "（2025年1月）"


def test_a_paragraph_of_several_lines_is_several_paragraphs() -> None:
    report = sample()
    report.sections["issues"] = (Paragraph("一是甲。\n\n二是乙。\x07"),)
    assert [p.text for p in parts(report) if p.kind == "body"][-2:] == ["一是甲。", "二是乙。"]


@pytest.mark.parametrize(
    ("edition", "path", "expected"),
    [
        ("2019", "disclosure.licences.items_change", "+6"),
        ("2019", "disclosure.penalties.items_change", "-8"),
        ("2019", "disclosure.fees.items_change", "0"),
        ("2019", "disclosure.procurement.amount", "102297.797528万元"),
        ("2021", "disclosure.fees.amount", "435.5320"),
        ("2021", "applications.granted.total", "0"),
        ("2021", "applications.new_received.natural_person", "26"),
        ("2021", "remedies.direct_suit.total", ""),
    ],
)
def test_ink(edition: str, path: str, expected: str) -> None:
    assert ink(sample(edition), path) == expected


def test_what_is_no_number_stays_and_large_numbers_are_plain() -> None:
    report = sample()
    report.cells["applications.granted.total"] = Cell(None, "／")
    put(report, "disclosure.fees.amount", Decimal("1E+6"))
    put(report, "disclosure.licences.decisions", 11_398_889)
    assert ink(report, "applications.granted.total") == "／"
    assert ink(report, "disclosure.fees.amount") == "1000000"
    assert ink(report, "disclosure.licences.decisions") == "11398889"


def test_a_broken_value_fills_neither_memory_nor_page() -> None:
    report = sample()
    for broken in (Decimal("1E+999999999"), Decimal("NaN"), Decimal("Infinity")):
        put(report, "disclosure.fees.amount", broken)
        assert len(ink(report, "disclosure.fees.amount")) < 20
    report.cells["applications.granted.total"] = Cell(None, "字" * 10_000)
    assert column_widths(report, "applications")[1] > 0.5


def test_clean_drops_what_xml_cannot_hold() -> None:
    assert clean("a\x00b\ud800c\ufffe \t\n d\u3000e") == "abc d e"


def test_heads_of_a_number() -> None:
    labels = [c.text for c in heads_of("applications", "2021")["applications.denied_deliberative.other_org"]]
    assert labels[:3] == ["申请人情况", "法人或其他组织", "其他"]
    assert labels[3:] == ["三、本年度办理结果", "（三）不予公开", "6.属于四类过程性信息"]
    labels = [c.text for c in heads_of("disclosure", "2021")["disclosure.penalties.decisions"]]
    assert labels == ["第二十条第（六）项", "本年处理决定数量", "行政处罚"]
    labels = [c.text for c in heads_of("remedies", "2021")["remedies.direct_suit.upheld"]]
    assert labels == ["行政诉讼", "未经复议直接起诉", "结果维持"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_heads_and_blocks(edition: str) -> None:
    assert [head_rows(key, edition) for key in TABLE_KEYS] == [0, 3, 3]
    assert len(blocks("disclosure", edition)) == {"2019": 5, "2021": 4}[edition]
    for key in TABLE_KEYS:
        assert blocks(key, edition)[-1][1] == len(layout(key, edition))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("key", TABLE_KEYS)
def test_columns_fill_the_line_and_hold_their_numbers(key: str, edition: str) -> None:
    report = sample(edition)
    widths, scale = column_widths(report, key)
    assert len(widths) == width(key, edition)
    assert scale == 1 and sum(widths) == pytest.approx(LINE)
    for path in report.paths():
        if path.startswith(key) and not path.endswith("amount"):
            report.cells[path] = Cell(10**11)
    widths, scale = column_widths(report, key)
    assert sum(widths) * scale == pytest.approx(LINE)
    for row in layout(key, edition):
        for cell in row:
            if cell.path:
                assert sum(widths[cell.column : cell.column + cell.colspan]) > text_width(ink(report, cell.path))
