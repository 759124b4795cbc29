"""Whether a record's review can end at all: for each step that is left, someone in post who may do it.

Nobody reviews what he wrote, and no two steps are one person's. So it is not enough that each post is held: there must be a
person of his own for every step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.db.models import Q

from gongkai.agencies.models import Posting, today
from gongkai.agencies.posts import POSTS, PostKey
from gongkai.disclosure import filing, review
from gongkai.disclosure.models import Record

Held = Mapping[str, Mapping[int, str]]
"""Who holds each post of an agency today: names by key of staff, by post."""


class Gap(NamedTuple):
    """A step that nobody can do, and why."""

    step: review.Step
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"没有人能办：{self.step.label}（{self.why}）。{self.remedy}"


def unmanned(steps: Sequence[review.Step], candidates: Mapping[str, frozenset[int]]) -> list[review.Step]:
    """The steps that no person is left for, where each is done by another one. Steps with the fewest candidates choose
    first, so that what is named is the step that could be given to several and to none of them."""
    taken: dict[int, str] = {}

    def place(key: str, asked: set[int]) -> bool:
        for person in sorted(candidates[key] - asked):
            asked.add(person)
            if person not in taken or place(taken[person], asked):
                taken[person] = key
                return True
        return False

    hardest = sorted(steps, key=lambda step: len(candidates[step.key]))
    without = {step.key for step in hardest if not place(step.key, set())}
    return [step for step in steps if step.key in without]


def holders(agencies: Iterable[int]) -> dict[int, dict[str, dict[int, str]]]:
    """Who holds each post today and may sign in, by agency. One query."""
    found: dict[int, dict[str, dict[int, str]]] = {}
    day = today()
    rows = Posting.objects.filter(
        Q(until=None) | Q(until__gt=day), since__lte=day, agency__in=set(agencies), staff__is_active=True
    )
    for row in rows.select_related("staff"):
        found.setdefault(row.agency_id, {}).setdefault(row.post, {})[row.staff_id] = str(row.staff)
    return found


def gaps(record: Record, held: Held | None = None) -> list[Gap]:
    """The steps of a record's review that nobody can do as posts are held today; none where nothing is to be reviewed."""
    return _gaps(record, filing.standing_of(record), held)


def gaps_if_edited(record: Record, by: int) -> list[Gap]:
    """The same if this person edited it now: he would be an author, and the review begin anew."""
    standing = filing.standing_of(record)
    again = replace(standing, state="draft", passed=(), authors=standing.authors | {by}, steps=filing.steps_of(record))
    return _gaps(record, again, None)


def _gaps(record: Record, standing: review.Standing, held: Held | None) -> list[Gap]:
    if standing.state not in ("draft", "returned", "in_review"):
        return []
    held = holders([record.agency_id]).get(record.agency_id, {}) if held is None else held
    left = [step for step in standing.steps if step.key not in standing.done]
    in_post = {step.key: {pk: name for post in step.posts for pk, name in held.get(post, {}).items()} for step in left}
    barred = standing.authors | {by for _, by in standing.passed}
    candidates = {key: frozenset(people) - barred for key, people in in_post.items()}
    return [
        Gap(step, _why(step, left, in_post[step.key], candidates), _remedy(record, standing, step, in_post[step.key]))
        for step in unmanned(left, candidates)
    ]


def _why(
    step: review.Step,
    left: Sequence[review.Step],
    in_post: Mapping[int, str],
    candidates: Mapping[str, frozenset[int]],
) -> str:
    if not in_post:
        return f"本机关没有在任的{_posts(step)}"
    names = "、".join(in_post[person] for person in sorted(in_post))
    free = candidates[step.key]
    if not free:
        return f"在任的{_posts(step)}{names}写过、改过、送审过这份稿件，或者已经审过一道"
    others = "、".join(other.label for other in left if other != step and candidates[other.key] & free)
    names = "、".join(in_post[person] for person in sorted(free))
    return f"{names}还要办{others}，同一稿件的各道审核由不同的人办理"


def _remedy(record: Record, standing: review.Standing, step: review.Step, in_post: Mapping[int, str]) -> str:
    """Whom to appoint. An agency that has no such post at all may be one whose chain goes without the step: a record under
    review keeps the chain that it was submitted with, so a lighter one counts for the next submission only."""
    appoint = f"请管理员为{record.agency.name}再任命一位{_posts(step, '或者')}"
    lighter = [] if in_post else review.chains_without(step.key)
    if not lighter:
        return f"{appoint}。"
    if step not in filing.steps_of(record):
        return f"{appoint}，或者退回后重新送审：{record.agency.name}现在按{'或者'.join(lighter)}，没有这一道。"
    again = "，再把这一件退回重新送审" if standing.state == "in_review" else ""
    return f"{appoint}；不设这个岗位的，在机关的登记资料里把审核层级改为{'或者'.join(lighter)}{again}。"


def _posts(step: review.Step, joint: str = "、") -> str:
    keys: tuple[PostKey, ...] = step.posts  # type: ignore[assignment]
    return joint.join(POSTS[key].label for key in keys)
