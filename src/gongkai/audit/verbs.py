"""What can be logged: every verb with its Chinese name. Each app registers its own when it starts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

VERBS: Final[dict[str, str]] = {}
"""Every verb, like "agencies.rename", and what it is called, like 机关更名."""

_FORM = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


class UnknownVerb(ValueError):
    """A verb that no app has registered, or one that is no verb."""


def register(verbs: Mapping[str, str]) -> None:
    """Add an app's verbs. Two apps cannot call one verb by two names."""
    for verb, label in verbs.items():
        if not _FORM.fullmatch(verb) or len(verb) > 60 or not label:
            raise UnknownVerb(f"{verb!r} is not a dotted verb with a name")
        if VERBS.setdefault(verb, label) != label:
            raise UnknownVerb(f"the verb {verb} is registered twice: {VERBS[verb]} and {label}")


def check(verb: str) -> None:
    """Raise UnknownVerb unless an app has registered it."""
    if verb not in VERBS:
        raise UnknownVerb(f"the verb {verb!r} is not registered; its app does so in AppConfig.ready")
