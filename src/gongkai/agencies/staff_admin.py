"""Screens of the office: staff and posts."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies import forms, queries, staffing
from gongkai.agencies.admin import ask, form_page, page, reach
from gongkai.agencies.doer import Refused, doer_of
from gongkai.agencies.guard import needs
from gongkai.agencies.models import Posting, Staff
from gongkai.agencies.policy import policy_of


def _person(request: HttpRequest, pk: int) -> Staff:
    """Someone this person may see; 404 for others, so that accounts cannot be counted."""
    person = get_object_or_404(Staff, pk=pk)
    seen = queries.staff_of(policy_of(request.user).agencies("staff.view"))
    if person != request.user and not seen.filter(pk=pk).exists() and not policy_of(request.user).is_everything:
        raise Http404
    return person


@require_GET
@needs("staff.view")
def index(request: HttpRequest) -> HttpResponse:
    """Staff within reach."""
    policy = policy_of(request.user)
    people = queries.staff_of(policy.agencies("staff.view"))
    text = request.GET.get("q", "").strip()[:50]
    if text:
        people = people.filter(full_name__contains=text) | people.filter(username__contains=text)
    return page(request, "staff_index", people=people, q=text, may_appoint=policy.has("staff.appoint"))


@require_GET
@needs("staff.view")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: account and posts."""
    person = _person(request, pk)
    why_not = staffing.why_not_administer(doer_of(request), person)
    form = forms.AppointForm(within=reach(request, "staff.appoint"))
    postings = person.postings.select_related("agency").order_by("until", "-since")
    return page(request, "staff_show", person=person, postings=postings, why_not=why_not, form=form)


@ask
@needs("staff.appoint")
@sensitive_variables("password")
def enrol(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    form = forms.EnrolForm(request.POST or None, within=reach(request, "staff.appoint"))

    def do() -> HttpResponse:
        person, password = staffing.enrol(doer_of(request), **form.cleaned_data)
        return page(request, "password", person=person, password=password)

    return form_page(
        request, form, "新建账号", "新建", do, intro="新建后显示一次首次登录的密码，请当面或者电话告诉本人。"
    )


@ask
@needs("staff.appoint")
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a person."""
    person = _person(request, pk)
    form = forms.PersonForm(request.POST or None, instance=person)

    def do() -> HttpResponse:
        staffing.describe(doer_of(request), person, **form.cleaned_data)
        return _done(request, person, "资料已经保存")

    return form_page(request, form, f"{person}：资料", "保存", do)


@require_POST
@needs("staff.appoint")
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a post."""
    person = _person(request, pk)
    form = forms.AppointForm(request.POST, within=reach(request, "staff.appoint"))

    def do() -> HttpResponse:
        staffing.appoint(doer_of(request), person, **form.cleaned_data)
        return _done(request, person, "已经任职")

    return form_page(request, form, f"{person}：任职", "任职", do)


@require_POST
@needs("staff.appoint")
def dismiss(request: HttpRequest, pk: int, posting: int) -> HttpResponse:
    """End a post."""
    person = _person(request, pk)
    held = get_object_or_404(Posting.objects.select_related("agency", "staff"), pk=posting, staff=person, until=None)
    try:
        staffing.dismiss(doer_of(request), held)
    except Refused as refused:
        return _refused(request, refused)
    return _done(request, person, f"不再担任{held.agency.label}{held.get_post_display()}")


@require_POST
@needs("staff.appoint")
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend an account or restore it."""
    person = _person(request, pk)
    try:
        staffing.set_active(doer_of(request), person, active="restore" in request.POST)
    except Refused as refused:
        return _refused(request, refused)
    return _done(request, person, "账号已经启用" if person.is_active else "账号已经停用")


@require_POST
@needs("staff.appoint")
@sensitive_variables("password")
def issue_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new first password."""
    person = _person(request, pk)
    try:
        password = staffing.issue_password(doer_of(request), person)
    except Refused as refused:
        return _refused(request, refused)
    return page(request, "password", person=person, password=password)


def _done(request: HttpRequest, person: Staff, what: str) -> HttpResponse:
    messages.success(request, f"{person}：{what}。")
    return redirect("staff_show", person.pk)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return page(request, "refused", reasons=refused.reasons, status=422)
