"""The outcome catalogue of application-procedure.md §6, a test for each row, and the documents of §11."""

import pytest

from gongkai.annual_report.editions import table
from gongkai.statute import documents
from gongkai.statute.dispositions import FAMILIES, disposition, dispositions
from gongkai.statute.exemption_questions import QUESTIONS
from gongkai.statute.exemptions import GROUNDS
from gongkai.statute.facts import Facts

LABELS = {row.key: row.label for block in table("applications", "2021").blocks for row in block.rows}
"""The rows of table three as the form of 2021 prints them."""

CATALOGUE = [
    ("granted_already_public", "第三十六条第（一）项", "（一）予以公开"),
    ("granted", "第三十六条第（二）项", "（一）予以公开"),
    ("partially_granted", "第三十七条", "（二）部分公开"),
    ("denied_state_secret", "第十四条", "1.属于国家秘密"),
    ("denied_law_prohibits", "第十四条", "2.其他法律行政法规禁止公开"),
    ("denied_three_securities", "第十四条", "3.危及“三安全一稳定”"),
    ("denied_third_party", "第十五条、第三十二条", "4.保护第三方合法权益"),
    ("denied_internal_affairs", "第十六条第一款", "5.属于三类内部事务信息"),
    ("denied_deliberative", "第十六条第二款", "6.属于四类过程性信息"),
    ("denied_enforcement_file", "第十六条第二款", "7.属于行政执法案卷"),
    ("denied_administrative_query", "第三十六条第（七）项", "8.属于行政查询事项"),
    ("unable_not_exist", "第三十六条第（四）项", "1.本机关不掌握相关政府信息"),
    ("unable_not_held", "第三十六条第（五）项", "1.本机关不掌握相关政府信息"),
    ("unable_requires_creation", "第三十八条", "2.没有现成信息需要另行制作"),
    ("unable_still_unclear", "第三十条", "3.补正后申请内容仍不明确"),
    ("not_processed_petition", "第三十九条第一款", "1.信访举报投诉类申请"),
    ("not_processed_repeat", "第三十六条第（六）项", "2.重复申请"),
    ("not_processed_publication", "第三十九条第二款", "3.要求提供公开出版物"),
    ("not_processed_excessive", "第三十五条", "4.无正当理由大量反复申请"),
    ("not_processed_confirmation", "第二条、第三十八条", "5.要求行政机关确认或重新出具已获取信息"),
    (
        "other_supplement_lapsed",
        "第三十条",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    (
        "other_fee_lapsed",
        "第四十二条",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    ("other_misc", "第二条", "3.其他"),
]


@pytest.mark.parametrize(("code", "article", "row"), CATALOGUE, ids=[code for code, _, _ in CATALOGUE])
def test_outcome(code: str, article: str, row: str) -> None:
    found = disposition(code)
    assert (found.key, found.article) == (code, article)
    assert LABELS[found.row].startswith(row)


def test_the_catalogue_is_complete_and_in_order() -> None:
    assert list(dispositions()) == [code for code, _, _ in CATALOGUE]
    leaves = [key for key in LABELS if key in {found.row for found in dispositions().values()}]
    assert len(leaves) == 21
    assert [found.row for found in dispositions().values()] == sorted(
        (found.row for found in dispositions().values()), key=list(LABELS).index
    )


def test_every_row_of_an_outcome_in_table_three_has_a_code() -> None:
    totals = {"new_received", "carried_in", "total_handled", "carried_out"}
    assert set(LABELS) - totals == {found.row for found in dispositions().values()}


@pytest.mark.parametrize(
    ("codes", "keys", "first"),
    [
        (
            "granted granted_already_public denied_administrative_query unable_not_exist unable_not_held "
            "unable_requires_creation unable_still_unclear not_processed_petition not_processed_repeat "
            "not_processed_publication not_processed_excessive not_processed_confirmation "
            "other_supplement_lapsed other_fee_lapsed other_misc",
            ("reconsider_or_sue",),
            False,
        ),
        (
            "denied_state_secret denied_law_prohibits denied_three_securities denied_third_party "
            "denied_internal_affairs denied_deliberative denied_enforcement_file",
            ("reconsider_first",),
            True,
        ),
        ("partially_granted", ("reconsider_first", "reconsider_or_sue"), True),
    ],
    ids=["reconsider_or_sue", "reconsider_first", "partial"],
)
def test_remedies_by_family(codes: str, keys: tuple[str, ...], first: bool) -> None:
    for code in codes.split():
        assert (disposition(code).remedies, disposition(code).reconsider_first) == (keys, first)


def test_the_denied_grounds_are_those_that_go_to_reconsideration_first() -> None:
    assert {code for code, found in dispositions().items() if found.remedies == ("reconsider_first",)} == set(GROUNDS)


def test_every_code_that_the_examination_yields_exists() -> None:
    yielded = {
        code
        for question in QUESTIONS.values()
        for answer in question.answers
        for code in (answer.disposition, answer.withholds)
        if code
    }
    assert yielded | set(GROUNDS) <= set(dispositions())
    assert set(dispositions()) - yielded == {"other_fee_lapsed"}  # a lapse, found by the clock and not by a question


@pytest.mark.parametrize("code", list(dispositions()))
def test_each_has_family_document_letter_and_marker(code: str) -> None:
    found = disposition(code)
    assert code.startswith({"partial": "partially"}.get(found.family, found.family))
    assert found.family in FAMILIES
    assert found.template().key == found.document
    assert found.marker in "VMP"
    required = found.required_elements()
    assert required[: len(documents.common_elements())] == documents.common_elements()
    assert required[-1] == "救济途径"
    assert not found.requires or hasattr(Facts(), found.requires)
    assert found.discloses() is (code in ("granted", "partially_granted"))


def test_the_letter_of_a_denial_says_that_reconsideration_comes_first() -> None:
    for found in dispositions().values():
        says = "先申请行政复议的告知" in found.template().elements
        assert says is (found.family == "denied" and found.reconsider_first)


def test_each_outcome_has_a_document_of_its_own() -> None:
    used = [found.document for found in dispositions().values()]
    assert len(set(used)) == len(used)


@pytest.mark.parametrize(
    ("code", "element"),
    [
        ("granted_already_public", "获取该政府信息的方式、途径"),
        ("partially_granted", "对不予公开的内容说明理由"),
        ("denied_law_prohibits", "禁止公开的法律、行政法规的名称和条款"),
        ("denied_internal_affairs", "属于人事管理、后勤管理、内部工作流程中的哪一类"),
        ("denied_deliberative", "属于讨论记录、过程稿、磋商信函、请示报告中的哪一类"),
        ("unable_not_held", "能够确定负责公开的行政机关的，其名称、联系方式"),
        ("not_processed_repeat", "已作出的答复的文号、日期"),
        ("not_processed_publication", "获取的途径"),
    ],
)
def test_what_the_reply_must_contain(code: str, element: str) -> None:
    assert element in disposition(code).required_elements()


DOCUMENTS = (
    "application_form register_sheet receipt supplement_notice reasons_notice extension_notice thirdparty_letter "
    "consult_confirm consult_notice_applicant thirdparty_decision joint_letter assist_letter fee_notice deferred_notice "
    "review_sheet reply_granted reply_public reply_partial withdrawal_confirm correction_reply delivery_proof "
    "archive_cover"
).split()


@pytest.mark.parametrize("key", DOCUMENTS)
def test_document(key: str) -> None:
    found = documents.document(key)
    assert found.title
    assert found.when
    assert found.elements
    assert found.marker in "VP"


def test_documents_that_are_on_the_published_list_are_marked_so() -> None:
    listed = [key for key, found in documents.documents().items() if found.marker == "V"]
    assert listed == [*DOCUMENTS[:13], "review_sheet"]


@pytest.mark.parametrize(("prefix", "count"), [("reply_denied", 8), ("reply_unable", 4), ("notice_not_processed", 5), ("notice_lapsed", 2)])  # fmt: skip
def test_number_of_replies(prefix: str, count: int) -> None:
    assert sum(key.startswith(prefix) for key in documents.documents()) == count


def test_unknown_keys_are_errors() -> None:
    with pytest.raises(KeyError):
        disposition("denied")
    with pytest.raises(KeyError):
        documents.document("reply")
