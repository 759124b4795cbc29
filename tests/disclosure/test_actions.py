"""A record from draft to withdrawal, through the verbs, on the database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.agencies.doer import SYSTEM, Doer, Refused
from gongkai.agencies.models import Posting, today
from gongkai.audit.models import Entry
from gongkai.disclosure import actions, filing, queries
from gongkai.disclosure.models import Record
from tests.county import agency, doer

pytestmark = pytest.mark.usefixtures("county")

HANDLER, REVIEWER, HEAD, SECRECY, LEADER = "lin.he", "zhou.qing", "fang.yuan", "gu.an", "shen.mu"


def some_fields(**more: Any) -> dict[str, Any]:
    return {
        "title": "青禾县2026年征地补偿标准", "document_no": "青政发〔2026〕3号", "item": "A20_11", "theme": "国土资源、能源\\土地",
        "abstract": "公布本县区片综合地价。", "body": "<p>每亩52000元。</p>", "attribute": "proactive",
        "formed_on": date(2026, 3, 2),
    } | more  # fmt: skip


def a_draft(**more: Any) -> Record:
    return actions.draft(doer(HANDLER), agency("人民政府办公室"), **some_fields(**more))


def approved(**more: Any) -> Record:
    record = actions.submit(doer(HANDLER), a_draft(**more))
    for username in (REVIEWER, HEAD, SECRECY, LEADER):
        record = actions.pass_step(doer(username), record, record.digest(), proofread="没有发现差错")
    return record


def published(**more: Any) -> Record:
    record = approved(**more)
    actions.publish(doer(HANDLER), record)
    record.refresh_from_db()
    return record


def told(verb: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)
    return "".join(refused.value.reasons)


def test_a_record_goes_the_whole_way() -> None:
    record = published()
    assert (record.state, record.is_public) == ("published", True)
    assert record.index_no == f"{agency('人民政府办公室').credit_code}/2026-00001"
    assert record.due_on == date(2026, 3, 30)
    assert list(queries.public()) == [record]
    version = queries.current(record)
    assert version
    assert version.content["body"] == "<p>每亩52000元。</p>"
    verbs = list(Entry.objects.filter(target_type="disclosure.record").values_list("verb", flat=True))
    assert verbs == ["records.draft", "records.submit", *["records.pass"] * 4, "records.publish"]


def test_index_numbers_count_up_and_are_never_reused() -> None:
    first, second = a_draft(), a_draft()
    actions.submit(doer(HANDLER), first)
    actions.submit(doer(HANDLER), second)
    numbers = [Record.objects.get(pk=one.pk).index_no for one in (first, second)]
    assert [n and n[-5:] for n in numbers] == ["00001", "00002"]
    second.refresh_from_db()
    actions.send_back(doer(REVIEWER), second, "题目有误")
    actions.submit(doer(HANDLER), second)
    second.refresh_from_db()
    assert second.index_no == numbers[1]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"attribute": ""}, "没有标明公开属性"),
        ({"item": ""}, "没有选择法定公开事项"),
        ({"theme": ""}, "没有选择主题分类"),
        ({"abstract": ""}, "没有填写内容概述"),
        ({"body": ""}, "没有正文，也没有附件"),
        ({"is_normative": True, "document_no": "", "effective_on": None}, "须有发文字号"),
        ({"formed_on": today() + timedelta(days=3)}, "还没有到"),
    ],
)
def test_what_is_missing_is_said_before_review(change: dict[str, Any], reason: str) -> None:
    assert reason in told(actions.submit, doer(HANDLER), a_draft(**change))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"document_no": "青政发2026年3号"}, "年份用六角括号"),
        ({"formed_on": date(1900, 1, 1)}, "早于1949年"),
        ({"formed_on": today() + timedelta(days=800)}, "在一年以后"),
        ({"formed_on": date(9999, 12, 31)}, "成文日期 9999-12-31 在50年以后"),
        ({"formed_on": date(2026, 3, 2), "changed_on": date(9999, 12, 31)}, "变更日期 9999-12-31 在50年以后"),
        ({"formed_on": date(2026, 3, 2), "changed_on": today() + timedelta(days=1)}, "还没有到"),
        ({"formed_on": date(2026, 3, 2), "changed_on": date(2026, 3, 1)}, "早于成文日期 2026-03-02"),
        ({"effective_on": date(1, 1, 1)}, "实施日期 0001-01-01 早于1949年"),
        ({"repealed_on": date(9999, 12, 31)}, "废止日期 9999-12-31 在50年以后"),
        ({"attribute": "withheld", "attribute_reason": "商业秘密", "formed_on": date(9999, 12, 31)}, "在50年以后"),
        ({"title": "\u200b\u202e"}, "标题："),
        ({"item": "A20_99"}, "没有这个法定公开事项"),
        ({"theme": "天文"}, "没有“天文”这个主题分类"),
        ({"attribute": "withheld"}, "须写明理由和依据"),
        ({"effective_on": date(2026, 5, 1), "expires_on": date(2026, 4, 1)}, "有效期不能早于"),
    ],
)
def test_nonsense_is_refused_at_once_and_nothing_is_saved(change: dict[str, Any], reason: str) -> None:
    assert reason in told(a_draft, **change)
    assert not Record.objects.exists()


def test_each_step_is_for_its_post_at_this_agency() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    digest = record.digest()
    assert "现在是初审，由本机关的信息公开审核员办理" in told(actions.pass_step, doer(LEADER), record, digest)
    assert "审核稿件" in told(actions.pass_step, doer("shan.quan"), record, digest)
    assert "您没有担任" in told(actions.pass_step, doer(HANDLER), record, digest)


def test_a_step_of_the_three_proofreadings_states_its_result() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    assert "初审要校对：请写明校对情况" in told(actions.pass_step, doer(REVIEWER), record, record.digest())
    actions.pass_step(doer(REVIEWER), record, record.digest(), proofread="没有发现差错")
    assert record.events.last().note == "校对：没有发现差错。"


def test_nobody_reviews_what_he_edited() -> None:
    record = a_draft()
    actions.edit(doer(REVIEWER), record, title="改过的题目")
    record = actions.submit(doer(HANDLER), record)
    assert "不能审核自己" in told(actions.pass_step, doer(REVIEWER), record, record.digest())


def test_an_attachment_or_a_word_changed_meanwhile_stops_the_review() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    seen = record.digest()
    Record.objects.filter(pk=record.pk).update(body="<p>另一个数</p>")
    assert "有改动" in told(actions.pass_step, doer(REVIEWER), record, seen)


def test_a_returned_record_carries_its_reason() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    assert "理由" in told(actions.send_back, doer(REVIEWER), record, "")
    actions.send_back(doer(REVIEWER), record, "地价与附件不一致")
    assert filing.standing_of(record).reason == "地价与附件不一致"


def test_what_is_not_proactive_never_becomes_public() -> None:
    record = approved(attribute="on_application", attribute_reason="涉及第三方，条例第十五条")
    assert "不能发布" in told(actions.publish, doer(HANDLER), record)
    record = a_draft(attribute="withheld", attribute_reason="国家秘密")
    assert "不能发布" in told(actions.force, doer(LEADER), record, "急", record.digest())


def test_a_correction_is_public_only_after_its_own_review_and_says_what_changed() -> None:
    record = published()
    record = actions.edit(doer(HANDLER), record, body="<p>每亩53000元。</p>")
    current = queries.current(record)
    assert current
    assert "52000" in current.content["body"]
    record = actions.submit(doer(HANDLER), record)
    for username in (REVIEWER, HEAD, SECRECY, LEADER):
        record = actions.pass_step(doer(username), record, record.digest(), proofread="没有发现差错")
    assert "更正了什么" in told(actions.publish, doer(HANDLER), record)
    version = actions.publish(doer(HANDLER), record, "更正每亩金额")
    assert (version.number, version.erratum) == (2, "更正每亩金额")
    assert "53000" in version.content["body"]


def test_a_forced_publication_is_out_at_once_and_must_be_ratified_by_another() -> None:
    record = a_draft()
    assert "应急发布" in told(actions.force, doer(HANDLER), record, "汛情", record.digest())
    actions.force(doer(LEADER), record, "汛情", record.digest())
    record.refresh_from_db()
    assert record.is_public
    assert "另一位追认" in told(actions.ratify, doer(LEADER), record)
    actions.edit(doer(REVIEWER), record, title="更正的标题")  # a correction begun by another changes nothing of that
    assert "另一位追认" in told(actions.ratify, doer(LEADER), record)
    record.refresh_from_db()
    actions.ratify(doer(HEAD), record)
    assert not filing.standing_of(record).is_forced


def test_what_is_forced_out_is_what_the_leader_saw() -> None:
    record = a_draft()
    seen = record.digest()
    actions.edit(doer(HANDLER), record, body="<p>每亩520000元。</p>")
    assert "在您打开之后有改动" in told(actions.force, doer(LEADER), record, "汛情", seen)
    assert "在您打开之后有改动" in told(actions.force, doer(LEADER), record, "汛情", "-")
    assert not queries.public().exists()


def test_a_withdrawn_record_is_gone_with_its_reason_kept() -> None:
    record = published()
    assert "撤回已发布的信息" in told(actions.withdraw, doer(HANDLER), record, "有误")
    actions.withdraw(doer(HEAD), record, "数据有误，更正后重新公布")
    assert not queries.public().exists()
    assert queries.current(Record.objects.get()) is None


def found(text: str) -> list[str]:
    from gongkai.search.queries import find

    return ["".join(piece.text for piece in hit.title) for hit in find(text).hits]


def test_search_finds_what_is_public_as_published_and_nothing_else() -> None:
    record = a_draft()
    assert found("征地") == []
    actions.force(doer(LEADER), record, "汛情", record.digest())
    assert found("征地") == found("52000") == found("青政发[2026]3号") == [record.title]
    actions.edit(doer(HANDLER), record, body="<p>机密数字7777777。</p>")
    assert found("7777777") == []
    actions.withdraw(doer(HEAD), Record.objects.get(), "有误")
    assert found("征地") == []


def test_the_cache_is_what_the_events_say() -> None:
    for record in (published(), approved(), a_draft()):
        stored = (record.state, record.is_public, record.turn)
        filing.refresh(record)
        assert stored == (record.state, record.is_public, record.turn)


def test_a_merger_moves_records_and_leaves_their_files_as_they_were() -> None:
    from gongkai.agencies.actions import merge

    Posting.objects.create(staff=doer("tian.ye").staff, agency=agency("水利局"), post="handler")  # type: ignore[misc]
    record = actions.draft(doer("tian.ye"), agency("水利局"), **some_fields())
    assert merge(SYSTEM, agency("水利局"), agency("自然资源局"), on=today())["政府信息"] == 1
    record.refresh_from_db()
    assert record.agency == agency("自然资源局")
    assert "青禾县" in record.events.get().who


def test_the_queue_asks_whose_turn_it_is_and_not_the_author() -> None:
    record = actions.submit(doer(HANDLER), a_draft())
    staff = doer(REVIEWER).staff
    assert staff
    assert list(queries.waiting(staff)) == [record]
    assert not queries.waiting(doer(HEAD).staff).exists()  # type: ignore[arg-type]
    assert isinstance(doer(REVIEWER), Doer)


def test_a_published_document_may_become_normative_and_the_chain_may_be_changed(settings: Any) -> None:
    record = published(effective_on=date(2026, 3, 2))
    settings.REVIEW_CHAIN = "two"
    actions.edit(doer(HANDLER), record, is_normative=True, no_interpretation_reason="没有新的措施")
    record.refresh_from_db()
    actions.submit(doer(HANDLER), record)
    assert [step.key for step in filing.standing_of(record).steps] == ["first", "secrecy", "legality", "final"]


def test_what_nobody_sees_is_not_kept() -> None:
    record = a_draft(
        title="\u202e防汛\u200b预案\x07",
        body="<p>汛\u200b期&#8238;值&#x200b;班\x1b</p><p>\ufeff</p>",
        abstract="一\n二\u2066",
    )
    assert (record.title, record.body, record.abstract) == ("防汛预案", "<p>汛期值班</p>", "一\n二")
