"""Addresses of the public site. A page names a hundred of them; to find one anew each time is a tenth of its work."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse


@lru_cache(10_000)
def to(name: str, *args: object) -> str:
    """Where a page of the site is, by the name of its route (without "portal:") and its arguments."""
    return str(reverse(f"portal:{name}", args=args))
