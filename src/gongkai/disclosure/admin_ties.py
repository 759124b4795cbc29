"""Screens of the office: what a record is tied to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from gongkai.agencies.doer import doer_of
from gongkai.agencies.guard import needs
from gongkai.agencies.policy import policy_of
from gongkai.disclosure import forms, queries, ties
from gongkai.disclosure.admin import do, show_page
from gongkai.disclosure.models import Record


@require_POST
@needs("records.draft", at="pk", of=Record)
def link(request: HttpRequest, record: Record) -> HttpResponse:
    """Tie it to another record."""
    form = forms.LinkForm(request.POST)
    if not form.is_valid():
        return show_page(request, record, ["请填写另一条信息的索引号，并选择关系。"])
    seen = queries.visible(policy_of(request.user).staff)
    wanted = form.cleaned_data["target"].strip()
    target = seen.filter(index_no=wanted).first() or (
        seen.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 19 else None
    )
    if target is None:
        return show_page(request, record, [f"没有找到索引号为“{wanted}”的信息。"])
    return do(
        request, record, lambda: ties.link(doer_of(request), record, target, form.cleaned_data["kind"]), "已经关联。"
    )


@require_POST
@needs("records.draft", at="pk", of=Record)
def unlink(request: HttpRequest, record: Record, tie: int) -> HttpResponse:
    """Undo a tie of it."""
    found = get_object_or_404(record.links_out.select_related("source__agency", "target__agency"), pk=tie)
    return do(request, record, lambda: ties.unlink(doer_of(request), found), "已经取消关联。")
