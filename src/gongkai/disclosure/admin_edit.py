"""Screens of the office: changing a working copy, without undoing unseen what another changed meanwhile."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.agencies.doer import Doer, Refused, doer_of
from gongkai.agencies.guard import needs
from gongkai.disclosure import actions, chain, columns, differences, filing, forms
from gongkai.disclosure.admin import UNSEEN, ask, page, say_left_out, show_page
from gongkai.disclosure.models import Record


@ask
@needs("records.draft", at="pk", of=Record)
def edit(request: HttpRequest, record: Record) -> HttpResponse:
    """Change the working copy."""
    form = forms.RecordForm(request.POST or None, instance=record)
    return _changed(request, record, form, f"修改：{record.title}", "稿件已经保存。", lambda: form.cleaned_data)


@ask
@needs("records.draft", at="pk", of=Record)
def particulars(request: HttpRequest, record: Record) -> HttpResponse:
    """What records of this column state besides."""
    column = columns.columns().get(record.column)
    if column is None or not column.particulars:
        raise Http404
    form = forms.ParticularsForm(request.POST or None, column=record.column, initial=record.particulars)
    title = f"{column.name}要素：{record.title}"
    return _changed(request, record, form, title, "已经保存。", lambda: {"particulars": form.cleaned_data})


def _changed(
    request: HttpRequest, record: Record, form: django_forms.Form, title: str, done: str, values: Any
) -> HttpResponse:
    """The form, or what its values did. 422 keeps what was typed; where another was faster, it says who and shows what
    saving would now change, and whoever saves then has seen it."""
    if request.method != "POST" and (why_not := actions.why_not_edit(doer_of(request), record)):
        return show_page(request, record, why_not)
    reasons: list[str] = []
    seen = request.POST.get("seen") or UNSEEN
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(doer_of(request), record, seen=seen, **values())
            messages.success(request, done)
            say_left_out(request, form)
            return redirect("records_show", record.pk)
        except Refused as refused:
            reasons = refused.reasons
    record.refresh_from_db()
    digest = actions.stand(record)
    is_late = bool(reasons) and seen != digest
    return page(
        request, "edit", form=form, title=title, button="保存", reasons=reasons, record=record,
        warnings=_warnings(doer_of(request), record), seen=digest if is_late or request.method != "POST" else seen, is_late=is_late,
        differences=differences.of_values(record, values()) if is_late else None,
        status=422 if reasons or form.errors else 200,
    )  # fmt: skip


def _warnings(by: Doer, record: Record) -> list[str]:
    """What an edit would undo: a review begun, and the right of who edits to review."""
    if record.state not in ("in_review", "approved"):
        return []
    said = [f"这份稿件{record.state_label}，保存修改以后，审核从头开始。"]
    person = by.staff.pk if by.staff else 0
    if person not in filing.standing_of(record).authors and not by.why_not("records.review", record.agency):
        said.append("您一保存修改，就成为修改人，不能再审核这份稿件。只有意见的，请用“退回”写明理由，由起草人修改。")
    return said + [str(gap) for gap in chain.gaps_if_edited(record, person)]
