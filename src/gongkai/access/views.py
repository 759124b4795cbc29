"""Screens: sign in, second factor, password, one's own account."""

from __future__ import annotations

import base64
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.access import actions, provider
from gongkai.access.middleware import password_is_due
from gongkai.agencies import staffing
from gongkai.agencies.doer import Refused, doer_of
from gongkai.agencies.guard import needs
from gongkai.agencies.models import Staff

forms = require_http_methods(["GET", "HEAD", "POST"])


def _next(request: HttpRequest) -> str:
    """Where the visitor wanted to go, if it is here."""
    wanted = request.POST.get("next") or request.GET.get("next") or request.session.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if here and wanted.startswith("/office/") else reverse("wagtailadmin_home")


def _page(request: HttpRequest, name: str, reasons: list[str], **context: Any) -> HttpResponse:
    context |= {"reasons": reasons, "next": _next(request), "offers_provider": provider.is_offered()}
    return render(request, f"access/{name}.html", context, status=422 if reasons else 200)


@sensitive_post_parameters("password")
@forms
def login(request: HttpRequest) -> HttpResponse:
    """Sign in with account and password."""
    if request.user.is_authenticated and request.method != "POST":
        return redirect(_next(request))
    username, reasons = "", []
    if request.method == "POST":
        username = request.POST.get("username", "")
        try:
            actions.sign_in(request, username, request.POST.get("password", ""))
            return redirect(_next(request))
        except Refused as refused:
            reasons = refused.reasons
    return _page(request, "login", reasons, username=username, ended="ended" in request.GET)


def locked_out(request: HttpRequest, response: HttpResponse, credentials: Any) -> HttpResponse:
    """After too many failures: the same page, which says until when (called by django-axes)."""
    response.status_code = 429
    return response


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out. What forms have kept in the browser goes with it: the next at this computer is someone else."""
    actions.sign_out(request)
    response = redirect("access_login")
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@sensitive_post_parameters("code")
@forms
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second factor: set it up the first time, prove it from then on."""
    staff = request.user
    assert isinstance(staff, Staff)
    if not actions.has_factor(staff):
        return _set_up(request, staff)
    reasons = []
    if request.method == "POST":
        try:
            actions.prove(request, request.POST.get("code", ""))
            return redirect(_next(request))
        except Refused as refused:
            reasons = refused.reasons
    return _page(request, "second_factor", reasons)


def _set_up(request: HttpRequest, staff: Staff) -> HttpResponse:
    enrolment, reasons = actions.enrolment_of(staff), []
    if request.method == "POST":
        try:
            codes = actions.set_up_factor(request, request.POST.get("code", "").strip().replace(" ", ""))
            return _page(request, "recovery_codes", [], codes=codes)
        except Refused as refused:
            reasons = refused.reasons
    key = base64.b32encode(bytes.fromhex(enrolment.key)).decode()
    address = f"otpauth://totp/Gongkai:{staff.username}?secret={key}&issuer=Gongkai"
    picture = segno.make(address, error="m").svg_inline(scale=4, border=2, svgclass=None, lineclass=None)
    spaced = " ".join(key[i : i + 4] for i in range(0, len(key), 4))
    return _page(request, "set_up_factor", reasons, picture=picture, key=spaced)


@sensitive_post_parameters()
@forms
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; a first or an old one must be changed."""
    staff = request.user
    assert isinstance(staff, Staff)
    reasons: list[str] = []
    if request.method == "POST":
        new = request.POST.get("new", "")
        try:
            if new != request.POST.get("again", ""):
                raise Refused(["两次输入的新密码不同。"])
            staffing.change_password(doer_of(request), staff, request.POST.get("old", ""), new)
            actions.keep_only(request)
            messages.success(request, "密码已经修改，其他地方的登录都已退出。")
            return redirect(_next(request))
        except Refused as refused:
            reasons = refused.reasons
    return _page(request, "password", reasons, is_due=password_is_due(staff))


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: second factor, and where one is signed in."""
    staff = request.user
    assert isinstance(staff, Staff)
    context = {
        "has_factor": actions.has_factor(staff),
        "sessions": staff.sign_ins.all(),
        "here": request.session.session_key,
    }
    return _page(request, "account", [], **context)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's session elsewhere."""
    assert isinstance(request.user, Staff)
    actions.end(get_object_or_404(request.user.sign_ins, pk=pk))
    messages.success(request, "那一处登录已经退出。")
    return redirect("access_account")


@require_POST
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes."""
    assert isinstance(request.user, Staff)
    if not actions.has_factor(request.user):
        return redirect("access_account")
    return _page(request, "recovery_codes", [], codes=actions.recovery_codes(doer_of(request), request.user))


@require_POST
@needs("staff.appoint")
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away someone's second factor, whose phone is lost."""
    person = get_object_or_404(Staff, pk=pk)
    try:
        actions.remove_factor(doer_of(request), person)
        messages.success(request, f"{person}：二次验证已经取消，下次登录时重新启用。")
        return redirect("staff_show", pk)
    except Refused as refused:
        return render(request, "agencies/refused.html", {"reasons": refused.reasons}, status=422)


@require_GET
def oidc_begin(request: HttpRequest) -> HttpResponse:
    """Go to the provider of single sign-on."""
    if not provider.is_offered():
        return redirect("access_login")
    request.session["next"] = _next(request)
    try:
        response: HttpResponse = provider.redirect_to(request, request.build_absolute_uri(reverse("access_oidc_back")))
        return response
    except Refused as refused:
        return _page(request, "login", refused.reasons, username="")


@require_GET
def oidc_back(request: HttpRequest) -> HttpResponse:
    """Come back from the provider."""
    if not provider.is_offered():
        return redirect("access_login")
    wanted = _next(request)
    try:
        actions.open_session(request, provider.person_of(request), by_provider=True)
    except Refused as refused:
        return _page(request, "login", refused.reasons, username="")
    return redirect(wanted)
