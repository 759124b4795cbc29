"""States, refusals, violations, annulments and options of a case (application-procedure.md §4-§6, §10)."""

from dataclasses import FrozenInstanceError, dataclass
from datetime import date

import pytest

from gongkai.statute import events as ev
from gongkai.statute.calendar import default_calendar
from gongkai.statute.facts import PHASES
from gongkai.statute.procedure import STATES, Option, Refusal, Result, begin, fold, proceed
from gongkai.statute.transitions import TRANSITIONS
from gongkai.statute.violations import Violation, kinds

CALENDAR = default_calendar()


def d(text: str) -> date:
    return date(2026, int(text[:2]), int(text[2:]))


def case(*events: ev.Event, today: str | None = None) -> Result:
    return fold(events, CALENDAR, d(today) if today else events[-1].on)


def refusal(*events: ev.Event, today: str = "1231") -> Refusal:
    with pytest.raises(Refusal) as caught:
        fold(events, CALENDAR, d(today))
    return caught.value


def options(*events: ev.Event, today: str | None = None) -> dict[str, Option]:
    return {option.key: option for option in case(*events, today=today).options()}


def keys(result: Result) -> list[str]:
    return [violation.key for violation in result.violations]


RECEIVED = ev.Received(d("0302"), "in_person")
ASKED = ev.SupplementAsked(d("0305"), 10)
NOTIFIED = ev.FeeNotified(d("0305"), 200)
DECIDED = ev.Decided(d("0320"), "unable_not_exist", "公开〔2026〕1号")
SERVED = ev.Served(d("0323"), "postal")
LETTER = ev.ThirdPartyAsked(d("0309"), "甲公司")


# states


@pytest.mark.parametrize(
    ("state", "events"),
    [
        ("awaiting_confirmation", [ev.Received(d("0302"), "online")]),
        ("registered", [RECEIVED]),
        ("supplement_requested", [RECEIVED, ASKED]),
        ("supplemented", [RECEIVED, ASKED, ev.Supplemented(d("0310"))]),
        ("supplement_lapsed", [RECEIVED, ASKED, ev.SupplementLapsed(d("0330"))]),
        ("consulting", [RECEIVED, LETTER]),
        ("registered", [RECEIVED, LETTER, ev.ThirdPartyAnswered(d("0310"), "甲公司", "consents")]),
        ("fee_notified", [RECEIVED, NOTIFIED]),
        ("fee_paid", [RECEIVED, NOTIFIED, ev.FeePaid(d("0310"))]),
        ("fee_lapsed", [RECEIVED, NOTIFIED, ev.FeeLapsed(d("0430"))]),
        ("extended", [RECEIVED, ev.Extended(d("0310"), 10)]),
        ("extended", [RECEIVED, ev.Extended(d("0310"), 1)]),
        ("deferred", [RECEIVED, ev.Deferred(d("0310"), d("0630"), "量大")]),
        ("drafted", [RECEIVED, ev.Extended(d("0310"), 10), ev.Drafted(d("0311"))]),
        ("reviewed", [RECEIVED, ev.Drafted(d("0311")), ev.Reviewed(d("0312"), "legality")]),
        ("consulting", [RECEIVED, ev.Drafted(d("0305")), ev.Reviewed(d("0306"), "legality"), LETTER]),
        ("approved", [RECEIVED, DECIDED]),
        ("delivered", [RECEIVED, DECIDED, SERVED]),
        ("redecided", [RECEIVED, DECIDED, SERVED, ev.Redecided(d("0601"), "granted", "suit", "2号")]),
        ("withdrawn", [RECEIVED, ev.Withdrawn(d("0305"))]),
        ("merged", [RECEIVED, ev.Merged(d("0305"), "12号")]),
        ("transferred", [RECEIVED, ev.Transferred(d("0305"), "乙局")]),
        ("archived", [RECEIVED, DECIDED, SERVED, ev.Archived(d("0401"))]),
        ("archived", [RECEIVED, ev.Withdrawn(d("0305")), ev.Archived(d("0401"))]),
        ("remedy_reconsideration", [RECEIVED, DECIDED, SERVED, ev.RemedyOpened(d("0401"), "reconsideration")]),
        ("remedy_suit", [RECEIVED, DECIDED, SERVED, ev.Archived(d("0401")), ev.RemedyOpened(d("0402"), "suit")]),
        ("registered", [RECEIVED, ev.RemedyOpened(d("0305"), "suit")]),
        ("awaiting_confirmation", [ev.Received(d("0302"), "fax"), ev.RemedyOpened(d("0601"), "suit")]),
        ("remedy_suit", [RECEIVED, ev.RemedyOpened(d("0305"), "suit"), ev.Withdrawn(d("0306"))]),
        ("remedy_suit", [RECEIVED, ev.Merged(d("0306"), "12号"), ev.RemedyOpened(d("0307"), "suit")]),
        ("remedy_suit", [RECEIVED, ev.Transferred(d("0306"), "乙局"), ev.RemedyOpened(d("0307"), "suit")]),
        (
            "withdrawn",
            [
                RECEIVED,
                ev.RemedyOpened(d("0305"), "suit"),
                ev.Withdrawn(d("0306")),
                ev.RemedyClosed(d("0401"), "suit", "other_result"),
            ],
        ),
        ("supplement_lapsed", [RECEIVED, ASKED, ev.SupplementLapsed(d("0330")), ev.Drafted(d("0331"))]),
        ("fee_lapsed", [RECEIVED, NOTIFIED, ev.FeeLapsed(d("0430")), ev.Reviewed(d("0506"), "legality")]),
        ("registered", [RECEIVED, ev.RecordCorrected(d("0305"))]),
    ],
)
def test_state(state: str, events: list[ev.Event]) -> None:
    assert case(*events).state == state
    assert state in STATES


def test_a_case_without_events() -> None:
    result = fold([], CALENDAR, d("0302"))
    assert (result.state, result.disposition, result.reported, result.violations) == ("new", "", None, ())
    assert result.clock.status == "not_started"
    assert [option.key for option in result.options() if option.verdict != "cannot"] == ["received"]


def test_a_remedy_ends_and_the_state_before_it_returns() -> None:
    opened = [RECEIVED, DECIDED, SERVED, ev.RemedyOpened(d("0401"), "reconsideration", simplified=True)]
    closed = [*opened, ev.RemedyClosed(d("0430"), "reconsideration", "upheld")]
    assert case(*closed).state == "delivered"
    remedy = case(*closed).case.facts.remedies[0]
    assert (remedy.kind, remedy.simplified, remedy.closed, remedy.result) == (
        "reconsideration",
        True,
        d("0430"),
        "upheld",
    )
    both = [*opened, ev.RemedyOpened(d("0402"), "suit")]
    assert case(*both, ev.RemedyClosed(d("0430"), "reconsideration", "upheld")).state == "remedy_suit"
    assert case(*both, ev.RemedyClosed(d("0430"), "suit", "upheld")).state == "remedy_reconsideration"


# what is refused


@pytest.mark.parametrize(
    ("events", "number", "reason"),
    [
        ([ASKED], 1, "还没有申请，只有已经收到、正在办理的申请可以“告知补正”"),
        ([RECEIVED, RECEIVED], 2, "申请正在办理，一件申请只有一次“提出申请”"),
        ([RECEIVED, ev.Confirmed(d("0302"))], 2, "申请正在办理，只有尚待确认的申请可以“与申请人确认”"),
        (
            [RECEIVED, ev.Drafted(d("0301"))],
            2,
            "日期2026年3月1日早于它前面的事件（2026年3月2日），事件应按日期先后排列",
        ),
        ([RECEIVED, ev.Supplemented(d("0310"))], 2, "申请正在办理，只有告知补正之后可以“收到补正”"),
        (
            [RECEIVED, ASKED, ev.SupplementLapsed(d("0330")), ev.Supplemented(d("0331"), "  ")],
            4,
            "已经认定逾期不补正，再接受补正应当写明正当理由",
        ),
        (
            [RECEIVED, ev.NoticeReceived(d("0310"), "supplement")],
            2,
            "没有已经发出而尚未登记收到日期的补正告知书",
        ),
        (
            [RECEIVED, NOTIFIED, ev.NoticeReceived(d("0310"), "supplement")],
            3,
            "没有已经发出而尚未登记收到日期的补正告知书",
        ),
        (
            [RECEIVED, LETTER, ev.NoticeReceived(d("0310"), "third_party", "乙")],
            3,
            "没有已经发出而尚未登记收到日期的第三方征求意见书（乙）",
        ),
        (
            [RECEIVED, ASKED, ev.NoticeReceived(d("0306"), "supplement"), ev.NoticeReceived(d("0306"), "supplement")],
            4,
            "没有已经发出而尚未登记收到日期的补正告知书",
        ),
        (
            [RECEIVED, NOTIFIED, ev.NoticeReceived(d("0306"), "fee"), ev.NoticeReceived(d("0306"), "fee")],
            4,
            "没有已经发出而尚未登记收到日期的收费通知书",
        ),
        (
            [RECEIVED, LETTER, ev.ThirdPartyAnswered(d("0310"), "乙", "objects")],
            3,
            "没有尚待答复的征求乙意见的记录",
        ),
        (
            [RECEIVED, LETTER, ev.OtherAgencyAnswered(d("0310"), "甲公司", "objects")],
            3,
            "没有尚待答复的征求甲公司意见的记录",
        ),
        (
            [RECEIVED, LETTER, ev.ThirdPartyAsked(d("0330"), "甲公司")],
            3,
            "已经向甲公司发出征求意见书，尚未答复，期限也没有届满",
        ),
        (
            [RECEIVED, ev.UnitAsked(d("0305"), "法制科"), ev.UnitAsked(d("0306"), "法制科")],
            3,
            "已经征求法制科的意见，尚未答复",
        ),
        ([RECEIVED, ev.UnitAnswered(d("0305"), "法制科")], 2, "没有尚待答复的征求法制科意见的记录"),
        ([RECEIVED, ev.ReasonsGiven(d("0305"))], 2, "没有尚待答复的说明理由的要求"),
        (
            [RECEIVED, ev.ReasonsAsked(d("0305")), ev.ReasonsGiven(d("0306")), ev.ReasonsGiven(d("0307"))],
            4,
            "没有尚待答复的说明理由的要求",
        ),
        ([RECEIVED, ASKED, ev.Extended(d("0306"), 5)], 3, "答复期限此时没有计算，无从延长或者延迟"),
        ([RECEIVED, NOTIFIED, ev.Deferred(d("0306"), d("0630"), "量大")], 3, "答复期限此时没有计算，无从延长或者延迟"),
        ([RECEIVED, ev.FeePaid(d("0305"))], 2, "申请正在办理，只有发出收费通知之后可以“缴费”"),
        ([RECEIVED, SERVED], 2, "申请正在办理，只有作出答复之后、送达之前可以“送达”"),
        ([RECEIVED, ev.Decided(d("0320"), "granted", " "), SERVED], 3, "答复书没有文号"),
        ([RECEIVED, DECIDED, DECIDED], 3, "已经作出答复、尚未送达，只有已经收到、正在办理的申请可以“作出答复”"),
        ([RECEIVED, DECIDED, SERVED, ev.Withdrawn(d("0401"))], 4, "答复已经送达，只有尚未送达答复的申请可以“撤回申请”"),
        (
            [RECEIVED, ev.Withdrawn(d("0305")), ev.Archived(d("0306")), ev.Redecided(d("0307"), "granted", "suit")],
            4,
            "没有送达过的答复",
        ),
        (
            [RECEIVED, ev.RemedyOpened(d("0305"), "suit"), ev.RemedyOpened(d("0306"), "suit")],
            3,
            "已有尚未办结的行政诉讼",
        ),
        ([RECEIVED, ev.RemedyOpened(d("0305"), "suit", simplified=True)], 2, "简易程序只用于行政复议"),
        (
            [RECEIVED, ev.RemedyOpened(d("0305"), "suit"), ev.RemedyClosed(d("0306"), "reconsideration", "upheld")],
            3,
            "没有尚未办结的行政复议",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(events: list[ev.Event], number: int, reason: str) -> None:
    found = refusal(*events)
    label = events[number - 1].label
    assert (found.number, found.label, found.reason) == (number, label, reason)
    assert str(found) == f"第{number}个事件“{label}”不成立：{reason}。"


def test_an_application_before_the_regulation_was_in_force() -> None:
    early = [ev.Received(date(2019, 5, 14), "in_person")]
    assert refusal(*early).reason == "日期2019年5月14日早于条例施行之日（2019年5月15日）"
    assert fold([ev.Received(date(2019, 5, 15), "in_person")], CALENDAR, d("0302")).state == "registered"


def test_an_event_after_today() -> None:
    found = refusal(RECEIVED, ASKED, today="0304")
    assert (found.number, found.label) == (2, "告知补正")
    assert found.reason == "日期2026年3月5日晚于今天（2026年3月4日）"
    assert case(RECEIVED, ASKED, today="0305").state == "supplement_requested"


def test_another_letter_to_a_party_after_the_first_lapsed() -> None:
    assert refusal(RECEIVED, LETTER, ev.ThirdPartyAsked(d("0330"), "甲公司")).number == 3
    assert case(RECEIVED, LETTER, ev.ThirdPartyAsked(d("0331"), "甲公司")).state == "consulting"
    other_kind = case(RECEIVED, LETTER, ev.OtherAgencyAsked(d("0310"), "甲公司"))
    assert len(other_kind.case.facts.consultations) == 2


@pytest.mark.parametrize(("answers", "waits"), [("甲科", "乙科"), ("乙科", "甲科")])
def test_the_answer_of_one_unit_leaves_the_other_pending(answers: str, waits: str) -> None:
    events = [
        RECEIVED,
        ev.UnitAsked(d("0305"), "甲科"),
        ev.UnitAsked(d("0305"), "乙科"),
        ev.UnitAnswered(d("0306"), answers),
    ]
    assert case(*events).case.facts.units_asked == (waits,)
    assert refusal(*events, ev.UnitAnswered(d("0307"), answers)).number == 5


def test_what_is_no_event_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Own(ev.Event):
        label = "自造"

    own = object.__new__(Own)
    found = refusal(RECEIVED, own)
    assert (found.number, found.label, found.reason) == (2, "Own", "不是案件的事件")


# what is unlawful


def test_every_kind_of_violation_has_words_and_an_article() -> None:
    for key, kind in kinds().items():
        assert kind.key == key
        assert kind.text
        assert kind.article
        assert kind.level in ("violation", "alert")
        assert kind.marker in "VMP"
    assert [key for key, kind in kinds().items() if kind.level == "alert"] == ["confirmation_pending"]


def test_a_violation_says_where_when_and_by_which_article() -> None:
    late = case(RECEIVED, ev.SupplementAsked(d("0312")))
    assert late.violations == (Violation("supplement_late", d("0312"), 2),)
    assert str(late.violations[0]) == (
        "补正告知超过收到申请之日起7个工作日，不停止计算答复期限（第2个事件，2026年3月12日；第三十条）"
    )
    assert case(RECEIVED, today="0330").violations == ()
    overdue = case(RECEIVED, today="0331")
    assert overdue.violations == (Violation("reply_overdue", d("0330")),)
    assert str(overdue.violations[0]) == "答复期限已经届满，没有送达答复（2026年3月30日；第三十三条第二款）"


@pytest.mark.parametrize(
    ("got_it", "lapsed", "found"),
    [
        (None, "0401", ["supplement_lapse_unproven"]),
        ("0306", "0320", ["supplement_lapse_early"]),
        ("0306", "0323", []),
    ],
)
def test_the_supplement_period_runs_from_receipt_of_the_notice(
    got_it: str | None, lapsed: str, found: list[str]
) -> None:
    events: list[ev.Event] = [RECEIVED, ASKED]
    if got_it:
        events.append(ev.NoticeReceived(d(got_it), "supplement"))
    assert keys(case(*events, ev.SupplementLapsed(d(lapsed)))) == found


def test_the_supplement_period_defaults_to_ten_working_days() -> None:
    events = [RECEIVED, ev.SupplementAsked(d("0305")), ev.NoticeReceived(d("0306"), "supplement")]
    assert keys(case(*events, ev.SupplementLapsed(d("0320")))) == ["supplement_lapse_early"]
    assert keys(case(*events, ev.SupplementLapsed(d("0323")))) == []
    longer = [RECEIVED, ev.SupplementAsked(d("0305"), 15), ev.NoticeReceived(d("0306"), "supplement")]
    assert keys(case(*longer, ev.SupplementLapsed(d("0327")))) == ["supplement_lapse_early"]


@pytest.mark.parametrize(
    ("disposition", "before", "found"),
    [
        ("denied_third_party", [], ["decision_unfounded"]),
        ("denied_third_party", [LETTER], []),
        ("denied_third_party", [ev.OtherAgencyAsked(d("0309"), "乙局")], ["decision_unfounded"]),
        ("denied_state_secret", [], []),
        ("unable_still_unclear", [], ["decision_unfounded"]),
        ("unable_still_unclear", [ASKED, ev.Supplemented(d("0309"))], []),
        ("not_processed_excessive", [], ["decision_unfounded"]),
        ("not_processed_excessive", [ev.ReasonsAsked(d("0309"))], []),
        ("other_supplement_lapsed", [], ["decision_unfounded"]),
        ("other_fee_lapsed", [], ["decision_unfounded"]),
        ("granted", [], ["review_missing"]),
        ("granted", [ev.Reviewed(d("0309"), "legality")], ["review_missing"]),
        ("granted", [ev.Reviewed(d("0309"), "secrecy")], []),
        ("partially_granted", [ev.Reviewed(d("0309"), "secrecy"), ev.Reviewed(d("0309"), "legality")], []),
        ("partially_granted", [], ["review_missing"]),
        ("granted_already_public", [], []),
    ],
)
def test_a_decision_rests_on_facts_of_the_file(disposition: str, before: list[ev.Event], found: list[str]) -> None:
    assert keys(case(RECEIVED, *before, ev.Decided(d("0320"), disposition, "1号"))) == found


def test_decisions_after_a_lapse() -> None:
    supplement = [
        RECEIVED,
        ASKED,
        ev.NoticeReceived(d("0306"), "supplement"),
        ev.SupplementLapsed(d("0323")),
        ev.Decided(d("0324"), "other_supplement_lapsed", "1号"),
        ev.Served(d("0430"), "postal"),
    ]
    result = case(*supplement)
    assert (result.violations, result.state, result.clock.in_time) == ((), "delivered", None)
    assert result.reported == ("other_supplement_lapsed", d("0324"))
    fee = [
        RECEIVED,
        NOTIFIED,
        ev.NoticeReceived(d("0306"), "fee"),
        ev.FeeLapsed(d("0407")),
        ev.Decided(d("0408"), "other_fee_lapsed", "1号"),
    ]
    assert keys(case(*fee)) == []
    decided = ev.Decided(d("0326"), "other_supplement_lapsed", "1号")
    accepted = [*supplement[:4], ev.Supplemented(d("0325"), "住院"), decided]
    assert keys(case(*accepted)) == ["decision_unfounded"]


def test_one_event_can_be_several_violations() -> None:
    events = [RECEIVED, ev.Extended(d("0310"), 5), ev.Extended(d("0331"), 25, "other")]
    assert keys(case(*events)) == ["extension_repeated", "extension_not_approved", "extension_too_long"]
    later = [RECEIVED, ev.Extended(d("0310"), 5), ev.Extended(d("0408"), 25, "other")]
    assert keys(case(*later)) == [
        "extension_repeated",
        "extension_late",
        "extension_not_approved",
        "extension_too_long",
        "reply_overdue",
    ]


def test_a_second_fee_notice() -> None:
    paid = [RECEIVED, NOTIFIED, ev.FeePaid(d("0310")), ev.FeeNotified(d("0311"), 100)]
    result = case(*paid)
    assert (keys(result), result.clock.base, result.clock.status) == (["fee_repeated"], d("0310"), "running")
    open_ = case(RECEIVED, NOTIFIED, ev.FeeNotified(d("0306"), 100))
    assert (keys(open_), open_.clock.status, open_.case.facts.fee_amount) == (["fee_repeated"], "waiting", 200)


# how a case counts


@pytest.mark.parametrize(
    ("events", "disposition", "reported"),
    [
        ([RECEIVED], "", None),
        ([RECEIVED, DECIDED], "unable_not_exist", ("unable_not_exist", d("0320"))),
        ([RECEIVED, ev.Withdrawn(d("0305"))], "other_misc", ("other_misc", d("0305"))),
        ([RECEIVED, ev.Merged(d("0305"), "12号")], "other_misc", ("other_misc", d("0305"))),
        ([RECEIVED, ev.Transferred(d("0305"), "乙局")], "", None),
        ([RECEIVED, DECIDED, ev.Withdrawn(d("0321"))], "other_misc", ("other_misc", d("0321"))),
        (
            [RECEIVED, DECIDED, SERVED, ev.Redecided(d("0601"), "granted", "suit", "2号")],
            "granted",
            ("unable_not_exist", d("0320")),
        ),
    ],
)
def test_reported(events: list[ev.Event], disposition: str, reported: tuple[str, date] | None) -> None:
    result = case(*events)
    assert (result.disposition, result.reported) == (disposition, reported)


@pytest.mark.parametrize(
    "end", [ev.Withdrawn(d("0401")), ev.Merged(d("0401"), "12号"), ev.Transferred(d("0401"), "乙局")]
)
def test_an_application_that_ends_after_its_due_date_was_overdue(end: ev.Event) -> None:
    result = case(RECEIVED, end)
    assert result.violations == (Violation("reply_overdue", d("0401"), 2),)
    assert result.clock.in_time is False
    waiting = case(ev.Received(d("0302"), "online"), ev.Withdrawn(d("0303")))
    assert (waiting.clock.status, waiting.clock.due, waiting.violations) == ("ended", None, ())


# annulments


def test_an_annulled_event_is_left_out_as_if_it_had_never_been() -> None:
    annulled = ev.Annulled(d("0310"), 2, "登记有误")
    result = case(RECEIVED, ASKED, annulled)
    assert (result.state, result.clock, keys(result)) == ("registered", case(RECEIVED, today="0310").clock, [])
    again = case(RECEIVED, ASKED, annulled, ev.SupplementAsked(d("0311")))
    assert (again.state, keys(again)) == ("supplement_requested", [])


def test_the_first_event_can_be_annulled() -> None:
    wrong = [ev.Received(d("0302"), "online"), RECEIVED, ev.Annulled(d("0310"), 1, "渠道登记有误")]
    assert case(*wrong).state == "registered"
    nothing = case(RECEIVED, ev.Annulled(d("0302"), 1, "误录"))
    assert nothing.state == "new"
    assert case(RECEIVED, ev.Annulled(d("0302"), 1, "误录"), ev.Received(d("0303"), "fax")).state == (
        "awaiting_confirmation"
    )
    assert refusal(RECEIVED, ev.Annulled(d("0305"), 1, "误录"), ev.Received(d("0303"), "fax")).number == 3


@pytest.mark.parametrize(
    ("events", "number", "reason"),
    [
        ([RECEIVED, ev.Annulled(d("0310"), 2, "误")], 2, "只能撤销在它之前的事件，第2个事件不在它之前"),
        ([ev.Annulled(d("0310"), 1, "误")], 1, "只能撤销在它之前的事件，第1个事件不在它之前"),
        (
            [RECEIVED, ASKED, ev.Annulled(d("0310"), 2, "误"), ev.Annulled(d("0311"), 2, "误")],
            4,
            "第2个事件已经撤销",
        ),
        (
            [RECEIVED, ASKED, ev.Annulled(d("0310"), 2, "误"), ev.Annulled(d("0311"), 3, "误")],
            4,
            "第3个事件本身是撤销，不能再撤销，请重新登记该事实",
        ),
        (
            [RECEIVED, ASKED, ev.Supplemented(d("0309")), ev.Annulled(d("0310"), 2, "误")],
            3,
            "申请正在办理，只有告知补正之后可以“收到补正”（第2个事件已经撤销）",
        ),
        (
            [RECEIVED, LETTER, ev.ThirdPartyAnswered(d("0310"), "甲公司", "objects"), ev.Annulled(d("0310"), 2, "误")],
            3,
            "没有尚待答复的征求甲公司意见的记录（第2个事件已经撤销）",
        ),
    ],
)
def test_annulments_that_cannot_be(events: list[ev.Event], number: int, reason: str) -> None:
    found = refusal(*events)
    assert (found.number, found.reason) == (number, reason)


def test_a_continued_case_knows_what_was_annulled() -> None:
    events = [RECEIVED, ASKED, ev.Annulled(d("0310"), 2, "误"), ev.Supplemented(d("0311"))]
    first = proceed(begin(CALENDAR), events[:3])
    with pytest.raises(Refusal) as caught:
        proceed(first, events[3:])
    assert str(caught.value) == str(refusal(*events))
    assert caught.value.reason.endswith("（第2个事件已经撤销）")


def test_an_annulled_event_may_lie_after_today() -> None:
    events = [RECEIVED, ev.Drafted(d("0601")), ev.Annulled(d("0305"), 2, "日期误录")]
    assert case(*events, today="0306").state == "registered"
    found = refusal(*events, ev.Drafted(d("0501")), today="0306")
    assert (found.number, found.label) == (4, "拟稿")
    assert case(RECEIVED, ASKED, ev.Annulled(d("0304"), 2, "误")).state == "registered"


# what may come next


def test_options_name_every_event_in_the_order_of_a_case() -> None:
    found = case(RECEIVED).options()
    assert [option.key for option in found] == list(ev.EVENTS)
    assert [option.label for option in found] == [cls.label for cls in ev.EVENTS.values()]


@pytest.mark.parametrize(
    ("events", "today", "key", "verdict", "reason"),
    [
        ([RECEIVED], "0302", "supplement_asked", "may", ""),
        (
            [RECEIVED],
            "0312",
            "supplement_asked",
            "must_not",
            "补正告知超过收到申请之日起7个工作日，不停止计算答复期限（第三十条）",
        ),
        ([RECEIVED], "0330", "extended", "may", ""),
        (
            [RECEIVED],
            "0331",
            "extended",
            "must_not",
            "没有在原答复期限届满之前告知延期，不发生延长期限的效力（第三十三条第二款）",
        ),
        ([RECEIVED], "0302", "third_party_answered", "cannot", "没有尚待答复的征求第三方意见的记录"),
        ([RECEIVED, LETTER], "0309", "third_party_answered", "may", ""),
        ([RECEIVED, LETTER], "0309", "third_party_asked", "may", ""),
        ([RECEIVED, LETTER], "0309", "other_agency_answered", "cannot", "没有尚待答复的征求其他机关意见的记录"),
        (
            [RECEIVED, ev.OtherAgencyAsked(d("0309"), "乙局")],
            "0309",
            "third_party_answered",
            "cannot",
            "没有尚待答复的征求第三方意见的记录",
        ),
        ([RECEIVED], "0302", "other_agency_answered", "cannot", "没有尚待答复的征求其他机关意见的记录"),
        ([RECEIVED], "0302", "unit_answered", "cannot", "没有尚待答复的征求内部机构意见的记录"),
        ([RECEIVED, ev.UnitAsked(d("0305"), "法制科")], "0305", "unit_answered", "may", ""),
        ([RECEIVED, ev.UnitAsked(d("0305"), "法制科")], "0305", "unit_asked", "may", ""),
        ([RECEIVED], "0302", "notice_received", "cannot", "没有已经发出而尚未登记收到日期的文书"),
        ([RECEIVED, LETTER], "0309", "notice_received", "may", ""),
        ([RECEIVED, ASKED], "0309", "notice_received", "may", ""),
        ([RECEIVED, NOTIFIED], "0309", "notice_received", "may", ""),
        ([RECEIVED, ASKED], "0309", "extended", "cannot", "答复期限此时没有计算，无从延长或者延迟"),
        (
            [RECEIVED],
            "0302",
            "deferred",
            "must_not",
            "没有要求申请人说明理由并收到理由，即延迟答复（第三十五条）",
        ),
        ([RECEIVED], "0302", "served", "cannot", "申请正在办理，只有作出答复之后、送达之前可以“送达”"),
        ([RECEIVED], "0302", "decided", "may", ""),
        ([RECEIVED, ev.Decided(d("0320"), "granted")], "0320", "served", "cannot", "答复书没有文号"),
        ([RECEIVED, DECIDED], "0320", "served", "may", ""),
        ([RECEIVED], "0302", "remedy_closed", "cannot", "没有尚未办结的行政复议或者行政诉讼"),
        ([RECEIVED, ev.RemedyOpened(d("0305"), "suit")], "0305", "remedy_closed", "may", ""),
        ([RECEIVED], "0302", "annulled", "may", ""),
        ([ev.Received(d("0302"), "post_unsigned")], "0302", "confirmed", "may", ""),
        ([ev.Received(d("0302"), "post_unsigned")], "0305", "confirmed", "may", ""),
        ([RECEIVED, ASKED, ev.SupplementLapsed(d("0401"))], "0401", "supplemented", "may", ""),
    ],
)
def test_option(events: list[ev.Event], today: str, key: str, verdict: str, reason: str) -> None:
    found = options(*events, today=today)[key]
    assert (found.verdict, found.reason) == (verdict, reason)
    assert bool(found.keys) is (verdict == "must_not")


def test_an_option_can_be_several_violations() -> None:
    found = options(RECEIVED, ev.Extended(d("0310"), 5), today="0410")["extended"]
    assert found.keys == ("extension_repeated", "extension_late")
    assert found.reason.count("；") == 1


def test_nothing_can_be_annulled_in_a_case_without_events() -> None:
    found = {option.key: option for option in fold([], CALENDAR, d("0302")).options()}
    others = [option for key, option in found.items() if key not in ("received", "annulled")]
    assert all(option.reason.startswith("还没有申请，") for option in others)
    assert (found["annulled"].verdict, found["annulled"].reason) == ("cannot", "还没有可以撤销的事件")


def test_the_table_of_events_is_complete() -> None:
    assert list(TRANSITIONS) == list(ev.EVENTS.values())
    for row in TRANSITIONS.values():
        assert row.phases
        assert row.phases <= set(PHASES)
    assert set().union(*(row.phases for row in TRANSITIONS.values())) == set(PHASES)


def test_values_cannot_be_changed() -> None:
    result = case(RECEIVED)
    for value, name in (
        (result, "state"),
        (result.case, "events"),
        (result.options()[0], "key"),
        (TRANSITIONS[ev.Received], "when"),
        (Violation("reply_late", d("0302")), "on"),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)
        assert not hasattr(value, "__dict__")
