"""The text of a record: whatever was typed or pasted, kept as the small safe HTML of `content.cleaning`."""

from __future__ import annotations

import re
from html import escape

from gongkai.agencies.doer import Refused
from gongkai.content import cleaning

_MARKUP = re.compile(r"<[a-zA-Z!/]")


def cleaned(text: str) -> str:
    """Pasted HTML cleaned; plain text as paragraphs, a line each. Refused for what cannot be taken over."""
    return _clean(text).html


def left_out(text: str) -> tuple[str, ...]:
    """What cleaning does not keep of a pasted text: pictures, hidden text, revisions; a sentence each."""
    return _clean(text).notes if _MARKUP.search(text) else ()


def _clean(text: str) -> cleaning.Cleaned:
    if not _MARKUP.search(text):
        text = "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())
    try:
        return cleaning.clean(text)
    except cleaning.NotCleanable as error:
        raise Refused([str(error)]) from error
