"""Personal data in places that nobody looks at: the smaller columns, contacts, names of files, what was cleared once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.demo.records import records
from gongkai.disclosure import actions, clearing, file_texts, files, help
from gongkai.disclosure.models import Attachment, Record
from tests.county import doer, signed_in
from tests.disclosure.test_actions import HANDLER, LEADER, REVIEWER, a_draft, published, told

pytestmark = pytest.mark.usefixtures("county")

MOBILE, CARD = "13987654321", "110101199003070038"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("issuing_body", f"青禾县民政局{MOBILE}"),
        ("keywords", f"低保，{CARD}"),
        ("source", f"来稿人手机{MOBILE}"),
        ("scope", f"只向{CARD}公开"),
        ("no_interpretation_reason", f"与{MOBILE}商定"),
    ],
)
def test_every_column_in_free_words_is_looked_through_and_masked(name: str, text: str) -> None:
    record = a_draft(**{name: text})
    assert "处个人信息" in told(actions.submit, doer(HANDLER), record)
    record = actions.mask(doer(HANDLER), record)
    assert help.blocking(record) == []
    assert "*" in getattr(record, name)


def test_so_is_the_reason_for_not_disclosing() -> None:
    record = a_draft(attribute="withheld", attribute_reason=f"涉及{CARD}的个人隐私")
    assert "处个人信息" in told(actions.submit, doer(HANDLER), record)


def test_a_contact_has_telephones_and_no_papers() -> None:
    given: dict[str, Any] = {"form": "文字", "institution": "县政府办", "interpreter": "林禾"}
    record = a_draft(column="interpretation", particulars=given | {"contact": f"手机{MOBILE}"})
    assert help.graves(record) == []
    actions.edit(doer(HANDLER), record, particulars=given | {"contact": f"身份证号{CARD}，0990-5551014"})
    record.refresh_from_db()
    assert [label for label, _ in help.graves(record)] == ["联系方式"]
    assert CARD not in actions.mask(doer(HANDLER), record).particulars["contact"]


def test_a_file_is_not_named_after_a_number() -> None:
    record = a_draft()
    name = f"王某{CARD}申请表.txt"
    said = told(files.attach, doer(HANDLER), record, name, "申请".encode())
    assert "里有个人信息，请改名后重新上传" in said
    assert CARD not in said
    kept = files.attach(doer(HANDLER), record, "申请表.txt", "申请".encode())
    Attachment.objects.filter(pk=kept.pk).update(name=name)  # as one that was kept before names were looked at
    record.refresh_from_db()
    assert "请改名后重新上传" in told(actions.submit, doer(HANDLER), record)


def test_no_record_of_the_demo_says_anything_grave_that_is_public() -> None:
    made = [one for one in records(date(2026, 11, 20)) if one.published]
    for one in made[::7]:
        fields = {name: value for name, value in one.fields.items() if name not in ("body", "field")}
        assert help.graves(Record(**fields)) == []
        assert [why for file in one.files for why in file_texts.why_not_name(file.name)] == []


def test_masking_one_text_leaves_the_place_where_it_is_cleared() -> None:
    body = f"<p>防汛值班手机{MOBILE}。</p>"
    record = a_draft(body=body)
    clearing.clear(doer(HANDLER), record, MOBILE, "duty", "防汛值班电话")
    record.refresh_from_db()
    actions.edit(doer(HANDLER), record, body=body + f"<p>第二段。</p><p>学生：王小明，家长手机{MOBILE}。</p>")
    record.refresh_from_db()
    record = actions.mask(doer(HANDLER), record, MOBILE)
    assert record.body.startswith(body)
    assert record.body.count(MOBILE) == 1
    assert "没有要遮盖" in told(actions.mask, doer(HANDLER), record, MOBILE)


def screen(by: str, record: Record) -> str:
    page: str = signed_in(by).get(f"/office/records/{record.pk}/").content.decode()
    return page


def test_what_is_cleared_and_gone_is_taken_back_before_the_review() -> None:
    record = a_draft(body=f"<p>防汛值班手机{MOBILE}。</p>")
    made = clearing.clear(doer(HANDLER), record, MOBILE, "duty", "防汛值班电话")
    record.refresh_from_db()
    actions.edit(doer(HANDLER), record, body="<p>值班电话见公告。</p>")
    record.refresh_from_db()
    page = screen(HANDLER, record)
    assert "稿件里已经没有，请收回" in page
    assert "按原样公开" not in page
    assert "送审前须处理的个人信息" not in page
    assert "稿件里已经没有手机号码139****4321，请先收回" in told(actions.submit, doer(HANDLER), record)
    assert "请先收回" in told(actions.force, doer(LEADER), record, "汛情", record.digest())
    clearing.take_back(doer(HANDLER), made)
    record.refresh_from_db()
    actions.submit(doer(HANDLER), record)


def test_a_cleared_number_that_stands_in_a_file_is_not_gone() -> None:
    record = a_draft()
    files.attach(doer(HANDLER), record, "值班表.txt", f"防汛值班手机：{MOBILE}".encode())
    file_texts.read_some()
    record.refresh_from_db()
    clearing.clear(doer(HANDLER), record, MOBILE, "duty", "防汛值班电话")
    record.refresh_from_db()
    actions.submit(doer(HANDLER), record)


def test_a_file_that_nobody_has_read_is_said_and_holds_the_review_once_it_leaks() -> None:
    record = a_draft()
    files.attach(doer(HANDLER), record, "名单.txt", f"王某身份证号{CARD}".encode())
    record.refresh_from_db()
    record = actions.submit(doer(HANDLER), record)
    for username in (HANDLER, REVIEWER):
        assert "附件“名单.txt”正在核对个人信息" in screen(username, record)
    file_texts.read_some()
    assert "正在核对个人信息" not in screen(REVIEWER, record)
    seen = record.digest()
    assert "请换成遮盖后的文件" in told(actions.pass_step, doer(REVIEWER), record, seen, proofread="没有发现差错")


def test_a_note_that_was_refused_stands_only_where_it_was_typed() -> None:
    record = published()
    actions.edit(doer(HANDLER), record, body="<p>每亩53000元。</p>")
    answer = signed_in(LEADER).post(f"/office/records/{record.pk}/withdraw/", {"note": f"误公开{MOBILE}"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(f"误公开{MOBILE}</textarea>") == 1
    page = signed_in(HANDLER).post(f"/office/records/{record.pk}/discard/", {"note": "重复"}).content.decode()
    assert "重复</textarea>" not in page


def test_nothing_is_headed_what_has_nothing_under_it() -> None:
    record = a_draft(body=f"<p>防汛值班手机{MOBILE}。</p>")
    assert "机器先看了一遍" in screen(HANDLER, record)
    clearing.clear(doer(HANDLER), record, MOBILE, "duty", "防汛值班电话")
    assert "机器先看了一遍" not in screen(HANDLER, record)


def test_who_ratifies_is_told_which_version() -> None:
    record = a_draft()
    actions.force(doer(LEADER), record, "汛情", record.digest())
    page = screen(REVIEWER, record)
    assert "待追认的是现在公开的<a" in page
    assert f"/office/records/{record.pk}/versions/1/" in page
    assert "此后有改动" not in page
    record.refresh_from_db()
    actions.edit(doer(HANDLER), record, body="<p>每亩53000元。</p>")
    assert "下面的稿件此后有改动，与它不同" in screen(REVIEWER, record)
