"""Screens of the office itself: search, the guide for the first day, the log."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from gongkai.agencies.doer import doer_of
from gongkai.agencies.guard import needs
from gongkai.agencies.models import today
from gongkai.agencies.policy import policy_of
from gongkai.agencies.posts import POSTS
from gongkai.audit import chain, queries, verbs
from gongkai.audit.actions import record
from gongkai.audit.models import Entry
from gongkai.office import finding
from gongkai.statute.publication import PUBLISH_WORKING_DAYS
from gongkai.statute.reporting import report_deadline
from gongkai.statute.rules import rules

VERBS = {"audit.read": "查看操作日志", "audit.export": "导出操作日志"}
"""The verbs of this file, as the log names them."""


@require_GET
@needs("office.enter")
def find(request: HttpRequest) -> HttpResponse:
    """Search across everything one may see."""
    text = request.GET.get("q", "")
    found = finding.find(policy_of(request.user), text)
    return render(request, "office/find.html", {"q": text, "found": found})


@require_GET
@needs("office.enter")
def guide(request: HttpRequest) -> HttpResponse:
    """The first day: what each post does."""
    mine = policy_of(request.user).posts
    year = today().year
    periods = {
        "publish": PUBLISH_WORKING_DAYS,
        "periods": rules().periods,
        "department": report_deadline("department", year),
        "government": report_deadline("county", year),
    }
    return render(request, "office/guide.html", {"posts": POSTS.values(), "mine": mine, **periods})


@require_GET
@needs("audit.view")
def log(request: HttpRequest) -> HttpResponse:
    """The log, filtered and paged."""
    entries = _visible(request)
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    kept = {key: request.GET.get(key, "") for key in ("verb", "who", "since", "until")}
    record(doer_of(request).actor(), "audit.read", details={key: value for key, value in kept.items() if value})
    return render(request, "office/log.html", {"page": page, "verbs": sorted(verbs.VERBS.items()), **kept})


@require_GET
@needs("audit.view")
def log_export(request: HttpRequest) -> StreamingHttpResponse:
    """The log as a file that can be verified offline."""
    record(doer_of(request).actor(), "audit.export")
    rows = queries.lines(since=_day(request, "since"), until=_day(request, "until", end=True))
    response = StreamingHttpResponse((chain.text(row) + "\n" for row in rows), content_type="application/x-ndjson")
    response["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate()}.jsonl"'
    return response


def _visible(request: HttpRequest) -> Any:
    """The entries asked for, the newest first."""
    entries = Entry.objects.order_by("-number")
    if request.GET.get("verb") in verbs.VERBS:
        entries = entries.filter(verb=request.GET["verb"])
    if who := request.GET.get("who", "").strip()[:40]:
        entries = entries.filter(actor__name=who)
    if since := _day(request, "since"):
        entries = entries.filter(at__gte=since)
    if until := _day(request, "until", end=True):
        entries = entries.filter(at__lt=until)
    return entries


def _day(request: HttpRequest, name: str, *, end: bool = False) -> datetime | None:
    """The beginning of a day named in the address, or its end; None where there is none, or nonsense."""
    try:
        day = parse_date(request.GET.get(name, ""))
    except ValueError:
        day = None
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=end), time()))
