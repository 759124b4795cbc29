"""Personal data that is cleared for publication: one piece, for a reason that the reviewers see, in text and files alike."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.policy import policy_of
from gongkai.audit.models import Entry
from gongkai.demo.attachments import docx
from gongkai.disclosure import actions, clearing, file_texts, files, filing, help, sources
from gongkai.disclosure.models import Clearance, Record
from gongkai.portal.files import address
from gongkai.search.queries import find
from tests.county import doer, person, signed_in
from tests.disclosure.test_actions import HANDLER, HEAD, LEADER, REVIEWER, SECRECY, a_draft, told

pytestmark = pytest.mark.usefixtures("county")

DUTY, OTHER = "13899990001", "13899990002"
BODY = f"<p>防汛值班手机{DUTY}，全天有人接听。</p>"
WHY = "duty", "县防汛抗旱指挥部值班电话"


def clear(record: Record, text: str = DUTY, by: str = HANDLER) -> Clearance:
    made = clearing.clear(doer(by), record, text, *WHY)
    record.refresh_from_db()
    return made


def reviewed(record: Record) -> Record:
    record = actions.submit(doer(HANDLER), record)
    for username in (REVIEWER, HEAD, SECRECY, LEADER):
        record = actions.pass_step(doer(username), record, record.digest(), proofread="没有发现差错")
    return record


def with_file(record: Record, text: str = f"值班手机：{DUTY}") -> Record:
    files.attach(doer(HANDLER), record, "值班表.docx", docx(["防汛值守安排", text]))
    file_texts.read_some()
    record.refresh_from_db()
    return record


def offered(record: Record) -> int:
    file = record.versions.first().files[0]  # type: ignore[union-attr]
    answer = Client().get(address(file))
    for _ in answer:
        pass  # a file that is read to its end is closed
    return answer.status_code


# ------------------------------------------------------------------------------------------------------------- one piece


def test_a_cleared_number_goes_the_whole_way_and_stands_as_it_is() -> None:
    record = a_draft(body=BODY)
    assert "依法应当公开的逐一写明理由" in told(actions.submit, doer(HANDLER), record)
    clear(record)
    assert help.blocking(record) == []
    assert "没有要遮盖" in told(actions.mask, doer(HANDLER), record)
    record = reviewed(record)
    version = actions.publish(doer(HANDLER), record)
    assert DUTY in version.content["body"]
    (clearance,) = Clearance.objects.filter(pk__in=version.clearances)
    assert (clearance.text, clearance.why) == (DUTY, f"履行职责的公务联系方式：{WHY[1]}")


def test_it_holds_for_exactly_this_text_and_this_record() -> None:
    record = a_draft(body=BODY + f"<p>联系手机{OTHER}。</p>")
    clear(record)
    assert [one.text for one in help.blocking(record)] == [OTHER]
    actions.mask(doer(HANDLER), record)
    record.refresh_from_db()
    assert DUTY in record.body
    assert OTHER not in record.body
    actions.edit(doer(HANDLER), record, body=BODY.replace(DUTY, OTHER))
    record.refresh_from_db()
    assert "1 处个人信息（手机号码）" in told(actions.submit, doer(HANDLER), record)
    assert help.blocking(a_draft(body=BODY))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>身份证号110101199003070038。</p>", "110101199003070038"),
        ("<p>开户银行卡号6222020200112233445。</p>", "6222020200112233445"),
        ("<p>护照E12345678。</p>", "E12345678"),
        ("<p>学生：王小明，家长手机13899990001。</p>", "王小明"),
        ("<p>学生：王小明，家长手机13899990001。</p>", DUTY),
    ],
)
def test_papers_cards_and_what_is_of_a_minor_are_only_masked(body: str, text: str) -> None:
    record = a_draft(body=body)
    assert text in [one.text for one in help.blocking(record)]
    assert told(clearing.clear, doer(HANDLER), record, text, *WHY) == clearing.ONLY_MASKED


def test_a_cleared_number_that_comes_to_stand_beside_a_child_is_masked_all_the_same() -> None:
    record = a_draft(body=BODY)
    clear(record)
    actions.edit(doer(HANDLER), record, body=BODY + "<p>第二段。</p><p>学生：王小明，家长手机13899990001。</p>")
    record.refresh_from_db()
    assert [one.text for one in help.blocking(record)] == ["王小明", DUTY]


@pytest.mark.parametrize(
    ("text", "ground", "reason", "reply"),
    [
        (DUTY, "", "值班电话", "请选择依法公开的依据"),
        (DUTY, "whim", "值班电话", "请选择依法公开的依据"),
        (DUTY, "duty", "  ", "请写明依法公开的具体理由"),
        (DUTY, "consent", f"手机{OTHER}的机主同意", "不要写号码"),
        (OTHER, "duty", "值班电话", "稿件里没有这一处"),
        ("", "duty", "值班电话", "稿件里没有这一处"),
    ],
)
def test_what_is_wanting_is_said(text: str, ground: str, reason: str, reply: str) -> None:
    assert reply in told(clearing.clear, doer(HANDLER), a_draft(body=BODY), text, ground, reason)
    assert not Clearance.objects.exists()


def test_it_is_for_who_may_edit_and_once() -> None:
    record = a_draft(body=BODY)
    assert "起草和修改稿件" in told(clearing.clear, doer(SECRECY), record, DUTY, *WHY)
    made = clear(record)
    assert "已经定为依法公开" in told(clearing.clear, doer(HANDLER), record, DUTY, *WHY)
    assert "起草和修改稿件" in told(clearing.take_back, doer(SECRECY), made)
    clearing.take_back(doer(HANDLER), made)
    assert "已经收回" in told(clearing.take_back, doer(HANDLER), made)
    assert clear(record).pk != made.pk


# ----------------------------------------------------------------------------------------------------------- the review


def test_it_begins_the_review_anew_and_who_cleared_it_does_not_review_it() -> None:
    record = a_draft(body=BODY + "<p>学校。</p>")
    made = clear(record)
    record = actions.submit(doer(HANDLER), record)
    record = actions.pass_step(doer(REVIEWER), record, record.digest(), proofread="没有发现差错")
    seen = record.digest()
    clearing.take_back(doer(HANDLER), made)
    record.refresh_from_db()
    assert (record.state, filing.standing_of(record).passed) == ("draft", ())
    assert "个人信息" in told(actions.submit, doer(HANDLER), record)
    clearing.clear(doer(REVIEWER), record, DUTY, "law", "防汛条例")
    record.refresh_from_db()
    assert record.digest() != seen
    record = actions.submit(doer(HANDLER), record)
    assert "有改动" in told(actions.pass_step, doer(REVIEWER), record, seen, proofread="没有发现差错")
    assert "不能审核自己" in told(actions.pass_step, doer(REVIEWER), record, record.digest(), proofread="没有发现差错")


def test_the_file_and_the_log_say_it_without_the_number() -> None:
    record = a_draft(body=BODY)
    clearing.take_back(doer(HANDLER), clear(record))
    said = [event.note for event in record.events.filter(kind="edited")]
    assert said == [
        f"{what}：手机号码138****0001（履行职责的公务联系方式：{WHY[1]}）" for what in ("依法公开", "收回依法公开")
    ]
    entries = Entry.objects.filter(verb__in=("records.clear", "records.unclear")).order_by("number")
    assert [entry.verb for entry in entries] == ["records.clear", "records.unclear"]
    assert all(entry.details["what"] == "手机号码138****0001" for entry in entries)
    assert DUTY not in str([vars(entry) for entry in entries])


def test_an_emergency_is_no_way_past_it_and_needs_another_person() -> None:
    record = a_draft(body=BODY)
    assert "个人信息" in told(actions.force, doer(LEADER), record, "汛情", record.digest())
    seen = record.digest()
    clear(record)
    assert "有改动" in told(actions.force, doer(LEADER), record, "汛情", seen)
    Clearance.objects.update(staff=person(LEADER))
    assert "请由另一位办理" in told(actions.force, doer(LEADER), record, "汛情", record.digest())
    Clearance.objects.update(staff=person(HANDLER))
    assert DUTY in actions.force(doer(LEADER), record, "汛情", record.digest()).content["body"]


# ---------------------------------------------------------------------------------------------------------------- files


def test_one_clearance_is_for_the_text_and_the_file() -> None:
    record = with_file(a_draft(body=BODY))
    assert told(actions.submit, doer(HANDLER), record).count("处个人信息") == 2
    (piece,) = clearing.pieces(record)
    assert piece.where == "正文、附件“值班表.docx”"
    clear(record)
    record = reviewed(record)
    actions.publish(doer(HANDLER), record)
    assert offered(record) == 200
    assert find("防汛值守安排").total == 1
    assert list(sources.leaks(policy_of(person(HANDLER)))) == []


def test_a_file_with_something_else_in_it_stays_back() -> None:
    record = with_file(a_draft(), f"值班手机：{DUTY}，王某身份证号110101199003070038")
    clear(record)
    assert "有 1 处个人信息（公民身份号码），请换成遮盖后的文件。" in told(actions.submit, doer(HANDLER), record)
    record = with_file(a_draft(), "\n".join(f"联系手机：{13800000000 + n}" for n in range(60)))
    for n in range(50):
        clear(record, str(13800000000 + n))
    assert "另有10处" in told(actions.submit, doer(HANDLER), record)


def test_a_file_that_is_already_public_opens_only_with_a_reviewed_correction() -> None:
    record = a_draft()
    files.attach(doer(HANDLER), record, "值班表.docx", docx(["防汛值守安排", f"值班手机：{DUTY}"]))
    record.refresh_from_db()
    actions.force(doer(LEADER), record, "汛情", record.digest())
    file_texts.read_some()
    clear(record)
    assert (offered(record), find("防汛值守安排").total) == (409, 0)
    assert list(sources.leaks(policy_of(person(HANDLER))))
    record = reviewed(record)
    actions.publish(doer(HANDLER), record, "值班表可以下载")
    assert (offered(record), find("防汛值守安排").total) == (200, 1)
    assert list(sources.leaks(policy_of(person(HANDLER)))) == []


def test_what_is_taken_back_holds_the_public_file_at_once() -> None:
    record = with_file(a_draft())
    made = clear(record)
    actions.publish(doer(HANDLER), reviewed(record))
    assert offered(record) == 200
    clearing.take_back(doer(HANDLER), made)
    assert (offered(record), find("防汛值守安排").total) == (409, 0)
    assert list(sources.leaks(policy_of(person(HANDLER))))
    record.refresh_from_db()
    clear(record)  # the working copy may have it again; the public waits for the review
    assert offered(record) == 409


def test_search_offers_the_file_beside_its_hit() -> None:
    record = with_file(a_draft())
    clear(record)
    actions.publish(doer(HANDLER), reviewed(record))
    assert "值班表.docx" in Client().get("/search?q=防汛值守安排").content.decode()


# -------------------------------------------------------------------------------------------------------------- screens


def post(by: str, record: Record, what: str, **given: Any) -> Any:
    return signed_in(by).post(f"/office/records/{record.pk}/{what}/", given)


def screen(by: str, record: Record, more: str = "") -> str:
    return signed_in(by).get(f"/office/records/{record.pk}/{more}").content.decode()


def test_the_drafter_clears_on_the_screen_and_every_reviewer_sees_why() -> None:
    record = a_draft(body=BODY)
    page = screen(HANDLER, record)
    assert "依法公开……" in page
    assert clearing.ONLY_MASKED in page
    refused = post(HANDLER, record, "clear", text=DUTY, ground="", reason="县防汛值班")
    assert refused.status_code == 422
    assert "请选择依法公开的依据" in refused.content.decode()
    assert "<details open>" in refused.content.decode()
    assert "县防汛值班</textarea>" in refused.content.decode()
    assert post(HANDLER, record, "clear", text=DUTY, ground="duty", reason="县防汛值班").status_code == 302
    page = screen(HANDLER, record)
    assert "送审前须处理的个人信息" not in page
    record = actions.submit(doer(HANDLER), record)
    for username in (REVIEWER, HEAD, SECRECY, LEADER):
        page = screen(username, record)
        assert page.index("请逐一核对依据和理由，再签署") < page.index("可以办的")
        assert f"{DUTY}</b>" in page
        assert "履行职责的公务联系方式：县防汛值班" in page
        assert "收回</button>" not in page or username == REVIEWER
        record = actions.pass_step(doer(username), record, record.digest(), proofread="没有发现差错")
    actions.publish(doer(HANDLER), record)
    assert "履行职责的公务联系方式：县防汛值班" in screen(HANDLER, record, "versions/1/")


def test_the_drafter_takes_it_back_on_the_screen() -> None:
    record = a_draft(body=BODY)
    made = clear(record)
    actions.publish(doer(HANDLER), reviewed(record))
    assert post(HANDLER, record, f"unclear/{made.pk}").status_code == 302
    page = screen(HANDLER, record)
    assert "不再依法公开，公布的页面上如果还有" in page
    assert "送审前须处理的个人信息 1 处" in page
    assert "收回</span>" in screen(HANDLER, record, "versions/1/")
    assert post(HANDLER, a_draft(), f"unclear/{made.pk}").status_code == 404


def test_what_is_cleared_and_gone_from_the_text_is_said() -> None:
    record = a_draft(body=BODY)
    clear(record)
    actions.edit(doer(HANDLER), record, body="<p>值班电话见公告。</p>")
    assert "稿件里已经没有，请收回" in screen(HANDLER, record)
