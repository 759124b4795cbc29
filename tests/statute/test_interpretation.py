"""What an interpretation must say, and which documents get one (proactive-disclosure.md §9)."""

from __future__ import annotations

import pytest

from gongkai.statute import interpretation

WHOLE = "一、制定背景。二、目标任务。三、主要内容。四、适用范围。"


def test_the_required_elements_are_those_of_every_document() -> None:
    required = [one.label for one in interpretation.elements() if one.is_required]
    assert required == ["背景依据", "目标任务", "主要内容", "涉及范围"]
    assert len(interpretation.elements()) == 9
    assert interpretation.lacking("") == required


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        (WHOLE, []),
        (WHOLE.replace("目标任务", "其他"), ["目标任务"]),
        ("根据上级文件，为了方便群众，明确了三项措施，适用于全县居民。", []),
    ],
)
def test_a_text_is_asked_for_what_it_does_not_speak_of(text: str, lacking: list[str]) -> None:
    assert interpretation.lacking(text) == lacking


def test_what_is_no_text_says_so_itself() -> None:
    assert interpretation.lacking("一图读懂", ["背景依据", "目标任务", "主要内容", "涉及范围"]) == []
    assert [form.label for form in interpretation.forms() if form.is_text] == ["文字", "问答"]
    assert not interpretation.is_text("视频")


@pytest.mark.parametrize(
    ("genre", "is_normative", "expected"),
    [("通知", True, True), ("办法", False, True), ("通知", False, False), ("", False, False)],
)
def test_which_documents_are_interpreted(genre: str, is_normative: bool, expected: bool) -> None:
    assert interpretation.is_interpretable(genre, is_normative=is_normative) is expected
