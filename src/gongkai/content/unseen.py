"""Characters that nobody sees, and that turn text round or keep it from being found: taken out where text comes in."""

from __future__ import annotations

import re
from typing import Any, Final

# Controls without tab and line breaks; zero-width space and byte order mark; what overrides or isolates a direction.
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


def without_unseen(text: str) -> str:
    """The text as it is seen."""
    return _UNSEEN.sub("", text)


def tidy(value: Any) -> Any:
    """A value that was typed: text as it is seen, without blanks around it; anything else as it is."""
    return without_unseen(value).strip() if isinstance(value, str) else value
