"""The gate of the office: a session that still runs, a second factor proved, a first password changed.

Behind it only our own screens stand open, each with a door of its own (`agencies.guard`); of Wagtail's, the few that
make the frame.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from gongkai.access import actions
from gongkai.agencies.models import Staff
from gongkai.agencies.policy import policy_of

OFFICE = "/office/"
OPEN = ("/office/login/", "/office/logout/", "/office/oidc/")
"""Addresses of the office that need no proof: the way in and out."""


FRAME = frozenset(
    {"wagtailadmin_home", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_dismissibles"}
)
"""Wagtail's addresses that everyone in the office may open. Its others are for who may do everything."""


class Gate:
    """Nobody sees the office before every proof is given; the first one missing is asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OFFICE):
            return self.get_response(request)
        way = None if request.path.startswith(OPEN) else missing_proof(request)
        response = redirect(way) if way else self.get_response(request)
        add_never_cache_headers(response)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object) -> None:
        """Shut what Wagtail brings and the office does not use."""
        if not request.path.startswith(OFFICE) or view.__module__.startswith("gongkai."):
            return
        match = request.resolver_match
        if (match is None or match.url_name not in FRAME) and not (
            isinstance(request.user, Staff) and policy_of(request.user).is_everything
        ):
            raise Http404


def missing_proof(request: HttpRequest) -> str | None:
    """Where to send the visitor for the first proof that is missing; None where all are given."""
    staff = request.user
    back = "?" + urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    if not isinstance(staff, Staff):
        return f"/office/login/{back}"
    if not actions.touch(request):
        return f"/office/login/?ended=1&{back[1:]}"
    if request.path.startswith("/office/second-factor/"):
        return None
    if actions.needs_factor(staff) and not staff.is_verified():
        return f"/office/second-factor/{back}"
    if request.path.startswith("/office/password/"):
        return None
    return "/office/password/" if password_is_due(staff) else None


def password_is_due(staff: Staff) -> bool:
    """Whether the password must be changed now: it is the first one, or old. Not where a provider signs in."""
    if not staff.has_usable_password():
        return False
    age: timedelta = timezone.now() - staff.password_changed_at
    too_old: bool = settings.PASSWORD_DAYS > 0 and age.days >= settings.PASSWORD_DAYS
    return staff.must_change_password or too_old
