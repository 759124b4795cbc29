"""Who may use 年报核校: everyone where the setting opens it to the public, else whoever works in the office."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from gongkai.access.middleware import missing_proof
from gongkai.agencies.policy import policy_of


def admitted(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view for those who may; others sign in first, and for people without a post it does not exist."""

    @wraps(view)
    def respond(request: HttpRequest, *args: object, **more: object) -> HttpResponseBase:
        if not settings.REPORT_CHECK_IS_PUBLIC:
            if way := missing_proof(request):
                return redirect(way)
            if not policy_of(request.user).has("office.enter"):
                raise Http404
        return view(request, *args, **more)

    return respond
