"""Review before publication as a procedure of our own: events and rules, folded by one pure function.

A record's file is its events, appended and never edited. `fold` says where it stands, who may do the next step, and why
others may not. There is no way past the chain but a forced publication with a reason, which someone else approves later;
history that was public on another site may begin a file, as a decision of its own (`imported`).
An edit after any step begins the chain anew; nobody reviews what he wrote, edited or submitted (proactive-disclosure.md
§12). Steps and posts are data: ``data/review.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

State = Literal["draft", "in_review", "returned", "approved", "published", "withdrawn", "discarded"]
EventKind = Literal[
    "drafted", "edited", "submitted", "passed", "returned", "forced", "ratified", "published", "withdrawn", "imported",
    "scheduled", "unscheduled", "discarded",
]  # fmt: skip

STATES: Final[dict[State, str]] = {
    "draft": "草稿",
    "in_review": "审核中",
    "returned": "已退回",
    "approved": "已审定，待发布",
    "published": "已发布",
    "withdrawn": "已撤回",
    "discarded": "已作废",
}
"""The states with their labels."""

RATIFY: Final = "ratify"
"""The turn of a forced publication that nobody has approved yet."""

KINDS: Final[dict[EventKind, str]] = {
    "drafted": "起草",
    "edited": "修改",
    "submitted": "送审",
    "passed": "通过",
    "returned": "退回",
    "forced": "应急发布",
    "ratified": "追认",
    "published": "发布",
    "withdrawn": "撤回",
    "imported": "迁移",
    "scheduled": "定时发布",
    "unscheduled": "取消定时",
    "discarded": "作废",
}
"""The kinds of events with their labels."""


@dataclass(frozen=True, slots=True)
class Step:
    """One review: its key, its label, the posts that do it. `only_for` limits it to a kind of record; who passes one that
    `proofreads` (三校) states what he found."""

    key: str
    label: str
    posts: tuple[str, ...]
    proofreads: bool
    only_for: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened to the file. `by` is who did it (a key of staff; 0 is the system), `digest` what he saw."""

    kind: EventKind
    by: int
    step: str = ""
    digest: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a file stands. `authors` wrote, edited or submitted what is under review; `passed` are the steps done on it,
    with who did each. `is_public`: a version of it is out, whatever happens to the draft of the next; `was_public`: one is
    or has been. `is_forced`: that version went out before its review and nobody has approved it yet; `forced_by` wrote it or
    sent it out. `is_scheduled`: it will be published by the clock."""

    state: State = "draft"
    digest: str = ""
    authors: frozenset[int] = frozenset()
    passed: tuple[tuple[str, int], ...] = ()
    is_public: bool = False
    was_public: bool = False
    is_forced: bool = False
    forced_by: frozenset[int] = frozenset()
    reason: str = ""
    is_scheduled: bool = False
    steps: tuple[Step, ...] = field(default=())

    @property
    def done(self) -> frozenset[str]:
        """The steps that are done."""
        return frozenset(key for key, _ in self.passed)

    @property
    def next_step(self) -> Step | None:
        """The step whose turn it is; None where none is left."""
        return next((step for step in self.steps if step.key not in self.done), None)

    @property
    def turn(self) -> str:
        """What the file waits for, as queues ask: the key of a step, `RATIFY`, or "" where nobody's turn it is."""
        if self.state == "in_review":
            return self.next_step.key if self.next_step else ""
        return RATIFY if self.is_forced else ""


class Impossible(ValueError):
    """An event that cannot follow. The message says why, in Chinese."""


def steps_for(chain: str, *, is_normative: bool = False) -> tuple[Step, ...]:
    """The steps of a record in their order: the chain's, with secrecy (and legality) before the final one."""
    data = _data()
    known = {row["key"]: Step(**{**row, "posts": tuple(row["posts"])}) for row in data["step"]}
    keys = list(next(row["steps"] for row in data["chain"] if row["key"] == chain))
    between = ["secrecy", *(["legality"] if is_normative else [])]
    return tuple(known[key] for key in [*keys[:-1], *between, keys[-1]])


def step_label(key: str) -> str:
    """What a step is called; "" for what is none."""
    return next((str(row["label"]) for row in _data()["step"] if row["key"] == key), "")


def opinion(step: Step, proofread: str, note: str) -> str:
    """What the file keeps of a step that was passed: the result of the proofreading, where it proofreads, and the opinion."""
    said = (("校对", proofread if step.proofreads else ""), ("审核意见", note))
    parts = ((label, text.strip().rstrip("。")) for label, text in said)
    return "".join(f"{label}：{text}。" for label, text in parts if text)


def keys_of(steps: Sequence[Step]) -> str:
    """The steps as the event of a submission keeps them, so that a file reads the same when the chain is changed later."""
    return " ".join(step.key for step in steps)


def _kept(keys: str) -> tuple[Step, ...]:
    known = {row["key"]: Step(**{**row, "posts": tuple(row["posts"])}) for row in _data()["step"]}
    return tuple(known[key] for key in keys.split())


def chains() -> dict[str, str]:
    """The variants of the chain, with their labels."""
    return {row["key"]: row["label"] for row in _data()["chain"]}


def chains_without(key: str) -> list[str]:
    """The labels of the chains that leave this step out, where it is one that chains differ in."""
    rows = _data()["chain"]
    return [row["label"] for row in rows if key not in row["steps"]] if any(key in row["steps"] for row in rows) else []


def forcing_posts() -> tuple[str, ...]:
    """The posts that may publish before the review, with a reason."""
    return tuple(_data()["forced"]["posts"])


def fold(events: Iterable[Event], steps: Sequence[Step]) -> Standing:
    """Where a file with these events stands. Impossible names the first event that cannot be.

    `steps` are those of the next submission; a submission that has been made keeps its own in its event's `step`.
    """
    standing = Standing(steps=tuple(steps))
    for event in events:
        reasons = why_not(standing, event)
        if reasons:
            raise Impossible(reasons[0])
        standing = _after(standing, event)
    return standing if standing.state in ("in_review", "approved") else replace(standing, steps=tuple(steps))


def why_not(standing: Standing, event: Event) -> list[str]:
    """Every reason why this event cannot be next; empty where it can. Posts are the policy's to check."""
    return _RULES[event.kind](standing, event)


def _after(was: Standing, event: Event) -> Standing:
    is_scheduled = event.kind == "scheduled"  # whatever else happens ends it
    moved = _moved(was, event)
    return replace(moved, is_scheduled=is_scheduled, was_public=was.was_public or moved.is_public)


def _moved(was: Standing, event: Event) -> Standing:
    match event.kind:
        case "scheduled" | "unscheduled":
            return was
        case "drafted":
            return replace(was, state="draft", digest=event.digest, authors=frozenset({event.by}))
        case "edited":
            # What was reviewed is no longer what is there. After a publication a new round begins: its authors are those
            # of the change, and the public version stays as it is until the change has gone the whole way.
            authors = frozenset() if was.state in ("published", "withdrawn") else was.authors
            return replace(was, state="draft", digest=event.digest, authors=authors | {event.by}, passed=())
        case "submitted":
            steps = _kept(event.step) or was.steps
            return replace(was, state="in_review", authors=was.authors | {event.by}, passed=(), reason="", steps=steps)
        case "passed":
            passed = (*was.passed, (event.step, event.by))
            left = [step for step in was.steps if step.key not in {key for key, _ in passed}]
            return replace(was, state=was.state if left else "approved", passed=passed)
        case "returned":
            return replace(was, state="returned", passed=(), reason=event.note)
        case "forced":
            return replace(
                was,
                state="published",
                is_public=True,
                is_forced=True,
                forced_by=was.authors | {event.by},
                reason=event.note,
            )
        case "ratified":
            return replace(was, is_forced=False)
        case "published":
            return replace(was, state="published", is_public=True, reason="")
        case "imported":
            return replace(was, state="published", digest=event.digest, authors=frozenset({event.by}), is_public=True)
        case "withdrawn":
            return replace(was, state="withdrawn", is_public=False, is_forced=False, reason=event.note)
        case "discarded":
            return replace(was, state="discarded", reason=event.note)


def _drafted(was: Standing, event: Event) -> list[str]:
    return ["已经有草稿。"] if was.authors else []


def _edited(was: Standing, event: Event) -> list[str]:
    if was.state == "discarded":
        return [f"{STATES[was.state]}，不能再修改。"]
    return [] if was.authors else ["还没有草稿。"]


def _submitted(was: Standing, event: Event) -> list[str]:
    if was.state in ("draft", "returned"):
        return [] if was.authors else ["还没有草稿。"]
    return [f"{STATES[was.state]}，不能再送审。"]


def _passed(was: Standing, event: Event) -> list[str]:
    if was.state != "in_review":
        return [f"{STATES[was.state]}，不在审核中。"]
    turn = was.next_step
    if turn is None or event.step != turn.key:
        return [f"现在轮到{turn.label if turn else '发布'}。"]
    reasons = []
    if event.by in was.authors:
        reasons.append("不能审核自己起草、修改或者送审的稿件，请由另一位办理。")
    others = {by for key, by in was.passed if key != event.step}
    if event.by in others:
        reasons.append("同一稿件的各道审核应由不同的人办理，您已经审过一道。")
    if event.digest != was.digest:
        reasons.append("稿件在您打开之后有改动，请重新看过再审。")
    return reasons


def _returned(was: Standing, event: Event) -> list[str]:
    reasons = [] if was.state == "in_review" else [f"{STATES[was.state]}，不在审核中。"]
    if not event.note.strip():
        reasons.append("退回须写明理由。")
    return reasons


def _forced(was: Standing, event: Event) -> list[str]:
    reasons = []
    if was.state not in ("draft", "in_review", "returned", "approved"):
        reasons.append(f"{STATES[was.state]}，不需要应急发布。")
    if not was.authors:
        reasons.append("还没有草稿。")
    if not event.note.strip():
        reasons.append("应急发布须写明理由。")
    return reasons


def _ratified(was: Standing, event: Event) -> list[str]:
    if not was.is_forced:
        return ["没有要追认的应急发布。"]
    if event.by in was.forced_by:
        return ["应急发布须由另一位追认。"]
    return []


def _published(was: Standing, event: Event) -> list[str]:
    reasons = [] if was.state == "approved" else [f"{STATES[was.state]}，还没有审定，不能发布。"]
    if was.is_public and not event.note.strip():
        reasons.append("这条信息已经公开，重新发布须写明更正了什么，一并公布。")
    return reasons


def _scheduled(was: Standing, event: Event) -> list[str]:
    return [] if was.state == "approved" else [f"{STATES[was.state]}，还没有审定，不能定时发布。"]


def _unscheduled(was: Standing, event: Event) -> list[str]:
    return [] if was.is_scheduled else ["没有定时发布。"]


def _withdrawn(was: Standing, event: Event) -> list[str]:
    reasons = [] if was.is_public else ["没有公开的内容，不用撤回。"]
    if not event.note.strip():
        reasons.append("撤回须写明理由。")
    return reasons


def _discarded(was: Standing, event: Event) -> list[str]:
    """A draft that is not wanted: a duplicate, a mistake. What was ever public is withdrawn instead, for all to see."""
    reasons = [] if was.state in ("draft", "returned") else [f"{STATES[was.state]}，不能作废。"]
    if not was.authors:
        reasons.append("还没有草稿。")
    if was.was_public:
        reasons.append("这条信息公开过，不能作废；不应再公开的，请撤回。")
    if not event.note.strip():
        reasons.append("作废须写明理由。")
    return reasons


def _imported(was: Standing, event: Event) -> list[str]:
    """What was public elsewhere moves in as it was: the beginning of a file, never a way on for a draft."""
    reasons = ["已经有稿件，不能再作为历史信息迁移。"] if was.authors else []
    if not event.note.strip():
        reasons.append("迁移须写明来源和原发布日期。")
    return reasons


_RULES: Final = {
    "drafted": _drafted,
    "edited": _edited,
    "submitted": _submitted,
    "passed": _passed,
    "returned": _returned,
    "forced": _forced,
    "ratified": _ratified,
    "published": _published,
    "withdrawn": _withdrawn,
    "imported": _imported,
    "scheduled": _scheduled,
    "unscheduled": _unscheduled,
    "discarded": _discarded,
}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "data" / "review.toml").read_text("utf-8"))
