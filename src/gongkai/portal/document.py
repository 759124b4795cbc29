"""A record's text as a page shows it: cleaned once more, wide tables in a frame of their own, pictures from its files."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from gongkai.content import cleaning

_HEADING: Final = re.compile(r"<(/?)h([2-6])([ >])")
_TABLE: Final = re.compile(r"<(/?)table>")
_OPEN: Final = '<div class="scroll" tabindex="0" role="region" aria-label="表格"><table>'


def shown(html: str, address_of: Callable[[str], str | None], under: int = 1) -> SafeString:
    """The markup, its headings below the level `under`. `address_of` gives the address of an attachment by its key, None where there is none."""
    try:
        text = cleaning.clean(html).html
    except cleaning.NotCleanable:
        text = f"<p>{escape(re.sub(r'<[^>]*>', ' ', html)[:200_000])}</p>"
    text = cleaning.with_attachments(text, address_of)
    return mark_safe(_framed(_stepped(text, under)))  # noqa: S308 - cleaned above; what is added is from here


def _framed(html: str) -> str:
    """Outermost tables scroll by themselves; a page never does sideways."""
    depth = 0

    def frame(match: re.Match[str]) -> str:
        nonlocal depth
        if match[1]:
            depth -= 1
            return "</table></div>" if depth == 0 else match[0]
        depth += 1
        return _OPEN if depth == 1 else match[0]

    return _TABLE.sub(frame, html)


def _stepped(html: str, under: int) -> str:
    """Headings go down one level at a time, from what stands above the text."""
    last = level = under

    def step(match: re.Match[str]) -> str:
        nonlocal last, level
        if not match[1]:
            level = max(under + 1, min(int(match[2]), last + 1))
            last = level
        return f"<{match[1]}h{level}{match[3]}"

    return _HEADING.sub(step, html)
