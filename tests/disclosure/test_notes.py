"""Notes beside a record: personal data is refused where it is typed, for nobody reviews or masks it afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.disclosure import actions, assessment, clearing, discarding, interpretation, notes
from gongkai.disclosure.models import FileEvent
from tests.county import doer
from tests.disclosure.test_actions import HANDLER, LEADER, REVIEWER, a_draft, approved, published, told

pytestmark = pytest.mark.usefixtures("county")

MOBILE, CARD = "13987654321", "110101199003070038"
PUBLIC, KEPT = "会向社会公布，请不要写号码", "会长期留存，请不要写号码"


def corrected() -> Any:
    record = published()
    actions.edit(doer(HANDLER), record, body="<p>每亩53000元。</p>")
    record.refresh_from_db()
    record = actions.submit(doer(HANDLER), record)
    for username in (REVIEWER, "fang.yuan", "gu.an", LEADER):
        record = actions.pass_step(doer(username), record, record.digest(), proofread="没有发现差错")
    return record


@pytest.mark.parametrize("number", [MOBILE, CARD])
def test_what_the_public_reads_has_no_number(number: str) -> None:
    record = corrected()
    assert f"更正说明{PUBLIC}" in told(actions.publish, doer(HANDLER), record, f"删去了王某的号码{number}")
    actions.publish(doer(HANDLER), record, "更正了补偿标准，咨询电话0571-88881234")
    assert f"撤回理由{PUBLIC}" in told(actions.withdraw, doer(LEADER), record, f"误公开了号码{number}")
    actions.withdraw(doer(LEADER), record, "误公开了个人信息")
    assert not FileEvent.objects.filter(note__contains=number).exists()


def test_what_is_kept_for_good_has_no_number() -> None:
    said = f"他的手机{MOBILE}写错了"
    record = a_draft()
    assert f"作废理由{KEPT}" in told(discarding.discard, doer(HANDLER), record, said)
    assert f"应急发布的理由{KEPT}" in told(actions.force, doer(LEADER), record, said, record.digest())
    record = actions.submit(doer(HANDLER), record)
    assert f"退回理由{KEPT}" in told(actions.send_back, doer(REVIEWER), record, said)
    seen = record.digest()
    assert f"审核意见{KEPT}" in told(actions.pass_step, doer(REVIEWER), record, seen, said, proofread="没有发现差错")
    assert f"校对情况{KEPT}" in told(actions.pass_step, doer(REVIEWER), record, seen, proofread=said)
    assert not FileEvent.objects.filter(note__contains=MOBILE).exists()


def test_nor_has_a_reassessment_or_a_plan() -> None:
    record = approved(attribute="withheld", attribute_reason="内部事务信息")
    assert f"评估理由{KEPT}" in told(assessment.assess, doer(LEADER), record, "keep", f"见{MOBILE}")
    assert f"第一解读人{KEPT}" in told(interpretation.plan, doer(HANDLER), a_draft(), lead=f"王海，手机{MOBILE}")


@pytest.mark.parametrize(
    "reason",
    ["即13 9876 54321这一部", "号码一三九八，１３９-８７６５-４３２１", "住青禾县城关镇东街12号3单元402室的王海同意"],
)
def test_the_reason_of_a_clearance_does_not_say_the_number_again(reason: str) -> None:
    record = a_draft(body=f"<p>防汛值班手机{MOBILE}。</p>")
    assert KEPT in told(clearing.clear, doer(HANDLER), record, MOBILE, "duty", reason)
    clearing.clear(doer(HANDLER), record, MOBILE, "duty", "2026年9月1日起的防汛值班电话")


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("删去了13 9876 54321", True),
        ("删去了 1101 0119 9003 0700 38", True),
        ("删去了１３９-８７６５-４３２１", True),
        ("更正了补偿标准，咨询电话0571-88881234", False),
        ("把2026-03-02 2026-04-01 2026-05-01改为2026-03-03", False),
        ("第3条的52000 53000 54000元改为55000元，见青政发〔2026〕12号", False),
        ("索引号11330100MB0001234X/2026-00012的附表第13 14 15行有误", False),
        ("身份证号码没有遮盖，误公开了个人信息", False),
    ],
)
def test_odd_groups_hide_nothing_and_days_and_sums_are_no_numbers_of_persons(text: str, is_refused: bool) -> None:
    assert bool(notes.why_not_publish("更正说明", text)) is is_refused
