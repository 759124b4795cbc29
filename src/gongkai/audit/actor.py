"""Who did something: a snapshot, so that an entry stays true after the person moves or leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff, the system or a member of the public, as he was at that moment.

    `agency` and `posts` are names as they were then; `address` is the network address.
    """

    kind: Literal["staff", "system", "public"]
    id: int | None
    name: str
    agency: str
    posts: tuple[str, ...]
    address: str

    def to_json(self) -> dict[str, Any]:
        """As an entry keeps it."""
        return {
            "kind": self.kind,
            "id": self.id,
            "name": self.name,
            "agency": self.agency,
            "posts": list(self.posts),
            "address": self.address,
        }


SYSTEM: Final = Actor("system", None, "系统", "", (), "")
