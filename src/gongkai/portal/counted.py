"""Counts of lists and of the home page, worked out once and kept where pages are, until one changes (`page_cache`).

A reader who turns a page, sorts or takes back a filter asks for the same counts again; at 100 000 records they are most
of what a list costs. Nothing is kept where pages are not (GONGKAI_PAGE_SECONDS=0), nor for longer than they.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from django.conf import settings
from django.core.cache import caches

from gongkai.agencies.models import today
from gongkai.disclosure import lists
from gongkai.portal import groups, marks

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")


def kept(work: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    """The same function, its answers kept. They are found by its name and what it is asked."""

    @wraps(work)
    def counted(*args: _Asked.args, **kwargs: _Asked.kwargs) -> _Answer:
        if not settings.PAGE_SECONDS:
            return work(*args, **kwargs)
        asked = f"{work.__name__} {today()} {args!r} {kwargs!r}"
        key = "count." + hashlib.sha256(asked.encode()).hexdigest()[:32]
        # The marks are read before the records: what is counted while one is published is not believed later.
        now = marks.now(groups.SITE, groups.RECORDS)
        found: tuple[str, _Answer] | None = caches["pages"].get(key)
        if found and found[0] == now:
            return found[1]
        answer = work(*args, **kwargs)
        caches["pages"].set(key, (now, answer), settings.PAGE_SECONDS)
        return answer

    return counted


counts: Final = kept(lists.counts)
agencies: Final = kept(lists.agencies)
counts_stated: Final = kept(lists.counts_stated)
by_column: Final = kept(lists.by_column)
present: Final = kept(lists.present)
publishers: Final = kept(lists.publishers)
total: Final = kept(lists.total)
totals: Final = kept(lists.totals)
