"""What a reviewer sees: every field of a record, and what a correction changes of what is public."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest

from gongkai.disclosure import actions, differences, files
from gongkai.disclosure.differences import Piece, between
from gongkai.disclosure.models import DESCRIBED, Record
from tests.county import doer, signed_in
from tests.disclosure.test_actions import HANDLER, LEADER, REVIEWER, a_draft, published

LONG = "<p>一、适用范围。</p><p>二、标准每亩52000元。</p><p>三、由乡镇发放。</p><p>四、本通知自印发之日起施行。</p>"


def marked(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.mark} {piece.text}]" if piece.mark else piece.text for piece in pieces)


def test_a_changed_figure_is_marked_within_its_paragraph_and_the_rest_is_counted() -> None:
    before = {"body": "<p>零</p>" + LONG}
    after = {"body": before["body"].replace("52000", "53000")}
    found = between(before, after).paragraphs
    assert [marked(one.pieces) or one.skipped for one in found] == [
        "零", "一、适用范围。", "二、标准每亩5[del 2][ins 3]000元。", "三、由乡镇发放。", "四、本通知自印发之日起施行。",
    ]  # fmt: skip
    longer = {
        key: "<p>前</p>" * 9 + body + "<p>后</p>" * 9 for key, body in (("a", before["body"]), ("b", after["body"]))
    }
    found = between({"body": longer["a"]}, {"body": longer["b"]}).paragraphs
    assert [one.skipped for one in found if one.skipped] == [10, 10]


def test_a_paragraph_that_moved_down_is_compared_with_itself() -> None:
    before = "<p>四、按季公示。</p><p>五、本通知自印发之日起施行。</p>"
    after = "<p>四、按月公示。</p><p>五、举报电话12345。</p><p>六、本通知自印发之日起施行。</p>"
    assert [marked(one.pieces) for one in between({"body": before}, {"body": after}).paragraphs] == [
        "四、按[del 季][ins 月]公示。", "[ins 五、举报电话12345。]", "[del 五][ins 六]、本通知自印发之日起施行。",
    ]  # fmt: skip


def test_long_texts_are_compared_in_reasonable_time() -> None:
    before = "".join(f"<p>第{n}条　{'本县行政区域内征收集体土地适用本标准' * 20}{n}。</p>" for n in range(600))
    after = before.replace("适用", "执行").replace("第1", "第一")
    begun = perf_counter()
    assert len(between({"body": before}, {"body": after}).paragraphs) >= 600
    assert perf_counter() - begun < 20


def test_texts_with_little_in_common_stand_one_after_the_other() -> None:
    (change,) = between({"title": "关于低保标准的通知"}, {"title": "二〇二六年预算"}).changes
    assert (marked(change.before), marked(change.after)) == ("[del 关于低保标准的通知]", "[ins 二〇二六年预算]")


@pytest.mark.parametrize(
    ("before", "after", "label", "was", "now"),
    [
        ({"effective_on": None}, {"effective_on": "2026-05-01"}, "实施日期", "", "[ins 2026年5月1日]"),
        ({"is_normative": False}, {"is_normative": True}, "行政规范性文件", "[del 否]", "[ins 是]"),
        ({"attribute": "proactive"}, {"attribute": "withheld"}, "公开属性", "[del 主动公开]", "[ins 不予公开]"),
        ({"field": 5}, {"field": None}, "试点领域", None, ""),
        (
            {"column": "meetings", "particulars": {"topics": "预算"}},
            {"column": "meetings", "particulars": {"topics": "预算执行"}},
            "议题", "预算", "预算[ins 执行]",
        ),
    ],
)  # fmt: skip
def test_a_field_that_differs_is_named_in_words(
    before: dict[str, object], after: dict[str, object], label: str, was: str | None, now: str
) -> None:
    (change,) = between(before, after).changes
    assert label in change.label
    assert was is None or marked(change.before) == was
    assert marked(change.after) == now


def test_another_setting_of_the_same_words_is_said() -> None:
    found = between({"body": "<p>文</p>"}, {"body": "<p><b>文</b></p>"})
    assert found.is_layout
    assert found
    assert not between({"body": "<p>文</p>"}, {"body": "<p>文</p>"})


def test_files_that_came_went_or_were_replaced() -> None:
    found = between({}, {}, [("甲.pdf", "1"), ("乙.pdf", "2")], [("乙.pdf", "3"), ("丙.pdf", "4")])
    assert [(marked(one.before), marked(one.after)) for one in found.changes] == [
        ("", "[ins 丙.pdf]"), ("[del 乙.pdf]", "[ins 乙.pdf（内容换了）]"), ("[del 甲.pdf]", ""),
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ the screen


@pytest.mark.usefixtures("county")
def test_the_screen_prints_every_field_with_its_value() -> None:
    said = {
        "issuing_body": "青禾县自然资源局", "genre": "通知", "keywords": "征地，补偿", "source": "县土地储备中心", "scope": "本县居民",
        "effective_on": date(2026, 4, 1), "expires_on": date(2031, 3, 31), "amended_on": date(2026, 4, 2),
        "repealed_on": date(2030, 6, 1), "changed_on": date(2026, 3, 9), "no_interpretation_reason": "没有新的措施",
    }  # fmt: skip
    record = a_draft(**said)
    page = signed_in(REVIEWER).get(f"/office/records/{record.pk}/").content.decode()
    for name in DESCRIBED:
        if name not in ("body", "particulars"):
            assert f"<dt>{Record._meta.get_field(name).verbose_name}</dt>" in page, name  # type: ignore[union-attr]
    for value in said.values():
        text = f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else str(value)
        assert f"<dd>{text}</dd>" in page, text


@pytest.mark.usefixtures("county")
def test_the_reviewer_of_a_correction_sees_what_it_changes() -> None:
    record = published(body=LONG)
    client = signed_in(REVIEWER)
    address = f"/office/records/{record.pk}/"
    assert "原来" not in client.get(address).content.decode()
    record = actions.edit(doer(HANDLER), record, body=LONG.replace("52000", "53000"), expires_on=date(2031, 3, 31))
    page = client.get(address).content.decode()
    assert "每亩5<del>2</del><ins>3</ins>000元" in page
    assert "<ins>2031年3月31日</ins>" in page
    assert "每亩52000元" in client.get(address + "versions/1/").content.decode()
    assert client.get(address + "versions/2/").status_code == 404


@pytest.mark.usefixtures("county")
def test_a_version_shows_what_it_changed_of_the_one_before_and_its_files() -> None:
    record = a_draft()
    files.attach(doer(HANDLER), record, "旧.txt", "旧表".encode())
    record.refresh_from_db()
    actions.force(doer(LEADER), record, "汛情", record.digest())
    record.refresh_from_db()
    assert differences.of_working_copy(record) == differences.Differences([], [])
    page = signed_in(REVIEWER).get(f"/office/records/{record.pk}/versions/1/").content.decode()
    assert "旧.txt" in page
    assert "征地补偿标准" in page
