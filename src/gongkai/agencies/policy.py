"""Who may do what: the one policy that the office, the verbs and the API ask.

What someone may do follows from the posts he holds today. A right is held at the agency of the post, or (`below`) at
everything that agency answers for: its own tree, or for a competent department its government's tree. Each app names
its rights in `rights.py` and registers them when it starts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, Posting, Staff, today
from gongkai.agencies.posts import POSTS, PostKey


@dataclass(frozen=True, slots=True)
class Right:
    """Something one may do. `own`: the posts that may at their own agency; `below`: those that may all below, too."""

    key: str
    label: str
    own: frozenset[PostKey] = frozenset()
    below: frozenset[PostKey] = frozenset()

    @property
    def posts(self) -> frozenset[PostKey]:
        """Every post that has it somewhere."""
        return self.own | self.below


RIGHTS: Final[dict[str, Right]] = {}
"""Every right by key."""


def register(rights: Iterable[Right]) -> None:
    """Add an app's rights. Two apps cannot name the same right."""
    for right in rights:
        if right.key in RIGHTS and RIGHTS[right.key] != right:
            raise ValueError(f"the right {right.key} is registered twice")
        RIGHTS[right.key] = right


class Policy:
    """What one person may do on one day. Reads the person's posts once."""

    def __init__(self, staff: Staff | AnonymousUser, on: date | None = None) -> None:
        self.is_everything = bool(staff.is_active and staff.is_superuser)
        self.staff = staff if isinstance(staff, Staff) else None
        self.postings: list[Posting] = []
        if isinstance(staff, Staff) and staff.is_active:
            day = on or today()
            self.postings = list(
                staff.postings.select_related("agency")
                .filter(Q(until=None) | Q(until__gt=day), since__lte=day)
                .filter(Q(agency__until=None) | Q(agency__until__gt=day))
            )

    @property
    def posts(self) -> list[PostKey]:
        """The posts held, each once, in the order of a paper's way."""
        held = {posting.post for posting in self.postings}
        return [key for key in POSTS if key in held]

    @property
    def needs_second_factor(self) -> bool:
        """Whether a post decides or administers."""
        return self.is_everything or any(POSTS[key].decides for key in self.posts)

    def has(self, right: str) -> bool:
        """Whether the right is held anywhere: whether to show a menu entry."""
        posts = RIGHTS[right].posts
        return self.is_everything or any(posting.post in posts for posting in self.postings)

    def may(self, right: str, agency: Agency) -> bool:
        """Whether the right is held at this agency."""
        return not self.why_not(right, agency)

    def why_not(self, right: str, agency: Agency) -> list[str]:
        """Why the right is not held at this agency, in words for the person; empty where it is."""
        if self.is_everything:
            return []
        known = RIGHTS[right]
        for posting in self.postings:
            if posting.post in known.below and agency.path.startswith(posting.agency.realm):
                return []
            if posting.post in known.own and posting.agency_id == agency.pk:
                return []
        if self.has(right):
            return [f"您不能{known.label}（{agency.name}）：您的岗位只负责本机关或者所辖机关。"]
        return self.why_not_anywhere(right)

    def why_not_anywhere(self, right: str) -> list[str]:
        """Why the right is held nowhere; empty where it is held somewhere."""
        if self.has(right):
            return []
        who = "、".join(post.label for post in POSTS.values() if post.key in RIGHTS[right].posts)
        doing = RIGHTS[right].label
        return [f"{doing}由{who}办理，您没有担任这样的岗位。" if who else f"{doing}只能由系统管理员办理。"]

    def agencies(self, right: str) -> QuerySet[Agency]:
        """The agencies at which the right is held."""
        if self.is_everything:
            return Agency.objects.all()
        known = RIGHTS[right]
        where = Q(pk__in=[p.agency_id for p in self.postings if p.post in known.own])
        for realm in {p.agency.realm for p in self.postings if p.post in known.below}:
            where |= Q(path__startswith=realm)
        return Agency.objects.filter(where)


def policy_of(staff: Staff | AnonymousUser) -> Policy:
    """The policy of someone, made once for the object that stands for him in a request."""
    kept = getattr(staff, "_policy", None)
    if kept is None:
        kept = Policy(staff)
        staff._policy = kept
    return cast(Policy, kept)
