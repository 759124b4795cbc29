"""The periods beside the answer period (application-procedure.md §3, §8, §9)."""

from datetime import date

import pytest

from gongkai.statute import events as ev
from gongkai.statute.calendar import default_calendar
from gongkai.statute.periods import Period, periods
from gongkai.statute.procedure import begin, proceed

CALENDAR = default_calendar()


def d(text: str) -> date:
    return date(2026, int(text[:2]), int(text[2:]))


def found(*events: ev.Event) -> tuple[Period, ...]:
    return periods(proceed(begin(CALENDAR), events).facts, CALENDAR)


RECEIVED = ev.Received(d("0302"), "in_person")
NOTICE = Period("supplement_notice", "告知补正", "第三十条", d("0311"))
ASKED = ev.SupplementAsked(d("0305"), 10)
NOTIFIED = ev.FeeNotified(d("0305"), 200)
DECIDED = (ev.Decided(d("0320"), "unable_not_exist", "1号"), ev.Served(d("0323"), "postal"))
LETTERS = (
    ev.ThirdPartyAsked(d("0309"), "甲"),
    ev.OtherAgencyAsked(d("0309"), "乙"),
    ev.NoticeReceived(d("0310"), "other_agency", "乙"),
)
THIRD = Period("third_party", "甲答复征求意见书", "第三十二条", d("0330"))
OTHER = Period("other_agency", "乙答复征求意见书", "第三十四条", d("0331"))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], []),
        (
            [ev.Received(d("0302"), "post_unsigned")],
            [Period("confirmation", "与申请人确认", "第三十一条第（二）项", d("0302"))],
        ),
        (
            [ev.Received(d("0302"), "online")],
            [Period("confirmation", "与申请人确认", "第三十一条第（三）项", d("0303"))],
        ),
        ([RECEIVED], [NOTICE]),
        ([RECEIVED, ASKED], [Period("supplement", "申请人补正", "第三十条", None)]),
        (
            [RECEIVED, ASKED, ev.NoticeReceived(d("0306"), "supplement")],
            [Period("supplement", "申请人补正", "第三十条", d("0320"))],
        ),
        ([RECEIVED, ASKED, ev.Supplemented(d("0310"))], []),
        ([RECEIVED, *LETTERS], [NOTICE, THIRD, OTHER]),
        ([RECEIVED, *LETTERS, ev.ThirdPartyAnswered(d("0312"), "甲", "objects")], [NOTICE, OTHER]),
        ([RECEIVED, *LETTERS, *DECIDED[:1]], []),
        ([RECEIVED, *LETTERS, ev.Withdrawn(d("0312"))], []),
        ([RECEIVED, NOTIFIED], [Period("fee", "申请人缴费", "政府信息公开信息处理费管理办法", None)]),
        (
            [RECEIVED, NOTIFIED, ev.NoticeReceived(d("0306"), "fee")],
            [Period("fee", "申请人缴费", "政府信息公开信息处理费管理办法", d("0403"))],
        ),
        ([RECEIVED, *DECIDED], []),
        (
            [RECEIVED, *DECIDED, ev.RemedyOpened(d("0403"), "reconsideration", simplified=True)],
            [
                Period(
                    "reconsideration_reply",
                    "书面答复行政复议",
                    "行政复议法第五十四条、第八十八条",
                    d("0413"),
                )
            ],
        ),
        ([RECEIVED, *DECIDED, ev.RemedyOpened(d("0403"), "reconsideration")], []),
        (
            [
                RECEIVED,
                *DECIDED,
                ev.RemedyOpened(d("0403"), "reconsideration", simplified=True),
                ev.RemedyClosed(d("0430"), "reconsideration", "upheld"),
            ],
            [],
        ),
    ],
)
def test_periods(events: list[ev.Event], expected: list[Period]) -> None:
    assert list(found(*events)) == expected


def test_a_period_beyond_the_notices_is_provisional() -> None:
    late = [ev.Received(d("1223"), "in_person"), ev.ThirdPartyAsked(d("1225"), "甲")]
    assert [(period.key, period.provisional) for period in found(*late)] == [
        ("supplement_notice", True),
        ("third_party", True),
    ]
