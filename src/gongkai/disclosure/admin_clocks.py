"""Screens of the office: what comes by the clock, and the interpretation of documents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.doer import Refused, doer_of
from gongkai.agencies.guard import needs
from gongkai.agencies.models import today
from gongkai.agencies.policy import policy_of
from gongkai.disclosure import assessment, forms, interpretation, scheduling
from gongkai.disclosure.admin import ask, do, form_page, page, show_page
from gongkai.disclosure.models import Record


@require_POST
@needs("records.publish", at="pk", of=Record)
def schedule(request: HttpRequest, record: Record) -> HttpResponse:
    """Have the clock publish it."""
    form = forms.ScheduleForm(request.POST)
    if not form.is_valid():
        return show_page(request, record, ["请填写发布的日期和时间。"], schedule_form=form)
    at = form.cleaned_data["at"]
    done = f"将在{timezone.localtime(at):%Y年%-m月%-d日 %H:%M}发布。"
    answer = do(request, record, lambda: scheduling.schedule(doer_of(request), record, at), done, schedule_form=form)
    late = scheduling.lateness(record, at)
    if late and answer.status_code == 302:
        messages.warning(request, late)
    return answer


@require_POST
@needs("records.publish", at="pk", of=Record)
def unschedule(request: HttpRequest, record: Record) -> HttpResponse:
    """Take the time back."""
    return do(request, record, lambda: scheduling.unschedule(doer_of(request), record), "已经取消定时。")


@require_POST
@needs("records.assess", at="pk", of=Record)
def assess(request: HttpRequest, record: Record) -> HttpResponse:
    """Look again at what is not disclosed (art. 18)."""
    outcome, reason = request.POST.get("outcome", ""), request.POST.get("reason", "")
    form = forms.AssessForm(request.POST)
    return do(
        request,
        record,
        lambda: assessment.assess(doer_of(request), record, outcome, reason),
        "评估已经记下。",
        assess_form=form,
    )


@ask
@needs("records.draft", at="pk", of=Record)
def plan(request: HttpRequest, record: Record) -> HttpResponse:
    """解读方案 of a document."""
    form = forms.PlanForm(request.POST or None, instance=interpretation.plan_of(record))
    reasons: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            interpretation.plan(doer_of(request), record, **form.cleaned_data)
            messages.success(request, "解读方案已经保存。")
            return redirect("records_show", record.pk)
        except Refused as refused:
            reasons = refused.reasons
    return form_page(request, form, f"解读方案：{record.title}", reasons)


@require_GET
@needs("records.view")
def interpretations(request: HttpRequest) -> HttpResponse:
    """解读情况: of each agency's documents of a year, how many are interpreted, in time, in which forms."""
    policy, present = policy_of(request.user), today().year
    chosen = request.GET.get("year", "")
    is_year = chosen.isascii() and chosen.isdecimal() and len(chosen) == 4 and chosen > "1900"
    year = int(chosen) if is_year else present
    rows = interpretation.rates(policy.agencies("records.view"), year)
    total = interpretation.whole(rows) if len(rows) > 1 else None
    return page(request, "interpretations", rows=rows, total=total, year=year, years=range(present, present - 5, -1))
