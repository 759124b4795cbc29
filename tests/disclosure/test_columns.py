"""Columns and their particulars: what is kept, what cannot be, what is missing, what the public is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosure import columns

NOTICE = {"kind": "征求意见公告", "from": "2026-03-01", "until": "2026-03-30", "channels": "电话"}


def test_every_column_reads_and_every_choice_has_choices() -> None:
    found = columns.columns()
    assert len(found) > 30
    assert list(found) == [one.key for one in found.values()]
    for column in found.values():
        for one in column.particulars:
            assert bool(one.choices) == (one.kind in ("choice", "choices")), (column.key, one.key)
            assert one.required_when[0] in {"", *(other.key for other in column.particulars)}


def test_only_what_the_column_has_is_kept() -> None:
    kept = columns.tidy("meetings", {"held_on": date(2026, 3, 2), "topics": " 预算 ", "other": "x", "session": ""})
    assert kept == {"held_on": "2026-03-02", "topics": "预算"}
    assert columns.tidy("education", {"held_on": "2026-03-02"}) == {}
    assert columns.tidy("no-such-column", {"held_on": "2026-03-02"}) == {}


@pytest.mark.parametrize(
    ("column", "values", "told"),
    [
        ("meetings", {"kind": "茶话会"}, "没有“茶话会”这一项"),
        ("meetings", {"held_on": "2026-02-30"}, "不是日期"),
        ("meetings", {"held_on": "1899-01-01"}, "早于1949年10月1日"),
        ("meetings", {"held_on": "9999-12-31"}, "在50年以后"),
        ("meetings", {"topics": "长" * 5001}, "最多5000个字"),
        ("meetings", {"topics": ["a"]}, "应是文字"),
        ("procurement", {"amount": "约三万"}, "不是数"),
        ("procurement", {"amount": "NaN"}, "不合常理"),
        ("consultation", NOTICE | {"until": "2026-03-29"}, "29日，少于30日，须写明理由"),
        ("consultation", NOTICE | {"until": "2026-02-28"}, "早于开始日期"),
    ],
)
def test_what_cannot_be_is_refused_in_words(column: str, values: dict[str, Any], told: str) -> None:
    assert told in "".join(columns.impossible(column, values))


@pytest.mark.parametrize("values", [NOTICE, NOTICE | {"until": "2026-03-10", "shortened_reason": "汛期将至"}, {}])
def test_what_can_be_is_not(values: dict[str, str]) -> None:
    assert columns.impossible("consultation", values) == []


def test_particulars_are_kept_without_what_nobody_sees() -> None:
    assert columns.tidy("meetings", {"topics": " 防\u200b汛\u202e ", "kind": "\ufeff"}) == {"topics": "防汛"}


def test_what_is_required_depends_on_the_kind() -> None:
    assert columns.missing("consultation", {"kind": "意见采纳情况"}) == []
    assert columns.missing("consultation", {"kind": "征求意见公告"}) == [
        "没有填写征求意见开始日期。", "没有填写征求意见截止日期。", "没有填写提出意见的方式。"
    ]  # fmt: skip


def test_the_public_is_shown_what_is_for_it() -> None:
    values = {"form": "视频", "institution": "财政局", "elements": ["背景依据"]}
    assert columns.stated("interpretation", values) == [("解读形式", "视频"), ("解读机构", "财政局")]
    assert columns.stated("interpretation", values, in_list=True) == [("解读形式", "视频")]


@given(
    st.sampled_from([*columns.columns(), "", "none"]), st.dictionaries(st.text(max_size=8), st.text() | st.integers())
)
def test_anything_given_is_kept_or_refused_and_nothing_breaks(column: str, given_values: dict[str, Any]) -> None:
    kept = columns.tidy(column, given_values)
    columns.impossible(column, kept)
    columns.missing(column, kept)
    assert columns.tidy(column, kept) == kept
