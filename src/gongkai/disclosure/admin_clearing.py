"""Screens of the office: clearing personal data for publication, and taking that back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from gongkai.agencies.doer import doer_of
from gongkai.agencies.guard import needs
from gongkai.disclosure import clearing, forms
from gongkai.disclosure.admin import do, show_page
from gongkai.disclosure.models import Record


@require_POST
@needs("records.draft", at="pk", of=Record)
def clear(request: HttpRequest, record: Record) -> HttpResponse:
    """Clear one piece of personal data for publication, with its reason."""
    form = forms.ClearForm(request.POST)
    if not form.is_valid():
        return show_page(request, record, [e for errors in form.errors.values() for e in errors], clear_form=form)
    given = form.cleaned_data
    return do(
        request,
        record,
        lambda: clearing.clear(doer_of(request), record, given["text"], given["ground"], given["reason"]),
        "已经定为依法公开，审核时逐一核对。",
        clear_form=form,
    )


@require_POST
@needs("records.draft", at="pk", of=Record)
def take_back(request: HttpRequest, record: Record, clearance: int) -> HttpResponse:
    """Take a clearance back."""
    taken = get_object_or_404(record.clearances, pk=clearance)
    return do(request, record, lambda: clearing.take_back(doer_of(request), taken), "已经收回，这一处须遮盖。")
