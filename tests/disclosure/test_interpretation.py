"""The interpretation gate: plan and material before the final review, the third working day, the rates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.policy import policy_of
from gongkai.disclosure import actions, interpretation, sources, ties
from gongkai.disclosure.models import Link, Record
from tests.county import doer, person, signed_in
from tests.disclosure.test_actions import HANDLER, HEAD, LEADER, REVIEWER, SECRECY, a_draft, told

pytestmark = pytest.mark.usefixtures("county")

PLAN = {
    "outline": "背景、内容、范围", "forms": ["文字", "视频"], "channels": "县政府网站", "planned_on": date(2026, 3, 5),
    "responsible": "林禾", "lead": "沈沐",
}  # fmt: skip
WHOLE = "<p>一、制定背景。二、目标任务。三、主要内容。四、适用范围。</p>"
PARTICULARS = {"form": "文字", "institution": "县政府办公室", "interpreter": "政策法规科", "contact": "12345"}


def before_the_final_review(**more: Any) -> Record:
    record = actions.submit(doer(HANDLER), a_draft(needs_interpretation=True, **more))
    for username in (REVIEWER, HEAD, SECRECY):
        record = actions.pass_step(doer(username), record, record.digest(), proofread="没有发现差错")
    return record


def material(record: Record, **more: Any) -> Record:
    fields = {"title": f"解读：{record.title}", "document_no": "", "body": WHOLE, "genre": "解读",
              "column": "interpretation", "particulars": PARTICULARS} | more  # fmt: skip
    made = a_draft(**fields)
    ties.link(doer(HANDLER), made, record, Link.Kind.INTERPRETS)
    return made


def approve(record: Record) -> Record:
    for username in (REVIEWER, HEAD, SECRECY, LEADER):
        record = actions.pass_step(doer(username), record, record.digest(), proofread="没有发现差错")
    return record


def test_the_gate_asks_for_plan_and_material_and_opens_when_both_are_good() -> None:
    record = before_the_final_review()

    def gate() -> str:
        return told(actions.pass_step, doer(LEADER), record, record.digest(), proofread="没有发现差错")

    assert "解读方案没有写明：解读提纲、解读形式、发布渠道、解读时间、责任人、第一解读人" in gate()
    interpretation.plan(doer(HANDLER), record, **PLAN)
    assert "还没有解读材料" in gate()
    made = material(record, body="<p>好政策。</p>")
    assert "没有讲到：背景依据、目标任务、主要内容、涉及范围" in gate()
    actions.edit(doer(HANDLER), made, body=WHOLE)
    assert gate() == f"解读材料“{made.title}”还没有送审，应与文件同步审签。"
    actions.submit(doer(HANDLER), made)
    assert actions.pass_step(doer(LEADER), record, record.digest(), proofread="没有发现差错").state == "approved"


def test_of_a_video_its_maker_says_what_it_tells() -> None:
    record = before_the_final_review()
    made = material(record, body="<p>见视频。</p>", particulars=PARTICULARS | {"form": "视频"})
    assert "背景依据" in interpretation.lacking_in(made)
    told_all = PARTICULARS | {"form": "视频", "elements": ["背景依据", "目标任务", "主要内容", "涉及范围"]}
    actions.edit(doer(HANDLER), made, particulars=told_all)
    made.refresh_from_db()
    assert interpretation.lacking_in(made) == []
    actions.edit(doer(HANDLER), made, particulars=told_all | {"form": "文字"})  # of a text, the text is read
    made.refresh_from_db()
    assert "背景依据" in interpretation.lacking_in(made)


def test_a_normative_document_is_interpreted_or_says_why_not() -> None:
    record = a_draft(is_normative=True, effective_on=date(2026, 4, 1))
    assert "应当解读" in told(actions.submit, doer(HANDLER), record)
    actions.edit(doer(HANDLER), record, no_interpretation_reason="转发上级文件，没有新的措施")
    record.refresh_from_db()
    assert actions.submit(doer(HANDLER), record).state == "in_review"


def test_material_without_its_interpreter_is_not_submitted() -> None:
    made = material(a_draft(), particulars={})
    assert "没有填写解读形式。没有填写解读机构。没有填写解读人。没有填写联系方式。" in told(
        actions.submit, doer(HANDLER), made
    )


def test_document_and_interpretation_go_out_together_or_the_third_working_day_is_in_the_queue() -> None:
    record = before_the_final_review()
    interpretation.plan(doer(HANDLER), record, **PLAN)
    made = actions.submit(doer(HANDLER), material(record))
    record = actions.pass_step(doer(LEADER), record, record.digest(), proofread="没有发现差错")
    actions.publish(doer(HANDLER), record, together=True)
    waiting = list(sources.interpretations(policy_of(person(HANDLER))))
    assert [task.title for task in waiting] == [f"解读：{record.title}"]
    record.refresh_from_db()
    assert waiting[0].due == interpretation.due_on(record)
    approve(made)
    actions.publish(doer(HANDLER), made)
    assert list(sources.interpretations(policy_of(person(HANDLER)))) == []


def test_together_publishes_what_is_approved() -> None:
    record = before_the_final_review()
    interpretation.plan(doer(HANDLER), record, **PLAN)
    approve(actions.submit(doer(HANDLER), material(record)))
    record = actions.pass_step(doer(LEADER), record, record.digest(), proofread="没有发现差错")
    actions.publish(doer(HANDLER), record, together=True)
    assert Record.objects.filter(is_public=True).count() == 2


@pytest.mark.parametrize(
    ("published", "due"), [(date(2026, 9, 30), date(2026, 10, 10)), (date(2026, 2, 13), date(2026, 2, 25))]
)
def test_the_third_working_day(published: date, due: date) -> None:
    record = Record(needs_interpretation=True, published_at=timezone.make_aware(timezone.datetime(*published.timetuple()[:3], 16)))  # type: ignore[attr-defined]  # fmt: skip
    assert interpretation.due_on(record) == due


def test_rates_by_agency() -> None:
    record = before_the_final_review()
    interpretation.plan(doer(HANDLER), record, **PLAN)
    told_all = {"form": "视频", "elements": ["背景依据", "目标任务", "主要内容", "涉及范围"]}
    approve(actions.submit(doer(HANDLER), material(record, particulars=PARTICULARS | told_all)))
    record = actions.pass_step(doer(LEADER), record, record.digest(), proofread="没有发现差错")
    actions.publish(doer(HANDLER), record, together=True)
    year = timezone.localdate().year
    (row,) = interpretation.rates(Agency.objects.all(), year)
    assert (row.documents, row.interpreted, row.in_time, row.percent, row.percent_not_text) == (1, 1, 1, 100.0, 100.0)
    late = timezone.now() + timedelta(days=9)
    Record.objects.filter(column="interpretation").update(published_at=late)
    (row,) = interpretation.rates(Agency.objects.all(), year)
    assert (row.interpreted, row.in_time) == (1, 0)
    Record.objects.filter(pk=record.pk).update(no_interpretation_reason="转发")
    (row,) = interpretation.rates(Agency.objects.all(), year)
    assert (row.documents, row.exempt, row.interpretable, row.percent) == (1, 1, 0, None)
    assert interpretation.rates(Agency.objects.all(), year - 1) == []
    assert interpretation.whole([row, row]).documents == 2


def test_a_document_whose_material_is_taken_away_after_the_final_review_is_not_published() -> None:
    record = before_the_final_review()
    interpretation.plan(doer(HANDLER), record, **PLAN)
    made = approve(actions.submit(doer(HANDLER), material(record)))
    record = actions.pass_step(doer(LEADER), record, record.digest(), proofread="没有发现差错")
    ties.unlink(doer(HANDLER), made.links_out.get())
    assert "还没有解读材料" in told(actions.publish, doer(HANDLER), record)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"planned_on": date(1899, 1, 1)}, "解读时间 1899-01-01 早于1949年"),
        ({"planned_on": date(9999, 12, 31)}, "在50年以后"),
        ({name: [] if name == "forms" else None if name == "planned_on" else "" for name in PLAN}, "还是空的"),
    ],
)
def test_a_plan_that_says_nothing_or_nonsense_is_refused(changed: dict[str, Any], reason: str) -> None:
    assert reason in told(interpretation.plan, doer(HANDLER), a_draft(), **PLAN | changed)


def test_years_that_no_calendar_has_are_no_years() -> None:
    client = signed_in(HANDLER)
    for year in ("0000", "0001", "9999"):
        assert client.get(f"/office/records/interpretations/?year={year}").status_code == 200
