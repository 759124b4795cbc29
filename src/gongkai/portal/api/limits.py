"""So many requests a minute from one address, so that one program does not slow the site for everybody."""

from __future__ import annotations

import time
from hashlib import blake2b
from typing import Final

from django.conf import settings
from django.core.cache import cache

from gongkai.portal.api.problems import Problem

A_MINUTE: Final = 300


def insist(address: str) -> None:
    """Problem 429, which says when it opens again, where the address has asked too often. No address is kept."""
    minute, second = divmod(int(time.time()), 60)
    digest = blake2b(address.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).hexdigest()
    key = f"api.{minute}.{digest}"
    cache.add(key, 0, 90)
    try:
        asked = cache.incr(key)
    except ValueError:  # it was pushed out in between
        return
    if asked > A_MINUTE:
        wait = 60 - second
        raise Problem(429, f"每分钟最多 {A_MINUTE} 次，请 {wait} 秒后再试。", retry_after=wait)
