"""The periods beside the answer period that run in a case on a day, each with its last day (arts 30, 31, 32, 34)."""

from datetime import date
from typing import NamedTuple

from gongkai.statute.calendar import Calendar, Result
from gongkai.statute.clock import ended
from gongkai.statute.facts import Facts
from gongkai.statute.fees import rules_title
from gongkai.statute.guards import fee_until, supplement_until
from gongkai.statute.remedies import reconsideration_reply_due
from gongkai.statute.rules import rules


class Period(NamedTuple):
    """A period: what for, by which article, its last day; None while the day it runs from is not on record."""

    key: str
    label: str
    article: str
    until: date | None
    provisional: bool = False


def periods(facts: Facts, calendar: Calendar) -> tuple[Period, ...]:
    """The periods that `facts` leave open, in the order of a case."""
    return (
        *_confirmation(facts, calendar),
        *_supplement(facts, calendar),
        *_consultations(facts, calendar),
        *_fee(facts, calendar),
        *_remedies(facts, calendar),
    )


def _period(key: str, label: str, article: str, due: Result | None) -> Period:
    return Period(key, label, article, due.date, due.provisional) if due else Period(key, label, article, None)


def _confirmation(facts: Facts, calendar: Calendar) -> list[Period]:
    if facts.phase != "awaiting_confirmation" or facts.arrived is None:
        return []
    channel = rules().channels[facts.channel]
    days = 0 if channel.confirm == "same_day" else rules().periods["confirmation"]
    return [_period("confirmation", "与申请人确认", channel.article, calendar.add_working_days(facts.arrived, days))]


def _supplement(facts: Facts, calendar: Calendar) -> list[Period]:
    article = rules().articles["supplement"]
    if facts.phase == "awaiting_supplement":
        return [_period("supplement", "申请人补正", article, supplement_until(facts, calendar))]
    if facts.phase == "processing" and not facts.supplements_asked and facts.received_on:
        due = calendar.add_working_days(facts.received_on, rules().periods["supplement_notice"])
        return [_period("supplement_notice", "告知补正", article, due)]
    return []


def _consultations(facts: Facts, calendar: Calendar) -> list[Period]:
    if facts.phase in ("decided", "delivered", "redecided", "withdrawn", "merged", "transferred", "archived"):
        return []
    found = []
    for letter in facts.letters():
        if not letter.answered:
            until = ended(letter, calendar)
            provisional = calendar.is_provisional(letter.received or letter.sent, until)
            label = f"{letter.party}答复征求意见书"
            found.append(Period(letter.kind, label, rules().articles[letter.kind], until, provisional))
    return found


def _fee(facts: Facts, calendar: Calendar) -> list[Period]:
    if facts.phase != "awaiting_payment":
        return []
    return [_period("fee", "申请人缴费", rules_title()[0], fee_until(facts, calendar))]


def _remedies(facts: Facts, calendar: Calendar) -> list[Period]:
    """Under the simplified procedure the agency answers within five working days (行政复议法 art. 54)."""
    article = rules().articles["reconsideration_reply"]
    return [
        _period(
            "reconsideration_reply", "书面答复行政复议", article, reconsideration_reply_due(remedy.opened, calendar)
        )
        for remedy in facts.remedies
        if remedy.simplified and not remedy.closed
    ]
