"""Doors of the office: a screen names the right it needs, and where.

A test walks every address of the office and holds each to the policy; a screen without a door is found by it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongkai.agencies.models import Agency, Staff
from gongkai.agencies.policy import policy_of

View = Callable[..., HttpResponse]


def needs(right: str, at: str = "", of: type[models.Model] = Agency) -> Callable[[View], View]:
    """Let in who holds `right`: at the agency whose key the address carries as `at`, or anywhere.

    Where the key is that of another thing, `of` is its model, and the right is asked at its `agency`. The view is called
    with the thing itself under its model's name. Others get a page that says why not.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            assert isinstance(request.user, Staff)
            policy = policy_of(request.user)
            if at:
                near = ("parent", "reports_to") if of is Agency else ("agency",)
                thing = get_object_or_404(of._default_manager.select_related(*near), pk=kwargs.pop(at))
                reasons = policy.why_not(right, thing if isinstance(thing, Agency) else thing.agency)
                kwargs[str(of._meta.model_name)] = thing
            else:
                reasons = policy.why_not_anywhere(right)
            if reasons:
                return render(request, "agencies/refused.html", {"reasons": reasons}, status=403)
            return view(request, *args, **kwargs)

        guarded.right, guarded.at, guarded.of = right, at, of  # type: ignore[attr-defined]
        return guarded

    return wrap
