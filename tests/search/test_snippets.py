from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.folding import fold
from gongkai.search.found import Piece
from gongkai.search.snippets import marked, snippet


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("城乡低保标准", ["低保"], "城乡[低保]标准"),
        ("低\n保、低 保", ["低保"], "[低\n保]、[低 保]"),
        ("Ｗｉ－Ｆｉ 覆盖", ["wi。fi"], "[Ｗｉ－Ｆｉ] 覆盖"),
        ("青政发〔2026〕12号", ["2026。12号"], "青政发〔[2026〕12号]"),
        ("低保户", ["低保", "保户"], "[低保户]"),
        ("aaa", ["aa"], "[aaa]"),
        ("𠮷野家", ["野"], "𠮷[野]家"),
        ("无", ["低保"], "无"),
        ("<b>低保</b>", ["低保"], "<b>[低保]</b>"),
        ("低保。标准", ["低保标准"], "低保。标准"),
        ("⽂件", ["文"], "[⽂]件"),
    ],
)
def test_marked(text: str, words: list[str], expected: str) -> None:
    assert shown(marked(text, words)) == expected


def test_a_snippet_shows_the_best_place() -> None:
    text = "甲" * 300 + "低保" + "乙" * 900 + "低保标准" + "丙" * 500
    made = shown(snippet(text, ["低保", "标准"]))
    assert made.startswith("…") and made.endswith("…") and "[低保标准]" in made
    assert len(made) < 200


def test_a_snippet_of_what_does_not_hold_the_words_is_the_beginning() -> None:
    assert shown(snippet("  开头" + "文" * 300, ["低保"])).startswith("开头文")
    assert snippet("", ["低保"]) == ()


@given(
    st.text("低保标准ab12 ，、\n", max_size=40), st.text("低保标准ab12", min_size=1, max_size=5),
    st.text("低保标准ab12 ，、\n", max_size=40),
)  # fmt: skip
def test_what_is_found_is_marked(before: str, word: str, after: str) -> None:
    text = before + word + after
    pieces = marked(text, [fold(word)])
    assert "".join(piece.text for piece in pieces) == text
    assert any(fold(word) in fold(piece.text) for piece in pieces if piece.marked)
    assert any(piece.marked for piece in snippet(text, [fold(word)]))


def test_signs_that_could_be_shared_out_in_many_ways_are_read_in_one() -> None:
    """Were a sign open to two parts of the pattern, every way would be tried, and this would not end."""
    word = "。".join("0" * 30) + "。2"
    text = ("0" + " . " * 8) * 200 + "0 0 0 1"
    assert not any(piece.marked for piece in (*snippet(text, [word]), *marked(text, [word])))


def test_a_mark_stands_where_the_folding_finds_the_word() -> None:
    far = "全县农民，生产积极性高。" + "无" * 330 + "切实保障民生。"
    assert shown(snippet(far, ["民生"])).endswith("切实保障[民生]。")
    assert shown(marked("版本1.2，共12件", ["12"])) == "版本1.2，共[12]件"
    assert shown(marked("价12.5元，教育、医疗", ["12。5", "教育医疗"])) == "价[12.5]元，[教育、医疗]"
