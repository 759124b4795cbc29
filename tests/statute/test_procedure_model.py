"""`fold` against the slow restatement in `model`, over random legal and illegal histories."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute import events as ev
from gongkai.statute.procedure import STATES, Refusal, Result, fold
from gongkai.statute.violations import kinds
from tests.statute.model import Impossible, replay
from tests.statute.sequences import CALENDAR, attempt, attempts

Found = tuple[tuple[ev.Event, ...], ev.Event | None]
LATER = (-3, 0, 1, 5, 20, 60)


def seen(result: Result) -> dict[str, object]:
    facts, clock = result.case.facts, result.clock
    return {
        "phase": facts.phase,
        "received_on": clock.received_on,
        "base": clock.base,
        "base_from": clock.base_from,
        "waiting": facts.waiting,
        "extension": clock.extension,
        "due": clock.due,
        "excluded_days": clock.excluded_days,
        "remaining": clock.remaining,
        "ended_on": clock.ended_on,
        "disposition": result.disposition,
        "reported": result.reported,
        "violations": [(v.key, v.on, v.number) for v in result.violations],
    }


def both(events: Iterable[ev.Event], today: date) -> tuple[object, object]:
    """What `fold` and the restatement say: plain values, or the number of the event that cannot be."""
    events = list(events)
    try:
        ours: object = seen(fold(events, CALENDAR, today))
    except Refusal as refusal:
        ours = refusal.number
    try:
        theirs: object = replay(events, today)
    except Impossible as impossible:
        theirs = impossible.args[0]
    return ours, theirs


def agree(found: Found, later: int) -> None:
    events, refused = found
    today = max((event.on for event in events), default=date(2026, 3, 2)) + timedelta(later)
    ours, theirs = both(events, today)
    assert ours == theirs
    if refused:
        ours, theirs = both([*events, refused], today + timedelta(90))
        assert ours == theirs
        assert isinstance(ours, int)
        assert ours == len(events) + 1 or isinstance(refused, ev.Annulled)  # which may undo what a later event needs


@settings(max_examples=250)
@given(attempts(), st.sampled_from(LATER))
def test_fold_is_what_the_slow_restatement_says(found: Found, later: int) -> None:
    agree(found, later)


@pytest.mark.slow
@settings(max_examples=20_000)
@given(attempts(40), st.sampled_from(LATER))
def test_fold_is_what_the_slow_restatement_says_at_length(found: Found, later: int) -> None:
    agree(found, later)


@settings(max_examples=150)
@given(attempts(12), st.integers(0, 2**32))
def test_events_in_disorder_are_refused_alike(found: Found, seed: int) -> None:
    """Most orders cannot be; both say so of the same event."""
    events = list(found[0])
    Random(seed).shuffle(events)
    ours, theirs = both(events, date(2029, 1, 1))
    assert ours == theirs


@settings(max_examples=150)
@given(attempts(20), st.integers(0, 2**32))
def test_histories_with_a_hole_are_judged_alike(found: Found, seed: int) -> None:
    """One event left out, another said twice: what a clerk forgets and what a clerk types twice."""
    events, random = list(found[0]), Random(seed)
    if events:
        events.pop(random.randrange(len(events)))
    if events:
        index = random.randrange(len(events))
        events.insert(index, events[index])
    ours, theirs = both(events, date(2029, 1, 1))
    assert ours == theirs


def test_the_random_histories_visit_every_event_state_and_violation() -> None:
    events: Counter[str] = Counter()
    states: Counter[str] = Counter()
    violations: Counter[str] = Counter()
    for seed in range(700):
        for length in (8, 16, 24):
            history, _ = attempt(seed, length)
            if history:
                result = fold(history, CALENDAR, history[-1].on + timedelta(2))
                events.update(event.key for event in history)
                states[result.state] += 1
                violations.update(violation.key for violation in result.violations)
    assert set(events) == set(ev.EVENTS)
    assert set(states) >= set(STATES) - {"new"}
    assert set(violations) == set(kinds())
