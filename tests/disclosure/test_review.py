"""The rules of the review: one table of what may follow what, and the promises over any sequence of events."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosure.review import Event, Impossible, Standing, chains, fold, keys_of, steps_for, why_not

STEPS = steps_for("three")
A, B, C, D, E, F = range(1, 7)  # author, and five others


def file(*events: Event) -> Standing:
    return fold(events, STEPS)


DRAFT = (Event("drafted", A, digest="1"),)
SUBMITTED = (*DRAFT, Event("submitted", A, digest="1"))
FIRST = (*SUBMITTED, Event("passed", B, "first", "1"))
SECOND = (*FIRST, Event("passed", C, "second", "1"))
CLEARED = (*SECOND, Event("passed", D, "secrecy", "1"))
APPROVED = (*CLEARED, Event("passed", E, "final", "1"))
PUBLISHED = (*APPROVED, Event("published", A, digest="1"))
FORCED = (*DRAFT, Event("forced", E, note="汛情"))
REVISED = (*PUBLISHED, Event("edited", A, digest="2"))
IMPORTED = (Event("imported", A, digest="1", note="迁移自旧网站"),)
SCHEDULED = (*APPROVED, Event("scheduled", A, digest="1"))
DISCARDED = (*DRAFT, Event("discarded", A, note="与另一条重复"))
WITHDRAWN = (*PUBLISHED, Event("withdrawn", C, note="有误"))

FILES = {
    "draft": DRAFT, "submitted": SUBMITTED, "first": FIRST, "second": SECOND, "cleared": CLEARED, "approved": APPROVED,
    "published": PUBLISHED, "forced": FORCED, "revised": REVISED, "withdrawn": WITHDRAWN,
    "imported": IMPORTED, "scheduled": SCHEDULED,
    "discarded": DISCARDED, "returned": (*FIRST, Event("returned", C, note="请核对")),
    "rewritten": (*WITHDRAWN, Event("edited", A, digest="2")),
}  # fmt: skip

# Which event may follow which file, when the right person does it rightly.
TABLE = {
    "edited":    "draft submitted first second cleared approved published forced revised withdrawn imported "
                 "scheduled returned rewritten",
    "submitted": "draft revised returned rewritten",
    "passed":    "submitted first second cleared",
    "returned":  "submitted first second cleared",
    "forced":    "draft submitted first second cleared approved revised scheduled returned rewritten",
    "ratified":  "forced",
    "published": "approved scheduled",
    "scheduled": "approved scheduled",
    "unscheduled": "scheduled",
    "withdrawn": "published forced revised imported",
    "discarded": "draft returned",
    "drafted":   "",
    "imported":  "",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", TABLE)
def test_what_may_follow_what(kind: str, name: str) -> None:
    standing = file(*FILES[name])
    step = standing.next_step.key if standing.next_step else ""
    event = Event(kind, F, step if kind == "passed" else "", standing.digest, "理由")  # type: ignore[arg-type]
    assert (why_not(standing, event) == []) == (name in TABLE[kind].split())


@pytest.mark.parametrize(
    ("events", "event", "told"),
    [
        (SUBMITTED, Event("passed", A, "first", "1"), "不能审核自己"),
        (FIRST, Event("passed", B, "second", "1"), "由不同的人办理"),
        (SUBMITTED, Event("passed", B, "second", "1"), "现在轮到初审"),
        (SUBMITTED, Event("passed", B, "first", "0"), "稿件在您打开之后有改动"),
        (SUBMITTED, Event("returned", B, note=" "), "退回须写明理由"),
        (DRAFT, Event("published", A), "还没有审定"),
        (DRAFT, Event("forced", E, note=""), "应急发布须写明理由"),
        (FORCED, Event("ratified", E), "须由另一位追认"),
        (FORCED, Event("ratified", A), "须由另一位追认"),
        (PUBLISHED, Event("withdrawn", C), "撤回须写明理由"),
        (DRAFT, Event("withdrawn", C, note="x"), "没有公开的内容"),
        (DRAFT, Event("discarded", A, note=" "), "作废须写明理由"),
        (REVISED, Event("discarded", A, note="x"), "公开过，不能作废"),
        (SUBMITTED, Event("discarded", A, note="x"), "审核中，不能作废"),
        (DISCARDED, Event("edited", A, digest="2"), "不能再修改"),
        (DISCARDED, Event("submitted", A), "不能再送审"),
    ],
)
def test_a_refusal_says_why(events: tuple[Event, ...], event: Event, told: str) -> None:
    assert told in "".join(why_not(file(*events), event))
    with pytest.raises(Impossible):
        file(*events, event)


def test_who_submits_anothers_draft_is_an_author_too() -> None:
    standing = file(*DRAFT, Event("submitted", B, digest="1"))
    assert "不能审核自己" in why_not(standing, Event("passed", B, "first", "1"))[0]


def test_an_edit_after_any_step_begins_anew() -> None:
    for name in ("first", "second", "cleared", "approved"):
        standing = file(*FILES[name], Event("edited", F, digest="2"))
        assert (standing.state, standing.passed) == ("draft", ())
        assert F in standing.authors


def test_a_revision_stays_hidden_until_it_has_gone_the_whole_way() -> None:
    standing = file(*REVISED)
    assert (standing.state, standing.is_public, standing.authors) == ("draft", True, frozenset({A}))
    again = (
        *REVISED, Event("submitted", A, digest="2"), Event("passed", B, "first", "2"), Event("passed", C, "second", "2"),
        Event("passed", D, "secrecy", "2"), Event("passed", E, "final", "2"),
    )  # fmt: skip
    assert "更正了什么" in why_not(file(*again), Event("published", A, digest="2"))[0]
    assert file(*again, Event("published", A, digest="2", note="更正电话")).state == "published"


def test_a_file_reads_the_same_when_the_chain_is_changed_later() -> None:
    kept = (
        *DRAFT, Event("submitted", A, keys_of(steps_for("two"))), Event("passed", B, "first", "1"),
        Event("passed", D, "secrecy", "1"), Event("passed", E, "final", "1"), Event("published", A, digest="1"),
    )  # fmt: skip
    for steps in (steps_for("two"), steps_for("three"), steps_for("three", is_normative=True)):
        assert fold(kept, steps).state == "published"
        assert fold(kept[:3], steps).next_step == steps_for("two")[1]
        assert fold(kept, steps).steps == steps


def test_whatever_happens_ends_the_waiting_for_the_clock() -> None:
    assert file(*SCHEDULED).is_scheduled
    for kind in ("edited", "published", "forced", "unscheduled"):
        assert not file(*SCHEDULED, Event(kind, F, digest="2", note="理由")).is_scheduled  # type: ignore[arg-type]


def test_variants_and_normative_documents() -> None:
    assert set(chains()) == {"three", "two"}
    assert [s.key for s in steps_for("two")] == ["first", "secrecy", "final"]
    assert [s.key for s in steps_for("three", is_normative=True)] == ["first", "second", "secrecy", "legality", "final"]


KINDS = list(TABLE)
someone = st.builds(
    Event,
    kind=st.sampled_from(KINDS),
    by=st.integers(1, 6),
    step=st.sampled_from([s.key for s in STEPS]),
    digest=st.sampled_from(["1", "2"]),
    note=st.sampled_from(["", "理由"]),
)


@given(st.lists(someone, max_size=25))
def test_nothing_is_public_that_four_eyes_and_more_have_not_seen(tries: list[Event]) -> None:
    """Try anything; keep what is allowed. A restatement of the promises, event by event."""
    standing, history = Standing(steps=tuple(STEPS)), []
    for event in tries:
        if why_not(standing, event):
            continue
        history.append(event)
        standing = fold(history, STEPS)
        if event.kind == "published":
            start = max(i for i, e in enumerate(history) if e.kind in ("drafted", "edited", "imported"))
            seen = [e for e in history[start:] if e.kind == "passed"]
            assert [e.step for e in seen][-len(STEPS) :] == [s.key for s in STEPS]
            last = seen[-len(STEPS) :]
            assert len({e.by for e in last}) == len(STEPS)
            assert not {e.by for e in last} & {history[start].by}
            assert {e.digest for e in last} == {history[start].digest}
        if standing.is_public:
            out = ("published", "forced", "imported")
            assert any(e.kind in out for e in history)
            assert all(e.note for e in history if e.kind == "imported")
            assert "imported" not in [e.kind for e in history[1:]]
            assert max(i for i, e in enumerate(history) if e.kind in out) > max(
                (i for i, e in enumerate(history) if e.kind == "withdrawn"), default=-1
            )


def test_what_was_public_elsewhere_begins_a_file_and_says_from_where() -> None:
    moved = file(*IMPORTED)
    assert (moved.state, moved.is_public, moved.authors) == ("published", True, {A})
    assert why_not(Standing(), Event("imported", A, digest="1")) == ["迁移须写明来源和原发布日期。"]
    assert why_not(file(*DRAFT), Event("imported", B, note="旧网站")) == ["已经有稿件，不能再作为历史信息迁移。"]


def test_a_change_of_what_was_moved_in_goes_the_whole_way() -> None:
    revised = (*IMPORTED, Event("edited", A, digest="2"))
    assert file(*revised).state == "draft"
    assert file(*revised).is_public
    assert why_not(file(*revised), Event("published", B, note="更正")) == ["草稿，还没有审定，不能发布。"]


def test_who_wrote_what_was_forced_out_never_ratifies_it_whoever_edits_afterwards() -> None:
    after = file(*FORCED, Event("edited", B, digest="2"))
    assert why_not(after, Event("ratified", A)) == ["应急发布须由另一位追认。"]
    assert why_not(after, Event("ratified", B)) == []
