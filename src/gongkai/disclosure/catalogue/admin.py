"""Screens of the office: how the standard catalogue is covered, its rows, and its spreadsheet in and out."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.doer import Refused, doer_of
from gongkai.agencies.downloads import spreadsheet
from gongkai.agencies.guard import needs
from gongkai.agencies.models import Agency
from gongkai.agencies.policy import policy_of
from gongkai.agencies.queries import existing
from gongkai.disclosure.catalogue import actions, coverage, forms, planning, writing
from gongkai.disclosure.catalogue.models import CatalogueRow, field_name
from gongkai.disclosure.catalogue.reading import NotACatalogue

ask = require_http_methods(["GET", "HEAD", "POST"])
MOST_BYTES = 5_000_000


def page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A screen of the catalogue."""
    return render(request, f"disclosure/catalogue/{name}.html", context, status=status)


@require_GET
@needs("records.view")
def index(request: HttpRequest) -> HttpResponse:
    """How far each agency within reach has filled its catalogue."""
    policy = policy_of(request.user)
    within = policy.agencies("records.view").filter(pk__in=existing()).order_by("path")
    found: dict[int, list[coverage.Standing]] = {}
    for standing in coverage.standings(coverage.active().filter(agency__in=within)):
        found.setdefault(standing.row.agency_id, []).append(standing)
    may_edit = set(policy.agencies(actions.RIGHT).values_list("pk", flat=True))
    rows = [(agency, coverage.total(found[agency.pk])) for agency in within if agency.pk in found]
    bare = [agency for agency in within if agency.pk not in found and agency.pk in may_edit]
    whole = coverage.total(standing for some in found.values() for standing in some)
    return page(request, "index", rows=rows, bare=bare, whole=whole, states=coverage.STATES)


@require_GET
@needs("records.view", at="pk")
def show(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The catalogue of an agency, with how each row stands."""
    found = coverage.standings(coverage.active().filter(agency=agency))
    whole, present = coverage.total(found), sorted({standing.row.field for standing in found})
    number, state = request.GET.get("field", ""), request.GET.get("state", "")
    if number.isdecimal():
        found = [standing for standing in found if standing.row.field == int(number)]
    if state in coverage.STATES:
        found = [standing for standing in found if standing.state == state]
    policy = policy_of(request.user)
    return page(
        request, "show", agency=agency, found=found, whole=whole, states=coverage.STATES, state=state, field=number,
        fields=[(str(one), field_name(one)) for one in present], may_edit=policy.may(actions.RIGHT, agency),
        may_draft=policy.may("records.draft", agency),
        retired=CatalogueRow.objects.filter(agency=agency).exclude(retired_on=None),
    )  # fmt: skip


@ask
@needs(actions.RIGHT, at="pk")
def add(request: HttpRequest, agency: Agency) -> HttpResponse:
    """A new row."""
    form = forms.RowForm(request.POST or None, initial={"publisher": agency.name, "channels": "■政府网站"})
    return _form(
        request, form, f"增加事项：{agency.label}", lambda: actions.add(doer_of(request), agency, **form.cleaned_data)
    )


@ask
@needs(actions.RIGHT, at="pk", of=CatalogueRow)
def change(request: HttpRequest, cataloguerow: CatalogueRow) -> HttpResponse:
    """Other words for a row."""
    form = forms.RowForm(request.POST or None, instance=cataloguerow)
    return _form(
        request, form, f"修改事项：{cataloguerow.matter}",
        lambda: actions.change(doer_of(request), cataloguerow, **form.cleaned_data),
    )  # fmt: skip


def _form(request: HttpRequest, form: forms.RowForm, title: str, do: Any) -> HttpResponse:
    reasons: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            row = do()
            messages.success(request, "目录已经保存。")
            return redirect("catalogue_show", row.agency_id)
        except Refused as refused:
            reasons = refused.reasons
    status = 422 if reasons or form.errors else 200
    context = {"form": form, "title": title, "button": "保存", "reasons": reasons}
    return render(request, "agencies/form.html", context, status=status)


@require_POST
@needs(actions.RIGHT, at="pk", of=CatalogueRow)
def retire(request: HttpRequest, cataloguerow: CatalogueRow) -> HttpResponse:
    """Take a row out of use, or into use again."""
    verb, done = (actions.restore, "已经恢复。") if "restore" in request.POST else (actions.retire, "已经停用。")
    try:
        verb(doer_of(request), cataloguerow)
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, "".join(refused.reasons))
    return redirect("catalogue_show", cataloguerow.agency_id)


@require_GET
@needs("records.view", at="pk")
def export(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The catalogue of an agency as the State's spreadsheet."""
    content = writing.workbook(coverage.active().filter(agency=agency).select_related("agency"), agency.name)
    return spreadsheet(content, f"{agency.name}标准目录")


@ask
@needs(actions.RIGHT, at="pk")
def import_sheet(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Import a spreadsheet: first what each row would do, then, for the same file, do it."""
    if "token" in request.POST:
        return _apply(request, agency)
    form = forms.SheetForm(request.POST or None, request.FILES or None)
    reasons: list[str] = []
    if request.method == "POST" and form.is_valid():
        upload, options = form.cleaned_data["sheet"], {key: form.cleaned_data[key] for key in ("number", "retire")}
        try:
            if upload.size > MOST_BYTES:
                raise NotACatalogue(f"文件超过 {MOST_BYTES // 1_000_000} MB，请分批导入。")
            content = upload.read()
            steps = planning.plan(agency, content, **options)
            token = _keep(agency, content, options)
            return page(request, "import", agency=agency, form=form, steps=steps, token=token, counts=_counts(steps))
        except NotACatalogue as error:
            reasons = [str(error)]
    status = 422 if reasons or form.errors else 200
    return page(request, "import", agency=agency, form=form, reasons=reasons, status=status)


def _apply(request: HttpRequest, agency: Agency) -> HttpResponse:
    try:
        content, options = _kept(agency, request.POST["token"])
        steps = planning.apply(doer_of(request), agency, planning.plan(agency, content, **options))
    except (NotACatalogue, Refused) as error:
        reasons = error.reasons if isinstance(error, Refused) else [str(error)]
        return page(request, "import", agency=agency, form=forms.SheetForm(), reasons=reasons, status=422)
    default_storage.delete(_path(agency))
    said = "，".join(f"{label} {count} 行" for label, count in _counts(steps) if count)
    messages.success(request, f"已经导入：{said}。")
    return redirect("catalogue_show", agency.pk)


def _counts(steps: list[planning.Step]) -> list[tuple[str, int]]:
    return [(label, sum(step.what == what for step in steps)) for what, label in planning.WHATS.items()]


def _path(agency: Agency) -> str:
    """Where the spreadsheet lies between the preview and the import: one an agency, so that none are left behind."""
    return f"catalogue/{agency.pk}"


def _keep(agency: Agency, content: bytes, options: dict[str, Any]) -> str:
    default_storage.delete(_path(agency))
    default_storage.save(_path(agency), ContentFile(content))
    return signing.dumps([agency.pk, hashlib.sha256(content).hexdigest(), options], salt="catalogue")


def _kept(agency: Agency, token: str) -> tuple[bytes, dict[str, Any]]:
    """The spreadsheet that was previewed, if it is still the one."""
    try:
        pk, sha256, options = signing.loads(token, salt="catalogue")
        with default_storage.open(_path(agency)) as file:
            content: bytes = file.read()
    except (signing.BadSignature, ValueError, OSError) as error:
        raise NotACatalogue("预览过的文件已经不在，请再选一次文件。") from error
    if pk != agency.pk or hashlib.sha256(content).hexdigest() != sha256:
        raise NotACatalogue("预览以后有人换了文件，请再选一次文件。")
    return content, options
