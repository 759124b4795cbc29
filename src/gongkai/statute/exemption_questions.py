"""The questions of `exemptions`, as a table: each names its article and what each of its answers leads to."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer leads to the `next` question, to a `step` to take before going on, or to a `disposition`.

    `withholds` notes a ground; `denies` ends the examination with this ground, or else with the first one noted.
    """

    key: str
    label: str
    next: str | None = None
    step: str | None = None
    disposition: str | None = None
    withholds: str | None = None
    denies: bool = False
    duty: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the article it comes from, and its answers."""

    key: str
    article: str
    text: str
    answers: tuple[Answer, ...]


FIRST: Final = "petition"

STEPS: Final = {
    "ask_reasons": "要求申请人说明理由（第三十五条）",
    "ask_supplement": "一次性告知申请人作出补正（第三十条）",
    "consult_third_party": "书面征求第三方的意见（第三十二条）",
    "ask_competent_body": "报有关主管部门或者保密行政管理部门确定（第十七条）",
}
"""Steps to take before the examination can go on. The article-17 question does not stop the clock (§7)."""


def _gate(key: str, article: str, text: str, yes: str, after: str) -> Question:
    """A question whose “yes” ends the examination and whose “no” leads on."""
    return Question(key, article, text, (Answer("yes", "是", disposition=yes), Answer("no", "否", next=after)))


def _ground(key: str, article: str, text: str, code: str, after: str) -> Question:
    """A question for a ground of arts 14 and 16: none of the information, part of it, or all of it."""
    answers: tuple[Answer, ...] = (
        Answer("no", "否", next=after),
        Answer("part", "部分内容是，该部分不予公开", next=after, withholds=code),
        Answer("all", "全部是，不予公开", withholds=code, denies=True),
    )
    if article == "第十四条":
        answers += (Answer("unsure", "不能确定", step="ask_competent_body"),)
    return Question(key, article, text, answers)


def _third_party(view: str, interest: str, decides: str, *, whole: bool) -> tuple[Question, ...]:
    """The matrix of application-procedure.md §5, for the `whole` of the information or for part of it."""

    def withhold(key: str, label: str) -> Answer:
        if whole:
            return Answer(key, label, withholds="denied_third_party", denies=True)
        return Answer(key, label, next="internal_affairs", withholds="denied_third_party")

    return (
        Question(
            view,
            "第三十二条",
            "第三方的意见是什么？",
            (
                Answer("ask", "尚未书面征求第三方的意见", step="consult_third_party"),
                Answer("consents", "同意公开", next="internal_affairs"),
                Answer("objects", "不同意公开且有合理理由", next=interest),
                Answer("unfounded", "不同意公开但没有合理理由", next=decides),
                Answer("silent", "逾期未提出意见", next=decides),
            ),
        ),
        Question(
            interest,
            "第三十二条",
            "不公开是否可能对公共利益造成重大影响？",
            (
                Answer(
                    "yes",
                    "是，决定予以公开",
                    next="internal_affairs",
                    duty="将决定公开的政府信息内容和理由书面告知第三方",
                ),
                withhold("no", "否，不予公开"),
            ),
        ),
        Question(
            decides,
            "第三十二条",
            "行政机关依照条例的规定决定是否公开？",
            (Answer("disclose", "公开", next="internal_affairs"), withhold("withhold", "不予公开")),
        ),
    )


_ORDER: Final = (
    Question(
        "petition",
        "第三十九条第一款",
        "是否以政府信息公开申请的形式进行信访、投诉、举报等活动？",
        (
            Answer("no", "否", next="excessive"),
            Answer("yes", "是", disposition="not_processed_petition", duty="可以告知通过相应渠道提出"),
            Answer("other", "咨询等，不是申请公开政府信息", disposition="other_misc"),
        ),
    ),
    Question(
        "excessive",
        "第三十五条",
        "申请公开政府信息的数量、频次是否明显超过合理范围？",
        (
            Answer("no", "否", next="clear"),
            Answer("ask", "是，尚未要求申请人说明理由", step="ask_reasons"),
            Answer("unreasonable", "是，申请理由不合理", disposition="not_processed_excessive"),
            Answer(
                "reasonable",
                "是，申请理由合理",
                next="clear",
                duty="无法在期限内答复的，可以确定延迟答复的合理期限并告知申请人",
            ),
        ),
    ),
    Question(
        "clear",
        "第三十条",
        "政府信息公开申请内容是否明确？",
        (
            Answer("yes", "明确", next="held"),
            Answer("ask", "不明确，尚未告知补正", step="ask_supplement"),
            Answer("still_unclear", "补正后申请内容仍不明确", disposition="unable_still_unclear"),
            Answer("lapsed", "无正当理由逾期不补正", disposition="other_supplement_lapsed"),
        ),
    ),
    Question(
        "held",
        "第三十六条第（四）、（五）项",
        "本行政机关是否掌握并负责公开所申请的信息？",
        (
            Answer("yes", "掌握，且由本行政机关负责公开", next="existing"),
            Answer("not_exist", "经检索没有所申请公开信息", disposition="unable_not_exist"),
            Answer(
                "not_held",
                "不属于本行政机关负责公开",
                disposition="unable_not_held",
                duty="能够确定负责公开该政府信息的行政机关的，告知其名称、联系方式",
            ),
        ),
    ),
    Question(
        "existing",
        "第三十八条",
        "是否为已制作或者获取的政府信息，不需要加工、分析？",
        (
            Answer("yes", "是", next="repeat"),
            Answer("no", "否，需要对现有政府信息进行加工、分析", disposition="unable_requires_creation"),
        ),
    ),
    Question(
        "repeat",
        "第三十六条第（六）项",
        "是否已就申请人的申请作出答复，申请人重复申请公开相同政府信息？",
        (
            Answer("no", "否", next="registry"),
            Answer("yes", "是", disposition="not_processed_repeat"),
            Answer(
                "confirmation",
                "要求行政机关确认或重新出具已获取信息",
                disposition="not_processed_confirmation",
            ),
        ),
    ),
    _gate(
        "registry",
        "第三十六条第（七）项",
        "是否属于工商、不动产登记资料等信息，有关法律、行政法规对信息的获取有特别规定？",
        "denied_administrative_query",
        "publication",
    ),
    _gate(
        "publication",
        "第三十九条第二款",
        "是否要求行政机关提供政府公报、报刊、书籍等公开出版物？",
        "not_processed_publication",
        "state_secret",
    ),
    _ground("state_secret", "第十四条", "是否为依法确定为国家秘密的政府信息？", "denied_state_secret", "law_prohibits"),
    _ground(
        "law_prohibits",
        "第十四条",
        "是否为法律、行政法规禁止公开的政府信息？",
        "denied_law_prohibits",
        "three_securities",
    ),
    _ground(
        "three_securities",
        "第十四条",
        "公开后是否可能危及国家安全、公共安全、经济安全、社会稳定？",
        "denied_three_securities",
        "third_party",
    ),
    Question(
        "third_party",
        "第十五条",
        "是否涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害？",
        (
            Answer("no", "否", next="internal_affairs"),
            Answer("part", "部分内容是", next="third_party_view"),
            Answer("all", "全部是", next="third_party_view_all"),
        ),
    ),
    *_third_party("third_party_view", "public_interest", "agency_decides", whole=False),
    *_third_party("third_party_view_all", "public_interest_all", "agency_decides_all", whole=True),
    _ground(
        "internal_affairs",
        "第十六条第一款",
        "是否为人事管理、后勤管理、内部工作流程等方面的内部事务信息，且决定不予公开？",
        "denied_internal_affairs",
        "deliberative",
    ),
    _ground(
        "deliberative",
        "第十六条第二款",
        "是否为讨论记录、过程稿、磋商信函、请示报告等过程性信息，法律、法规、规章没有规定应当公开，且决定不予公开？",
        "denied_deliberative",
        "enforcement_file",
    ),
    _ground(
        "enforcement_file",
        "第十六条第二款",
        "是否为行政执法案卷信息，法律、法规、规章没有规定应当公开，且决定不予公开？",
        "denied_enforcement_file",
        "separable",
    ),
    Question(
        "separable",
        "第三十七条",
        "不应当公开的内容能否作区分处理？",
        (
            Answer("yes", "能够作区分处理", disposition="partially_granted", duty="对不予公开的内容说明理由"),
            Answer("no", "不能作区分处理", denies=True),
        ),
    ),
    Question(
        "already_public",
        "第三十六条第（一）、（二）项",
        "所申请公开信息是否已经主动公开？",
        (
            Answer("yes", "已经主动公开", disposition="granted_already_public"),
            Answer("no", "可以公开", disposition="granted"),
        ),
    ),
)

QUESTIONS: Final[dict[str, Question]] = {question.key: question for question in _ORDER}
