"""Screens of the office: agencies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies import actions, forms, holdings, queries, sheets
from gongkai.agencies.doer import Refused, doer_of, insist
from gongkai.agencies.downloads import spreadsheet
from gongkai.agencies.guard import needs
from gongkai.agencies.models import Agency
from gongkai.agencies.policy import policy_of
from gongkai.audit.actions import record

ask = require_http_methods(["GET", "HEAD", "POST"])
MOST_BYTES = 5_000_000


def page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A screen of this app."""
    return render(request, f"agencies/{name}.html", context, status=status)


def form_page(
    request: HttpRequest,
    form: django_forms.BaseForm,
    title: str,
    button: str,
    do: Callable[[], HttpResponse],
    **context: Any,
) -> HttpResponse:
    """Show a form; when it is sent, call `do`. What stands against it is shown on top and nothing typed is lost."""
    reasons: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            return do()
        except Refused as refused:
            reasons = refused.reasons
    failed = bool(reasons or form.errors)
    context |= {"form": form, "title": title, "button": button, "reasons": reasons}
    return page(request, "form", status=422 if failed else 200, **context)


def reach(request: HttpRequest, right: str) -> Any:
    """The agencies that exist and at which the person holds a right, in the order of choice lists."""
    return policy_of(request.user).agencies(right).filter(pk__in=queries.existing()).order_by("path")


@require_GET
@needs("agencies.view")
def index(request: HttpRequest) -> HttpResponse:
    """The tree of agencies within reach."""
    policy = policy_of(request.user)
    rows = policy.agencies("agencies.view").select_related("reports_to")
    past = "past" in request.GET
    if not past:
        rows = rows.filter(pk__in=queries.existing())
    text = request.GET.get("q", "").strip()[:50]
    if text:
        rows = rows.filter(name__contains=text)
    may = policy.has("agencies.reorganise")
    return page(request, "index", rows=queries.in_tree_order(rows), q=text, past=past, may_reorganise=may)


@require_GET
@needs("agencies.view", at="pk")
def show(request: HttpRequest, agency: Agency) -> HttpResponse:
    """One agency: data, history, people."""
    by = doer_of(request)
    return page(
        request, "show", agency=agency, names=agency.names.order_by("-until"),
        before=agency.predecessions.select_related("predecessor"), after=agency.successions.select_related("successor"),
        people=queries.staff_of(Agency.objects.filter(pk=agency.pk)), competent=queries.competent_for(agency),
        review=queries.review_of(agency),
        why_not_describe=by.why_not("agencies.describe", agency),
        why_not_reorganise=by.why_not("agencies.reorganise", agency), held=holdings.preview(agency),
    )  # fmt: skip


@ask
@needs("agencies.reorganise")
def found(request: HttpRequest) -> HttpResponse:
    """Found an agency."""
    within = reach(request, "agencies.reorganise")
    form = forms.FoundForm(request.POST or None, within=within)

    def do() -> HttpResponse:
        return _done(request, actions.found(doer_of(request), **form.values()), "已经设立")

    return form_page(request, form, "设立机关", "设立", do)


@ask
@needs("agencies.describe", at="pk")
def describe(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Change how an agency is reached."""
    form = forms.DescribeForm(request.POST or None, instance=agency)

    def do() -> HttpResponse:
        return _done(request, actions.describe(doer_of(request), agency, **form.values()), "联系资料已经保存")

    return form_page(request, form, f"{agency.name}：联系资料", "保存", do)


@ask
@needs("agencies.reorganise", at="pk")
def correct(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Put right what was registered wrongly."""
    form = forms.CorrectForm(request.POST or None, instance=agency)

    def do() -> HttpResponse:
        return _done(request, actions.correct(doer_of(request), agency, **form.values()), "登记资料已经更正")

    return form_page(request, form, f"{agency.name}：登记资料", "保存", do)


@ask
@needs("agencies.reorganise", at="pk")
def rename(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Rename an agency."""
    form = forms.RenameForm(request.POST or None)

    def do() -> HttpResponse:
        return _done(request, actions.rename(doer_of(request), agency, **form.cleaned_data), "已经更名")

    intro = "以前的报告和信息仍署当时的名称；查找时新旧名称都能找到。"
    return form_page(request, form, f"{agency.name}：更名", "更名", do, intro=intro)


@ask
@needs("agencies.reorganise", at="pk")
def move(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Put an agency under another parent."""
    form = forms.MoveForm(request.POST or None, within=reach(request, "agencies.reorganise"))

    def do() -> HttpResponse:
        return _done(request, actions.move(doer_of(request), agency, form.cleaned_data["parent"]), "隶属关系已经调整")

    return form_page(request, form, f"{agency.name}：调整隶属关系", "调整", do)


@ask
@needs("agencies.reorganise", at="pk")
def merge(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Merge an agency into another: first what would move, then do it."""
    form = forms.AgencyAndDayForm(
        request.POST or None, within=reach(request, "agencies.reorganise").exclude(pk=agency.pk)
    )
    confirmed = "confirmed" in request.POST

    def do() -> HttpResponse:
        to, on = form.cleaned_data["to"], form.cleaned_data["on"]
        if not confirmed:
            insist(actions.why_not_merge(doer_of(request), agency, to, on))
            return page(request, "merge", agency=agency, to=to, form=form, **_moving(agency))
        actions.merge(doer_of(request), agency, to, on=on, document_no=form.cleaned_data["document_no"])
        return _done(request, to, f"{agency.name}已经并入")

    intro = "下一步先列出将要移交的事项，确认后才办理。"
    return form_page(request, form, f"{agency.name}：并入另一机关", "看将要移交什么", do, intro=intro)


def _moving(agency: Agency) -> dict[str, Any]:
    return {
        "held": holdings.preview(agency),
        "children": agency.children.filter(until=None),
        "postings": agency.postings.filter(until=None).select_related("staff"),
    }


@ask
@needs("agencies.reorganise", at="pk")
def transfer(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Note that a part of the duties went elsewhere."""
    form = forms.AgencyAndDayForm(
        request.POST or None, within=reach(request, "agencies.reorganise").exclude(pk=agency.pk)
    )

    def do() -> HttpResponse:
        actions.transfer(doer_of(request), agency, **form.cleaned_data)
        return _done(request, agency, "职能划转已经记录")

    return form_page(request, form, f"{agency.name}：划转部分职能", "记录", do)


@ask
@needs("agencies.reorganise", at="pk")
def abolish(request: HttpRequest, agency: Agency) -> HttpResponse:
    """End an agency."""
    form = forms.DayForm(request.POST or None)

    def do() -> HttpResponse:
        return _done(request, actions.abolish(doer_of(request), agency, **form.cleaned_data), "已经撤销")

    intro = "撤销之后仍可查到它以前的信息和报告。名下还有事项的，请改为并入另一机关。"
    return form_page(request, form, f"{agency.name}：撤销", "撤销", do, intro=intro)


def _done(request: HttpRequest, agency: Agency, what: str) -> HttpResponse:
    messages.success(request, f"{agency.name}：{what}。")
    return redirect("agencies_show", agency.pk)


@require_GET
@needs("agencies.view")
def export(request: HttpRequest) -> HttpResponse:
    """The agencies as a spreadsheet."""
    content = sheets.export(policy_of(request.user).agencies("agencies.view"))
    record(doer_of(request).actor(), "agencies.export")
    return spreadsheet(content, "机关")


@ask
@needs("agencies.reorganise")
def import_sheet(request: HttpRequest) -> HttpResponse:
    """Import a spreadsheet of agencies: first what each row would do, then do it."""
    form = forms.SheetForm(request.POST or None, request.FILES or None)
    reasons: list[str] = []
    steps: list[sheets.Step] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["sheet"]
        try:
            if upload.size > MOST_BYTES:
                raise Refused([f"文件超过 {MOST_BYTES // 1_000_000} MB，请分批导入。"])
            content = upload.read()
            if "confirmed" in request.POST:
                steps = sheets.apply(doer_of(request), content)
                changed = sum(step.what != "不变" for step in steps)
                messages.success(request, f"已经导入：{len(steps)} 行，其中 {changed} 行新增或者修改。")
                return redirect("agencies_index")
            steps = sheets.plan(content)
        except sheets.NotASheet as error:
            reasons = [str(error)]
        except Refused as refused:
            reasons = refused.reasons
    problems = sum(len(step.problems) for step in steps)
    status = 422 if reasons or form.errors or problems else 200
    return page(request, "import", form=form, reasons=reasons, steps=steps, problems=problems, status=status)
