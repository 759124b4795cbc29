"""Events check their values when they are made."""

from dataclasses import FrozenInstanceError, fields
from datetime import date, datetime
from typing import Any

import pytest

from gongkai.statute import events as ev
from gongkai.statute.event_values import LAST_DAY, EventError
from gongkai.statute.events import EVENTS, Event

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("cls", "values", "field", "reason"),
    [
        (ev.Drafted, {"on": "2026-03-02"}, "on", "应为日期，如 2026-03-02"),
        (ev.Drafted, {"on": datetime(2026, 3, 2)}, "on", "应为日期，如 2026-03-02"),
        (ev.Drafted, {"on": None}, "on", "应为日期，如 2026-03-02"),
        (ev.Drafted, {"on": date(3000, 1, 1)}, "on", "不能晚于 2999-12-31"),
        (ev.Served, {"mode": "pigeon"}, "mode", "应为 direct、entrusted、postal、courier、electronic 之一"),
        (ev.Served, {"mode": ["direct"]}, "mode", "应为 direct、entrusted、postal、courier、electronic 之一"),
        (ev.Served, {"mode": "direct", "collect": 1}, "collect", "应为 true 或者 false"),
        (ev.Extended, {"working_days": 0}, "working_days", "应为 1 至 250 的工作日数"),
        (ev.Extended, {"working_days": 251}, "working_days", "应为 1 至 250 的工作日数"),
        (ev.Extended, {"working_days": True}, "working_days", "应为整数"),
        (ev.Extended, {"working_days": 2.0}, "working_days", "应为整数"),
        (ev.Extended, {"working_days": None}, "working_days", "应为整数"),
        (ev.SupplementAsked, {"working_days": 0}, "working_days", "应为 1 至 250 的工作日数"),
        (ev.FeeNotified, {"amount": 0}, "amount", "应为正整数"),
        (ev.Annulled, {"number": -1, "reason": "误"}, "number", "应为正整数"),
        (ev.Annulled, {"number": 1, "reason": " "}, "reason", "不能为空"),
        (ev.Deferred, {"due_on": DAY, "reason": ""}, "reason", "不能为空"),
        (ev.Deferred, {"due_on": 5, "reason": "多"}, "due_on", "应为日期，如 2026-03-02"),
        (ev.ThirdPartyAsked, {"party": ""}, "party", "不能为空"),
        (ev.ThirdPartyAsked, {"party": None}, "party", "应为文字"),
        (ev.ThirdPartyAsked, {"party": "甲\n乙"}, "party", "含有换行等不能显示的字符"),
        (ev.ThirdPartyAsked, {"party": "\ud800"}, "party", "含有换行等不能显示的字符"),
        (ev.Decided, {"disposition": "denied"}, "disposition", "没有“denied”这种办理结果"),
        (ev.Decided, {"disposition": ""}, "disposition", "没有“”这种办理结果"),
    ],
)
def test_a_wrong_value_is_refused(cls: type[Event], values: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(EventError) as caught:
        cls(**{"on": DAY, **values})
    assert (caught.value.field, caught.value.reason) == (field, reason)
    assert str(caught.value) == f"{field}：{reason}"


def test_bounds_that_are_allowed() -> None:
    assert ev.Drafted(LAST_DAY).on == date(2999, 12, 31)
    assert ev.Extended(DAY, 1).working_days == 1
    assert ev.Extended(DAY, 250).working_days == 250
    assert ev.FeeNotified(DAY, 1).amount == 1
    assert ev.SupplementAsked(DAY).working_days is None
    assert ev.ContactAttempted(DAY).note == ""
    assert ev.ThirdPartyAsked(DAY, "甲　公司").party == "甲　公司"


def test_every_type_has_a_key_a_label_and_a_docstring_of_its_own() -> None:
    assert len({cls.key for cls in EVENTS.values()}) == len({cls.label for cls in EVENTS.values()}) == 33
    for key, cls in EVENTS.items():
        assert cls.key == key
        assert cls.__doc__
        assert set(cls.needed) <= {field.name for field in fields(cls)}


def test_events_cannot_be_changed_and_are_equal_by_value() -> None:
    event = ev.Served(DAY, "postal")
    with pytest.raises(FrozenInstanceError):
        event.mode = "direct"  # type: ignore[misc]
    assert event == ev.Served(DAY, "postal")
    assert not hasattr(event, "__dict__")
