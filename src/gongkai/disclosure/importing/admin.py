"""Screens of the office: import, first what each row will do, then done a while at a time until all is in."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from typing import Final

from django import forms
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.doer import Refused, doer_of
from gongkai.agencies.downloads import spreadsheet
from gongkai.agencies.guard import needs
from gongkai.agencies.models import Agency
from gongkai.agencies.policy import policy_of
from gongkai.agencies.queries import existing
from gongkai.disclosure.importing import actions, template
from gongkai.disclosure.importing.models import ImportRun
from gongkai.disclosure.importing.planning import RIGHT, WHATS, Planner
from gongkai.disclosure.importing.reading import NotAList, Rows

ask = require_http_methods(["GET", "HEAD", "POST"])
MOST_BYTES: Final = 100_000_000
SHOWN: Final = 300
SECONDS: Final = 15.0


class ImportForm(forms.Form):
    """What to import, for whom, and where it was public."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="公开主体",
        empty_label="请选择",
        help_text="表里有“公开主体”一栏的，以表里的为准。",
    )
    site = forms.CharField(label="来源", max_length=100, help_text="如“原县教育局网站”，记入每条信息的办理过程。")
    file = forms.FileField(
        label="文件", help_text=".xlsx、.xls、.ods、.csv、JSON、RSS、Atom，或者装有文件（可以附清单）的 ZIP。"
    )


@ask
@needs(RIGHT)
def begin(request: HttpRequest) -> HttpResponse:
    """Hand over a file to import; earlier runs."""
    within = policy_of(request.user).agencies(RIGHT).filter(pk__in=existing()).order_by("path")
    form = ImportForm(request.POST or None, request.FILES or None)
    form.fields["agency"].queryset = within
    reasons: list[str] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload.size > MOST_BYTES:
                raise NotAList(f"文件超过 {MOST_BYTES // 1_000_000} MB，请分批导入，或者用命令 gongkai import。")
            content = upload.read()
            rows = actions.read(content, upload.name)
            digest = hashlib.sha256(content).hexdigest()
            run = actions.begin(
                doer_of(request), form.cleaned_data["agency"], upload.name, form.cleaned_data["site"], digest, len(rows.rows)
            )  # fmt: skip
            if not default_storage.exists(_path(run)):
                default_storage.save(_path(run), ContentFile(content))
            return redirect("records_import_run", run.pk)
        except NotAList as error:
            reasons = [str(error)]
        except Refused as refused:
            reasons = refused.reasons
    runs = ImportRun.objects.filter(agency__in=within).select_related("agency")[:50]
    status = 422 if reasons or form.errors else 200
    context = {"form": form, "reasons": reasons, "runs": runs}
    return render(request, "disclosure/import.html", context, status=status)


@ask
@needs(RIGHT, at="pk", of=ImportRun)
def run(request: HttpRequest, importrun: ImportRun) -> HttpResponse:
    """A run: what each row will do, or what was done; POST goes on with it."""
    reasons: list[str] = []
    context: dict[str, object] = {"run": importrun}
    if importrun.ended_at is None:
        try:
            rows = _rows(importrun)
            if request.method == "POST":
                on = actions.go(doer_of(request), importrun, rows, seconds=SECONDS).ended_at is None
                return redirect(reverse("records_import_run", args=[importrun.pk]) + ("?on=1" if on else ""))
            context["is_going"] = "on" in request.GET
            context |= (
                {}
                if context["is_going"]
                else _preview(Planner(doer_of(request), importrun.agency, importrun.site, rows))
            )
        except NotAList as error:
            reasons = [str(error)]
        except Refused as refused:
            reasons = refused.reasons
    context |= {"reasons": reasons, "refusals": importrun.refusals.all()[:SHOWN]}
    return render(request, "disclosure/import_run.html", context, status=422 if reasons else 200)


@require_GET
@needs(RIGHT)
def blank(request: HttpRequest) -> HttpResponse:
    """An empty spreadsheet to fill in."""
    return spreadsheet(template.blank(), "政府信息导入表")


@require_GET
@needs(RIGHT, at="pk", of=ImportRun)
def refused(request: HttpRequest, importrun: ImportRun) -> HttpResponse:
    """What was refused and why, as a file."""
    rows = importrun.refusals.values_list("line", "title", "reason")
    response = HttpResponse(actions.refused_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refused-{importrun.pk}.csv"'
    return response


def _preview(planner: Planner) -> dict[str, object]:
    """The first rows with what each will do, and how many of all will do what, as far as there is time to look."""
    rows, ends = planner.rows, time.monotonic() + SECONDS
    steps, counts, looked = [], Counter[str](), 0
    for looked, step in enumerate(planner.plan(), 1):
        counts[step.what] += 1
        if looked <= SHOWN or (step.reasons and len(steps) < 2 * SHOWN):
            steps.append(step)
        if time.monotonic() > ends:
            break
    return {
        "steps": steps, "looked": looked, "left": len(rows.rows) - looked, "is_cut": len(steps) < looked,
        "unknown": rows.unknown, "unused": rows.unused,
        "counts": [(label, counts[what]) for what, label in WHATS.items()],
    }  # fmt: skip


def _path(run: ImportRun) -> str:
    return f"imports/{run.sha256}"


def _rows(run: ImportRun) -> Rows:
    """The rows of a run's file, once more."""
    if not default_storage.exists(_path(run)):
        raise NotAList("这次导入是用命令办理的，请再运行一次同样的命令，从停下的地方继续。")
    with default_storage.open(_path(run)) as file:
        return actions.read(file.read(), run.name)
