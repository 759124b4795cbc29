"""A record goes through the reviews of its agency, and keeps those that it was submitted with."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.actions import correct, merge, move
from gongkai.agencies.doer import SYSTEM
from gongkai.agencies.models import Posting, today
from gongkai.disclosure import actions, filing, queries
from gongkai.disclosure.models import Record
from tests.county import agency, doer, person, signed_in
from tests.disclosure.test_actions import HANDLER, HEAD, LEADER, REVIEWER, SECRECY, a_draft, some_fields, told

pytestmark = pytest.mark.usefixtures("county")

WHO = {"first": REVIEWER, "second": HEAD, "secrecy": SECRECY, "final": LEADER}
LONG, SHORT = ["first", "second", "secrecy", "final"], ["first", "secrecy", "final"]
OFFICE = "人民政府办公室"


def chosen(review: str, name: str = OFFICE) -> None:
    correct(doer("luo.ping"), agency(name), review_own=review)


def passed(record: Record) -> Record:
    """The next step is done by whoever does it."""
    step = filing.standing_of(record).next_step
    assert step
    return actions.pass_step(doer(WHO[step.key]), record, record.digest(), proofread="没有发现差错")


def approved() -> Record:
    """A record that two levels have passed."""
    record = actions.submit(doer(HANDLER), a_draft())
    for _ in SHORT:
        record = passed(record)
    return record


def done(record: Record) -> list[str]:
    return [event.step for event in record.events.filter(kind="passed")]


@pytest.mark.parametrize(("was", "then", "steps"), [("three", "two", LONG), ("two", "three", SHORT)])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_change_at_any_moment_of_the_review_takes_and_adds_no_step(
    was: str, then: str, steps: list[str], after: int
) -> None:
    chosen(was)
    record = actions.submit(doer(HANDLER), a_draft())
    for number in range(len(steps)):
        if number == after:
            chosen(then)
        record = passed(Record.objects.get())
        is_last = number == len(steps) - 1
        assert record.state == ("approved" if is_last else "in_review")
        assert is_last or told(actions.publish, doer(HANDLER), record)
    assert done(record) == steps
    actions.publish(doer(HANDLER), record)
    assert queries.public().exists()


@pytest.mark.parametrize(("review", "steps"), [("three", LONG), ("two", SHORT), ("", LONG)])
def test_a_returned_record_is_submitted_anew_by_what_holds_then(review: str, steps: list[str]) -> None:
    record = passed(actions.submit(doer(HANDLER), a_draft()))
    chosen(review)
    actions.send_back(doer(HEAD), record, "请核对")
    record = actions.submit(doer(HANDLER), Record.objects.get())
    assert [step.key for step in filing.standing_of(record).steps] == steps


def test_the_choice_of_an_agency_holds_against_the_sites_and_for_those_below(settings: Any) -> None:
    for name in ("教育局", "第一中学", "水利局"):
        Posting.objects.create(staff=person("tian.ye"), agency=agency(name), post="handler")

    def steps(name: str) -> list[str]:
        record = actions.draft(doer("tian.ye"), agency(name), **some_fields())
        return [step.key for step in filing.steps_of(record)]

    chosen("two", "教育局")
    assert [steps(name) for name in ("教育局", "第一中学", "水利局")] == [SHORT, SHORT, LONG]
    settings.REVIEW_CHAIN = "two"
    chosen("three", "教育局")
    assert [steps(name) for name in ("教育局", "第一中学", "水利局")] == [LONG, LONG, SHORT]


def test_a_record_whose_agency_is_moved_or_merged_keeps_its_reviews() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    chosen("two", "教育局")
    move(SYSTEM, agency(OFFICE), agency("教育局"))
    assert agency(OFFICE).review == "two"
    assert [step.key for step in filing.standing_of(record).steps] == LONG
    merge(SYSTEM, agency(OFFICE), agency("教育局"), on=today())
    moved = Record.objects.get()
    assert moved.agency == agency("教育局")
    assert [step.key for step in filing.standing_of(moved).steps] == LONG


def test_the_queue_follows_the_reviews_of_the_agency() -> None:
    chosen("two")
    record = passed(actions.submit(doer(HANDLER), a_draft()))
    assert record.turn == "secrecy"
    assert not queries.waiting(person(HEAD)).exists()
    assert list(queries.waiting(person(SECRECY))) == [record]
    record = passed(record)
    assert list(queries.waiting(person(LEADER))) == [record]
    page = signed_in(LEADER).get(f"/office/records/{record.pk}/").content.decode()
    assert "终审" in page
    assert "复审" not in page.partition("office-steps")[2].partition("</ol>")[0]


def test_a_forced_publication_under_two_levels_still_needs_another_to_approve_it() -> None:
    chosen("two")
    record = a_draft()
    actions.force(doer(LEADER), record, "汛情", record.digest())
    record = Record.objects.get()
    assert record.turn == "ratify"
    chosen("three")
    assert "另一位追认" in told(actions.ratify, doer(LEADER), record)
    actions.ratify(doer(REVIEWER), record)
    assert Record.objects.get().turn == ""


def test_what_is_approved_stays_approved() -> None:
    chosen("two")
    approved()
    chosen("three")
    assert filing.standing_of(Record.objects.get()).state == "approved"
    actions.publish(doer(HANDLER), Record.objects.get())


def test_the_choice_costs_no_question_to_the_database() -> None:
    chosen("two", "人民政府")
    record = Record.objects.select_related("agency").prefetch_related("events").get(pk=approved().pk)
    with CaptureQueriesContext(connection) as captured:
        assert [step.key for step in filing.standing_of(record).steps] == SHORT
    assert list(captured) == []
