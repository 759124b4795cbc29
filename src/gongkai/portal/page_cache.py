"""Public pages as bytes: kept for a while on the server, compressed once, answered with 304 where nothing changed.

A page is kept when the view says that it is the same for everyone (`shell.show`) and it sets no cookie. The key is
scheme, host, address and display, so that variants cannot mix. People with a session or a form's cookie are never
answered from here; cookies that mean nothing to us (those of firewalls and counters) are not looked at.

A kept page remembers the marks of its groups as they were before it was made: once one has changed, it is never shown
again, in no process. Of the many who ask for it then, one makes it anew and the others of the process wait for it.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from threading import Lock
from typing import Final, NamedTuple, cast

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from gongkai.portal import display, groups, marks

_PERSONAL: Final = frozenset({settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME})
_LONGEST_QUERY: Final = 200
_GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_BROWSER: Final = "public, max-age=0, must-revalidate"
pages: Final = caches["pages"]
"""Where they are kept."""
_TURNS: Final = tuple(Lock() for _ in range(64))
"""Who makes a page anew holds one of these, found by the page's key."""
_Respond = Callable[[HttpRequest], HttpResponseBase]


class Kept(NamedTuple):
    """A page as bytes."""

    marks: str
    status: int
    headers: dict[str, str]
    etag: str
    packed: bytes = b""


def page_cache(get_response: _Respond) -> _Respond:
    """The middleware. It stands before all that a kept page does not need."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or not _PERSONAL.isdisjoint(request.COOKIES):
            return get_response(request)
        seconds = settings.PAGE_SECONDS
        key = _key(request) if seconds else ""
        now = _marks(request) if key else ""
        kept: Kept | None = pages.get(key) if key else None
        if kept is None:
            return _made(request, get_response, key, now)
        if kept.marks == now:
            return _answer(request, kept)
        with _TURNS[int(key[-2:], 16) % len(_TURNS)]:
            now = _marks(request)
            kept = pages.get(key)
            if kept and kept.marks == now:
                return _answer(request, kept)
            response = _made(request, get_response, key, now)
            if response.status_code != 200:  # withdrawn: nobody waits for a turn any more
                pages.delete(key)
            return response

    return respond


def _marks(request: HttpRequest) -> str:
    return marks.now(groups.SITE, groups.of(request.path))


def _made(request: HttpRequest, get_response: _Respond, key: str, now: str) -> HttpResponseBase:
    """The page made anew, and kept where it may be."""
    response = get_response(request)
    if not getattr(response, "is_public_page", False) or response.cookies:
        return response
    response = cast(HttpResponse, response)
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    response.headers.setdefault("Cache-Control", _BROWSER)
    if response.status_code != 200 or request.method == "HEAD":
        return response
    kept = _keep(response, now)
    if key:
        kept = kept._replace(packed=gzip.compress(response.content, 6, mtime=0))
        pages.set(key, kept, settings.PAGE_SECONDS)
    return _answer(request, kept, response.content)


def _key(request: HttpRequest) -> str:
    """Under what the page is kept; empty for addresses that are made up to fill the cache."""
    meta = request.META
    query = meta.get("QUERY_STRING", "")
    if len(query) > _LONGEST_QUERY:
        return ""
    variant = display.of(request).key
    page = f"{request.scheme} {meta.get('HTTP_HOST', '')} {variant} {request.path}?{query}"
    return "page." + hashlib.sha256(page.encode()).hexdigest()[:32]


def _keep(response: HttpResponse, now: str) -> Kept:
    body = response.content
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    return Kept(now, response.status_code, headers, etag)


def _answer(request: HttpRequest, kept: Kept, body: bytes = b"") -> HttpResponseBase:
    takes_gzip = _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    sent = (kept.packed or gzip.compress(body, 6, mtime=0)) if takes_gzip else (body or gzip.decompress(kept.packed))
    response: HttpResponseBase = HttpResponse(sent, status=kept.status, headers=kept.headers)
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = kept.etag
    response.headers["Content-Length"] = str(len(sent))
    if "HTTP_IF_NONE_MATCH" in request.META:
        response = get_conditional_response(request, kept.etag, None, response) or response
    return response
