"""发文字号 as people type it, and as the standard writes it."""

from __future__ import annotations

import pytest

from gongkai.statute.document_numbers import is_document_number, normal


@pytest.mark.parametrize(
    "typed",
    ["青政办发〔2026〕12号", "青政办发[2026]12号", "青政办发【2026】12号", "青政办发（2026）12号", "青政办发(2026) 12 号",
     "青政办发〔２０２６〕１２号", "青政办发［2026年］12号", "青政办发﹝2026﹞12号", " 青政办发 〔2026〕 12号\n"],
)  # fmt: skip
def test_every_style_of_brackets_is_the_same_number(typed: str) -> None:
    assert normal(typed) == "青政办发〔2026〕12号"


@pytest.mark.parametrize("number", ["第12号", "青禾县人民政府令第3号", "青政办发〔2020〕第5号"])
def test_other_forms_stay(number: str) -> None:
    assert is_document_number(number)
    assert normal(number) == number


@pytest.mark.parametrize("text", ["（2019）8号", "〔2020〕", "青政办发〔20〕1号", "十二号文", "", "2026年 第8号文"])
def test_what_is_no_number_is_left_as_it_is(text: str) -> None:
    assert not is_document_number(text)
    assert normal(text) == text.strip()
