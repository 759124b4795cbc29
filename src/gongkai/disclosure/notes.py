"""What a person writes beside a record: notes that the public reads, and notes that its file and the log keep for good.

Neither can be masked afterwards, and nobody reviews them: personal data is refused where it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from gongkai.agencies.models import today
from gongkai.content import personal

_GRAVE: Final = frozenset({"block"})
STRICT: Final = frozenset({"block", "warn"})
_APART: Final = re.compile(r"(?<=\d)[\s\-－—]+(?=\d)")
_TELLING: Final = 5
"""So many digits in a row tell a number; fewer are a year or a day."""


def why_not_publish(what: str, text: str) -> list[str]:
    """Why this note may not be shown to the public; empty where it may."""
    return [f"{what}会向社会公布，请不要写号码、住址等个人信息。"] if _is_personal(text) else []


def why_not_keep(what: str, text: str, grave: Collection[str] = _GRAVE) -> list[str]:
    """Why this note may not be kept for good; empty where it may. `grave`: the severities that are too much."""
    return [f"{what}会长期留存，请不要写号码、住址等个人信息。"] if _is_personal(text, grave) else []


def repeats(text: str, number: str) -> bool:
    """Whether a text says this number again, however it is grouped."""
    digits = _digits(number)
    return len(digits) >= _TELLING and digits in _digits(text)


def _is_personal(text: str, grave: Collection[str] = _GRAVE) -> bool:
    written = (text, _APART.sub("", text))  # nobody has an innocent reason to write a number in odd groups
    return any(one.severity in grave for form in written for one in personal.find(form, today=today()))


def _digits(text: str) -> str:
    return "".join(str(int(ch)) for ch in text if ch.isdecimal())
