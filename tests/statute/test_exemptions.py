"""The examination: its order, every way it can end, and that no path loops or dangles."""

from collections.abc import Iterator

import pytest

from gongkai.statute.exemption_questions import FIRST, QUESTIONS, STEPS
from gongkai.statute.exemptions import GROUNDS, AnswerError, Examination, examine, explain

CLEAR = {
    "petition": "no",
    "excessive": "no",
    "clear": "yes",
    "held": "yes",
    "existing": "yes",
    "repeat": "no",
    "registry": "no",
    "publication": "no",
    "state_secret": "no",
    "law_prohibits": "no",
    "three_securities": "no",
    "third_party": "no",
    "internal_affairs": "no",
    "deliberative": "no",
    "enforcement_file": "no",
}


def until(key: str, answer: str) -> dict[str, str]:
    """The answers of a harmless application up to `key`, which is answered otherwise."""
    before = list(CLEAR)[: list(CLEAR).index(key)]
    return {name: CLEAR[name] for name in before} | {key: answer}


def test_the_order_of_examination() -> None:
    asked, answers = [], {}
    while (question := examine(answers).question) and question.key in CLEAR:
        asked.append(question.key)
        answers[question.key] = CLEAR[question.key]
    assert asked == list(CLEAR)
    assert question
    assert question.key == "already_public"


@pytest.mark.parametrize(
    ("key", "answer", "disposition"),
    [
        ("petition", "yes", "not_processed_petition"),
        ("petition", "other", "other_misc"),
        ("excessive", "unreasonable", "not_processed_excessive"),
        ("clear", "still_unclear", "unable_still_unclear"),
        ("clear", "lapsed", "other_supplement_lapsed"),
        ("held", "not_exist", "unable_not_exist"),
        ("held", "not_held", "unable_not_held"),
        ("existing", "no", "unable_requires_creation"),
        ("repeat", "yes", "not_processed_repeat"),
        ("repeat", "confirmation", "not_processed_confirmation"),
        ("registry", "yes", "denied_administrative_query"),
        ("publication", "yes", "not_processed_publication"),
        ("state_secret", "all", "denied_state_secret"),
        ("law_prohibits", "all", "denied_law_prohibits"),
        ("three_securities", "all", "denied_three_securities"),
        ("internal_affairs", "all", "denied_internal_affairs"),
        ("deliberative", "all", "denied_deliberative"),
        ("enforcement_file", "all", "denied_enforcement_file"),
    ],
)
def test_one_answer_leads_to_the_disposition(key: str, answer: str, disposition: str) -> None:
    result = examine(until(key, answer))
    assert result.disposition == disposition
    assert (result.question, result.step) == (None, None)
    assert result.path[-1].question.key == key


@pytest.mark.parametrize(("answer", "disposition"), [("yes", "granted_already_public"), ("no", "granted")])
def test_nothing_to_withhold_is_disclosed(answer: str, disposition: str) -> None:
    assert examine(CLEAR | {"already_public": answer}).disposition == disposition


@pytest.mark.parametrize("key", ["state_secret", "three_securities", "internal_affairs", "enforcement_file"])
def test_a_part_withheld_is_separated_or_denied(key: str) -> None:
    answers = CLEAR | {key: "part"}
    waiting = examine(answers)
    assert waiting.question
    assert waiting.question.key == "separable"
    partly = examine(answers | {"separable": "yes"})
    assert partly.disposition == "partially_granted"
    assert partly.withheld == (f"denied_{key}",)
    assert partly.duties == ("对不予公开的内容说明理由",)
    assert examine(answers | {"separable": "no"}).disposition == f"denied_{key}"


def test_several_grounds_are_all_noted_and_the_first_decides() -> None:
    answers = CLEAR | {"law_prohibits": "part", "deliberative": "part"}
    result = examine(answers | {"separable": "no"})
    assert result.disposition == "denied_law_prohibits"
    assert result.withheld == ("denied_law_prohibits", "denied_deliberative")


def test_a_ground_that_covers_all_decides_over_one_that_covers_part() -> None:
    result = examine(until("deliberative", "all") | {"law_prohibits": "part"})
    assert result.disposition == "denied_deliberative"
    assert result.withheld == ("denied_law_prohibits", "denied_deliberative")


THIRD_PARTY = [
    # application-procedure.md §5, row by row: the third party, public interest or decision, disclosed or not
    ("consents", None, None, True),
    ("objects", "public_interest", "yes", True),
    ("objects", "public_interest", "no", False),
    ("unfounded", "agency_decides", "disclose", True),
    ("unfounded", "agency_decides", "withhold", False),
    ("silent", "agency_decides", "disclose", True),
    ("silent", "agency_decides", "withhold", False),
]


@pytest.mark.parametrize(("view", "question", "answer", "disclosed"), THIRD_PARTY)
@pytest.mark.parametrize(("extent", "suffix"), [("part", ""), ("all", "_all")])
def test_third_party_matrix(
    view: str, question: str | None, answer: str | None, disclosed: bool, extent: str, suffix: str
) -> None:
    answers = until("third_party", extent) | {f"third_party_view{suffix}": view}
    if question and answer:
        answers[f"{question}{suffix}"] = answer
    result = examine(answers)
    if disclosed or extent == "part":
        assert result.question
        assert result.question.key == "internal_affairs"
    else:
        assert result.disposition == "denied_third_party"
    assert result.withheld == (() if disclosed else ("denied_third_party",))
    told = "将决定公开的政府信息内容和理由书面告知第三方" in result.duties
    assert told == (answer == "yes")


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        (until("excessive", "ask"), "ask_reasons"),
        (until("clear", "ask"), "ask_supplement"),
        (until("state_secret", "unsure"), "ask_competent_body"),
        (until("third_party", "all") | {"third_party_view_all": "ask"}, "consult_third_party"),
        (until("third_party", "part") | {"third_party_view": "ask"}, "consult_third_party"),
    ],
)
def test_a_step_comes_before_going_on(answers: dict[str, str], step: str) -> None:
    result = examine(answers)
    assert (result.step, result.disposition, result.question) == (step, None, None)
    assert step in STEPS


def test_reasonable_reasons_allow_a_deferred_reply() -> None:
    result = examine(until("excessive", "reasonable"))
    assert result.question
    assert result.question.key == "clear"
    assert result.duties == ("无法在期限内答复的，可以确定延迟答复的合理期限并告知申请人",)


def test_wrong_answers_are_refused() -> None:
    with pytest.raises(AnswerError, match="^petition: no answer 'maybe'$"):
        examine({"petition": "maybe"})
    with pytest.raises(AnswerError, match="^answered but not asked: excessive$"):
        examine({"petition": "yes", "excessive": "no"})
    with pytest.raises(AnswerError, match="^answered but not asked: clear, held$"):
        examine({"held": "yes", "clear": "yes"})


def test_the_path_can_be_put_on_file() -> None:
    lines = explain(examine(until("excessive", "unreasonable"))).splitlines()
    assert lines == [
        "第三十九条第一款 是否以政府信息公开申请的形式进行信访、投诉、举报等活动？——否",
        "第三十五条 申请公开政府信息的数量、频次是否明显超过合理范围？——是，申请理由不合理",
    ]


def every_end(answers: dict[str, str]) -> Iterator[Examination]:
    """Every end below `answers`; the exemption questions are independent, so only three are varied."""
    result = examine(answers)
    if result.question is None:
        yield result
        return
    question = result.question
    fixed = question.key in ("law_prohibits", "three_securities", "deliberative", "enforcement_file")
    for answer in question.answers[:1] if fixed else question.answers:
        yield from every_end(answers | {question.key: answer.key})


def test_every_path_ends_in_exactly_one_thing() -> None:
    ends = list(every_end({}))
    assert len(ends) > 100
    for end in ends:
        assert (end.step is None) != (end.disposition is None)
        assert end.question is None


def test_the_table_is_closed() -> None:
    assert FIRST in QUESTIONS
    for question in QUESTIONS.values():
        assert len({answer.key for answer in question.answers}) == len(question.answers)
        for answer in question.answers:
            ends = [answer.next, answer.step, answer.disposition, answer.denies or None]
            assert sum(end is not None for end in ends) == 1
            assert answer.next is None or answer.next in QUESTIONS
            assert answer.withholds is None or answer.withholds in GROUNDS
            assert answer.step is None or answer.step in STEPS


def test_every_disposition_of_application_procedure_6_can_be_reached_but_the_unpaid_fee() -> None:
    reached = {answer.disposition for question in QUESTIONS.values() for answer in question.answers} - {None}
    assert reached | set(GROUNDS) | {"other_fee_lapsed"} == set(
        "granted_already_public granted partially_granted denied_state_secret denied_law_prohibits"
        " denied_three_securities denied_third_party denied_internal_affairs denied_deliberative"
        " denied_enforcement_file denied_administrative_query unable_not_exist unable_not_held"
        " unable_requires_creation unable_still_unclear not_processed_petition not_processed_repeat"
        " not_processed_publication not_processed_excessive not_processed_confirmation"
        " other_supplement_lapsed other_fee_lapsed other_misc".split()
    )
