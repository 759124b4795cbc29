from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search import words


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("低保", ["低保"], []),
        ("低保 标准", ["低保", "标准"], []),
        ("低保\u3000标准", ["低保", "标准"], []),
        ('"hello world"', ["hello。world"], []),
        ("“低保 标准”", ["低保标准"], []),
        ('"低保 标准', ["低保标准"], []),
        ("低保 -农村", ["低保"], ["农村"]),
        ('低保 -"农村 五保"', ["低保"], ["农村五保"]),
        ("－农村", [], ["农村"]),
        ("Wi-Fi", ["wi。fi"], []),
        ("低保 低保户", ["低保户"], []),
        ("低保 低保", ["低保"], []),
        ("- -- ，。", [], []),
        ("青政发 〔 2026 〕 12 号", ["青政发2026。12号"], []),
        ("青政发(2026)12号 低保", ["青政发2026。12号", "低保"], []),
        ("", [], []),
    ],
)
def test_read(typed: str, wanted: list[str], unwanted: list[str]) -> None:
    asked = words.read(typed)
    assert (list(asked.wanted), list(asked.unwanted)) == (wanted, unwanted)


@given(st.text())
def test_whatever_is_typed_is_read(typed: str) -> None:
    asked = words.read(typed)
    assert all(asked.wanted) and all(asked.unwanted)


def test_a_long_question_is_cut() -> None:
    asked = words.read("词" * 10_000)
    assert len(asked.wanted[0]) == words.LONGEST
    assert len(words.read(" ".join(chr(0x4E00 + n) for n in range(100))).wanted) == words.MOST
