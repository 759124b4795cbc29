"""No work is in nobody's queue: what waits for someone stands on the first screen of who can do it."""

from __future__ import annotations

import pytest

from gongkai.agencies.policy import policy_of
from gongkai.disclosure import actions, filing, scheduling, sources
from gongkai.disclosure.models import Record
from gongkai.office.tasks import queue
from tests.county import doer, person
from tests.disclosure.test_actions import HANDLER, HEAD, LEADER, REVIEWER, SECRECY, a_draft, approved, published
from tests.disclosure.test_clocks import soon

pytestmark = pytest.mark.usefixtures("county")

CLEAN = "没有发现差错"


def asked(username: str) -> dict[str, list[str]]:
    """The titles on this person's first screen, by kind."""
    return {kind.key: [task.title for task in tasks] for kind, tasks in queue(policy_of(person(username))) if tasks}


def corrected(record: Record) -> Record:
    record = actions.edit(doer(HANDLER), record, body="<p>每亩53000元。</p>")
    return actions.submit(doer(HANDLER), record)


def test_a_forced_publication_waits_for_whoever_may_ratify_it() -> None:
    record = a_draft()
    actions.force(doer(LEADER), record, "汛情", record.digest())
    for username in (HEAD, REVIEWER, SECRECY):
        assert asked(username)["ratify"] == [f"追认：{record.title}"]
    for username in (HANDLER, LEADER, "tian.ye"):
        assert "ratify" not in asked(username)
    record.refresh_from_db()
    record = corrected(record)  # a correction under review does not make anyone forget it
    assert asked(SECRECY)["ratify"] == [f"追认：{record.title}"]
    actions.ratify(doer(HEAD), record)
    assert "ratify" not in asked(SECRECY)
    assert "ratify" not in asked(HEAD)


def test_a_returned_correction_waits_for_its_author_though_the_record_is_public() -> None:
    record = corrected(published())
    actions.send_back(doer(REVIEWER), record, "请附依据")
    assert asked(HANDLER)["unfinished"] == [f"已退回：{record.title}"]
    (task,) = sources.unfinished(policy_of(person(HANDLER)))
    assert "请附依据" in task.note
    assert "unfinished" not in asked(LEADER)
    actions.submit(doer(HANDLER), record)
    assert "unfinished" not in asked(HANDLER)


def test_a_correction_that_was_begun_and_a_return_of_what_is_withheld_wait_too() -> None:
    record = published()
    actions.edit(doer(HANDLER), record, body="<p>每亩53000元。</p>")
    withheld = actions.submit(doer(HANDLER), a_draft(attribute="withheld", attribute_reason="内部事务信息"))
    actions.send_back(doer(REVIEWER), withheld, "理由不足")
    assert sorted(asked(HANDLER)["unfinished"]) == [f"修改稿还没有送审：{record.title}", f"已退回：{record.title}"]


def test_what_is_approved_waits_for_whoever_publishes() -> None:
    record = corrected(published())
    for username in (REVIEWER, HEAD, SECRECY, LEADER):
        record = actions.pass_step(doer(username), record, record.digest(), proofread=CLEAN)
    for username in (HANDLER, REVIEWER, LEADER):
        assert asked(username)["approved"] == [f"修改稿已审定，待发布：{record.title}"]
    assert "approved" not in asked(HEAD)
    actions.publish(doer(HANDLER), record, "更正每亩金额")
    assert "approved" not in asked(LEADER)


def test_each_stands_in_one_list_only() -> None:
    record = approved()
    assert asked(HANDLER) == {"approved": [f"已审定，待发布：{record.title}"]}
    scheduling.schedule(doer(HANDLER), record, soon(90))
    assert asked(HANDLER) == {"scheduled": [record.title]}
    returned = actions.submit(doer(HANDLER), a_draft())
    actions.send_back(doer(REVIEWER), returned, "请核对")
    assert asked(HANDLER) == {"scheduled": [record.title], "unfinished": [f"已退回：{returned.title}"]}


def test_whose_turn_it_is_to_ratify_is_kept_with_the_record() -> None:
    record = a_draft()
    actions.force(doer(LEADER), record, "汛情", record.digest())
    record.refresh_from_db()
    assert (record.turn, filing.standing_of(record).turn) == ("ratify", "ratify")
    actions.withdraw(doer(HEAD), record, "有误")
    assert Record.objects.get().turn == ""
