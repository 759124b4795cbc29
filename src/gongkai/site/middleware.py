"""What every response carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

_PUBLIC: Final = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OFFICE: Final = _PUBLIC.replace("img-src 'self'", "img-src 'self' data:; font-src 'self'")
_EDITOR: Final = (
    "default-src 'none'; img-src 'self' data: blob:; media-src 'self'; font-src 'self'; frame-src 'self'; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_WAGTAIL: Final = ("pages", "images", "documents", "snippets", "users", "groups", "reports", "choose-")
POLICIES: Final = (
    *((f"/office/{beginning}", _EDITOR) for beginning in _WAGTAIL),
    ("/office/", _OFFICE),
    ("/", _PUBLIC),
)
"""Content-Security-Policy by the beginning of the path; the first that fits.

Public pages: everything from this site, nothing inline, so that text from a document can never become a script. Our
screens in the office keep to that, too. Only Wagtail's own (seen in Chromium: its lists and date fields write scripts
into the page, its rich-text editor styles) may do more.
"""


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add the Content-Security-Policy header, where a view has not set a stricter one."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = next(policy for prefix, policy in POLICIES if request.path.startswith(prefix))
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return respond
