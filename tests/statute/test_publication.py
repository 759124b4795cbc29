"""The vectors of proactive-disclosure.md §1, §7, §9 and §10."""

from datetime import date

import pytest

from gongkai.statute import publication
from gongkai.statute.calendar import default_calendar
from gongkai.statute.publication import TimeLimit, parse_time_limit

CALENDAR = default_calendar()


@pytest.mark.parametrize(
    ("formed", "changed", "due"),
    [
        (date(2026, 1, 30), None, date(2026, 3, 5)),
        (date(2026, 9, 30), None, date(2026, 11, 3)),
        (date(2026, 1, 30), date(2026, 3, 2), date(2026, 3, 30)),
        (date(2026, 3, 2), date(2026, 1, 30), date(2026, 3, 30)),
    ],
)
def test_20_working_days_from_forming_or_change(formed: date, changed: date | None, due: date) -> None:
    result = publication.publish_by(formed, CALENDAR, changed_on=changed)
    assert (result.date, result.provisional) == (due, False)


def test_overdue_is_after_the_due_day() -> None:
    due = date(2026, 3, 5)
    assert not publication.is_overdue(due, date(2026, 3, 5), date(2026, 6, 1))
    assert publication.is_overdue(due, date(2026, 3, 6), date(2026, 3, 6))
    assert not publication.is_overdue(due, None, date(2026, 3, 5))
    assert publication.is_overdue(due, None, date(2026, 3, 6))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("信息形成或者变更之日起20个工作日内予以公开", TimeLimit("working_days", 20)),
        ("信息形成或者变更之日起20个工作日内", TimeLimit("working_days", 20)),
        ("信息形成变更之日起15个工作日内", TimeLimit("working_days", 15)),
        ("自该政府信息形成或变更之日起 20 个工作日之内及时公开。", TimeLimit("working_days", 20)),
        ("自信息形成之日起7个工作日内公开", TimeLimit("working_days", 7)),
        ("3个工作日", TimeLimit("working_days", 3)),
        ("10个工作日内公开；", TimeLimit("working_days", 10)),
        ("实时公开", TimeLimit("at_once", None)),
        (" 及时 公开。", TimeLimit("promptly", None)),
        ("长期公开", TimeLimit("standing", None)),
    ],
)
def test_time_limit_phrases(text: str, limit: TimeLimit) -> None:
    assert parse_time_limit(text) == limit


@pytest.mark.parametrize(
    "text", ["", "看情况", "每年1月31日前", "20个自然日", "3个工作日，重大的5个工作日", "之日起20个工作日"]
)
def test_unknown_time_limits_are_not_guessed(text: str) -> None:
    assert parse_time_limit(text) is None


@pytest.mark.parametrize(
    ("limit", "by_law", "due"),
    [
        (TimeLimit("working_days", 3), False, date(2026, 2, 4)),
        (TimeLimit("working_days", 30), False, date(2026, 3, 5)),
        (TimeLimit("working_days", 30), True, date(2026, 3, 19)),
        (TimeLimit("at_once", None), False, date(2026, 3, 5)),
    ],
)
def test_a_catalogue_row_may_shorten_and_only_a_law_may_lengthen(limit: TimeLimit, by_law: bool, due: date) -> None:
    assert publication.publish_by(date(2026, 1, 30), CALENDAR, limit=limit, set_by_law=by_law).date == due


@pytest.mark.parametrize(
    ("published", "due"),
    [(date(2026, 9, 30), date(2026, 10, 10)), (date(2026, 2, 13), date(2026, 2, 25))],
)
def test_interpretation_within_3_working_days(published: date, due: date) -> None:
    assert publication.interpret_by(published, CALENDAR).date == due


def test_consultation_of_30_days_counts_both_ends() -> None:
    first = date(2026, 3, 1)
    assert publication.consultation_until(first) == date(2026, 3, 30)
    assert publication.consultation_length(first, date(2026, 3, 30)) == 30
    assert not publication.needs_shortened_reason(first, date(2026, 3, 30))
    assert publication.needs_shortened_reason(first, date(2026, 3, 29))


def test_hearing() -> None:
    assert publication.hearing_materials_by(date(2026, 3, 10)) == date(2026, 3, 3)
    assert publication.hearing_announcements() == ("听证参加人名单", "遴选方式")


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("每月5日前公开", 1),
        ("按季度公开", 3),
        ("每 半年更新", 6),
        ("每年更新，20个工作日内", 12),
        ("及时公开", None),
        ("", None),
    ],
)
def test_how_often_the_words_want_it_renewed(text: str, months: int | None) -> None:
    assert publication.parse_period(text) == months


def test_what_is_renewed_is_due_a_period_and_the_limit_later() -> None:
    assert publication.renew_by(date(2026, 1, 31), 1, CALENDAR).date == date(
        2026, 3, 27
    )  # from 28 February, a working Saturday
    three = TimeLimit("working_days", 3)
    assert publication.renew_by(date(2025, 3, 2), 12, CALENDAR, three).date == date(2026, 3, 5)
    assert publication.renew_by(date(2024, 2, 29), 12, CALENDAR, three).date == date(2025, 3, 5)
