"""What comes by the clock: publication at a chosen time, documents that expire, re-assessment of what is withheld."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from gongkai.agencies.models import Posting, today
from gongkai.agencies.policy import policy_of
from gongkai.disclosure import actions, assessment, clocks, scheduling, sources
from gongkai.disclosure.models import Record
from gongkai.office import chores
from gongkai.office.models import ChoreRun
from gongkai.statute.calendar import default_calendar
from tests.county import doer, person, signed_in
from tests.disclosure.test_actions import HANDLER, HEAD, LEADER, REVIEWER, a_draft, approved, published, told

pytestmark = pytest.mark.usefixtures("county")


def soon(minutes: float = 5) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def test_the_clock_publishes_once_in_the_name_of_who_chose_the_time() -> None:
    record = scheduling.schedule(doer(HANDLER), approved(), soon())
    assert scheduling.publish_due() == (0, 0)
    assert scheduling.publish_due(soon(6)) == (1, 0)
    assert scheduling.publish_due(soon(7)) == (0, 0)
    record.refresh_from_db()
    assert (record.state, record.is_public, record.publish_at) == ("published", True, None)
    assert [event.kind for event in record.events.all()][-2:] == ["scheduled", "published"]
    assert record.events.last().staff == person(HANDLER)
    assert record.versions.count() == 1


def test_an_edit_ends_the_waiting() -> None:
    record = scheduling.schedule(doer(HANDLER), approved(), soon())
    actions.edit(doer(HANDLER), record, title="青禾县2026年征地补偿标准（修改）")
    assert scheduling.publish_due(soon(6)) == (0, 0)
    assert Record.objects.get().publish_at is None


def test_the_time_can_be_moved_and_taken_back() -> None:
    record = scheduling.schedule(doer(HANDLER), approved(), soon())
    record = scheduling.schedule(doer(HANDLER), record, soon(60))
    assert scheduling.publish_due(soon(6)) == (0, 0)
    record = scheduling.unschedule(doer(HANDLER), record)
    assert (record.state, record.publish_at) == ("approved", None)
    assert "没有定时发布" in told(scheduling.unschedule, doer(HANDLER), record)


def test_what_cannot_be_scheduled() -> None:
    assert "还没有审定" in told(scheduling.schedule, doer(HANDLER), a_draft(), soon())
    assert "时间已经过了" in told(scheduling.schedule, doer(HANDLER), approved(), soon(-1))


def test_a_right_that_was_lost_meanwhile_stops_the_clock_and_the_file_says_so() -> None:
    record = scheduling.schedule(doer(HANDLER), approved(), soon())
    Posting.objects.filter(staff=person(HANDLER)).update(until=today())
    assert scheduling.publish_due(soon(6)) == (0, 1)
    record.refresh_from_db()
    assert (record.state, record.is_public, record.publish_at) == ("approved", False, None)
    assert "到时没有发布" in record.events.last().note


def test_the_office_schedules_and_says_when() -> None:
    record, client = approved(), signed_in(HANDLER)
    address = f"/office/records/{record.pk}/"
    at = timezone.localtime(soon(90))
    assert client.post(address + "schedule/", {"at": "明天"}).status_code == 422
    assert client.post(address + "schedule/", {"at": f"{at:%Y-%m-%dT%H:%M}"}).status_code == 302
    assert f"{at:%H:%M}自动发布" in client.get(address).content.decode()
    assert f"{at:%H:%M}自动发布" in client.get("/office/").content.decode()
    assert client.post(address + "unschedule/").status_code == 302
    assert Record.objects.get().publish_at is None


def test_a_time_after_the_legal_limit_is_said_to_be_late_and_an_absurd_one_is_refused() -> None:
    record, client = approved(), signed_in(HANDLER)
    address = f"/office/records/{record.pk}/"
    for absurd in ("0001-01-01T00:00", "9999-12-31T23:59", f"{soon(60 * 24 * 400):%Y-%m-%dT%H:%M}"):
        assert client.post(address + "schedule/", {"at": absurd}).status_code == 422
    Record.objects.update(due_on=today())
    assert client.post(address + "schedule/", {"at": f"{soon(60 * 24 * 3):%Y-%m-%dT%H:%M}"}).status_code == 302
    assert "已经定时，但晚于法定期限" in client.get(address).content.decode()


# ---------------------------------------------------------------------------------------------------------------- chores


def test_the_chore_publishes() -> None:
    scheduling.schedule(doer(HANDLER), approved(), soon())
    Record.objects.update(publish_at=soon(-1))
    call_command("run_chores", "--once", verbosity=0)
    assert Record.objects.get().is_public
    assert ChoreRun.objects.get(key="publish").said == "发布了1条"


def test_a_chore_is_done_once_in_its_time_and_one_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def fails() -> str:
        raise RuntimeError("disk full")

    def sweep() -> str:
        done.append("swept")
        return "扫了"

    monkeypatch.setattr(chores, "CHORES", {})
    chores.register(chores.Chore("fails", "坏的", timedelta(minutes=1), fails))
    chores.register(chores.Chore("sweep", "打扫", timedelta(hours=1), sweep, at_hour=3))
    night = timezone.make_aware(datetime(2026, 3, 2, 3, 5))
    assert chores.run_due(night - timedelta(hours=1)) == {}
    assert chores.run_due(night) == {"sweep": "扫了"}
    assert chores.run_due(night + timedelta(minutes=30)) == {}
    ChoreRun.objects.filter(key="sweep").update(begun=night + timedelta(minutes=50))
    assert chores.run_due(night + timedelta(minutes=70)) == {}  # someone is at it
    assert chores.run_due(night + timedelta(hours=3)) == {"sweep": "扫了"}  # who was killed
    assert len(done) == 2
    assert ChoreRun.objects.get(key="fails").begun is None


# ----------------------------------------------------------------------------------------------- validity, re-assessment


def test_half_a_year_before_it_expires_a_document_is_in_the_queue() -> None:
    published(expires_on=today() + timedelta(days=120))
    (task,) = sources.expiring(policy_of(person(HANDLER)))
    assert (task.title, task.due) == ("有效期将满：青禾县2026年征地补偿标准", today() + timedelta(days=120))
    Record.objects.update(expires_on=today() + timedelta(days=400))
    assert list(sources.expiring(policy_of(person(HANDLER)))) == []


def withheld() -> Record:
    return a_draft(attribute="withheld", attribute_reason="条例第十六条，内部事务信息")


def test_what_is_withheld_is_looked_at_again_within_a_year() -> None:
    record = withheld()
    assert record.reassess_on == today() + timedelta(days=365)
    assert list(sources.reassessments(policy_of(person(REVIEWER)))) == []
    Record.objects.update(reassess_on=today())
    (task,) = sources.reassessments(policy_of(person(REVIEWER)))
    assert task.due == today()
    assessment.assess(doer(REVIEWER), record, "keep", "仍在决策过程中")
    record.refresh_from_db()
    assert record.reassess_on == today() + timedelta(days=365)
    assert record.assessments.get().next_on == record.reassess_on


def test_what_need_not_be_withheld_any_more_is_reviewed_like_any_other() -> None:
    record = withheld()
    assessment.assess(doer(HEAD), record, "disclose", "事项已经办结")
    record.refresh_from_db()
    assert (record.attribute, record.state, record.is_public, record.reassess_on) == ("proactive", "draft", False, None)
    assert record.due_on is not None and record.due_on > today()
    assert record.events.last().note == "经评估转为主动公开"


def test_an_assessment_says_why_and_of_what() -> None:
    record = withheld()
    assert "须写明理由" in told(assessment.assess, doer(LEADER), record, "keep", " ")
    assert "请选择评估结论" in told(assessment.assess, doer(LEADER), record, "", "仍需保密")
    assert "没有担任这样的岗位" in told(assessment.assess, doer(HANDLER), record, "keep", "仍需保密")
    assert "不用评估" in told(assessment.assess, doer(LEADER), published(), "keep", "x")


def test_the_office_shows_assessments() -> None:
    record, client = withheld(), signed_in(HEAD)
    address = f"/office/records/{record.pk}/"
    assert "条例第十八条" in client.get(address).content.decode()
    client.post(address + "assess/", {"outcome": "keep", "reason": "仍在决策过程中"})
    assert "维持不公开：仍在决策过程中" in client.get(address).content.decode()


# ------------------------------------------------------------------------------------------------- what the screens say


def test_the_page_says_how_long_there_is_or_by_how_much_it_is_late() -> None:
    record = a_draft(formed_on=today())
    record.due_on = default_calendar().add_working_days(today(), 4).date
    assert clocks.said(record).endswith("前公开，还有4个工作日")
    record.due_on = today()
    assert clocks.said(record).endswith("前公开，今天到期")
    record.due_on = today() - timedelta(days=30)
    days = default_calendar().working_days_between(record.due_on, today())
    assert clocks.said(record).endswith(f"前公开，逾期{days}个工作日")
    late = a_draft(formed_on=today() - timedelta(days=200))
    page = signed_in(HANDLER).get(f"/office/records/{late.pk}/").content.decode()
    assert "逾期" in page
    assert "还有 -" not in page


def test_what_is_not_to_be_disclosed_has_no_time_to_publish_and_does_not_wait_for_it() -> None:
    record = approved(attribute="on_application", attribute_reason="涉及第三方，条例第十五条")
    assert (record.due_on, clocks.said(record), record.state_label) == (None, "", "已审定，依申请公开")
    Record.objects.update(due_on=today() - timedelta(days=30))  # as it was kept before it was decided
    client = signed_in(HANDLER)
    for address in (f"/office/records/{record.pk}/", "/office/records/", "/office/"):
        page = client.get(address).content.decode()
        assert "待发布</b>" not in page
        assert "已审定，待发布</td>" not in page
        assert "逾期" not in page
    withdrawn = published()
    actions.withdraw(doer(HEAD), withdrawn, "有误")
    withdrawn.refresh_from_db()
    assert clocks.said(withdrawn) == ""


def test_a_draft_whose_attribute_is_not_decided_is_awaited_like_what_is_public() -> None:
    a_draft(attribute="", formed_on=today())
    (task,) = sources.due(policy_of(person(HANDLER)))
    assert task.title.startswith("草稿：")


def test_a_time_that_was_refused_stays_in_the_field() -> None:
    record, client = approved(), signed_in(HANDLER)
    past = f"{timezone.localtime(soon(-90)):%Y-%m-%dT%H:%M}"
    page = client.post(f"/office/records/{record.pk}/schedule/", {"at": past}).content.decode()
    assert "时间已经过了" in page
    assert f'value="{past}"' in page


def test_a_published_record_leads_to_its_public_page() -> None:
    record = approved()
    client = signed_in(HANDLER)
    assert f'href="/content/{record.pk}/"' not in client.get(f"/office/records/{record.pk}/").content.decode()
    actions.publish(doer(HANDLER), record)
    assert f'href="/content/{record.pk}/"' in client.get(f"/office/records/{record.pk}/").content.decode()
