"""The page: semantic tables, nothing loaded from elsewhere, nothing of the text taken for markup."""

from __future__ import annotations

import pytest
from lxml import etree
from tests.annual_report.writing.samples import sample

from gongkai.annual_report.editions import EDITIONS, TABLE_KEYS
from gongkai.annual_report.report import Cell, Paragraph
from gongkai.annual_report.writing.html import Mark, render, table_html


def page(edition: str = "2021") -> etree._Element:
    return etree.fromstring(render(sample(edition)), etree.HTMLParser(encoding="utf-8"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_it_works(edition: str) -> None:
    root = page(edition)
    assert root.get("lang") == "zh-CN"
    assert "".join(root.find(".//h1").itertext()) == "青禾县人民政府2024年政府信息公开工作年度报告"
    assert len(root.findall(".//h2")) == 6 and len(root.findall(".//table/caption")) == 3
    cells = {td.get("data-path"): td.text or "" for td in root.iter("td")}
    assert tuple(cells) == sample(edition).paths()
    assert cells["remedies.direct_suit.total"] == ""
    assert cells["applications.granted.total"] == "0"


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_number_names_its_heads(edition: str) -> None:
    root = page(edition)
    heads = {th.get("id"): th for th in root.iter("th")}
    assert len(heads) == len(list(root.iter("th")))
    assert all(th.get("scope") in ("col", "colgroup", "row", "rowgroup") for th in heads.values())
    for td in root.iter("td"):
        named = td.get("headers", "").split()
        assert named and all(h in heads for h in named)
    td = next(td for td in root.iter("td") if td.get("data-path") == "applications.denied_law_prohibits.other_org")
    assert [heads[h].text for h in td.get("headers", "").split()][-1] == "2.其他法律行政法规禁止公开"


def test_the_page_needs_nothing_else() -> None:
    text = render(sample()).decode()
    assert "http" not in text and "<script" not in text and "@import" not in text and "url(" not in text


def test_text_is_never_markup() -> None:
    report = sample()
    report.title = '<script>alert(1)</script>"'
    report.agency = '"><script>'
    report.sections["issues"] = (Paragraph("<img src=x onerror=alert(1)> & {body}"),)
    report.cells["applications.granted.total"] = Cell(None, "<b>1</b>")
    text = render(report).decode()
    assert "<script" not in text and "<img" not in text and "<b>1" not in text
    assert "&amp; {body}" in text


def test_marks() -> None:
    marks = {
        "applications.granted.total": Mark("wrong", 2, '应为"26"'),
        "applications.granted.other_org": 1,
        "applications.carried_in.total": "doubtful",
        "no.such.cell": "wrong",
    }
    root = etree.fromstring(table_html(sample(), "applications", marks, "r1-"), etree.HTMLParser(encoding="utf-8"))
    marked = {td.get("data-path"): td for td in root.iter("td") if td.get("class")}
    assert set(marked) == set(marks) - {"no.such.cell"}
    failing = marked["applications.granted.total"]
    assert failing.get("id") == "r1-applications-granted-total"
    assert (failing.get("class"), failing.get("title"), failing.findtext("sup")) == ("wrong", '应为"26"', "2")
    assert marked["applications.granted.other_org"].findtext("sup") == "1"
    assert marked["applications.carried_in.total"].findtext("sup") == "?"


def test_only_a_table_with_one_head_repeats_it() -> None:
    for key, heads in zip(TABLE_KEYS, (0, 1, 1), strict=True):
        assert table_html(sample(), key).count("<thead>") == heads
