"""The explanation of a case: whole texts for whole cases, so that no word changes unnoticed."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute import events as ev
from gongkai.statute.calendar import Calendar, default_calendar
from gongkai.statute.explanation import CAVEAT, clock_lines, day, explain, to_json
from gongkai.statute.procedure import Result, fold
from tests.statute.sequences import histories

CALENDAR = default_calendar()


def d(text: str) -> date:
    return date(2026, int(text[:2]), int(text[2:]))


def case(*events: ev.Event, today: str | None = None) -> Result:
    return fold(events, CALENDAR, d(today) if today else events[-1].on)


def lines(*events: ev.Event, today: str | None = None) -> list[str]:
    return clock_lines(case(*events, today=today))


RECEIVED = ev.Received(d("0302"), "in_person")
WHOLE = (
    ev.Received(d("0302"), "online"),
    ev.Confirmed(d("0304")),
    ev.SupplementAsked(d("0309"), 10),
    ev.NoticeReceived(d("0311"), "supplement"),
    ev.Supplemented(d("0318")),
    ev.ThirdPartyAsked(d("0320"), "甲公司"),
    ev.OtherAgencyAsked(d("0324"), "乙局", joint=True),
    ev.OtherAgencyAnswered(d("0331"), "乙局", "consents"),
    ev.ThirdPartyAnswered(d("0403"), "甲公司", "objects"),
    ev.Extended(d("0420"), 10),
    ev.Decided(d("0515"), "denied_third_party", "公开〔2026〕12号"),
    ev.Served(d("0519"), "postal"),
)
EXPLAINED = f"""\
截至2026年5月22日（星期五）。条款除另有写明外，均为《中华人民共和国政府信息公开条例》。

状态
  已送达。
  办理结果：不予公开——保护第三方合法权益（第十五条、第三十二条）。

答复期限
  1. 收到申请之日：2026年3月4日（星期三）。互联网提交，以双方确认之日为收到申请之日（第三十一条第（三）项）。
  2. 起算：2026年3月18日（星期三）收到补正后的申请，答复期限自收到补正申请之日起计算（第三十条）；当日不计，自次日起算。
  3. 办理期限：20个工作日（第三十三条第二款）。
  4. 不计算在期限内：2026年3月20日（星期五）之后至2026年4月3日（星期五），共10个工作日（第三十三条第三款）。
     征求甲公司意见：2026年3月20日（星期五）发出，2026年4月3日（星期五）答复，不同意公开。
     征求乙局意见：2026年3月24日（星期二）发出，2026年3月31日（星期二）答复，同意公开。
     重叠的征求意见期间只计一次。
  5. 延长：10个工作日，已经在期限届满前告知申请人（第三十三条第二款）。
  6. 期限届满：起算日之后第40个工作日（20＋延长10＋不计算10），即2026年5月18日（星期一）。
  7. 工作日按国务院办公厅放假通知计算，日历版本 {CALENDAR.calendar_version}。期间的放假和调休：清明节（4月6日）；劳动节（5月1日、5月4日、5月5日）；劳动节调休上班（5月9日）。
  8. 答复：2026年5月19日（星期二）邮寄送达，以交邮之日为准（国办公开办函〔2016〕235号），超过期限。

下一步
  可以：申请复议或者起诉、重新作出答复、更正信息、归档、撤销事件。
"""


def test_a_whole_case() -> None:
    text = explain(case(*WHOLE, today="0522"))
    assert text.startswith(EXPLAINED)
    assert text.endswith("程序问题\n  答复送达晚于答复期限（第12个事件，2026年5月19日；第三十三条第二款）")
    assert "\n  不可以：告知补正、" not in text
    assert "\n  不可以：收到补正、逾期不补正——答复已经送达，只有告知补正之后可以。\n" in text


def test_a_case_without_events() -> None:
    text = explain(fold([], CALENDAR, d("0302")))
    assert "没有提出申请的记录。" in text
    assert "可以：提出申请。" in text
    assert text.endswith("没有发现。")


def test_before_receipt_is_fixed() -> None:
    assert lines(ev.Received(d("0302"), "post_unsigned")) == [
        "1. 申请于2026年3月2日（星期一）提出（平常信函等无需签收的邮寄）。应当于收到申请的当日与申请人确认，"
        "以确认之日为收到申请之日（第三十一条第（二）项），尚未确认。",
        "2. 收到申请之日尚未确定，答复期限没有开始计算。",
    ]


@pytest.mark.parametrize(
    ("events", "line"),
    [
        ([RECEIVED, ev.SupplementAsked(d("0305"))], "已经告知补正，收到补正之前答复期限不计算（第三十条）。"),
        (
            [RECEIVED, ev.FeeNotified(d("0305"), 100)],
            "收费通知已经发出，缴费之前答复期限不计算（政府信息公开信息处理费管理办法）。",
        ),
        (
            [RECEIVED, ev.SupplementAsked(d("0305")), ev.SupplementLapsed(d("0401"))],
            "申请人视为放弃申请，答复期限不再计算。",
        ),
        ([ev.Received(d("0302"), "fax"), ev.Withdrawn(d("0303"))], "申请已经终结，没有答复期限。"),
        (
            [RECEIVED, ev.FeeNotified(d("0305"), 100), ev.FeePaid(d("0310"))],
            "起算：2026年3月10日（星期二）缴费完成，办理期限自缴费完成次日起重新计算"
            "（政府信息公开信息处理费管理办法）；当日不计，自次日起算。",
        ),
        ([RECEIVED, ev.Withdrawn(d("0305"))], "申请于2026年3月5日（星期四）终结，没有送达答复。"),
        ([RECEIVED], "还剩20个工作日，正常。"),
        ([RECEIVED, ev.Drafted(d("0323"))], "还剩5个工作日，临近届满。"),
        ([RECEIVED, ev.Drafted(d("0330"))], "还剩0个工作日，即将届满。"),
        ([RECEIVED, ev.Drafted(d("0401"))], "已经逾期：届满之后已过2个工作日。"),
        ([RECEIVED, ev.ThirdPartyAsked(d("0309"), "甲")], "现在停止计算；还剩15个工作日，正常。"),
        (
            [RECEIVED, ev.Deferred(d("0310"), d("0630"), "量大")],
            "延迟答复：已经告知申请人延迟至2026年6月30日（星期二）（第三十五条），答复期限至2026年6月30日（星期二）。",
        ),
        (
            [RECEIVED, ev.Deferred(d("0310"), d("0311"), "量大")],
            "延迟答复：已经告知申请人延迟至2026年3月11日（星期三）（第三十五条），早于上述期限，仍按上述期限。",
        ),
        (
            [RECEIVED, ev.Decided(d("0312"), "unable_not_exist", "1号"), ev.Served(d("0312"), "direct")],
            "答复：2026年3月12日（星期四）直接送达，以申请人签收之日为准（国办公开办函〔2016〕235号），没有超过期限。",
        ),
    ],
)
def test_line(events: list[ev.Event], line: str) -> None:
    assert line in [found.partition(". ")[2] for found in lines(*events)]


def test_the_due_date_without_additions_and_days_without_holidays() -> None:
    assert lines(RECEIVED)[3:5] == [
        "4. 期限届满：起算日之后第20个工作日，即2026年3月30日（星期一）。",
        f"5. 工作日按国务院办公厅放假通知计算，日历版本 {CALENDAR.calendar_version}。期间没有放假和调休。",
    ]


SENT = (RECEIVED, ev.ThirdPartyAsked(d("0309"), "甲"))
GOT = (*SENT, ev.NoticeReceived(d("0311"), "third_party", "甲"))


@pytest.mark.parametrize(
    ("events", "today", "words"),
    [
        (
            SENT,
            "0310",
            "自发出（没有收到日期的记录）之日起15个工作日于2026年3月30日（星期一）届满（第三十二条），"
            "尚未答复，暂按届满之日计算。",
        ),
        (
            GOT,
            "0402",
            "2026年3月11日（星期三）收到；自收到之日起15个工作日于2026年4月1日（星期三）届满（第三十二条），"
            "逾期未答复，由行政机关依法决定是否公开。",
        ),
        (
            (*GOT, ev.ThirdPartyAnswered(d("0408"), "甲", "partly")),
            None,
            "届满（第三十二条），2026年4月8日（星期三）才答复，届满之后的时间照常计算。",
        ),
        (
            (*GOT, ev.ThirdPartyAnswered(d("0401"), "甲", "partly")),
            None,
            "2026年3月11日（星期三）收到，2026年4月1日（星期三）答复，部分同意公开。",
        ),
        (
            (RECEIVED, ev.OtherAgencyAsked(d("0309"), "乙局", joint=True)),
            "0401",
            "届满（第三十四条），逾期未答复，视为同意公开。",
        ),
    ],
)
def test_each_letter_is_told(events: tuple[ev.Event, ...], today: str | None, words: str) -> None:
    told = lines(*events, today=today)[3].split("\n     ")
    assert told[0].startswith("4. 不计算在期限内：")
    assert told[1].endswith(words)
    assert len(told) == 2


def test_a_letter_that_excludes_nothing_is_not_told() -> None:
    late = lines(*GOT, ev.ThirdPartyAnswered(d("0320"), "甲", "objects"), ev.OtherAgencyAsked(d("0601"), "乙"))
    assert "乙" not in late[3]


def test_provisional_dates_say_so() -> None:
    text = explain(case(ev.Received(d("1210"), "in_person")))
    assert f"暂定：期间有的日子还没有放假通知，按周一至周五计算，{CAVEAT}。" in text
    later = explain(case(ev.Received(d("1223"), "in_person")))
    assert f"告知补正（第三十条）：至2027年1月1日（星期五）（暂定，{CAVEAT}）。" in later


def test_other_periods_are_told() -> None:
    asked = [RECEIVED, ev.SupplementAsked(d("0305"))]
    assert "申请人补正（第三十条）：没有收到文书的记录，届满日无从计算。" in explain(case(*asked))
    assert "告知补正（第三十条）：至2026年3月11日（星期三）。" in explain(case(RECEIVED, today="0311"))
    assert "告知补正（第三十条）：至2026年3月11日（星期三），已经届满。" in explain(case(RECEIVED, today="0312"))


def test_what_must_not_come_next_is_told_with_its_article() -> None:
    text = explain(case(RECEIVED, today="0312"))
    assert "  不应当：告知补正——补正告知超过收到申请之日起7个工作日，不停止计算答复期限（第三十条）。\n" in text


def test_a_day() -> None:
    assert [day(date(2026, 3, number)) for number in (2, 8)] == ["2026年3月2日（星期一）", "2026年3月8日（星期日）"]


def test_json() -> None:
    result = case(*WHOLE, today="0522")
    data = json.loads(json.dumps(to_json(result)))
    assert list(data) == [
        "today", "state", "state_label", "disposition", "clock", "periods", "next", "violations",
    ]  # fmt: skip
    assert data["clock"]["explanation"] == clock_lines(result)
    assert {key: value for key, value in data["clock"].items() if key != "explanation"} == {
        "status": "ended",
        "received_on": "2026-03-04",
        "base": "2026-03-18",
        "base_from": "supplemented",
        "days": 20,
        "extension": 10,
        "excluded": [{"after": "2026-03-20", "until": "2026-04-03"}],
        "excluded_days": 10,
        "deferred_to": None,
        "due": "2026-05-18",
        "provisional": False,
        "calendar_version": CALENDAR.calendar_version,
        "ended_on": "2026-05-19",
        "in_time": False,
        "remaining": None,
        "lamp": None,
    }
    assert (data["state"], data["disposition"], data["today"]) == ("delivered", "denied_third_party", "2026-05-22")
    assert data["violations"] == [
        {
            "key": "reply_late",
            "on": "2026-05-19",
            "event": 12,
            "level": "violation",
            "article": "第三十三条第二款",
            "text": "答复送达晚于答复期限",
        }
    ]
    assert [row["event"] for row in data["next"]] == list(ev.EVENTS)
    early = to_json(case(RECEIVED, today="0312"))
    assert early["periods"] == [
        {
            "key": "supplement_notice",
            "label": "告知补正",
            "article": "第三十条",
            "until": "2026-03-11",
            "provisional": False,
        }
    ]
    asked = next(row for row in early["next"] if row["event"] == "supplement_asked")
    assert (asked["verdict"], asked["violations"]) == ("must_not", ["supplement_late"])
    assert to_json(fold([], CALENDAR, d("0302")))["disposition"] is None


@settings(max_examples=200)
@given(histories(), st.integers(0, 60))
def test_every_case_can_be_explained(events: tuple[ev.Event, ...], later: int) -> None:
    today = date.fromordinal(max(event.on for event in events).toordinal() + later)
    result = fold(events, CALENDAR, today)
    text = explain(result)
    assert "None" not in text
    assert "。。" not in text
    assert all(violation.kind.text in text for violation in result.violations)
    if result.clock.due and result.clock.due == result.clock.counted_due:
        assert day(result.clock.due) in text
    json.dumps(to_json(result))


def test_a_calendar_without_notices_is_told_as_provisional() -> None:
    plain = Calendar.load(as_of=date(2010, 1, 1))
    assert CAVEAT in explain(fold([RECEIVED], plain, d("0302")))
