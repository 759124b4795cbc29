"""The vectors of application-procedure.md §2 and §3 through whole cases, named after their rows."""

from datetime import date, timedelta

import pytest

from gongkai.statute import events as ev
from gongkai.statute.calendar import Calendar, Override, default_calendar
from gongkai.statute.clock import Clock, Span, current_due
from gongkai.statute.facts import Facts
from gongkai.statute.procedure import Result, fold

CALENDAR = default_calendar()


def d(text: str) -> date:
    """2026-03-02 from `0302`, or a whole ISO date."""
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text[:2]}-{text[2:]}")


def case(*events: ev.Event, today: str | None = None, calendar: Calendar = CALENDAR) -> Result:
    return fold(events, calendar, d(today) if today else events[-1].on)


def clock(*events: ev.Event, today: str | None = None) -> Clock:
    return case(*events, today=today).clock


def received(on: str = "0302") -> ev.Received:
    return ev.Received(d(on), "in_person")


# §2 date received


@pytest.mark.parametrize(
    ("channel", "arrived", "confirmed", "received_on", "missed"),
    [
        ("in_person", "2026-02-14", None, "2026-02-14", False),
        ("post_signed", "2026-02-16", None, "2026-02-16", False),
        ("online", "2026-03-02", "2026-03-04", "2026-03-04", False),
        ("post_unsigned", "2026-03-02", "2026-03-05", "2026-03-05", True),
        ("post_unsigned", "2026-03-02", "2026-03-02", "2026-03-02", False),
        ("post_misaddressed", "2026-03-02", "2026-03-03", "2026-03-03", True),
        ("email", "2026-03-02", "2026-03-02", "2026-03-02", False),
        ("fax", "2026-03-02", "2026-03-09", "2026-03-09", False),
        ("oral", "2026-02-16", None, "2026-02-16", False),
    ],
)
def test_date_received_by_channel(
    channel: ev.ChannelKey, arrived: str, confirmed: str | None, received_on: str, missed: bool
) -> None:
    events: list[ev.Event] = [ev.Received(d(arrived), channel)]
    if confirmed:
        before = case(*events)
        assert (before.state, before.clock.status) == ("awaiting_confirmation", "not_started")
        assert (before.clock.received_on, before.clock.due, before.clock.remaining) == (None, None, None)
        events.append(ev.Confirmed(d(confirmed)))
    result = case(*events)
    assert result.clock.received_on == result.clock.base == d(received_on)
    assert result.state == "registered"
    assert [violation.key for violation in result.violations] == ["confirmation_missed"] * missed


def test_an_attempt_in_vain_on_the_day_of_arrival_fulfils_the_duty() -> None:
    events = [ev.Received(d("0302"), "post_unsigned"), ev.ContactAttempted(d("0302")), ev.ContactAttempted(d("0304"))]
    assert case(*events, today="0309").violations == ()
    assert case(*events, ev.Confirmed(d("0310"))).violations == ()
    tried_late = [events[0], ev.ContactAttempted(d("0303"))]
    assert [v.key for v in case(*tried_late).violations] == ["confirmation_missed"]


@pytest.mark.parametrize(
    ("channel", "today", "keys"),
    [
        ("online", "0302", []),
        ("online", "0303", []),
        ("online", "0304", ["confirmation_pending"]),
        ("post_unsigned", "0302", []),
        ("post_unsigned", "0303", ["confirmation_missed"]),
    ],
)
def test_alerts_while_confirmation_is_open(channel: ev.ChannelKey, today: str, keys: list[str]) -> None:
    found = case(ev.Received(d("0302"), channel), today=today).violations
    assert [violation.key for violation in found] == keys
    assert all(violation.number == 0 for violation in found)


def test_an_attempt_quiets_the_reminder_of_an_online_application() -> None:
    events = [ev.Received(d("0302"), "online"), ev.ContactAttempted(d("0303"), "电话无人接听")]
    assert case(*events, today="0320").violations == ()


# §3 the table


@pytest.mark.parametrize(
    ("base", "due"),
    [
        ("2026-01-05", "2026-02-02"),
        ("2026-01-30", "2026-03-05"),
        ("2026-02-13", "2026-03-19"),
        ("2026-02-14", "2026-03-20"),
        ("2026-02-15", "2026-03-20"),
        ("2026-09-30", "2026-11-03"),
        ("2025-09-28", "2025-10-31"),
        ("2024-12-31", "2025-02-05"),
        ("2025-12-31", "2026-01-29"),
    ],
)
def test_answer_within_20_working_days(base: str, due: str) -> None:
    found = clock(received(base))
    assert (found.due, found.days, found.extension, found.provisional) == (d(due), 20, 0, False)
    assert found.counted_due == found.due
    assert found.calendar_version == CALENDAR.calendar_version


def test_2025_11_03_with_20_and_20_working_days() -> None:
    found = clock(received("2025-11-03"), ev.Extended(d("2025-12-01"), 20))
    assert (found.due, found.extension) == (d("2025-12-29"), 20)


@pytest.mark.parametrize(
    ("received_on", "last"),
    [("2026-04-03", "2026-04-15"), ("2026-04-30", "2026-05-13"), ("2025-01-26", "2025-02-11")],
)
def test_supplement_notice_within_7_working_days(received_on: str, last: str) -> None:
    on_time = case(received(received_on), ev.SupplementAsked(d(last)))
    assert (on_time.violations, on_time.clock.status, on_time.clock.due) == ((), "waiting", None)
    late = case(received(received_on), ev.SupplementAsked(d(last) + timedelta(1)))
    assert [violation.key for violation in late.violations] == ["supplement_late"]
    assert late.clock.due is not None


def test_third_party_answers_within_15_working_days() -> None:
    """The row 2026-09-30, 15: the letter is sent and received on the day of receipt."""
    events = [
        received("2026-09-30"),
        ev.ThirdPartyAsked(d("0930"), "甲"),
        ev.NoticeReceived(d("0930"), "third_party", "甲"),
    ]
    assert clock(*events).excluded == (Span(d("0930"), d("2026-10-27")),)


THIRD_PARTY = (received(), ev.ThirdPartyAsked(d("0309"), "甲"), ev.ThirdPartyAnswered(d("0323"), "甲", "objects"))


def test_composite_third_party_from_0309_to_0323() -> None:
    found = clock(*THIRD_PARTY)
    assert (found.excluded_days, found.due) == (10, d("0414"))
    assert found.excluded == (Span(d("0309"), d("0323")),)


def test_composite_with_an_overlapping_agency_is_unchanged() -> None:
    found = clock(
        *THIRD_PARTY[:2],
        ev.OtherAgencyAsked(d("0316"), "乙"),
        ev.OtherAgencyAnswered(d("0320"), "乙", "consents"),
        THIRD_PARTY[2],
    )
    assert (found.excluded_days, found.due) == (10, d("0414"))


# consultations


def test_silence_ends_the_exclusion_after_15_working_days_of_its_own() -> None:
    sent = (received(), ev.ThirdPartyAsked(d("0309"), "甲"))
    assert clock(*sent, today="0601").excluded == (Span(d("0309"), d("0330")),)
    got_it = (*sent, ev.NoticeReceived(d("0311"), "third_party", "甲"))
    assert clock(*got_it, today="0601").excluded == (Span(d("0309"), d("0401")),)
    too_late = (*got_it, ev.ThirdPartyAnswered(d("0420"), "甲", "consents"))
    assert clock(*too_late).excluded == (Span(d("0309"), d("0401")),)


def test_an_answer_of_the_last_day_counts_whole() -> None:
    sent = (received(), ev.ThirdPartyAsked(d("0309"), "甲"))
    assert clock(*sent, ev.ThirdPartyAnswered(d("0330"), "甲", "objects")).excluded_days == 15
    assert clock(*sent, ev.ThirdPartyAnswered(d("0331"), "甲", "objects")).excluded_days == 15
    assert clock(*sent, ev.ThirdPartyAnswered(d("0327"), "甲", "objects")).excluded_days == 14


def test_an_answer_of_the_same_day_excludes_nothing() -> None:
    found = clock(received(), ev.ThirdPartyAsked(d("0309"), "甲"), ev.ThirdPartyAnswered(d("0309"), "甲", "consents"))
    assert (found.excluded, found.excluded_days, found.due) == ((), 0, d("0330"))


def test_consultations_one_after_the_other_are_both_excluded() -> None:
    found = clock(
        *THIRD_PARTY, ev.OtherAgencyAsked(d("0325"), "乙"), ev.OtherAgencyAnswered(d("0331"), "乙", "consents")
    )
    assert found.excluded == (Span(d("0309"), d("0323")), Span(d("0325"), d("0331")))
    assert (found.excluded_days, found.due) == (14, d("0420"))


def test_a_consultation_sent_on_the_day_another_ends_is_joined_to_it() -> None:
    found = clock(
        *THIRD_PARTY, ev.OtherAgencyAsked(d("0323"), "乙"), ev.OtherAgencyAnswered(d("0325"), "乙", "consents")
    )
    assert found.excluded == (Span(d("0309"), d("0325")),)
    assert found.excluded_days == 12


def test_a_consultation_within_the_second_of_two_changes_nothing() -> None:
    events = (
        received(),
        ev.ThirdPartyAsked(d("0303"), "甲"),
        ev.ThirdPartyAnswered(d("0305"), "甲", "objects"),
        ev.ThirdPartyAsked(d("0309"), "乙"),
        ev.ThirdPartyAsked(d("0316"), "丙"),
        ev.ThirdPartyAnswered(d("0318"), "丙", "objects"),
        ev.ThirdPartyAnswered(d("0323"), "乙", "objects"),
    )
    assert clock(*events).excluded == (Span(d("0303"), d("0305")), Span(d("0309"), d("0323")))


def test_internal_units_do_not_stop_the_clock() -> None:
    found = case(received(), ev.UnitAsked(d("0309"), "法制科"), ev.UnitAnswered(d("0323"), "法制科"))
    assert (found.clock.due, found.clock.excluded, found.violations) == (d("0330"), (), ())
    counted = case(received(), ev.UnitAsked(d("0309"), "保密局", "competent_body", excluded=True))
    assert counted.clock.due == d("0330")
    assert [violation.key for violation in counted.violations] == ["internal_excluded"]


def test_a_letter_after_the_last_day_excludes_nothing() -> None:
    found = clock(received(), ev.ThirdPartyAsked(d("0330"), "甲"), today="0410")
    assert (found.due, found.excluded, found.lamp) == (d("0330"), (), "overdue")
    day_before = clock(received(), ev.ThirdPartyAsked(d("0327"), "甲"), today="0410")
    assert (day_before.excluded, day_before.due) == ((Span(d("0327"), d("0420")),), d("0421"))


def test_what_was_excluded_before_a_new_base_does_not_count_again() -> None:
    events = [
        received(),
        ev.ThirdPartyAsked(d("0303"), "甲"),
        ev.SupplementAsked(d("0305")),
        ev.Supplemented(d("0312")),
        ev.ThirdPartyAnswered(d("0316"), "甲", "objects"),
    ]
    found = clock(*events)
    assert found.excluded == (Span(d("0312"), d("0316")),)
    assert found.due == CALENDAR.add_working_days(d("0312"), 22).date


def test_a_receipt_and_an_answer_belong_to_the_latest_letter() -> None:
    """The first letter lapses unanswered; what comes back is for the second."""
    events = [
        received(),
        ev.ThirdPartyAsked(d("0303"), "甲"),
        ev.ThirdPartyAsked(d("0330"), "甲"),
        ev.NoticeReceived(d("0401"), "third_party", "甲"),
        ev.ThirdPartyAnswered(d("0403"), "甲", "objects"),
    ]
    assert clock(*events).excluded == (Span(d("0303"), d("0324")), Span(d("0330"), d("0403")))


# supplement, extension, fee, deferral


def test_the_clock_starts_anew_with_the_supplement() -> None:
    asked = (received(), ev.SupplementAsked(d("0309")))
    assert (clock(*asked).status, clock(*asked).provisional) == ("waiting", False)
    assert current_due(case(*asked).case.facts, CALENDAR) is None
    assert current_due(Facts(), CALENDAR) is None
    found = clock(*asked, ev.Supplemented(d("0320")))
    assert (found.base, found.base_from, found.due) == (d("0320"), "supplemented", d("0420"))
    assert found.received_on == d("0302")


def test_a_late_notice_does_not_stop_the_clock_nor_move_its_base() -> None:
    asked = (received(), ev.SupplementAsked(d("0312")))
    assert clock(*asked).due == d("0330")
    assert clock(*asked, ev.Supplemented(d("0320"))).base == d("0302")


def test_a_second_notice_is_a_violation_and_stops_nothing() -> None:
    events = [received(), ev.SupplementAsked(d("0303")), ev.Supplemented(d("0304")), ev.SupplementAsked(d("0305"))]
    result = case(*events)
    assert [violation.key for violation in result.violations] == ["supplement_repeated"]
    assert (result.clock.base, result.clock.status) == (d("0304"), "running")
    assert case(*events, ev.Supplemented(d("0306"))).clock.base == d("0304")


def test_a_second_notice_while_the_first_is_open_leaves_the_first_in_force() -> None:
    result = case(received(), ev.SupplementAsked(d("0303")), ev.SupplementAsked(d("0304"), 20))
    assert [violation.key for violation in result.violations] == ["supplement_repeated"]
    assert (result.clock.status, result.case.facts.supplement_days) == ("waiting", 10)


def test_a_late_supplement_for_a_good_reason_is_a_new_base() -> None:
    events = [
        received(),
        ev.SupplementAsked(d("0303"), 5),
        ev.NoticeReceived(d("0304"), "supplement"),
        ev.SupplementLapsed(d("0312")),
    ]
    assert case(*events).violations == ()
    assert case(*events).clock.due is None
    assert clock(*events, ev.Supplemented(d("0320"), "住院")).base == d("0320")


@pytest.mark.parametrize(
    ("told", "days", "approved_by", "due", "keys"),
    [
        ("0330", 20, "ogi_head", "0428", []),
        ("0331", 20, "ogi_head", "0330", ["extension_late"]),
        ("0316", 1, "ogi_head", "0331", []),
        ("0316", 21, "ogi_head", "0428", ["extension_too_long"]),
        ("0316", 10, "other", "0330", ["extension_not_approved"]),
        ("0331", 30, "other", "0330", ["extension_late", "extension_not_approved", "extension_too_long"]),
    ],
)
def test_extension(told: str, days: int, approved_by: ev.Approver, due: str, keys: list[str]) -> None:
    result = case(received(), ev.Extended(d(told), days, approved_by), today="0331")
    assert result.clock.due == d(due)
    assert [v.key for v in result.violations if v.key != "reply_overdue"] == keys


def test_a_second_extension_has_no_effect() -> None:
    result = case(received(), ev.Extended(d("0316"), 5), ev.Extended(d("0317"), 5))
    assert (result.clock.extension, result.clock.due) == (5, d("0407"))
    assert [violation.key for violation in result.violations] == ["extension_repeated"]


def test_the_period_is_counted_anew_after_payment() -> None:
    notified = (received(), ev.FeeNotified(d("0310"), 200))
    assert (clock(*notified).status, clock(*notified).due) == ("waiting", None)
    found = clock(*notified, ev.NoticeReceived(d("0312"), "fee"), ev.FeePaid(d("0316")))
    assert (found.base, found.base_from, found.due) == (d("0316"), "paid", d("0414"))


def test_a_fee_notice_after_the_due_date_does_not_stop_the_clock() -> None:
    result = case(received(), ev.FeeNotified(d("0331"), 200))
    assert [violation.key for violation in result.violations] == ["fee_notice_late", "reply_overdue"]
    assert case(received(), ev.FeeNotified(d("0331"), 200), ev.FeePaid(d("0401"))).clock.base == d("0302")
    last_day = case(received(), ev.FeeNotified(d("0330"), 200))
    assert (last_day.violations, last_day.clock.due) == ((), None)


@pytest.mark.parametrize(("lapsed", "keys"), [("0409", ["fee_lapse_early"]), ("0410", [])])
def test_the_payment_period_is_20_working_days(lapsed: str, keys: list[str]) -> None:
    events = [
        received(),
        ev.FeeNotified(d("0310"), 200),
        ev.NoticeReceived(d("0311"), "fee"),
        ev.FeeLapsed(d(lapsed)),
    ]
    assert [violation.key for violation in case(*events).violations] == keys


REASONS = (received(), ev.ReasonsAsked(d("0305")), ev.ReasonsGiven(d("0310")))


def test_a_deferred_reply_replaces_the_computed_date() -> None:
    result = case(*REASONS, ev.Deferred(d("0320"), d("0630"), "两百件"))
    assert (result.clock.due, result.clock.counted_due, result.violations) == (d("0630"), d("0330"), ())
    assert (result.state, result.clock.provisional) == ("deferred", False)
    earlier = clock(*REASONS, ev.Deferred(d("0320"), d("0325"), "两百件"))
    assert (earlier.due, earlier.deferred_to) == (d("0330"), d("0325"))


def test_a_consultation_does_not_move_a_deferred_date() -> None:
    deferred = (*REASONS, ev.Deferred(d("0320"), d("0630"), "两百件"))
    found = clock(*deferred, ev.ThirdPartyAsked(d("0323"), "甲"), today="0325")
    assert (found.due, found.status) == (d("0630"), "running")
    assert found.remaining == CALENDAR.working_days_between(d("0325"), d("0630"))


def test_a_deferral_to_the_computed_date_changes_nothing() -> None:
    open_letter = (*REASONS, ev.ThirdPartyAsked(d("0316"), "甲"))
    before = clock(*open_letter, today="0320")
    assert before.due
    after = clock(*open_letter, ev.Deferred(d("0320"), before.due, "两百件"))
    assert (after.status, after.remaining, after.due) == ("stopped", before.remaining, before.due)


def test_a_deferral_without_reasons_or_after_the_due_date() -> None:
    unfounded = case(received(), ev.Deferred(d("0320"), d("0630"), "两百件"))
    assert [violation.key for violation in unfounded.violations] == ["deferral_unfounded"]
    late = case(*REASONS, ev.Deferred(d("0331"), d("0630"), "两百件"))
    assert [violation.key for violation in late.violations] == ["deferral_late", "reply_overdue"]
    assert late.clock.due == d("0330")


# service


@pytest.mark.parametrize(
    ("mode", "on", "keys"),
    [
        ("postal", "0327", []),
        ("postal", "0330", []),
        ("postal", "0331", ["reply_late"]),
        ("direct", "0330", []),
        ("direct", "0331", ["reply_late"]),
        ("entrusted", "0331", ["reply_late"]),
        ("electronic", "0330", []),
        ("electronic", "0401", ["reply_late"]),
        ("courier", "0330", ["service_unqualified"]),
        ("courier", "0331", ["service_unqualified", "reply_late"]),
    ],
)
def test_in_time_by_the_service_rule_of_its_mode(mode: ev.ServiceKey, on: str, keys: list[str]) -> None:
    result = case(received(), ev.Decided(d("0327"), "unable_not_exist", "1号"), ev.Served(d(on), mode))
    assert [violation.key for violation in result.violations] == keys
    assert result.clock.in_time is ("reply_late" not in keys)
    assert (result.clock.ended_on, result.clock.status, result.clock.remaining) == (d(on), "ended", None)
    assert result.clock.lamp is None


def test_postage_is_not_collected() -> None:
    events = (
        received(),
        ev.Decided(d("0327"), "unable_not_exist", "1号"),
        ev.Served(d("0327"), "postal", collect=True),
    )
    assert [violation.key for violation in case(*events).violations] == ["postage_collected"]


def test_a_decision_made_anew_does_not_change_whether_the_first_was_in_time() -> None:
    events = (
        received(),
        ev.Decided(d("0327"), "unable_not_exist", "1号"),
        ev.Served(d("0330"), "postal"),
        ev.RemedyOpened(d("0410"), "reconsideration"),
        ev.RemedyClosed(d("0601"), "reconsideration", "corrected"),
        ev.Redecided(d("0610"), "granted", "reconsideration", "2号"),
        ev.Served(d("0611"), "postal"),
    )
    result = case(*events)
    assert (result.clock.ended_on, result.clock.in_time, result.violations) == (d("0330"), True, ())
    assert (result.disposition, result.reported) == ("granted", ("unable_not_exist", d("0327")))


# lamps, provisional dates


@pytest.mark.parametrize(
    ("today", "remaining", "lamp"),
    [
        ("0302", 20, "normal"),
        ("0320", 6, "normal"),
        ("0323", 5, "within_5"),
        ("0325", 3, "within_5"),
        ("0326", 2, "within_2"),
        ("0330", 0, "within_2"),
        ("0331", -1, "overdue"),
        ("0407", -5, "overdue"),
    ],
)
def test_lamps(today: str, remaining: int, lamp: str) -> None:
    found = clock(received(), today=today)
    assert (found.remaining, found.lamp, found.in_time) == (remaining, lamp, None)


def test_overdue_over_a_weekend_though_no_working_day_passed() -> None:
    found = clock(received("2026-02-28"), today="2026-03-28")
    assert (found.due, found.remaining, found.lamp) == (d("0327"), 0, "overdue")


def test_the_lamp_waits_while_the_clock_is_stopped() -> None:
    open_letter = THIRD_PARTY[:2]
    for today in ("0309", "0316", "0327"):
        found = clock(*open_letter, today=today)
        assert (found.status, found.remaining, found.lamp) == ("stopped", 15, "normal")
    assert clock(*open_letter, today="0330").status == "running"
    assert clock(*open_letter, today="0331").remaining == 14
    assert clock(*THIRD_PARTY, today="0323").status == "running"
    assert clock(*THIRD_PARTY, today="0325").status == "running"


def test_2026_12_10_is_provisional_and_warns_a_day_ahead() -> None:
    found = clock(received("2026-12-10"))
    assert (found.due, found.provisional) == (d("2027-01-07"), True)
    assert [clock(received("2026-12-10"), today=day).lamp for day in ("2026-12-29", "2026-12-30", "2027-01-04")] == [
        "normal",
        "within_5",
        "within_2",
    ]


def test_local_days_off_count() -> None:
    local = Calendar.load(overrides=[Override(d("0310"), False, "地方节日")])
    found = case(received(), calendar=local).clock
    assert found.due == d("0331")
    assert found.calendar_version == local.calendar_version != CALENDAR.calendar_version


def test_values_cannot_be_changed() -> None:
    found = clock(received())
    with pytest.raises(AttributeError):
        found.due = d("0302")  # type: ignore[misc]
