"""Screens of 年报核校. Rules live in `actions` and `queries`; a view only fetches, calls and shows."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.doer import address_of
from gongkai.annual_report.editions import HEADINGS, TABLE_KEYS
from gongkai.annual_report.reading.stream import NotReadable
from gongkai.annual_report.report import Report
from gongkai.annual_report.writing import SUFFIXES, CannotWrite
from gongkai.annual_report.writing import render as write
from gongkai.annual_report.writing.html import stylesheet, table_html
from gongkai.reporting import actions, limits, look, queries
from gongkai.reporting.models import Batch, Upload

_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
}


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The first page: choose files or paste a report."""
    reasons: list[str] = []
    text = ""
    if request.method == "POST":
        text = request.POST.get("text", "")
        files = request.FILES.getlist("files")
        reasons = actions.why_not_upload(files, text, address_of(request))
        if not reasons:
            try:
                form = request.POST.get("form", "")[:100]
                batch = actions.upload(files, text, address=address_of(request), form=form)
            except OSError:
                reasons = ["服务器暂时存不下这些文件，请稍后再试；您的文件没有被保存。"]
            else:
                others = [token for token in request.session.get("batches", []) if token != batch.token]
                request.session["batches"] = [*others[-9:], batch.token]
                return redirect("reporting:batch", token=batch.token)
    mine = Batch.objects.filter(token__in=request.session.get("batches", []), is_demo=False).order_by("-made_at")
    context = {"reasons": reasons, "text": text, "limits": limits, "mine": mine, "demo": _demo(),
               "max_file_mb": limits.MAX_FILE // 1_000_000, "form": secrets.token_urlsafe(16)}  # fmt: skip
    return render(request, "reporting/start.html", context, status=422 if reasons else 200)


@require_GET
@cache_control(public=True, max_age=86400)
def report_style(request: HttpRequest) -> HttpResponse:
    """The style of report tables: the one that written HTML reports carry."""
    return HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")


def _demo() -> Batch | None:
    return Batch.objects.filter(is_demo=True).first()


@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """The demo batch."""
    batch = _demo()
    if batch is None:
        raise Http404
    return redirect("reporting:batch", token=batch.token)


def _batch(request: HttpRequest, token: str) -> Batch:
    """The batch, for whoever uploaded it; for anyone else it does not exist."""
    batch = Batch.objects.filter(token=token).first()
    if batch is None or not (batch.is_demo or token in request.session.get("batches", [])):
        raise Http404
    return batch


def _upload(request: HttpRequest, token: str, number: int, state: str = "done") -> Upload:
    upload = Upload.objects.select_related("batch").filter(batch=_batch(request, token), number=number).first()
    if upload is None or (state and upload.state != state):
        raise Http404
    return upload


@require_GET
def batch(request: HttpRequest, token: str) -> HttpResponse:
    """All files of a batch in one table, with progress."""
    found = _batch(request, token)
    uploads = list(found.uploads.all())
    if len(uploads) == 1 and uploads[0].state == Upload.State.DONE and "all" not in request.GET:
        return redirect("reporting:report", token=token, number=uploads[0].number)
    years = [u.year for u in uploads if u.year]
    context = {
        "batch": found,
        "uploads": uploads,
        **queries.progress(found),
        "errors": sum(bool(u.errors) for u in uploads),
        "read": [u for u in uploads if u.state == Upload.State.DONE],
        "absent": queries.not_reported(found, uploads) if found.is_compared else [],
        "year": max(set(years), key=years.count) if years else "",
        "hours": limits.KEEP_HOURS,
        "days": limits.KEEP_LONGER_DAYS,
    }
    return render(request, "reporting/batch.html", context)


@require_GET
@cache_control(no_store=True)
def rows(request: HttpRequest, token: str) -> HttpResponse:
    """The table's rows alone, for the page that watches progress."""
    found = _batch(request, token)
    context = {"batch": found, "uploads": found.uploads.all(), **queries.progress(found)}
    response = render(request, "reporting/_rows.html", context)
    response["X-Finished"] = f"{context['finished']}/{context['total']}"
    response["X-Pending"] = "1" if context["pending"] else "0"
    return response


@require_POST
def expect(request: HttpRequest, token: str) -> HttpResponse:
    """Say which agencies must report."""
    found = _batch(request, token)
    if found.is_demo:
        raise Http404
    actions.expect(found, request.POST.get("names", ""))
    return redirect("reporting:batch", token=token)


@require_POST
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the batch longer."""
    found = _batch(request, token)
    if found.is_demo:
        raise Http404
    actions.keep(found)
    return redirect("reporting:batch", token=token)


@require_POST
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Delete the batch now."""
    found = _batch(request, token)
    if found.is_demo:
        raise Http404
    actions.delete(found)
    request.session["batches"] = [t for t in request.session.get("batches", []) if t != token]
    return redirect("reporting:start")


@require_GET
def report(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """One report in the official layout, its findings beside it."""
    upload = _upload(request, token, number)
    notes = queries.notes(upload)
    at = request.GET.get("at", "")
    siblings = list(upload.batch.uploads.filter(state=Upload.State.DONE).values_list("number", flat=True))
    here = siblings.index(number)
    context = {
        "upload": upload,
        "batch": upload.batch,
        "report": upload.report,
        "notes": notes,
        "preamble": queries.preamble(upload),
        "sections": queries.sections(upload, notes),
        "source": _source(upload, at) if at else None,
        "at": at,
        "before": siblings[here - 1] if here else None,
        "after": siblings[here + 1] if here + 1 < len(siblings) else None,
        "alone": upload.batch.uploads.count() == 1,
        "suffixes": [".docx", ".pdf", ".html", ".xlsx", ".json"],
    }
    return render(request, "reporting/report.html", context)


@require_GET
def source(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """The place of a cell or finding in the source, alone."""
    upload = _upload(request, token, number)
    at = request.GET.get("at", "")
    context = {"upload": upload, "batch": upload.batch, "source": _source(upload, at), "at": at}
    return render(request, "reporting/_source.html", context)


def _source(upload: Upload, at: str) -> queries.Source:
    try:
        return queries.source(upload, at)
    except look.Busy:
        return queries.Source(reason="现在打开原件的人较多，请过一会儿再点一次。")


@require_GET
@cache_control(private=True, max_age=3600)
def page_picture(request: HttpRequest, token: str, number: int, page: int) -> HttpResponse:
    """A page of a PDF or scan as a picture, for its owner only."""
    upload = _upload(request, token, number)
    try:
        return HttpResponse(look.page(upload.path, upload.looked, page), content_type="image/png")
    except NotReadable as error:
        raise Http404 from error
    except look.Busy:
        return HttpResponse("现在打开原件的人较多。", status=503, content_type="text/plain; charset=utf-8")


@require_GET
def original(request: HttpRequest, token: str, number: int) -> FileResponse:
    """The uploaded file itself; always a download, never shown, because it may hold anything."""
    upload = _upload(request, token, number, state="")
    if not upload.path.exists():
        raise Http404
    return FileResponse(
        upload.path.open("rb"), as_attachment=True, filename=upload.name, content_type="application/octet-stream"
    )


@require_GET
def download(request: HttpRequest, token: str, number: int, suffix: str) -> HttpResponseBase:
    """The report in the official layout, in the format asked for."""
    return _download(request, _upload(request, token, number).report, suffix)


def _download(request: HttpRequest, found: Report, suffix: str) -> HttpResponse:
    if suffix not in SUFFIXES or suffix not in _TYPES:
        raise Http404
    try:
        content = write(found, suffix)
    except CannotWrite as error:
        return _problem(request, 503, "现在不能生成这种格式", str(error))
    name = f"{found.title or '政府信息公开工作年度报告'}{suffix}"
    response = HttpResponse(content, content_type=_TYPES[suffix])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@require_GET
def consolidated(request: HttpRequest, token: str) -> HttpResponse:
    """The batch added into one report."""
    found = _batch(request, token)
    agency, year, reasons = _asked(request)
    context: dict[str, Any] = {"batch": found, "agency": agency, "year": year or "", "reasons": reasons}
    if not reasons and year:
        result = queries.added_up(found, agency, year)
        context |= {
            "result": result,
            "tables": [(HEADINGS[key], table_html(result.report, key)) for key in TABLE_KEYS],
            "contributions": queries.contributions(result),
            "suffixes": [".docx", ".pdf", ".html", ".xlsx", ".json"],
            "query": request.GET.urlencode(),
        }
    return render(request, "reporting/consolidated.html", context, status=422 if reasons else 200)


@require_GET
def download_consolidated(request: HttpRequest, token: str, suffix: str) -> HttpResponse:
    """The sum as a file."""
    found = _batch(request, token)
    agency, year, reasons = _asked(request)
    if reasons or year is None:
        raise Http404
    return _download(request, queries.added_up(found, agency, year).report, suffix)


def _asked(request: HttpRequest) -> tuple[str, int | None, list[str]]:
    agency, year = request.GET.get("agency", "").strip()[:100], request.GET.get("year", "").strip()
    reasons = []
    if not agency:
        reasons.append("请填写汇总报告的机关名称，例如“青禾县人民政府”。")
    if not (year.isascii() and year.isdigit() and 2008 <= int(year) <= 2100):
        reasons.append("请填写报告年度，例如 2025。")
    return agency, None if reasons else int(year), reasons


@require_GET
def compared(request: HttpRequest, token: str) -> HttpResponse:
    """Two reports of the batch side by side."""
    found = _batch(request, token)
    done = queries.done(found)
    chosen = [u for key in ("a", "b") for u in done if str(u.number) == request.GET.get(key)]
    context: dict[str, Any] = {"batch": found, "uploads": done, "chosen": chosen}
    if len(chosen) == 2:
        result, similar = queries.side_by_side(chosen[0].report, chosen[1].report)
        context |= {"result": result, "similar": similar}
    return render(request, "reporting/compared.html", context)


def _problem(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    return render(request, "reporting/problem.html", {"title": title, "message": message}, status=status)
