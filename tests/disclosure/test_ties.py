"""Ties stand on public pages at once: who may make one, and undo it."""

from __future__ import annotations

import pytest

from gongkai.audit.models import Entry
from gongkai.disclosure import ties
from gongkai.disclosure.models import Link, Record
from tests.county import agency, doer, signed_in
from tests.disclosure.test_actions import HANDLER, REVIEWER, a_draft, published, told

pytestmark = pytest.mark.usefixtures("county")


def of_another_agency() -> Record:
    record = published(document_no="青政发〔2026〕4号")
    Record.objects.filter(pk=record.pk).update(agency=agency("教育局"))
    record.refresh_from_db()
    return record


@pytest.mark.parametrize("kind", ["amends", "repeals"])
def test_nobody_says_of_another_agency_that_its_document_is_void(kind: str) -> None:
    own, other = a_draft(), of_another_agency()
    assert "会写在青禾县教育局的文件上" in told(ties.link, doer(HANDLER), own, other, kind)
    assert ties.link(doer(HANDLER), own, other, "related")


def test_a_tie_is_undone_by_who_could_make_it_and_the_log_knows() -> None:
    own, other = a_draft(), published(document_no="青政发〔2026〕4号")
    tie = ties.link(doer(HANDLER), own, other, "repeals")
    assert told(ties.unlink, doer("bai.lu"), tie)
    answer = signed_in(HANDLER).post(f"/office/records/{own.pk}/unlink/{tie.pk}/", follow=True)
    assert "已经取消关联" in answer.content.decode()
    assert not Link.objects.exists()
    assert Entry.objects.filter(verb="records.unlink").exists()


def test_what_is_public_is_tied_by_who_may_publish_it() -> None:
    public, other = published(), published(document_no="青政发〔2026〕4号")
    assert ties.link(doer(REVIEWER), public, other, "related")
    assert told(ties.link, doer("fang.yuan"), public, other, "consults")


def test_a_record_is_not_tied_to_itself() -> None:
    own = a_draft()
    assert told(ties.link, doer(HANDLER), own, own, "related") == "不能关联自己。"
