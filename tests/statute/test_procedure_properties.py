"""Properties of `fold` and of the clock that hold for every case."""

import json
from collections import Counter
from datetime import date, timedelta
from itertools import groupby
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute import events as ev
from gongkai.statute.clock import Span, ended, excluded_spans, reckon
from gongkai.statute.event_json import parse, to_json
from gongkai.statute.facts import Consultation, Facts
from gongkai.statute.procedure import Refusal, begin, fold, proceed
from tests.statute.sequences import CALENDAR, attempt, histories

DAYS = st.dates(date(2025, 1, 1), date(2026, 9, 1))
LETTERS = st.lists(
    st.builds(
        lambda sent, wait, answered: Consultation(
            "third_party", "甲", sent, 1, answered=sent + timedelta(wait) if answered else None
        ),
        st.dates(date(2026, 1, 1), date(2026, 5, 1)),
        st.integers(0, 40),
        st.booleans(),
    ),
    max_size=5,
)
BASE = date(2026, 2, 2)


def spans(letters: list[Consultation], base: date = BASE) -> tuple[Span, ...]:
    return excluded_spans(Facts(consultations=tuple(letters)), base, CALENDAR)


def due(letters: list[Consultation], days: int = 20, base: date = BASE) -> date:
    return reckon(base, days, spans(letters, base), CALENDAR).due


def excluded(letters: list[Consultation], base: date, until: date) -> set[date]:
    """The working days in (base, until] that any letter excludes, one by one."""
    return {
        day
        for letter in letters
        for day in (letter.sent + timedelta(n) for n in range(1, (ended(letter, CALENDAR) - letter.sent).days + 1))
        if base < day <= until and CALENDAR.is_working_day(day)
    }


@given(LETTERS, st.integers(1, 40))
def test_overlapping_consultations_are_never_counted_twice(letters: list[Consultation], days: int) -> None:
    last, within, number = reckon(BASE, days, spans(letters), CALENDAR)
    assert number == len(excluded(letters, BASE, last))
    assert CALENDAR.working_days_between(BASE, last) == days + number
    assert number == sum(CALENDAR.working_days_between(span.start, span.end) for span in within)
    assert all(span.end < last for span in within)


@given(LETTERS)
def test_spans_are_disjoint_and_in_order(letters: list[Consultation]) -> None:
    found = spans(letters)
    assert all(BASE <= span.start < span.end for span in found)
    assert all(one.end < other.start for one, other in zip(found, found[1:], strict=False))


@given(LETTERS, st.randoms(use_true_random=False))
def test_the_order_of_letters_is_irrelevant(letters: list[Consultation], random: Random) -> None:
    shuffled = list(letters)
    random.shuffle(shuffled)
    assert spans(shuffled) == spans(letters)


@given(LETTERS, LETTERS)
def test_another_letter_never_makes_the_period_shorter(letters: list[Consultation], more: list[Consultation]) -> None:
    assert due(letters) <= due(letters + more)


@given(LETTERS, LETTERS)
def test_a_letter_within_another_changes_nothing(letters: list[Consultation], more: list[Consultation]) -> None:
    """The case of the specification: a second, overlapping consultation leaves the due date alone."""
    outer = Consultation("third_party", "外", date(2026, 1, 2), 1, answered=date(2026, 12, 31))
    inner = [replace_answer(letter, outer) for letter in more]
    assert due([*letters, outer]) == due([*letters, outer, *inner])


def replace_answer(letter: Consultation, outer: Consultation) -> Consultation:
    """The letter, within the time of `outer`."""
    sent = max(letter.sent, outer.sent)
    last = ended(outer, CALENDAR)
    sent = min(sent, last)
    return letter._replace(sent=sent, answered=min(max(letter.answered or last, sent), last))


@given(LETTERS, st.integers(1, 39))
def test_monotone_in_days(letters: list[Consultation], days: int) -> None:
    assert due(letters, days) < due(letters, days + 1)


@given(LETTERS, st.integers(1, 30), st.integers(1, 30))
def test_additive_in_days(letters: list[Consultation], days: int, more: int) -> None:
    """Counting on from the day reached is counting to the end."""
    middle = due(letters, days)
    assert due(letters, days + more) == reckon(middle, more, spans(letters, middle), CALENDAR).due


@given(LETTERS, st.integers(1, 30))
def test_monotone_in_the_base(letters: list[Consultation], later: int) -> None:
    assert due(letters) <= due(letters, base=BASE + timedelta(later))


@given(LETTERS)
def test_the_due_date_is_a_working_day_that_counts(letters: list[Consultation]) -> None:
    last = due(letters)
    assert CALENDAR.is_working_day(last)
    assert last not in excluded(letters, BASE, last)


@given(histories(), st.integers(0, 24))
def test_fold_of_a_then_b_is_continuing_with_b(events: tuple[ev.Event, ...], cut: int) -> None:
    """As long as `a` alone is a case: an annulment in `b` may be what makes the whole one."""
    today = events[-1].on + timedelta(10)
    first = proceed(begin(CALENDAR), events[:cut])
    whole = fold(events, CALENDAR, today)
    assert proceed(first, events[cut:]).look(today) == whole
    one_by_one = begin(CALENDAR)
    for event in events:
        one_by_one = proceed(one_by_one, iter([event]))
    assert one_by_one.look(today) == whole
    assert first == proceed(begin(CALENDAR), events[:cut])


@given(histories(), st.integers(0, 40), st.integers(0, 40))
def test_looking_changes_nothing_and_time_only_adds(events: tuple[ev.Event, ...], soon: int, later: int) -> None:
    case = proceed(begin(CALENDAR), events)
    early = case.look(events[-1].on + timedelta(soon))
    late = case.look(events[-1].on + timedelta(soon + later))
    assert case.look(events[-1].on + timedelta(soon)) == early
    assert early.clock.due == late.clock.due
    known, found = Counter(early.violations), Counter(late.violations)
    grown = {key for key, _ in ((v.key, v) for v in (known - found))}
    assert grown <= {"confirmation_pending"}
    if early.clock.remaining is not None and late.clock.remaining is not None:
        assert late.clock.remaining <= early.clock.remaining


@given(histories())
def test_a_case_read_from_json_is_the_same_case(events: tuple[ev.Event, ...]) -> None:
    today = max(event.on for event in events)
    read = parse(json.dumps(to_json(events)))
    assert fold(read, CALENDAR, today) == fold(events, CALENDAR, today)


@given(histories())
def test_fold_is_deterministic_and_leaves_its_events_alone(events: tuple[ev.Event, ...]) -> None:
    today = events[-1].on
    assert fold(list(events), CALENDAR, today) == fold(iter(events), CALENDAR, today)


INDEPENDENT = (
    ev.ThirdPartyAsked, ev.OtherAgencyAsked, ev.UnitAsked, ev.UnitAnswered, ev.Drafted, ev.Reviewed, ev.ReasonsAsked,
    ev.ThirdPartyAnswered, ev.OtherAgencyAnswered, ev.Extended, ev.RecordCorrected, ev.ContactAttempted,
)  # fmt: skip
"""Facts of which the law does not say which comes first on a day, unless one answers the other."""


def shuffled(events: tuple[ev.Event, ...], seed: int) -> list[ev.Event]:
    """The events with those of one day, one party at most once, in another order."""
    random = Random(seed)
    found: list[ev.Event] = []
    for _, same in groupby(events, lambda event: event.on):
        group = list(same)
        parties = [getattr(event, "party", event.key) for event in group]
        if all(isinstance(event, INDEPENDENT) for event in group) and len(set(parties)) == len(parties):
            random.shuffle(group)
        found += group
    return found


@settings(max_examples=300)
@given(histories(), st.integers(0, 2**32))
def test_the_order_of_independent_events_of_one_day_is_irrelevant(events: tuple[ev.Event, ...], seed: int) -> None:
    if any(isinstance(event, ev.Annulled) for event in events):
        events = tuple(event for event in attempt(seed, 10)[0] if not isinstance(event, ev.Annulled))
    today = (events[-1].on if events else BASE) + timedelta(3)
    try:
        one = fold(events, CALENDAR, today)
    except Refusal:
        return
    other = fold(shuffled(events, seed), CALENDAR, today)
    assert other.clock == one.clock
    assert other.state == one.state
    assert Counter((v.key, v.on) for v in other.violations) == Counter((v.key, v.on) for v in one.violations)


@pytest.mark.parametrize("order", range(24))
def test_four_letters_of_one_day_in_every_order(order: int) -> None:
    from itertools import permutations

    day, answer = date(2026, 3, 9), date(2026, 3, 20)
    asked: tuple[ev.Event, ...] = (
        ev.ThirdPartyAsked(day, "甲"),
        ev.ThirdPartyAsked(day, "乙"),
        ev.OtherAgencyAsked(day, "甲"),
        ev.Extended(day, 5),
    )
    answered: tuple[ev.Event, ...] = (
        ev.ThirdPartyAnswered(answer, "甲", "objects"),
        ev.ThirdPartyAnswered(answer, "乙", "objects"),
        ev.OtherAgencyAnswered(answer, "甲", "consents"),
        ev.Drafted(answer),
    )
    received = (ev.Received(date(2026, 3, 2), "in_person"),)
    events = [*received, *list(permutations(asked))[order], *list(permutations(answered))[order]]
    straight = fold([*received, *asked, *answered], CALENDAR, answer)
    assert fold(events, CALENDAR, answer).clock == straight.clock
    assert fold(events, CALENDAR, answer).state == straight.state
