"""The lexicon and the rules: hits, exceptions, overlaps, files; against a naive search."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.content.cleaning import clean
from gongkai.content.lexicon import Lexicon, Slip, Term, starter_lexicon
from gongkai.content.lexicon_files import read_csv, read_toml, write_csv
from gongkai.content.markup import marked
from gongkai.content.slips import check, check_html

SMALL = "甲乙丙丁"


def found(text: str, lexicon: Lexicon | None = None) -> list[tuple[str, str]]:
    return [(slip.text, slip.suggestion) for slip in check(text, lexicon)]


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("做为牵头单位，请做为民服务的表率。", [("做为", "作为")]),
        ("截止目前，截止2026年9月，报名截止日期为9月30日。", [("截止目前", "截至目前"), ("截止", "截至")]),
        ("银行帐号、帐户和台帐", [("帐号", "账号"), ("帐户", "账户"), ("台帐", "台账")]),
        ("台风登陆我省，请登陆网站查询。", [("登陆网站", "登录网站")]),
        ("公园满是游客，园满完成任务。", [("园满", "圆满")]),
        ("中华人民共和国信息公开条例", [("中华人民共和国信息公开条例", "中华人民共和国政府信息公开条例")]),
        ("原国土资源局、国土资源局", [("国土资源局", "自然资源局"), ("国土资源局", "自然资源局")]),
        ("内蒙古自治区、内蒙", [("内蒙", "内蒙古")]),
        ("我们的的工作在在推进", [("的的", "的")]),
        ("二零二六年、二〇二六年、二O二六年", [("二零二六", "二〇二六"), ("二O二六", "二〇二六")]),
        ("26年度工作", [("26年", "2026年")]),
        ("2026年2月30日、4月31日、2月29日、2024年2月29日、2026年2月29日", [("2026年2月30日", ""), ("4月31日", ""), ("2026年2月29日", "")]),
        ("2026年11月21日（星期日）、2026年11月21日（星期六）", [("星期日", "星期六")]),
        ("2026年3月至2025年2月，2025年3月至2026年2月", [("2026年3月至2025年2月", "")]),
        ("清政发[2026]12号、〔2026〕第012号、〔2026〕12号", [("[2026]12号", "〔2026〕12号"), ("〔2026〕第012号", "〔2026〕12号")]),
        ("减少了2倍，约30人左右，超过50件以上", [("减少了2倍", ""), ("约30人左右", ""), ("超过50件以上", "")]),
        ("一是完善制度；，二是落实。", [("；，", "")]),
        ("《条例规定", [("《", "")]),
        ("1）范围（一）目的", []),
        ("推进推进工作，一步一步来，研究研究", [("推进推进", "推进")]),
        ("國家", [("國", "国")]),
    ],
)  # fmt: skip
def test_what_is_found(text: str, slips: list[tuple[str, str]]) -> None:
    assert found(text) == slips


def test_a_title_far_from_its_date_is_a_hint() -> None:
    (slip,) = check("2023年工作要点\n各单位：\n2026年3月1日")
    assert (slip.kind, slip.severity, slip.text) == ("date", "hint", "2023年")
    assert not check("2025年工作总结\n各单位：\n2026年3月1日")


def test_the_starter_lexicon_contradicts_itself_nowhere() -> None:
    lexicon = starter_lexicon()
    assert len(lexicon) >= 200
    for term in lexicon.terms:
        if term.suggestion and "#" not in term.suggestion:
            assert term.text not in [s.text for s in lexicon.find(term.suggestion)], term
        for exception in term.exceptions:
            assert term.text not in [s.text for s in lexicon.find(exception)], (term, exception)


def test_the_longest_hit_counts() -> None:
    lexicon = Lexicon([Term("政府", "wording"), Term("人民政府", "wording"), Term("民政", "wording")])
    assert [s.text for s in lexicon.find("县人民政府、民政局、政府")] == ["人民政府", "民政", "政府"]


def test_widths_and_capitals_are_one() -> None:
    lexicon = Lexicon([Term("WTO组织", "wording"), Term("km", "wording")])
    assert [s.text for s in lexicon.find("ＷＴＯ组织，5KM，kmh")] == ["ＷＴＯ组织", "KM"]


def test_in_markup() -> None:
    html = clean("<p>请做<b>为</b>参考</p>").html
    (slip,) = check_html(html)
    assert marked(html, [(slip.start, slip.end, slip.severity, slip.suggestion)]) == (
        '<p>请<mark class="block" title="作为">做</mark><strong><mark class="block" title="作为">为</mark></strong>参考</p>'
    )


words = st.lists(st.text(SMALL, min_size=1, max_size=3), max_size=8)


@settings(max_examples=400)
@given(
    words,
    st.dictionaries(st.integers(0, 7), st.lists(st.text(SMALL, max_size=4), max_size=2)),
    st.text(SMALL, max_size=40),
)
def test_as_a_naive_search_would(texts: list[str], exceptions: dict[int, list[str]], text: str) -> None:
    terms = {t: Term(t, "typo", exceptions=tuple(exceptions.get(n, ()))) for n, t in enumerate(texts)}
    hits = []
    for term in terms.values():
        guards = [e for e in term.exceptions if term.text in e and len(e) > len(term.text)]
        for at in range(len(text)):
            if text.startswith(term.text, at):
                end = at + len(term.text)
                if not any(
                    text.startswith(g, b) and b <= at and end <= b + len(g) for g in guards for b in range(at + 1)
                ):
                    hits.append((at, end))
    expected: list[tuple[int, int]] = []
    for start, end in sorted(set(hits), key=lambda h: (h[0] - h[1], h[0])):
        if all(end <= a or b <= start for a, b in expected):
            expected.append((start, end))
    assert [(s.start, s.end) for s in Lexicon(terms.values()).find(text)] == sorted(expected)


@settings(max_examples=300)
@given(
    st.text(alphabet=st.characters() | st.sampled_from("年月日0123456789〔〕（）星期一《》的的，。二零"), max_size=120)
)
def test_any_text_at_all(text: str) -> None:
    slips = check(text)
    assert all(isinstance(s, Slip) and text[s.start : s.end] == s.text for s in slips)


def test_files_come_and_go() -> None:
    terms = starter_lexicon().terms
    assert read_csv(write_csv(terms)).terms == terms
    gbk = "词语,类别,建议,程度,例外,说明\n某某县长,领导姓名职务,,须改,,已调离\n".encode("gb18030")
    assert read_csv(gbk).terms == (Term("某某县长", "leader", "", "block", (), "已调离"),)
    toml = '[[term]]\nterm = "做为"\nkind = "typo"\nsuggestion = "作为"\nexceptions = ["做为民"]'
    assert read_toml(toml.encode()).terms == (Term("做为", "typo", "作为", "warn", ("做为民",)),)


def test_bad_rows_are_named() -> None:
    text = (
        "词语,类别,程度,例外\n甲,怪类,须改,\n乙,敏感,怪,\n丙,敏感,提示,丁\n丙,敏感,提示,\n ,,,\n" + "长" * 101 + ",,,\n"
    )
    imported = read_csv(text.encode())
    assert [t.text for t in imported.terms] == ["丙"]
    assert len(imported.problems) == 6
    kinds = "错别字、规范表述、敏感、领导姓名职务、繁体、日期、数字、标点、重复"
    assert imported.problems[0] == f"第 2 行：不认识类别“怪类”（可以填：{kinds}），没有导入“甲”。"
    assert imported.problems[1] == "第 3 行：不认识程度“怪”（可以填：须改、请核对、提示），没有导入“乙”。"


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2", b"\xff\xff\xff\xff"])
def test_what_is_no_lexicon(data: bytes) -> None:
    with pytest.raises(ValueError, match="词库文件"):
        read_csv(data)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'[[term]]\nterm = "a', "词库文件不是完整的 TOML"),
        (b"[[term]]\nterm = a", "第 2 行第 8 个字符处有误"),
        (b"x = 1", "写成一段 [[term]]"),
        (b"term = 1", "写成一段 [[term]]"),
    ],
)
def test_broken_toml_is_told_in_chinese(data: bytes, told: str) -> None:
    with pytest.raises(ValueError, match="词库文件") as raised:
        read_toml(data)
    assert told in str(raised.value)
    assert "Invalid" not in str(raised.value)
