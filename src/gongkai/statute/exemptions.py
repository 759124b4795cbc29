"""The questions that lead from an application to a disposition, in the order of examination.

Order (application-procedure.md §6): is it an application at all (39) → excessive (35) → clear (30) → held (36(4),(5))
→ existing (38) → repeat (36(6)) → registry and publication (36(7), 39(2)) → arts 14 → 15 → 16 → separable (37) →
disclose. An officer answers; `examine` says what follows: the next question, a step to take first, or the disposition.
The answers are the record of how it was reached. Nothing here decides for the officer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gongkai.statute.exemption_questions import FIRST, QUESTIONS, Answer, Question


@dataclass(frozen=True, slots=True)
class Passed:
    """One answered question of the path."""

    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Examination:
    """How far the examination has come. Exactly one of `question`, `step` and `disposition` is set.

    `withheld` are the grounds found so far, `duties` what the path obliges the agency to do besides.
    """

    path: tuple[Passed, ...]
    question: Question | None = None
    step: str | None = None
    disposition: str | None = None
    withheld: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()


class AnswerError(ValueError):
    """An answer that does not exist, or one to a question that the path does not ask."""


GROUNDS: Final = (
    "denied_state_secret",
    "denied_law_prohibits",
    "denied_three_securities",
    "denied_third_party",
    "denied_internal_affairs",
    "denied_deliberative",
    "denied_enforcement_file",
)
"""The dispositions of arts 14-16, in the order of examination."""


def examine(answers: Mapping[str, str]) -> Examination:
    """Follow `answers` (question key to answer key) from the first question on (arts 14-16, 30, 32, 35-39).

    Raises `AnswerError` for an unknown answer, and for an answer left over, so that a record never holds an answer
    that had no part in the result.
    """
    path: list[Passed] = []
    withheld: list[str] = []
    duties: list[str] = []
    key = FIRST
    while True:
        question = QUESTIONS[key]
        if key == "separable" and not withheld:
            key = "already_public"
            continue
        if key not in answers:
            _refuse_leftover(answers, path)
            return Examination(tuple(path), question, withheld=tuple(withheld), duties=tuple(duties))
        answer = _answer(question, answers[key])
        path.append(Passed(question, answer))
        if answer.duty:
            duties.append(answer.duty)
        if answer.withholds:
            withheld.append(answer.withholds)
        if answer.next is not None:
            key = answer.next
            continue
        _refuse_leftover(answers, path)
        disposition = (answer.withholds or withheld[0]) if answer.denies else answer.disposition
        return Examination(
            tuple(path), step=answer.step, disposition=disposition, withheld=tuple(withheld), duties=tuple(duties)
        )


def explain(examination: Examination) -> str:
    """The path as lines for a file: article, question, answer."""
    return "\n".join(f"{p.question.article} {p.question.text}——{p.answer.label}" for p in examination.path)


def _answer(question: Question, key: str) -> Answer:
    for answer in question.answers:
        if answer.key == key:
            return answer
    raise AnswerError(f"{question.key}: no answer {key!r}")


def _refuse_leftover(answers: Mapping[str, str], path: list[Passed]) -> None:
    leftover = set(answers) - {passed.question.key for passed in path}
    if leftover:
        raise AnswerError(f"answered but not asked: {', '.join(sorted(leftover))}")
