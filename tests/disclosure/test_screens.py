"""Records on the office's screens: from an empty form to the public, with attachments, each refusal in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.agencies.doer import SYSTEM
from gongkai.audit.models import Entry
from gongkai.disclosure import actions, files
from gongkai.disclosure.catalogue import actions as catalogue
from gongkai.disclosure.models import Attachment, Record
from tests.county import agency, doer, signed_in
from tests.disclosure.test_actions import HANDLER, HEAD, LEADER, REVIEWER, SECRECY, a_draft, published, told

pytestmark = pytest.mark.usefixtures("county")

PDF = b"%PDF-1.7 a small file"


def form(**more: Any) -> dict[str, Any]:
    return {
        "agency": agency("人民政府办公室").pk, "title": "青禾县2026年低保标准", "document_no": "青政办发〔2026〕8号",
        "item": "A20_11", "theme": "民政、扶贫、救灾\\社会福利", "abstract": "城乡低保标准。", "body": "<p>每月900元。</p>",
        "attribute": "proactive", "formed_on": "2026-03-02", "scope": "全社会",
    } | more  # fmt: skip


def test_a_record_goes_from_an_empty_form_to_the_public() -> None:
    author = signed_in(HANDLER)
    assert author.get("/office/records/new/").status_code == 200
    answer = author.post("/office/records/new/", form())
    assert answer.status_code == 302, answer.content.decode()
    address = answer["Location"]
    author.post(address + "attach/", {"files": [SimpleUploadedFile("低保.pdf", PDF)]})
    assert author.post(address + "submit/").status_code == 302
    for username, step in ((REVIEWER, "初审"), (HEAD, "复审"), (SECRECY, "保密审查"), (LEADER, "终审")):
        client = signed_in(username)
        assert f"{step}：青禾县2026年低保标准" in client.get("/office/").content.decode(), username
        page = client.get(address).content.decode()
        digest = page.split('name="digest" value="')[1].split('"')[0]
        given = {"digest": digest} | ({"result": "clean"} if step != "保密审查" else {})
        assert client.post(address + "pass/", given).status_code == 302
    assert author.post(address + "publish/").status_code == 302
    record = Record.objects.get()
    assert record.is_public
    page = author.get(address).content.decode()
    assert "公布过的版本" in page
    assert "县政府办公室" in page or "青禾县人民政府办公室" in page


def test_a_grey_button_says_why() -> None:
    author = signed_in(HANDLER)
    address = author.post("/office/records/new/", form(attribute="", item=""))["Location"]
    page = author.get(address).content.decode()
    assert "没有标明公开属性" in page
    assert "没有选择法定公开事项" in page
    answer = author.post(address + "submit/")
    assert answer.status_code == 422
    assert "没有标明公开属性" in answer.content.decode()


def test_a_refused_form_keeps_what_was_typed() -> None:
    answer = signed_in(HANDLER).post("/office/records/new/", form(document_no="青政办发2026年8号"))
    assert answer.status_code == 422
    assert "年份用六角括号" in answer.content.decode()
    assert "每月900元" in answer.content.decode()
    assert not Record.objects.exists()


def test_a_return_without_a_reason_keeps_nothing_and_says_so() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    client = signed_in(REVIEWER)
    answer = client.post(f"/office/records/{record.pk}/return/", {"note": "  "})
    assert answer.status_code == 422
    assert "退回须写明理由" in answer.content.decode()
    client.post(f"/office/records/{record.pk}/return/", {"note": "请核对金额"})
    assert "请核对金额" in signed_in(HANDLER).get(f"/office/records/{record.pk}/").content.decode()


def test_text_of_a_record_cannot_become_markup() -> None:
    record = a_draft(title="<script>alert(1)</script>", body="<script>alert(2)</script><p onclick=x>文</p>")
    page = signed_in(HANDLER).get(f"/office/records/{record.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "onclick" not in page


def test_plain_text_becomes_paragraphs_and_a_word_table_stays_a_table() -> None:
    assert a_draft(body="第一行\n\n第二行 <3").body == "<p>第一行</p>\n<p>第二行 &lt;3</p>"
    pasted = '<p class="MsoNormal" style="mso-x:1">标准如下</p><table><tr><td width=3><b>等级</b></td><td>金额</td></tr></table>'
    kept = a_draft(body=pasted).body
    assert "<table" in kept
    assert "等级" in kept
    assert "mso" not in kept


def test_an_identity_number_stops_the_review_until_it_is_masked_with_one_click() -> None:
    record = a_draft(body="<p>补偿对象李<b>某</b>，公民身份号码11010519491231002X，每亩52000元。</p>")
    client = signed_in(HANDLER)
    page = client.get(f"/office/records/{record.pk}/").content.decode()
    assert "个人信息" in page
    assert "请遮盖后再送审" in told(actions.submit, doer(HANDLER), record)
    assert client.post(f"/office/records/{record.pk}/mask/").status_code == 302
    record.refresh_from_db()
    assert "19491231" not in record.body
    assert "每亩52000元" in record.body
    assert "<b>" in record.body or "<strong>" in record.body
    actions.submit(doer(HANDLER), record)
    assert "没有要遮盖" in told(actions.mask, doer(HANDLER), record)


def test_what_is_only_suspected_is_masked_one_by_one() -> None:
    record = a_draft(body="<table><tr><td>村</td><td>370828199003071234</td></tr></table>")
    page = signed_in(HANDLER).get(f"/office/records/{record.pk}/").content.decode()
    assert "遮盖这一处" in page
    assert "全部遮盖" not in page
    signed_in(HANDLER).post(f"/office/records/{record.pk}/mask/", {"only": "370828199003071234"})
    record.refresh_from_db()
    assert "370828********1234" in record.body


def test_a_wrong_word_is_pointed_out_with_its_suggestion() -> None:
    record = a_draft(body="<p>申请人应登陆网站查询，截止目前共12件。</p>")
    page = signed_in(HANDLER).get(f"/office/records/{record.pk}/").content.decode()
    assert "机器先看了一遍" in page
    assert "应为“" in page


def test_a_list_is_filtered_by_state_and_words() -> None:
    a_draft()
    published(title="青禾县教育收费目录", document_no="")
    client = signed_in(HANDLER)
    assert "教育收费" not in client.get("/office/records/?state=draft").content.decode()
    assert "教育收费" in client.get("/office/records/?q=教育").content.decode()
    assert "没有符合条件" in client.get("/office/records/?q=没有的词").content.decode()


# ---------------------------------------------------------------------------------------------------------- attachments


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.pdf", b"", "是空的"),
        ("程序.exe", b"MZ....", "程序或者脚本"),
        ("网页.html", b"<!doctype html><html><body><p>\xe6\x96\x87</p></body></html>", "这种文件不能发布"),
        ("宏.docm", b"PK\x03\x04", "有宏"),
        ("图.pdf", b"\x89PNG\r\n\x1a\n", "内容却是图片"),
        ("表.txt", b"\x00\x01\x02", "认不出文件的格式"),
        ("伪.png", b"<svg onload=alert(1)>", "内容却是"),
    ],
)
def test_a_file_that_cannot_be_published_is_refused_in_words(name: str, content: bytes, reason: str) -> None:
    record = a_draft()
    assert reason in told(files.attach, doer(HANDLER), record, name, content)
    assert not Attachment.objects.exists()


def test_a_file_is_kept_once_under_its_hash_and_its_name_is_harmless() -> None:
    record = a_draft()
    kept = files.attach(doer(HANDLER), record, "../../etc/附件\x00一.pdf", PDF)
    assert kept.name == "附件一.pdf"
    assert "已经在附件里" in told(files.attach, doer(HANDLER), record, "附件一.pdf", PDF)
    answer = signed_in(HANDLER).get(f"/office/records/{record.pk}/files/{kept.pk}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_download_of_a_draft_is_logged() -> None:
    record = a_draft()
    kept = files.attach(doer(HANDLER), record, "稿.pdf", PDF)
    signed_in(HANDLER).get(f"/office/records/{record.pk}/files/{kept.pk}/")
    assert Entry.objects.filter(verb="records.download").count() == 1


def test_a_file_of_another_record_is_not_reached_through_this_one() -> None:
    mine, other = a_draft(), a_draft(title="另一条")
    kept = files.attach(doer(HANDLER), other, "稿.pdf", PDF)
    assert signed_in(HANDLER).get(f"/office/records/{mine.pk}/files/{kept.pk}/").status_code == 404
    assert Client().get(f"/office/records/{other.pk}/files/{kept.pk}/").status_code == 302
    assert signed_in("tian.ye").get(f"/office/records/{other.pk}/files/{kept.pk}/").status_code == 403


def test_an_attachment_added_during_the_review_begins_it_anew() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    record = actions.pass_step(doer(REVIEWER), record, record.digest(), proofread="没有发现差错")
    files.attach(doer(HANDLER), record, "新.pdf", PDF)
    record.refresh_from_db()
    assert record.state == "draft"


def test_a_removed_file_stays_with_the_version_that_had_it() -> None:
    record = a_draft()
    kept = files.attach(doer(HANDLER), record, "附件.pdf", PDF)
    record.refresh_from_db()
    actions.force(doer(LEADER), record, "汛情", record.digest())
    files.detach(doer(HANDLER), kept)
    record.refresh_from_db()
    current = record.versions.first()
    assert current
    assert [file["name"] for file in current.files] == ["附件.pdf"]


def test_the_particulars_of_a_column_and_the_plan_are_filled_in() -> None:
    author = signed_in(HANDLER)
    address = author.post("/office/records/new/", form(column="meetings", needs_interpretation="on"))["Location"]
    assert "填写政府会议要素" in author.get(address).content.decode()
    seen = opened(author, address + "particulars/")
    wrong = author.post(address + "particulars/", {"kind": "政府常务会议", "held_on": "2026-02-30", "seen": seen})
    assert wrong.status_code == 422
    given = {"kind": "政府常务会议", "held_on": "2026-03-02", "topics": "预算", "decisions": "通过"}
    assert author.post(address + "particulars/", given | {"seen": seen}).status_code == 302
    assert Record.objects.get().particulars == given
    plan = {"outline": "背景", "forms": ["文字"], "channels": "网站", "planned_on": "2026-03-05", "lead": "沈沐"}
    assert author.post(address + "plan/", plan).status_code == 302
    page = author.get(address).content.decode()
    assert "还缺责任人" in page
    assert "政府常务会议" in page
    assert author.get("/office/records/interpretations/").status_code == 200


def test_particulars_go_where_the_column_goes() -> None:
    record = a_draft(column="meetings", particulars={"topics": "预算"})
    actions.edit(doer(HANDLER), record, column="education")
    assert Record.objects.get().particulars == {}


def test_personal_data_in_particulars_is_found_and_masked() -> None:
    record = a_draft(column="meetings", particulars={"topics": "救助李某，身份证号110101199003070038"})
    assert "公民身份号码" in told(actions.submit, doer(HANDLER), record)
    actions.mask(doer(HANDLER), record)
    assert "110101199003070038" not in Record.objects.get().particulars["topics"]


# ------------------------------------------------------------------------------------------------------ two editors at once


def opened(client: Client, address: str) -> str:
    """The mark of the state that an editor has before him."""
    return client.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]


def test_a_row_of_the_catalogue_chosen_meanwhile_is_not_undone_unseen() -> None:
    record, client = a_draft(), signed_in(HANDLER)
    address = f"/office/records/{record.pk}/edit/"
    seen = opened(client, address)
    row = catalogue.add(
        SYSTEM, record.agency, field=5, level1="低保", content="名单", limit="3个工作日", publisher="县民政局"
    )
    actions.edit(doer(REVIEWER), record, catalogue_row=row, field=5)
    seen_later = opened(client, address)
    actions.edit(doer(REVIEWER), record, catalogue_row=None)
    assert client.post(address, form(title="处理人的标题", seen=seen)).status_code == 422
    assert client.post(address, form(title="处理人的标题", seen=seen_later)).status_code == 422
    assert Record.objects.get().title != "处理人的标题"


@pytest.mark.parametrize("given", [{}, {"digest": ""}, {"digest": "0"}])
def test_an_emergency_is_not_sent_out_unseen(given: dict[str, str]) -> None:
    record = a_draft()
    answer = signed_in(LEADER).post(f"/office/records/{record.pk}/force/", {"note": "汛情", **given})
    assert "在您打开之后有改动" in answer.content.decode()
    assert not Record.objects.get().is_public


def test_who_saves_second_is_told_whose_change_he_would_undo_and_keeps_what_he_typed() -> None:
    record, client = a_draft(), signed_in(HANDLER)
    address = f"/office/records/{record.pk}/"
    seen = opened(client, address + "edit/")
    actions.edit(doer(REVIEWER), record, abstract="审核员改过的概述。")
    answer = client.post(address + "edit/", form(title="处理人的标题", seen=seen))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"稿件已被{doer(REVIEWER).who()}在" in page
    assert "处理人的标题" in page
    assert f'href="{address}"' in page
    assert "审核员改过的概述" in page  # what saving would undo
    assert Record.objects.get().abstract == "审核员改过的概述。"
    assert client.post(address + "edit/", form(title="处理人的标题")).status_code == 422  # without a mark nobody saves
    again = page.split('name="seen" value="')[1].split('"')[0]
    assert client.post(address + "edit/", form(title="处理人的标题", seen=again)).status_code == 302
    assert Record.objects.get().title == "处理人的标题"


def test_particulars_are_not_lost_to_a_second_editor_either() -> None:
    record, client = a_draft(column="meetings", particulars={"topics": "预算"}), signed_in(HANDLER)
    address = f"/office/records/{record.pk}/particulars/"
    seen = opened(client, address)
    actions.edit(doer(REVIEWER), record, particulars={"topics": "预算执行"})
    answer = client.post(address, {"topics": "决算", "seen": seen})
    assert (answer.status_code, "决算" in answer.content.decode()) == (422, True)
    assert Record.objects.get().particulars == {"topics": "预算执行"}


# ------------------------------------------------------------------------------------------------- what a reviewer signs


def seen_of(client: Client, address: str) -> str:
    return client.get(address).content.decode().split('name="digest" value="')[1].split('"')[0]


def test_who_passes_a_step_says_what_he_found_in_proofreading_and_the_file_names_the_step() -> None:
    record, client = actions.submit(doer(HANDLER), a_draft()), signed_in(REVIEWER)
    address = f"/office/records/{record.pk}/"
    digest = seen_of(client, address)
    nothing = client.post(address + "pass/", {"digest": digest, "note": "同意公开"})
    assert nothing.status_code == 422
    assert "校对情况" in nothing.content.decode()
    assert "同意公开</textarea>" in nothing.content.decode()
    unsaid = client.post(address + "pass/", {"digest": digest, "result": "found"})
    assert (unsaid.status_code, "请写明校对发现了什么" in unsaid.content.decode()) == (422, True)
    said = {"digest": digest, "result": "found", "found": "第二段“登陆”已请起草人改为“登录”", "note": "同意公开"}
    assert client.post(address + "pass/", said).status_code == 302
    assert record.events.last().note == "校对：第二段“登陆”已请起草人改为“登录”。审核意见：同意公开。"
    page = client.get(address).content.decode()
    assert "通过（初审）" in page
    assert "改为“登录”。审核意见：同意公开" in page


def test_a_review_of_nothing_seen_does_not_count() -> None:
    record, client = actions.submit(doer(HANDLER), a_draft()), signed_in(REVIEWER)
    answer = client.post(f"/office/records/{record.pk}/pass/", {"result": "clean"})
    assert (answer.status_code, "有改动" in answer.content.decode()) == (422, True)


def test_a_step_that_does_not_proofread_asks_for_an_opinion_only() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    for username in (REVIEWER, HEAD):
        record = actions.pass_step(doer(username), record, record.digest(), proofread="没有发现差错")
    client = signed_in(SECRECY)
    address = f"/office/records/{record.pk}/"
    page = client.get(address).content.decode()
    assert "校对情况" not in page
    assert "审核意见" in page
    assert client.post(address + "pass/", {"digest": seen_of(client, address), "note": "不涉密"}).status_code == 302
    assert record.events.last().note == "审核意见：不涉密。"
