"""Random histories of cases: mostly what may come next, now and then what may not.

A history is made from a seed and a length, and a shorter one is the beginning of a longer one with the same seed, so
that Hypothesis shrinks a failure to the shortest beginning that fails.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from hypothesis import strategies as st

from gongkai.statute import events as ev
from gongkai.statute.calendar import default_calendar
from gongkai.statute.dispositions import dispositions
from gongkai.statute.procedure import Case, Refusal, begin, proceed

CALENDAR = default_calendar()
PARTIES = ("甲公司", "乙局")
CHANNELS = ("in_person", "oral", "post_signed", "post_unsigned", "post_misaddressed", "online", "email", "fax")
VIEWS = ("consents", "objects", "partly")
CODES = tuple(dispositions())

Values = Callable[[Random, Case, date], dict[str, object]]


def _notice(random: Random, case: Case, on: date) -> dict[str, object]:
    pending = [{"notice": letter.kind, "party": letter.party} for letter in case.facts.letters()]
    pending += [{"notice": "supplement"}] * (case.facts.phase == "awaiting_supplement")
    pending += [{"notice": "fee"}] * (case.facts.phase == "awaiting_payment")
    wild = {"notice": random.choice(["supplement", "fee", "third_party"]), "party": random.choice(["", *PARTIES])}
    return random.choice(pending) if pending and random.random() < 0.9 else wild


VALUES: dict[type[ev.Event], Values] = {
    ev.Received: lambda r, case, on: {"channel": r.choice(CHANNELS)},
    ev.NoticeReceived: _notice,
    ev.SupplementAsked: lambda r, case, on: {"working_days": r.choice([None, 5, 15])},
    ev.Supplemented: lambda r, case, on: {"reason": r.choice(["", "不可抗力"])},
    ev.ThirdPartyAsked: lambda r, case, on: {"party": r.choice(PARTIES)},
    ev.ThirdPartyAnswered: lambda r, case, on: {"party": r.choice(PARTIES), "view": r.choice(VIEWS)},
    ev.OtherAgencyAsked: lambda r, case, on: {"party": r.choice(PARTIES), "joint": r.random() < 0.5},
    ev.OtherAgencyAnswered: lambda r, case, on: {"party": r.choice(PARTIES), "view": r.choice(VIEWS)},
    ev.UnitAsked: lambda r, case, on: {"party": r.choice(PARTIES), "excluded": r.random() < 0.3},
    ev.UnitAnswered: lambda r, case, on: {"party": r.choice(PARTIES)},
    ev.Extended: lambda r, case, on: {
        "working_days": r.choice([1, 10, 15, 20, 25]),
        "approved_by": r.choice(["ogi_head", "ogi_head", "other"]),
    },
    ev.Deferred: lambda r, case, on: {"due_on": on + timedelta(r.randint(-5, 90)), "reason": "数量很大"},
    ev.FeeNotified: lambda r, case, on: {"amount": r.randint(1, 9000)},
    ev.Merged: lambda r, case, on: {"into": "另案"},
    ev.Transferred: lambda r, case, on: {"to": "某局"},
    ev.Reviewed: lambda r, case, on: {"kind": r.choice(["legality", "secrecy"])},
    ev.Decided: lambda r, case, on: {
        "disposition": r.choice(CODES),
        "document_no": r.choice(["1号", "1号", "1号", ""]),
    },
    ev.Served: lambda r, case, on: {
        "mode": r.choice(["direct", "entrusted", "postal", "courier", "electronic"]),
        "collect": r.random() < 0.2,
    },
    ev.RemedyOpened: lambda r, case, on: {
        "kind": r.choice(["reconsideration", "suit"]),
        "simplified": r.random() < 0.3,
    },
    ev.RemedyClosed: lambda r, case, on: {
        "kind": r.choice(["reconsideration", "suit"]),
        "result": r.choice(["upheld", "corrected", "other_result"]),
    },
    ev.Redecided: lambda r, case, on: {
        "disposition": r.choice(CODES),
        "after": r.choice(["reconsideration", "suit"]),
        "document_no": r.choice(["2号", "2号", ""]),
    },
    ev.Annulled: lambda r, case, on: {"number": r.randint(1, len(case.events) + 2), "reason": "登记有误"},
}
"""What an event carries besides its day."""

RARE = {
    ev.RecordCorrected: 0.15, ev.Archived: 0.3, ev.Merged: 0.1, ev.Transferred: 0.1, ev.Withdrawn: 0.15,
    ev.RemedyOpened: 0.25, ev.Annulled: 0.3, ev.ContactAttempted: 0.5, ev.UnitAsked: 0.4, ev.Decided: 0.5,
    ev.Drafted: 0.3, ev.FeeNotified: 0.7, ev.ReasonsAsked: 0.6,
    ev.NoticeReceived: 3.0, ev.Supplemented: 2.0, ev.FeePaid: 2.0, ev.ThirdPartyAnswered: 2.0, ev.Served: 4.0,
    ev.OtherAgencyAnswered: 2.0, ev.ReasonsGiven: 2.0, ev.Redecided: 2.0, ev.Confirmed: 3.0,
}  # fmt: skip
"""How often a type is drawn when it may come; 1 for the others."""

GAPS = (0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 7, 10, 14, 21, 30)


@lru_cache(maxsize=4096)
def attempt(seed: int, length: int) -> tuple[tuple[ev.Event, ...], ev.Event | None]:
    """The events of a random case, and the event that it refused at last, if any."""
    random = Random(seed)
    case = begin(CALENDAR)
    on = date(2023, 11, 1) + timedelta(random.randint(0, 1130))
    for _ in range(length):
        allowed = {option.key for option in case.look(on).options() if option.verdict != "cannot"}
        wild = random.random() < 0.03
        kinds = [cls for key, cls in ev.EVENTS.items() if wild or key in allowed]
        cls = random.choices(kinds, [RARE.get(cls, 1.0) for cls in kinds])[0]
        event = cls(on=on, **VALUES.get(cls, lambda r, case, on: {})(random, case, on))
        try:
            case = proceed(case, [event])
        except Refusal:
            if wild:
                return case.events, event
            continue
        on += timedelta(random.choice(GAPS))
    return case.events, None


def attempts(most: int = 24) -> st.SearchStrategy[tuple[tuple[ev.Event, ...], ev.Event | None]]:
    """Cases of up to `most` events, some with an event at the end that cannot be."""
    return st.builds(attempt, st.integers(0, 2**40), st.integers(1, most))


def histories(most: int = 24) -> st.SearchStrategy[tuple[ev.Event, ...]]:
    """Events that make a case."""
    return attempts(most).map(lambda found: found[0]).filter(bool)
