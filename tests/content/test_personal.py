"""Personal data: what is found in the corpus, in hostile spellings and in tables; what is left alone; masks."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.content.cleaning import clean, plain
from gongkai.content.personal import Practice, default_practice, find, find_in_html, mask, mask_html
from gongkai.content.personal.practice import SEVERITIES
from gongkai.statute.identifiers import id_card_check_digit
from tests.content.sentences import TODAY, measure, sentences

FILES = ("personal_1.txt", "personal_2.txt", "personal_3.txt")
HAN = st.text("关于印发政府信息公开工作要点的通知县区镇村，。、；：（）\n ", max_size=30)


def number(area: str = "510105", born: str = "19790307", serial: str = "121") -> str:
    return area + born + serial + str(id_card_check_digit(area + born + serial))


CARD = number()


def kinds(text: str) -> list[str]:
    return [f.kind for f in find(text, today=TODAY)]


def test_the_corpus_is_large_enough() -> None:
    assert sum(len(sentences(name)) for name in FILES) >= 200


def test_figures_do_not_fall() -> None:
    numbers = measure(*FILES).by_kind
    ratios = measure(*FILES).ratios()
    assert ratios["recall"] >= 0.97 and ratios["precision"] >= 0.97 and ratios["sure_precision"] >= 0.99
    for kind in ("id_card", "mobile", "bank_card", "passport", "plate", "birth_date", "address"):
        assert numbers[kind][0] == numbers[kind][1], kind


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"身份证{CARD}", f"身份证510105********121{CARD[-1]}"),
        ("手机138-1234-5678", "手机138-****-5678"),
        ("手机：１３８１２３４５６７８", "手机：１３８****５６７８"),
        ("邮箱zhang.san@qq.com", "邮箱z****.***@qq.com"),
        ("户主：张大山", "户主：张**"),
        ("户主：欧阳文静", "户主：欧阳**"),
        ("家住城关镇人民路12号3栋2单元501室", "家住城关镇人民路**号*栋*单元***室"),
        ("家住芦花镇周家湾村民小组", "家住芦花镇***村民小组"),
        ("出生日期：1979年3月7日", "出生日期：1979年*月*日"),
        ("车牌川A12345", "车牌川A***45"),
        ("护照E12345678", "护照E******78"),
    ],
)  # fmt: skip
def test_masks(text: str, masked: str) -> None:
    assert mask(text, find(text, today=TODAY)) == masked


@pytest.mark.parametrize("amount", ["900元", "1200元", "3.5万元", "12,000元"])
def test_an_amount_after_a_comma_hides_no_number(amount: str) -> None:
    found = find(f"王某，身份证号 110101199003070038，{amount}", today=date(2026, 11, 21))
    assert "公民身份号码" in [one.label for one in found]


def test_the_young_are_masked_more() -> None:
    child = number(born="20150307")
    (found,) = find(f"身份证号{child}", today=TODAY)
    assert found.minor and found.masked == "510" + "*" * 15
    assert find("出生日期：2015年3月7日", today=TODAY)[0].masked == "****年*月*日"
    assert not find(f"身份证号{child}", today=date(2033, 3, 7))[0].minor


def test_a_number_across_tags_is_masked_and_the_markup_stays() -> None:
    html = f"<p>身份证<strong>{CARD[:4]}</strong>{CARD[4:9]}<em>{CARD[9:]}</em>，手机138<u>1234</u>5678&amp;</p>"
    findings = find_in_html(html, today=TODAY)
    assert mask_html(html, findings) == (
        f"<p>身份证<strong>5101</strong>05***<em>*****121{CARD[-1]}</em>，手机138<u>****</u>5678&amp;</p>"
    )
    assert not find_in_html(mask_html(html, findings), today=TODAY)


def test_columns_of_a_pasted_table_are_headings() -> None:
    html = clean(
        "<table><tr><td>序号</td><td>姓名</td><td>出生年月</td><td>电话</td><td>金额</td></tr>"
        "<tr><td>1</td><td><p>孙玉梅</p></td><td>1960.05</td><td>13812345678</td><td>13912345678</td></tr></table>"
    ).html
    assert [f.kind for f in find_in_html(html, today=TODAY)] == ["name", "birth_date", "mobile"]


ADDRESS = "城关镇人民路12号3栋2单元501室"


@pytest.mark.parametrize(
    ("head", "row", "found"),
    [
        (  # a head over two columns
            '<tr><th rowspan="2">序号</th><th colspan="2">学生</th><th rowspan="2">金额</th></tr>'
            "<tr><th>姓名</th><th>住址</th></tr>",
            ["1", "孙玉梅", ADDRESS, "13912345678"],
            ["minor", "address"],
        ),
        (  # over a title that spans the whole table, in three rows
            '<tr><td colspan="5">补助金额发放名单</td></tr>'
            '<tr><td rowspan="3">村</td><td colspan="4">发放对象</td></tr>'
            '<tr><td colspan="2">户主</td><td colspan="2">发放</td></tr>'
            "<tr><td>姓名</td><td>电话</td><td>编号</td><td>金额</td></tr>",
            ["东街", "孙玉梅", "13812345678", "13912345678", "900"],
            ["name", "mobile"],
        ),
        (  # a corner without a word, an empty cell at the end of a row
            '<tr><th></th><th colspan="2">联系人</th><th></th></tr><tr><th>单位</th><th>姓名</th><th>住址</th><th></th></tr>',
            ["民政局", "孙玉梅", ADDRESS, ""],
            ["name", "address"],
        ),
    ],
)  # fmt: skip
def test_heads_over_several_rows_are_those_of_their_columns(head: str, row: list[str], found: list[str]) -> None:
    cells = "".join(f"<td>{cell}</td>" for cell in row)
    html = clean(f"<table>{head}<tr>{cells}</tr><tr>{cells}</tr></table>").html
    assert [f.kind for f in find_in_html(html, today=TODAY)] == found * 2


def test_a_cell_over_several_rows_shifts_nothing_under_it() -> None:
    html = clean(
        "<table><tr><td>村</td><td>姓名</td><td>住址</td></tr>"
        f"<tr><td rowspan=2>东街</td><td>孙玉梅</td><td>{ADDRESS}</td></tr><tr><td>周大山</td><td>{ADDRESS}</td></tr></table>"
    ).html
    assert [f.kind for f in find_in_html(html, today=TODAY)] == ["name", "address"] * 2


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("学生姓名\t\n王小明\t一班\n李小红\t二班\n张小军\t三班", ["minor"] * 3),
        ("学生姓名\t\t\n王小明\t\t\n李小红\t\t\n张小军\t\t本周转学", ["minor"] * 3),
        ("学校\t学生姓名\t\n\t王小明\t男\n\t李小红\t女", ["minor"] * 2),
        ("联系手机\t\n13812345678\t已核\n13812345679\t已核", ["mobile"] * 2),
        ("银行卡号\t\n6222020200112233440\t已核\n6222020200112233440\t已核", ["bank_card"] * 2),
        ("身份证号\t\n110105194912310039\t已核\n110105194912310039\t已核", ["id_card"] * 2),
        (f"家庭住址\t\t\n{ADDRESS}\t已核\t\n{ADDRESS}\t已核\t", ["address"] * 2),
        ("姓名\t通知方式\n孙玉梅\t电话\n周大山\t电话\n王小明\t书面", ["name"] * 3),
        (
            "石桥镇政府救助预算表\t\t\n姓名\t家庭住址\t电话\n孙玉梅\t" + ADDRESS + "\t13812345678",
            ["name", "address", "mobile"],
        ),
    ],
)
def test_what_may_be_a_head_or_a_datum_hides_nothing_under_it(table: str, found: list[str]) -> None:
    assert [f.kind for f in find(table, today=TODAY) if f.certainty != "unsure"] == found
    html = clean("<table>" + "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split("\t")) + "</tr>" for line in table.split("\n")
    ) + "</table>").html  # fmt: skip
    assert [f.kind for f in find_in_html(html, today=TODAY) if f.certainty != "unsure"] == found


def test_every_name_before_a_number_in_its_row_is_found_old_numbers_or_new() -> None:
    row = f"户主\t身份证号\t成员\t身份证号\n孙玉梅\t510105790307121\t周大山\t{CARD}"
    assert [f.text for f in find(row, today=TODAY) if f.kind == "name"] == ["孙玉梅", "周大山"]


def test_a_word_in_latin_letters_before_a_number_hides_nothing() -> None:
    assert kinds("值班TEL13812345678，微信wx13812345670，手机Mobile:13812345671") == ["mobile"] * 3
    assert kinds(f"身份证号码ID{CARD}，id:{CARD}") == ["id_card"] * 2
    assert kinds("设备型号XT13812345678，批次AB" + CARD) == []


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t王小明\n身份证号\t" + number(born="20160305") + "\n监护人电话\t13812345678",
        "学生：王小明，男，2016年3月5日出生。\n家庭住址：城关镇幸福路12号3单元502室，联系电话13812345678。",
    ],
)
def test_what_stands_beside_a_minor_is_only_masked(text: str) -> None:
    assert not any(one.clearable for one in find(text, today=TODAY) if one.kind in ("mobile", "address"))
    assert find(f"{text}\n第二段。\n第三段。\n值班手机13812345670", today=TODAY)[-1].clearable


def test_a_first_row_of_data_is_no_head() -> None:
    assert kinds("姓名\t\t住址\n孙玉梅\t女\t" + ADDRESS) == ["name", "address"]
    assert kinds("姓名\t住址\t\n孙玉梅\t" + ADDRESS + "\t") == ["name", "address"]


def test_findings_of_another_text_are_refused() -> None:
    findings = find(f"身份证{CARD}", today=TODAY)
    with pytest.raises(ValueError, match="重新检查"):
        mask("x" * 30, findings)


@settings(max_examples=300)
@given(
    HAN,
    HAN,
    st.dates(date(1930, 1, 1), date(2025, 1, 1)),
    st.integers(0, 999),
    st.sampled_from(["", " ", "-"]),
    st.booleans(),
)
def test_every_valid_number_is_found_and_hidden(
    left: str, right: str, born: date, serial: int, mark: str, wide: bool
) -> None:
    card = number(born=f"{born:%Y%m%d}", serial=f"{serial:03}")
    written = mark.join((card[:6], card[6:14], card[14:]))
    if wide:
        written = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in written)
    text = f"{left}身份证号{written}{right}"
    findings = find(text, today=TODAY)
    assert any(f.kind == "id_card" and f.text == written and f.certainty == "certain" for f in findings)
    hidden = mask(text, findings)
    assert len(hidden) == len(text)
    assert f"{born:%m%d}" not in re.sub(r"\D", "", hidden.partition("身份证")[2])[3:-3] or "*" in hidden


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_any_text_at_all(text: str) -> None:
    findings = find(text, today=TODAY)
    assert all(text[f.start : f.end] == f.text and len(f.masked) == len(f.text) for f in findings)
    assert all(a.end <= b.start for a, b in zip(findings, findings[1:], strict=False))
    assert len(mask(text, findings)) == len(text)


@given(
    st.integers(1, 10**15),
    st.integers(2000, 2026),
    st.integers(1, 9999),
    st.sampled_from(["元", "万元", "件", "%", "平方米"]),
)
def test_office_numbers_are_left_alone(amount: int, year: int, serial: int, unit: str) -> None:
    assert not kinds(
        f"清政办发〔{year}〕{serial}号，下达资金{amount}{unit}，索引号11510105009123456Y/{year}-{serial:05}。"
    )


def test_a_practice_of_ones_own() -> None:
    practice = Practice.from_toml(
        '[kinds.id_card]\nlabel="号码"\nseverity="warn"\nmask="ends"\nkeep_first=3\nkeep_last=2'
    )
    (found,) = find(f"{CARD}，13812345678", today=TODAY, practice=practice)
    assert (found.masked, found.severity) == ("510" + "*" * 13 + CARD[-2:], "warn")


def test_no_practice_clears_what_may_only_be_masked() -> None:
    clearable = {name for name, kind in default_practice().kinds.items() if kind.clearable}
    assert clearable == {"mobile", "landline", "email", "address", "name", "plate"}
    for name in ("id_card", "passport", "bank_card", "minor"):
        with pytest.raises(ValueError, match="只能遮盖"):
            Practice.from_toml(f'[kinds.{name}]\nlabel="x"\nseverity="block"\nmask="ends"\nclearable=true')


def test_what_stands_in_a_line_with_a_minor_cannot_be_cleared() -> None:
    found = find("学生：王小明，家长手机13812345678。\n第二段。\n值班手机13812345679。", today=TODAY)
    assert [(one.kind, one.clearable) for one in found] == [("minor", False), ("mobile", False), ("mobile", True)]


@pytest.mark.parametrize(
    "text", ["", "kinds = 1", "[kinds.a]\nlabel=1", '[kinds.a]\nlabel="a"\nseverity="x"\nmask="ends"']
)
def test_a_bad_practice_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="个人信息处理规则"):
        Practice.from_toml(text)


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 100_000,
        "138" * 60_000,
        "住" * 100_000,
        "姓名：" * 60_000,
        "张王李" * 60_000 + "（男",
        "号" * 9 + "1栋" * 60_000,
        "家住" + "1号" * 60_000,
        "a@" * 80_000,
        "名单：" + "张三、" * 40_000,
        "\t".join(["姓名"] * 3000) + "\n" + "\t".join(["张三"] * 3000),
    ],
)
def test_time_grows_with_the_length(text: str) -> None:
    begun = time.perf_counter()
    find(text, today=TODAY)
    assert time.perf_counter() - begun < 10


def test_plain_text_of_html_is_what_is_searched() -> None:
    html = clean(f"<p>身份证<span>{CARD}</span></p>").html
    assert find_in_html(html, today=TODAY) == find(plain(html), today=TODAY)


def test_the_manual_tells_every_kind_and_the_measured_figures() -> None:
    manual = (Path(__file__).resolve().parents[2] / "docs/content.md").read_text("utf-8")
    for kind in default_practice().kinds.values():
        assert f"| {kind.label} |" in manual
        assert f"| {SEVERITIES[kind.severity]} |" in manual
    ratios = measure(*FILES).ratios()
    assert f"| 全部发现 | {ratios['recall']:.1%} | {ratios['precision']:.1%} |" in manual
    assert f"{sum(len(sentences(name)) for name in FILES)} 句" in manual
