"""Screens of the office: records, from the draft to the withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.doer import Doer, Refused, doer_of
from gongkai.agencies.guard import needs
from gongkai.agencies.models import Agency
from gongkai.agencies.policy import policy_of
from gongkai.agencies.queries import existing
from gongkai.audit.actions import record as log
from gongkai.disclosure import (
    actions,
    assessment,
    body,
    chain,
    clearances,
    clearing,
    clocks,
    columns,
    completeness,
    dead_links,
    description,
    differences,
    discarding,
    file_texts,
    files,
    filing,
    forms,
    help,
    interpretation,
    queries,
    review,
    scheduling,
    ties,
)  # fmt: skip
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.models import Attachment, Link, Record

UNSEEN = "-"
"""The digest of nothing: what comes without the mark of a state has seen none."""

ask = require_http_methods(["GET", "HEAD", "POST"])


def page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A screen of this app."""
    return render(request, f"disclosure/{name}.html", context, status=status)


@require_GET
@needs("records.view")
def index(request: HttpRequest) -> HttpResponse:
    """The records within reach, filtered by state and words."""
    policy = policy_of(request.user)
    rows = (
        Record.objects.filter(agency__in=policy.agencies("records.view"))
        .select_related("agency")
        .order_by("-touched_at")
    )
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()[:100]
    rows = rows.filter(state=state) if state in review.STATES else rows.exclude(state="discarded")
    if text:
        rows = rows.filter(title__contains=text) | rows.filter(document_no__contains=text) | rows.filter(index_no=text)
    found = Paginator(rows, 50).get_page(request.GET.get("page"))
    may = {"may_draft": policy.has("records.draft"), "may_import": policy.has("records.import")}
    return page(request, "index", page=found, state=state, q=text, states=review.STATES.items(), **may)


@ask
@needs("records.draft")
def draft(request: HttpRequest) -> HttpResponse:
    """Begin a record."""
    within = policy_of(request.user).agencies("records.draft").filter(pk__in=existing()).order_by("path")
    form = forms.NewRecordForm(request.POST or None, within=within, initial=_begun(request, within))
    reasons: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            values = dict(form.cleaned_data)
            record = actions.draft(doer_of(request), values.pop("agency"), **values)
            messages.success(request, "草稿已经保存。")
            say_left_out(request, form)
            return redirect("records_show", record.pk)
        except Refused as refused:
            reasons = refused.reasons
    return form_page(request, form, "起草信息", reasons)


def _begun(request: HttpRequest, within: QuerySet[Agency]) -> dict[str, Any]:
    """What a draft begins with where it is begun from a row of the standard catalogue."""
    number = request.GET.get("row", "")
    rows = (
        CatalogueRow.objects.filter(pk=int(number), agency__in=within)
        if number.isdecimal() and len(number) < 19
        else None
    )
    row = rows.first() if rows is not None else None
    if row is None:
        return {}
    return {
        "agency": row.agency_id,
        "catalogue_row": row.pk,
        "field": row.field,
        "attribute": Record.Attribute.PROACTIVE,
    }


def say_left_out(request: HttpRequest, form: Any) -> None:
    """Tell whoever pasted a text what of it was not kept."""
    for note in body.left_out(form.cleaned_data.get("body", "")):
        messages.warning(request, note)


def form_page(request: HttpRequest, form: Any, title: str, reasons: list[str]) -> HttpResponse:
    """A form; 422 where something was refused, with everything as it was typed."""
    status = 422 if reasons or form.errors else 200
    context = {"form": form, "title": title, "button": "保存", "reasons": reasons}
    return render(request, "agencies/form.html", context, status=status)


@require_GET
@needs("records.view", at="pk", of=Record)
def show(request: HttpRequest, record: Record) -> HttpResponse:
    """One record: what it says, its file, what can be done next and why not."""
    return show_page(request, record)


def show_page(
    request: HttpRequest,
    record: Record,
    reasons: list[str] | None = None,
    note: str = "",
    posted: str = "",
    dead: list[dead_links.Found] | None = None,
    **typed: Form,
) -> HttpResponse:
    """The record's screen, with what a verb refused, the note that was `posted` with it, links that lead nowhere.

    `typed` are forms by their name on the screen, as they came: nothing typed is lost.
    """
    by, standing = doer_of(request), filing.standing_of(record)
    tied = list(
        Link.objects.filter(Q(source=record) | Q(target=record)).select_related("target__agency").order_by("pk")
    )
    names = queries.titles(
        policy_of(request.user).staff, {end for tie in tied for end in (tie.source_id, tie.target_id)}
    )
    turn = standing.next_step
    empty: dict[str, Form] = {
        "schedule_form": forms.ScheduleForm(), "assess_form": forms.AssessForm(), "link_form": forms.LinkForm(),
        "pass_form": forms.PassForm(proofreads=turn is not None and turn.proofreads),
    }  # fmt: skip
    return page(
        request, "show", **empty | typed, record=record, standing=standing, events=record.events.all(),
        reasons=reasons or [], note=note, posted=posted, dead=dead, waiting=file_texts.waiting(record),
        files=record.attachments.filter(is_removed=False), versions=record.versions.all(), digest=record.digest(),
        steps=[(step, dict(standing.passed).get(step.key)) for step in standing.steps], missing=completeness.missing(record),
        gaps=chain.gaps(record),
        may_edit=not actions.why_not_edit(by, record), period=clocks.said(record),
        links=[
            (tie, names[tie.target_id], not ties.why_not_tie(by, record, tie.target, tie.kind))
            for tie in tied if tie.source_id == record.pk and tie.target_id in names
        ],
        backlinks=[(tie, names[tie.source_id]) for tie in tied if tie.target_id == record.pk and tie.source_id in names],
        described=description.described(record.content), differences=differences.of_working_copy(record),
        column=columns.columns().get(record.column),
        interpretation=_interpretation(by, record),
        may_schedule=standing.state == "approved" and not scheduling.why_not_schedule(by, record, None),
        may_assess=not assessment.why_not_assess(by, record, "理由"), assessments=record.assessments.all(),
        verbs=_verbs(by, record, standing), help=help.of(record), status=422 if reasons or typed else 200,
        **_personal(record, typed.get("clear_form")),
    )  # fmt: skip


def _personal(record: Record, typed: Form | None) -> dict[str, Any]:
    """What the screen says of personal data: what is cleared, what is to be masked or cleared, each with its form."""
    pieces = clearing.pieces(record)
    open_ones = [one for one in pieces if one.where and (not one.clearance or not one.clearable)]
    return {
        "cleared": [one for one in pieces if one.clearance and one.where],
        "in_vain": [one for one in pieces if one.clearance and not one.where],
        "taken_back": clearances.taken_back(queries.current(record)),
        "to_clear": [(one, _clear_form(one, n, typed)) for n, one in enumerate(open_ones)],
        "only_masked": clearing.ONLY_MASKED,
    }


def _clear_form(piece: clearing.Piece, number: int, typed: Form | None) -> Form | None:
    """The form of a piece as it was typed, or empty; None where it may only be masked."""
    if not piece.clearable or piece.clearance:
        return None
    if typed and typed.data.get("text") == piece.text:
        return typed
    return forms.ClearForm(initial={"text": piece.text}, auto_id=f"id_clear{number}_%s")


def _interpretation(by: Doer, record: Record) -> dict[str, Any] | None:
    """What the screen says of a document's interpretation, as far as this person may see it; None where none is wanted."""
    if not record.needs_interpretation:
        return None
    materials = interpretation.materials(record).filter(pk__in=queries.visible(by.staff))
    return {
        "plan": interpretation.plan_of(record), "lacking": interpretation.lacking_in_plan(record),
        "materials": [(one, interpretation.lacking_in(one)) for one in materials],
        "due_on": interpretation.due_on(record),
    }  # fmt: skip


def _verbs(by: Any, record: Record, standing: review.Standing) -> list[dict[str, Any]]:
    """What may be next: each with its button, and why it is grey. What can never be next here is left out."""
    sample = "（填写后可办理）"
    state = standing.state
    offered: list[tuple[bool, str, str, bool, list[str]]] = [
        (state in ("draft", "returned"), "submit", "送审", False, actions.why_not_submit(by, record)),
        (state == "in_review", "pass", f"通过（{standing.next_step.label if standing.next_step else ''}）", False,
         actions.why_not_pass(by, record, record.digest(), sample)),
        (state == "in_review", "return", "退回", True, actions.why_not_send_back(by, record, sample)),
        (state == "approved", "publish", "发布", standing.is_public, actions.why_not_publish(by, record, sample)),
        (standing.is_scheduled, "unschedule", "取消定时", False, scheduling.why_not_unschedule(by, record)),
        (standing.is_forced, "ratify", "追认应急发布", False, actions.why_not_ratify(by, record)),
        (not standing.is_public and state not in ("withdrawn", "discarded"), "force", "应急发布", True,
         actions.why_not_force(by, record, sample)),
        (state in ("draft", "returned") and not standing.was_public, "discard", "作废", True,
         discarding.why_not_discard(by, record, sample)),
        (standing.is_public, "withdraw", "撤回", True, actions.why_not_withdraw(by, record, sample)),
    ]  # fmt: skip
    return [
        {"key": key, "label": label, "needs_note": needs_note, "why_not": why_not}
        for is_offered, key, label, needs_note, why_not in offered
        if is_offered
    ]


def do(request: HttpRequest, record: Record, verb: Callable[[], Any], done: str, **typed: Form) -> HttpResponse:
    """Do a verb and go back to the record, or say there why not, with the forms as they were typed."""
    try:
        verb()
    except Refused as refused:
        record.refresh_from_db()
        posted = request.path.rstrip("/").rpartition("/")[2]  # the verb: its note is of nobody else's concern
        return show_page(request, record, refused.reasons, request.POST.get("note", ""), posted, **typed)
    messages.success(request, done)
    return redirect("records_show", record.pk)


@require_POST
@needs("records.draft", at="pk", of=Record)
def mask(request: HttpRequest, record: Record) -> HttpResponse:
    """Mask the personal data that was found."""
    only = request.POST.get("only", "")
    return do(request, record, lambda: actions.mask(doer_of(request), record, only), "个人信息已经遮盖，请再看一遍。")


@require_POST
@needs("records.draft", at="pk", of=Record)
def submit(request: HttpRequest, record: Record) -> HttpResponse:
    """Send for review."""
    answer = do(request, record, lambda: actions.submit(doer_of(request), record), "已经送审。")
    for gap in chain.gaps(record) if answer.status_code == 302 else []:
        messages.warning(request, str(gap))
    return answer


@require_POST
@needs("records.review", at="pk", of=Record)
def pass_step(request: HttpRequest, record: Record) -> HttpResponse:
    """Pass the step whose turn it is, for the content that was on the screen."""
    step = filing.standing_of(record).next_step
    form = forms.PassForm(request.POST, proofreads=step is not None and step.proofreads)
    if not form.is_valid():
        return show_page(
            request, record, [error for errors in form.errors.values() for error in errors], pass_form=form
        )
    digest = request.POST.get("digest") or UNSEEN
    said = {"note": form.cleaned_data["note"], "proofread": form.proofread}
    return do(
        request,
        record,
        lambda: actions.pass_step(doer_of(request), record, digest, **said),
        "审核通过。",
        pass_form=form,
    )


@require_POST
@needs("records.review", at="pk", of=Record)
def send_back(request: HttpRequest, record: Record) -> HttpResponse:
    """Return it with reasons."""
    note = request.POST.get("note", "")
    return do(request, record, lambda: actions.send_back(doer_of(request), record, note), "已经退回。")


@require_POST
@needs("records.publish", at="pk", of=Record)
def publish(request: HttpRequest, record: Record) -> HttpResponse:
    """Publish what has been approved."""
    note, together = request.POST.get("note", ""), "together" in request.POST
    return do(request, record, lambda: actions.publish(doer_of(request), record, note, together=together), "已经发布。")


@require_POST
@needs("records.force", at="pk", of=Record)
def force(request: HttpRequest, record: Record) -> HttpResponse:
    """Publish before the review."""
    note = request.POST.get("note", "")
    digest = request.POST.get("digest") or UNSEEN
    return do(
        request, record, lambda: actions.force(doer_of(request), record, note, digest), "已经应急发布，须由另一位追认。"
    )


@require_POST
@needs("records.review", at="pk", of=Record)
def ratify(request: HttpRequest, record: Record) -> HttpResponse:
    """Approve a forced publication afterwards."""
    return do(request, record, lambda: actions.ratify(doer_of(request), record), "已经追认。")


@require_POST
@needs("records.withdraw", at="pk", of=Record)
def withdraw(request: HttpRequest, record: Record) -> HttpResponse:
    """Take it back from the public."""
    note = request.POST.get("note", "")
    return do(request, record, lambda: actions.withdraw(doer_of(request), record, note), "已经撤回。")


@require_POST
@needs("records.draft", at="pk", of=Record)
def discard(request: HttpRequest, record: Record) -> HttpResponse:
    """Give up a draft that was never public."""
    note = request.POST.get("note", "")
    done = "已经作废。按状态“已作废”还能找到它。"
    return do(request, record, lambda: discarding.discard(doer_of(request), record, note), done)


@require_POST
@needs("records.draft", at="pk", of=Record)
def attach(request: HttpRequest, record: Record) -> HttpResponse:
    """Add files; what cannot be kept is named, the others are kept."""
    refused: list[str] = []
    for upload in request.FILES.getlist("files"):
        try:
            files.attach(doer_of(request), record, upload.name or "", upload.read(files.MOST_BYTES + 1))
        except Refused as no:
            refused += no.reasons
    if not request.FILES.getlist("files"):
        refused.append("没有选择文件。")
    if refused:
        record.refresh_from_db()
        return show_page(request, record, refused)
    messages.success(request, "附件已经保存。")
    return redirect("records_show", record.pk)


@require_POST
@needs("records.draft", at="pk", of=Record)
def detach(request: HttpRequest, record: Record, attachment: int) -> HttpResponse:
    """Take a file out of the working copy."""
    kept = get_object_or_404(record.attachments, pk=attachment, is_removed=False)
    return do(request, record, lambda: files.detach(doer_of(request), kept), "附件已经移除。")


@require_GET
@needs("records.view", at="pk", of=Record)
def download(request: HttpRequest, record: Record, attachment: int) -> HttpResponseBase:
    """A file of a record, drafts included, for who may see the record; that is logged while it is not public."""
    kept = get_object_or_404(Attachment, pk=attachment, record=record)
    person = policy_of(request.user).staff
    if not queries.may_download(person, kept):
        raise Http404
    if not record.is_public:
        log(doer_of(request).actor(), "records.download", record, details={"file": kept.name})
    return FileResponse(default_storage.open(kept.path), as_attachment=True, filename=kept.name)
