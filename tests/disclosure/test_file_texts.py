"""What files say: read by the clock, found by search once public, and personal data in them does not go out."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.policy import policy_of
from gongkai.demo.attachments import docx
from gongkai.disclosure import actions, file_texts, files, sources
from gongkai.disclosure.models import Attachment, Record, Shown
from gongkai.office import chores
from gongkai.portal.files import address
from gongkai.search.queries import find
from tests.county import doer, person, signed_in
from tests.disclosure.test_actions import HANDLER, HEAD, LEADER, REVIEWER, SECRECY, a_draft, approved, told

pytestmark = pytest.mark.usefixtures("county")

LEAK = docx(["领款人名单", "王某，身份证号 110101199003070038，900元"])


def with_file(record: Record, content: bytes = b"", name: str = "区片划分.docx") -> Attachment:
    return files.attach(doer(HANDLER), record, name, content or docx(["区片划分", "城关片包括东街社区"]))


def published_with_file() -> Record:
    """Public, and its file not read yet."""
    record = actions.submit(doer(HANDLER), a_draft())
    with_file(record)
    record = actions.submit(doer(HANDLER), record)
    for username in (REVIEWER, HEAD, SECRECY, LEADER):
        record = actions.pass_step(doer(username), record, record.digest(), proofread="没有发现差错")
    actions.publish(doer(HANDLER), record)
    return record


def test_the_chore_reads_each_file_once_and_says_why_one_says_nothing() -> None:
    record = a_draft()
    with_file(record)
    with_file(record, b"PK\x05\x06" + bytes(18), "空.zip")
    assert chores.CHORES["read-files"].run() == "读取了2个附件"
    assert chores.CHORES["read-files"].run() == ""
    word, archive = record.attachments.all()
    assert "城关片包括东街社区" in word.text
    assert "压缩包" in archive.unread
    page = signed_in(HANDLER).get(f"/office/records/{record.pk}/").content.decode()
    assert "文字可以搜到" in page
    assert "压缩包里的文字不提取" in page


def test_a_file_that_is_read_after_the_publication_is_found(django_capture_on_commit_callbacks: Any) -> None:
    published_with_file()
    assert find("东街社区").total == 0
    assert file_texts.read_some() == 1
    assert find("东街社区").total == 1


def test_a_record_that_is_withdrawn_while_its_file_is_read_stays_withdrawn() -> None:
    record = published_with_file()
    reading = file_texts.unread().select_related("record").get()
    actions.withdraw(doer(HEAD), record, "有误")
    file_texts._read(reading)
    assert find("东街社区").total == 0
    assert not Shown.objects.filter(pk=record.pk).exists()


def test_personal_data_in_a_file_stops_the_review_and_the_publication() -> None:
    record = a_draft()
    with_file(record, LEAK, "名单.docx")
    file_texts.read_some()
    assert "附件“名单.docx”里有 1 处个人信息（公民身份号码）" in told(actions.submit, doer(HANDLER), record)
    (finding,) = record.attachments.get().findings
    assert "199003070038" not in str(finding)
    files.detach(doer(HANDLER), record.attachments.get())
    assert actions.submit(doer(HANDLER), record).state == "in_review"


def test_a_file_that_was_read_only_after_the_review_does_not_go_out() -> None:
    record = approved()
    attachment = with_file(a_draft(), LEAK, "名单.docx")
    Attachment.objects.filter(pk=attachment.pk).update(record=record)
    file_texts.read_some()
    assert "请换成遮盖后的文件" in told(actions.publish, doer(HANDLER), record)


def offered(record: Record) -> Any:
    (file,) = record.attachments.all()
    return Client().get(address({"pk": file.pk, "name": file.name}))


def test_a_public_file_is_handed_out_once_it_has_been_read() -> None:
    record = published_with_file()
    answer = offered(record)
    assert (answer.status_code, answer.headers["Retry-After"]) == (409, "120")
    assert "正在核对个人信息" in answer.content.decode()
    file_texts.read_some()
    with closing(offered(record)) as answer:
        assert answer.status_code == 200


def test_a_file_found_leaking_after_an_emergency_stays_back_and_somebody_is_told() -> None:
    record = a_draft()
    with_file(record, LEAK, "名单.docx")
    record.refresh_from_db()
    actions.force(doer(LEADER), record, "汛情", record.digest())
    assert list(sources.leaks(policy_of(person(HANDLER)))) == []
    file_texts.read_some()
    assert "发现个人信息" in offered(record).content.decode()
    assert find("领款人名单").total == 0
    (task,) = sources.leaks(policy_of(person(HANDLER)))
    assert task.title == f"附件有个人信息：{record.title}"
    assert list(sources.leaks(policy_of(person("bai.lu")))) == []


def test_a_public_file_that_is_taken_out_of_the_draft_is_read_all_the_same() -> None:
    record = published_with_file()
    files.detach(doer(HANDLER), record.attachments.get())
    assert file_texts.read_some() == 1
    with closing(offered(record)) as answer:
        assert answer.status_code == 200


def test_a_file_that_is_gone_from_the_disk_is_said_and_stops_nothing() -> None:
    attachment = with_file(a_draft())
    Attachment.objects.filter(pk=attachment.pk).update(sha256="0" * 64)
    with_file(a_draft(), docx(["另一个"]), "另一个.docx")
    assert file_texts.read_some() == 2
    attachment.refresh_from_db()
    assert attachment.unread
    assert attachment.read_at
