"""A review that nobody can end is said beforehand: at submission, on the record's page, to the openness office."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.agencies.actions import correct
from gongkai.agencies.models import Posting, Staff, today
from gongkai.agencies.policy import policy_of
from gongkai.disclosure import actions, chain, sources
from gongkai.disclosure.chain import unmanned
from gongkai.disclosure.models import Record
from gongkai.disclosure.review import steps_for
from tests.county import agency, doer, person, signed_in
from tests.disclosure.test_actions import HANDLER, HEAD, LEADER, REVIEWER, SECRECY, a_draft

THREE = steps_for("three")
NORMATIVE = steps_for("three", is_normative=True)
CLEAN = "没有发现差错"


@pytest.mark.parametrize(
    ("candidates", "missing"),
    [
        ("first=1 second=2 secrecy=3 final=4", ""),
        ("first= second=2 secrecy=3 final=4", "first"),
        ("first=1,2 second=1,2 secrecy=3 final=4", ""),
        ("first=1 second=1 secrecy=3 final=4", "second"),
        ("first=1,2 second=1 secrecy=2,3 final=3,4", ""),
        ("first=1,2 second=1 secrecy=2 final=4", "first"),
        ("first=1 second=2 secrecy=3 legality=2,4 final=4", "legality"),
        ("first=1 second=2 secrecy=3 legality=2,4,5 final=4", ""),
        ("first=1 second=2,5 secrecy=3 legality=2,4 final=4", ""),
        ("first= second= secrecy= final=", "first second secrecy final"),
    ],
)
def test_every_step_needs_a_person_of_its_own(candidates: str, missing: str) -> None:
    given = {
        key: frozenset(int(one) for one in people.split(",") if one)
        for key, _, people in (part.partition("=") for part in candidates.split())
    }
    steps = NORMATIVE if "legality" in given else THREE
    assert [step.key for step in unmanned(steps, given)] == missing.split()


NORM = {
    "is_normative": True, "effective_on": today(), "no_interpretation_reason": "没有新的措施", "formed_on": today(),
    "document_no": f"青政办发〔{today().year}〕3号",
}  # fmt: skip
"""A normative document, as far as it differs."""


def said(record: Record) -> list[str]:
    return [str(gap) for gap in chain.gaps(record)]


@pytest.mark.usefixtures("county")
def test_one_leader_and_one_head_cannot_also_review_the_legality() -> None:
    Posting.objects.filter(agency=agency("人民政府办公室"), post__in=("section_head", "leader")).exclude(
        staff__in=(person(HEAD), person(LEADER))
    ).delete()
    (why,) = said(a_draft(**NORM))
    assert why.startswith("没有人能办：合法性审核（")
    assert "同一稿件的各道审核由不同的人办理" in why
    assert "请管理员为青禾县人民政府办公室再任命一位分管领导或者科室负责人" in why
    assert said(a_draft()) == []
    second = Staff.objects.create_user("second", full_name="第二位")
    Posting.objects.create(staff=second, agency=agency("人民政府办公室"), post="section_head")
    assert said(a_draft(**NORM)) == []


@pytest.mark.usefixtures("county")
def test_who_left_who_is_suspended_and_who_wrote_it_does_not_count() -> None:
    Posting.objects.filter(agency=agency("人民政府办公室"), post="reviewer").exclude(staff=person(REVIEWER)).delete()
    record = a_draft()
    assert said(record) == []
    actions.edit(doer(REVIEWER), record, abstract="审核员改过。")
    assert "写过、改过、送审过" in said(record)[0]
    other = a_draft()
    Staff.objects.filter(username=REVIEWER).update(is_active=False)
    assert said(other)[0].startswith("没有人能办：初审（本机关没有在任的信息公开审核员）")
    Posting.objects.filter(staff=person(SECRECY)).update(until=today())
    assert len(said(other)) == 2


@pytest.mark.usefixtures("county")
def test_the_submission_warns_the_page_says_it_and_the_openness_office_has_it_in_its_queue() -> None:
    Posting.objects.filter(agency=agency("人民政府办公室"), post="secrecy").update(until=today())
    record, client = a_draft(), signed_in(HANDLER)
    address = f"/office/records/{record.pk}/"
    answer = client.post(address + "submit/", follow=True)
    assert answer.status_code == 200
    assert Record.objects.get().state == "in_review"  # it may be submitted all the same
    page = answer.content.decode()
    assert page.count("没有人能办：保密审查（本机关没有在任的保密审查员）") >= 2  # the message and the page
    competent: Any = Posting.objects.filter(post="competent", until=None).select_related("staff").first()
    (task,) = sources.stuck(policy_of(competent.staff))
    assert task.title == f"没有人能办保密审查：{record.title}"
    assert "再任命一位保密审查员" in task.note
    assert list(sources.stuck(policy_of(person(HANDLER)))) == []
    Posting.objects.filter(agency=agency("人民政府办公室"), post="secrecy").update(until=None)
    assert list(sources.stuck(policy_of(competent.staff))) == []


@pytest.mark.usefixtures("county")
def test_who_appoints_elsewhere_is_told_what_is_wanting_and_not_what_is_being_written() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    Record.objects.filter(pk=record.pk).update(agency=agency("教育局"))
    Posting.objects.filter(agency=agency("教育局")).update(until=date(2026, 1, 1))
    told = list(sources.stuck(policy_of(person("luo.ping"))))
    assert told
    for task in told:
        assert record.title not in task.title + task.note
        assert task.url == f"/office/agencies/{agency('教育局').pk}/"
        assert "再任命" in task.note


@pytest.mark.usefixtures("county")
def test_what_is_done_needs_nobody_any_more() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    record = actions.pass_step(doer(REVIEWER), record, record.digest(), proofread=CLEAN)
    Posting.objects.filter(agency=agency("人民政府办公室"), post="reviewer").update(until=today())
    assert said(record) == []


@pytest.mark.usefixtures("county")
def test_a_reviewer_who_opens_the_form_is_told_that_he_would_become_an_author() -> None:
    Posting.objects.filter(agency=agency("人民政府办公室"), post="reviewer").exclude(staff=person(REVIEWER)).delete()
    record = a_draft()
    client = signed_in(REVIEWER)
    address = f"/office/records/{record.pk}/edit/"
    assert "不能再审核" not in client.get(address).content.decode()
    actions.submit(doer(HANDLER), record)
    page = client.get(address).content.decode()
    assert "不能再审核这份稿件" in page
    assert "没有人能办：初审" in page
    assert "不能再审核" not in signed_in(HANDLER).get(address).content.decode()


@pytest.mark.usefixtures("county")
def test_an_agency_without_a_post_of_the_longer_chain_is_told_that_it_may_choose_the_shorter() -> None:
    Posting.objects.filter(agency=agency("人民政府办公室"), post="section_head").update(until=today())
    record = a_draft()
    (told,) = said(record)
    assert told.startswith("没有人能办：复审（本机关没有在任的科室负责人）。")
    assert told.endswith("不设这个岗位的，在机关的登记资料里把审核层级改为二级审核。")
    record = actions.submit(doer(HANDLER), record)
    assert said(record)[0].endswith("改为二级审核，再把这一件退回重新送审。")
    correct(doer("luo.ping"), agency("人民政府办公室"), review_own="two")
    record = Record.objects.select_related("agency").get()
    (told,) = said(record)  # it keeps the chain that it was submitted with
    assert "或者退回后重新送审：青禾县人民政府办公室现在按二级审核，没有这一道。" in told
    assert chain.gaps_if_edited(record, doer(LEADER).staff.pk) != []  # type: ignore[union-attr]
    assert chain.gaps_if_edited(record, doer(HEAD).staff.pk) == []  # type: ignore[union-attr]
    assert said(a_draft()) == []
