"""A draft that is not wanted leaves every list and queue; its file stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.agencies.models import today
from gongkai.agencies.policy import policy_of
from gongkai.audit.models import Entry
from gongkai.disclosure import actions, assessment, clocks, discarding, files, interpretation, sources
from gongkai.disclosure.models import Link, Record
from gongkai.office.tasks import queue
from tests.county import doer, person, signed_in
from tests.disclosure.test_actions import HANDLER, HEAD, LEADER, REVIEWER, a_draft, published, told

pytestmark = pytest.mark.usefixtures("county")


def discarded(record: Record) -> Record:
    return discarding.discard(doer(HANDLER), record, "与另一条重复")


def test_a_discarded_draft_is_in_no_queue_list_or_search_and_its_file_says_why() -> None:
    record = a_draft(formed_on=today() - timedelta(days=200))
    client = signed_in(HANDLER)
    address = f"/office/records/{record.pk}/"
    assert record.title in client.get("/office/").content.decode()
    assert client.post(address + "discard/", {"note": " "}).status_code == 422
    assert client.post(address + "discard/", {"note": "与另一条重复"}).status_code == 302
    record.refresh_from_db()
    assert (record.state, clocks.said(record)) == ("discarded", "")
    for where in ("/office/", "/office/records/", "/office/find/?q=征地"):
        assert record.title not in client.get(where).content.decode(), where
    assert record.title in client.get("/office/records/?state=discarded").content.decode()
    page = client.get(address).content.decode()
    assert "作废理由：与另一条重复" in page
    assert "逾期" not in page
    assert address + "edit/" not in page
    assert Entry.objects.get(verb="records.discard").details == {"reason": "与另一条重复"}


def test_a_returned_draft_may_be_discarded_and_what_was_ever_public_not() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    assert "审核中，不能作废" in told(discarding.discard, doer(HANDLER), record, "重复")
    actions.send_back(doer(REVIEWER), record, "与另一条重复")
    assert discarded(record).state == "discarded"
    public = published()
    actions.edit(doer(HANDLER), public, body="<p>改。</p>")
    assert "公开过，不能作废" in told(discarding.discard, doer(HANDLER), public, "重复")
    assert "您没有担任" in told(discarding.discard, doer(HEAD), a_draft(), "重复")


def test_nothing_can_be_done_to_it_any_more() -> None:
    record = discarded(a_draft(attribute="withheld", attribute_reason="内部事务信息"))
    refused = [
        told(actions.edit, doer(HANDLER), record, title="改"), told(actions.submit, doer(HANDLER), record),
        told(files.attach, doer(HANDLER), record, "附件.txt", "文".encode()), told(actions.mask, doer(HANDLER), record),
        told(actions.force, doer(LEADER), record, "急", record.digest()), told(assessment.assess, doer(HEAD), record, "disclose", "可以公开"),
        told(discarding.discard, doer(HANDLER), record, "再次"),
    ]  # fmt: skip
    assert all("已作废" in reasons for reasons in refused), refused
    Record.objects.update(reassess_on=today())
    assert list(sources.reassessments(policy_of(person(REVIEWER)))) == []
    assert [kind.key for kind, tasks in queue(policy_of(person(HANDLER))) if tasks] == []


def test_it_opens_no_form() -> None:
    record = discarded(a_draft())
    answer = signed_in(HANDLER).get(f"/office/records/{record.pk}/edit/")
    assert answer.status_code == 422
    assert "已作废，不能再修改。" in answer.content.decode()


def test_an_interpretation_that_was_given_up_interprets_nothing() -> None:
    document = a_draft(needs_interpretation=True)
    material = a_draft(column="interpretation", title="解读")
    Link.objects.create(source=material, target=document, kind="interprets")
    assert list(interpretation.materials(document)) == [material]
    discarded(material)
    assert list(interpretation.materials(document)) == []
