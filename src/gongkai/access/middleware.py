"""The gate of the office: a session that still runs, a second factor proved, a first password changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from gongkai.access import actions
from gongkai.agencies.models import Staff

OFFICE = "/office/"
OPEN = ("/office/login/", "/office/logout/", "/office/oidc/", "/office/jsi18n/")
"""Addresses of the office that need no proof: the way in and out."""


def gate(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Nobody sees the office before every proof is given; the first one missing is asked for."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OFFICE):
            return get_response(request)
        way = None if request.path.startswith(OPEN) else _missing_proof(request)
        response = redirect(way) if way else get_response(request)
        add_never_cache_headers(response)
        return response

    return respond


def _missing_proof(request: HttpRequest) -> str | None:
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
