"""Numbers in prose: value, unit, exactness; and that places survive folding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual_report.narrative.numbers import han_value, numbers
from gongkai.annual_report.narrative.phrases import quantities, sums
from gongkai.annual_report.narrative.scope import body_of, scope_of, year_of
from gongkai.annual_report.narrative.text import passage, sentences
from gongkai.annual_report.report import Paragraph, Report


@pytest.mark.parametrize(
    ("text", "value", "unit", "exact"),
    [
        ("共26件", 26, "件", True),
        ("共1,113件", 1113, "件", True),
        ("收费435.532万元", "435.532", "万元", True),
        ("公开18万余条", 180000, "条", False),
        ("公开5000余条", 5000, "条", False),
        ("公开113余条", 113, "条", False),
        ("约30件", 30, "件", False),
        ("近200人次", 200, "人次", False),
        ("2千余条", 2000, "条", False),
        ("占33.9%", "33.9", "%", True),
        ("二十三件", 23, "件", True),
        ("7854070人次", 7854070, "人次", True),
    ],
)
def test_a_number(text, value, unit, exact):
    (found,) = numbers(text)
    assert (found.value, found.unit, found.exact) == (Decimal(value), unit, exact)


@pytest.mark.parametrize(
    "text", ["2023年1月1日", "〔2021〕30号"[:5], "第一件大事", "G20", "www.a1.cn/2x", "每一件", "一件事"]
)
def test_no_number(text):
    assert not [n for n in numbers(text) if n.unit]


def test_two_numbers_and_a_list_comma():
    assert [int(n.value) for n in numbers("16件，3件，1，200条")] == [16, 3, 1, 200]


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("两", 2), ("三百二十一", 321), ("二三", None)],
)
def test_chinese_numerals(text, value):
    assert han_value(text) == value


@given(st.text(alphabet="收到申请，。（）(),;: 　\xa0１2３件a", max_size=60))
def test_every_character_keeps_its_place(text):
    cut = passage("overview", 0, Paragraph(text))
    for i, char in enumerate(cut.text):
        alone = passage("overview", 0, Paragraph(text[cut.original(i)])).text
        assert char == alone or {char, alone} == {",", "，"}
    for sentence in sentences([cut]):
        assert cut.text[sentence.start : sentence.end] == sentence.text


def test_every_quantity_speaks_of_cells():
    for quantity in quantities():
        found = [sums(quantity.id, (e, e, e)) for e in ("2019", "2021")]
        assert any(found), quantity.id


@pytest.mark.parametrize(
    ("agency", "text", "scope"),
    [
        ("青禾县水利局", "我局收到", "own"),
        ("青禾县水利局", "全县收到", "other"),
        ("青禾县水利局", "2023年收到", "open"),
        ("青禾县人民政府", "全县收到", "own"),
        ("青禾县人民政府", "全市收到", "other"),
        ("青禾县人民政府", "县本级收到", "part"),
        ("青禾县人民政府", "县政府办公室收到", "part"),
        ("青禾县柳堤镇人民政府", "全镇收到", "own"),
        ("青禾县柳堤镇人民政府", "全县收到", "other"),
        ("青禾县东渡街道办事处", "本街道收到", "own"),
    ],
)
def test_scope(agency, text, scope):
    assert scope_of(text, body_of(Report(agency=agency, agency_printed=agency))) == scope


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("收到", 2023),
        ("2023年收到", 2023),
        ("2022年收到", 2022),
        ("去年收到", None),
        ("2022年发布办法，2023年收到", 2023),
        ("与去年相比，今年收到", 2023),
        ("自2019年以来收到", None),
        ("近三年收到", None),
        ("上年结转", 2023),
    ],
)
def test_year(text, year):
    assert year_of(text, 2023) == year
