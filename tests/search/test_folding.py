from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.folding import SEPARATOR, fold, storable


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("低保", "低保"),
        (" 低\n保\u3000", "低保"),
        ("低保，补贴", "低保。补贴"),
        ("低保, 补贴。", "低保。补贴"),
        ("教育、医疗", "教育医疗"),
        ("《管理办法》（试行）", "管理办法试行"),
        ("〔2026〕12号", "2026。12号"),
        ("[2026]12号", "2026。12号"),
        ("【2026】 12 号", "2026。12号"),
        ("（2026）12号", "2026。12号"),
        ("12.5", "12。5"),
        ("125", "125"),
        ("Ｗｉ－Ｆｉ", "wi。fi"),
        ("STRASSE straße", "strasse。strasse"),
        ("⽂件⼈员", "文件人员"),  # Kangxi radicals, as some PDF files have them
        ("①", "1"),
        ("㎡", "m2"),
        ("５０％以上", "50以上"),
        ("低\u200b保\ufeff", "低保"),
        ("葛\U000e0100城", "葛城"),
        ("𠮷野家", "𠮷野家"),
        ("\U00031350\U0002ebf0", "\U00031350\U0002ebf0"),  # newer than this Unicode
        ("\ue000某", "\ue000某"),
        ("。，！", ""),
        ("\x00低\x00保", "低保"),
        ("\ud840低", "低"),
        ("", ""),
        ("…", ""),
        ("2026-01-02", "2026。01。02"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text())
def test_separators_are_single_and_inside(text: str) -> None:
    folded = fold(text)
    assert SEPARATOR * 2 not in folded
    assert folded == folded.strip(SEPARATOR)
    assert not any(sign in folded for sign in ' "¦~\0')


@given(
    st.text("低保补贴aB1２ ，、。（〔.-\n", max_size=30),
    st.text("低保补贴aB1２ ，、。（〔.-\n", max_size=12),
    st.text("低保a1，、 .", max_size=30),
)
def test_a_piece_of_a_text_is_a_piece_of_its_folding(before: str, piece: str, after: str) -> None:
    """Unless the piece is cut between letters: 12 is in 125, but what stands at a cut can merge with its neighbour."""
    folded = fold(piece)
    assert folded in fold(before + piece + after)


@given(st.text())
def test_storable_is_storable(text: str) -> None:
    kept = storable(text)
    assert "\0" not in kept
    kept.encode("utf-8")
