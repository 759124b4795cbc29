"""Who does something, as every verb takes it: a person with an address, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from gongkai.agencies.models import Agency, Staff
from gongkai.agencies.policy import policy_of
from gongkai.agencies.posts import POSTS
from gongkai.audit.actor import SYSTEM as SYSTEM_ACTOR
from gongkai.audit.actor import Actor


class Refused(Exception):
    """A verb that was not done. `reasons` are sentences for the person."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Doer:
    """A member of staff at an address, or (`staff` is None) the system: a command, a timed task, the set-up."""

    staff: Staff | None = None
    address: str = ""

    def why_not(self, right: str, agency: Agency) -> list[str]:
        """Why this right is not held there; empty where it is."""
        return policy_of(self.staff).why_not(right, agency) if self.staff else []

    def actor(self) -> Actor:
        """A snapshot for the log: names and posts as they are now."""
        if self.staff is None:
            return SYSTEM_ACTOR
        policy = policy_of(self.staff)
        agency = policy.postings[0].agency.name if policy.postings else ""
        posts = tuple(POSTS[key].label for key in policy.posts)
        return Actor("staff", self.staff.pk, str(self.staff), agency, posts, self.address)

    def who(self) -> str:
        """Agency, posts and name as a file keeps them, at most 120 characters."""
        actor = self.actor()
        return f"{actor.agency}{'、'.join(actor.posts)} {actor.name}".strip()[:120]


SYSTEM = Doer()


def doer_of(request: HttpRequest) -> Doer:
    """The signed-in person behind a request."""
    assert isinstance(request.user, Staff)
    return Doer(request.user, address_of(request))


def address_of(request: HttpRequest) -> str:
    """The visitor's address, as the proxies in front of us say."""
    from django.conf import settings

    hops: list[str] = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    proxies: int = settings.PROXIES
    if proxies and len(hops) >= proxies:
        return hops[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def insist(*reasons: list[str]) -> None:
    """Raise `Refused` where any of these lists has a reason."""
    found = [reason for some in reasons for reason in some]
    if found:
        raise Refused(found)


def unsaved(instance: Any, *, exclude: tuple[str, ...] = ()) -> list[str]:
    """Why this row cannot be saved, from its own validators and constraints, in words."""
    from django.core.exceptions import ValidationError

    try:
        instance.full_clean(exclude=exclude)
    except ValidationError as error:
        found = []
        for name, messages in error.message_dict.items():
            label = "" if name == "__all__" else f"{instance._meta.get_field(name).verbose_name}："
            found += [f"{label}{message}" for message in messages]
        return found
    return []
