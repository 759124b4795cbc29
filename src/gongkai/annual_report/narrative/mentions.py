"""Numbers in prose that speak of cells of the form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.annual_report.narrative.numbers import Number, numbers
from gongkai.annual_report.narrative.phrases import Quantity, candidates
from gongkai.annual_report.narrative.scope import Body, Scope, scope_of, year_of
from gongkai.annual_report.narrative.text import Sentence

_TOPICS = re.compile(r"申请|公开|复议|诉讼|规范性文件|许可|处罚|强制|收费|结转|办结|答复")
_CHANGE = re.compile(r"(?:增加|减少|上升|下降|增长|多|少|增|减|降低|提高)(?:了|至|到)?$")
_BEFORE, _AFTER = 70, 40


@dataclass(frozen=True, slots=True)
class Mention:
    """A number that speaks of `quantity`, from `begin` (where its phrase starts) in its sentence."""

    quantity: Quantity
    number: Number
    sentence: Sentence
    begin: int
    scope: Scope
    year: int | None
    among: bool
    """Whether it comes after 其中: a part of another number."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One sentence with its numbers."""

    sentence: Sentence
    numbers: tuple[Number, ...]


def count(sentences: Iterable[Sentence]) -> list[Counted]:
    """The sentences that have numbers in them, with their numbers."""
    found = []
    for sentence in sentences:
        listed = numbers(sentence.text)
        if listed:
            found.append(Counted(sentence, tuple(listed)))
    return found


def mentions(counted: Iterable[Counted], body: Body, year: int | None) -> list[Mention]:
    """Every number of the prose that speaks of a cell of the form."""
    found: list[Mention] = []
    for item in counted:
        text = item.sentence.text
        if not _TOPICS.search(text):
            continue
        last = ""
        for i, number in enumerate(item.numbers):
            previous = item.numbers[i - 1].end if i else 0
            following = item.numbers[i + 1].start if i + 1 < len(item.numbers) else len(text)
            mention = _mention(item.sentence, number, (previous, following), last, body, year)
            last = mention.quantity.id if mention else ""
            if mention:
                found.append(mention)
    return found


def _mention(
    sentence: Sentence, number: Number, neighbours: tuple[int, int], last: str, body: Body, year: int | None
) -> Mention | None:
    """What a number speaks of. `neighbours` are the end of the number before it and the start of the next one,
    `last` is what the one before it spoke of."""
    previous, following = neighbours
    text = sentence.text
    left = text[max(previous, number.start - _BEFORE) : number.start]
    right = text[number.end : min(following, number.end + _AFTER)]
    if _CHANGE.search(left):
        return None
    for quantity in candidates(left + right):
        if number.unit not in quantity.units:
            continue
        begin = _fits(quantity, left, right, last)
        if begin is None:
            continue
        if quantity.topic and not (quantity.topic.search(text) or quantity.topic.search(sentence.heading)):
            continue
        said = text[: number.start]
        return Mention(
            quantity,
            number,
            sentence,
            number.start - begin,
            scope_of(said, body),
            year_of(said, year),
            "其中" in said.rsplit("；", 1)[-1],
        )
    return None


def _fits(quantity: Quantity, left: str, right: str, last: str) -> int | None:
    """How many characters before the number its phrase starts, or None where the words are others."""
    clause_left = re.split(r"[，。；]", left)[-1]
    clause_right = re.split(r"[，。；]", right)[0]
    if quantity.following and last in quantity.follows and quantity.following.search(left):
        return len(left) - 1
    before = quantity.before.search(left)
    if before:
        if quantity.unless and quantity.unless.search(clause_left):
            return None
        return len(left) - before.start()
    if quantity.after is None or not quantity.after.search(clause_right):
        return None
    needs = quantity.after_needs.search(left) if quantity.after_needs else None
    if quantity.after_needs and not needs:
        return None
    if quantity.unless and quantity.unless.search(clause_left + clause_right):
        return None
    return len(left) - needs.start() if needs else 0
