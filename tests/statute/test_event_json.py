"""Events as strict JSON: what is read, and the one sentence for what is not."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute import event_json
from gongkai.statute import events as ev
from gongkai.statute.event_json import NotEvents, from_json, parse, to_json
from tests.statute.sequences import histories

GOOD = '{"event": "received", "on": "2026-03-02", "channel": "in_person"}'


def test_it_works() -> None:
    text = f'[{GOOD}, {{"event": "supplement_asked", "on": "2026-03-05"}}]'
    expected = (ev.Received(date(2026, 3, 2), "in_person"), ev.SupplementAsked(date(2026, 3, 5)))
    assert parse(text) == parse(text.encode()) == parse(b"\xef\xbb\xbf" + text.encode()) == expected
    assert parse("[]") == ()


@given(histories())
def test_what_is_written_is_read_back(events: tuple[ev.Event, ...]) -> None:
    assert parse(json.dumps(to_json(events), ensure_ascii=False)) == events
    assert from_json(to_json(events)) == events


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "不是有效的 JSON：第1行第1个字符附近有误。"),
        ("[\n{]", "不是有效的 JSON：第2行第2个字符附近有误。"),
        ("[" * 100_000, "不是有效的 JSON：嵌套过深。"),
        ("[NaN]", "不是有效的 JSON：NaN 不是数字。"),
        ("[-Infinity]", "不是有效的 JSON：-Infinity 不是数字。"),
        ("[" + "9" * 5000 + "]", "不是有效的 JSON：数字过长。"),
        ("{}", "应为事件的列表：[{…}, {…}]。"),
        ("null", "应为事件的列表：[{…}, {…}]。"),
        ("[1]", "第1个事件应为 {…}。"),
        ("[{}]", "第1个事件没有写明 event，如 received。"),
        ('[{"event": "recieved"}]', "第1个事件的 event 不是已知的事件：recieved。"),
        ('[{"event": 3}]', "第1个事件的 event 不是已知的事件：3。"),
        ('[{"event": ["received"]}]', '第1个事件的 event 不是已知的事件：["received"]。'),
        ('[{"event": "a\\nb"}]', "第1个事件的 event 不是已知的事件：a�b。"),
        (f'[{GOOD}, {{"event": "drafted"}}]', "第2个事件“拟稿”缺少 on。"),
        ('[{"event": "received"}]', "第1个事件“提出申请”缺少 on、channel。"),
        (
            '[{"event": "drafted", "on": "2026-03-02", "by": "张"}]',
            "第1个事件“拟稿”没有“by”这一项，可以有的是 on。",
        ),
        ('[{"event": "drafted", "on": "2026-3-2"}]', "第1个事件“拟稿”的 on 应为日期，如 2026-03-02。"),
        ('[{"event": "drafted", "on": "20260302"}]', "第1个事件“拟稿”的 on 应为日期，如 2026-03-02。"),
        ('[{"event": "drafted", "on": "2026-W10-1"}]', "第1个事件“拟稿”的 on 应为日期，如 2026-03-02。"),
        ('[{"event": "drafted", "on": 20260302}]', "第1个事件“拟稿”的 on 应为日期，如 2026-03-02。"),
        ('[{"event": "drafted", "on": "2026-02-30"}]', "第1个事件“拟稿”的 on 不是有效的日期：2026-02-30。"),
        (
            '[{"event": "extended", "on": "2026-03-02", "working_days": "20"}]',
            "第1个事件“延长答复期限”的 working_days 应为整数。",
        ),
        (
            '[{"event": "unit_asked", "on": "2026-03-02", "party": "科", "excluded": "否"}]',
            "第1个事件“征求内部机构意见”的 excluded 应为 true 或者 false。",
        ),
        ('[{"event": "drafted", "on": "2026-03-02", "on": "2026-03-03"}]', "同一个事件里“on”写了两次。"),
        (
            '[{"event": "decided", "on": "2026-03-02", "disposition": "no"}]',
            "第1个事件“作出答复”的 disposition 没有“no”这种办理结果。",
        ),
    ],
)
def test_what_is_not_events_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(NotEvents) as caught:
        parse(text)
    assert str(caught.value) == sentence


def test_bytes_that_are_no_utf_8() -> None:
    with pytest.raises(NotEvents, match=r"^文件不是 UTF-8 编码的文字。$"):
        parse("公开".encode("gb18030"))


def test_limits() -> None:
    with pytest.raises(NotEvents, match=r"^文件过大，一件申请的事件不会超过 2 MB。$"):
        parse(b" " * (event_json.MOST_BYTES + 1))
    assert parse(b" " * (event_json.MOST_BYTES - 2) + b"[]") == ()
    with pytest.raises(NotEvents, match=r"^事件过多，一件申请的事件不会超过 1000 个。$"):
        from_json([{}] * 1001)


def test_a_long_value_is_cut_in_the_sentence() -> None:
    with pytest.raises(NotEvents) as caught:
        from_json([{"event": "甲" * 41}])
    assert str(caught.value).endswith(f"：{'甲' * 40}…。")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["event", "on", "x"]), inner),
    max_leaves=8,
)


@given(st.one_of(JSON, st.lists(st.fixed_dictionaries({"event": st.sampled_from([*ev.EVENTS, ""]), "on": JSON}))))
def test_any_json_gives_events_or_one_sentence(data: object) -> None:
    try:
        from_json(data)
    except NotEvents as error:
        assert "\n" not in str(error)
        assert str(error).endswith("。")


@given(st.binary(max_size=60))
def test_any_bytes_give_events_or_one_sentence(data: bytes) -> None:
    try:
        parse(data)
    except NotEvents as error:
        assert "\n" not in str(error)
