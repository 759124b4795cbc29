"""Screens of the office: topics, built from sections without code."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.admin import ask, form_page, reach
from gongkai.agencies.doer import Refused, doer_of
from gongkai.agencies.guard import needs
from gongkai.agencies.models import Agency
from gongkai.agencies.policy import policy_of
from gongkai.agencies.queries import existing
from gongkai.disclosure import columns, lists
from gongkai.portal import topics
from gongkai.portal.models import Section, Topic
from gongkai.statute.catalogue import disclosure_items, fields, themes


class TopicForm(forms.ModelForm):
    """What a topic says of itself."""

    class Meta:
        model = Topic
        fields = ("title", "slug", "summary", "order")
        error_messages: ClassVar = {"slug": {"invalid": topics.SLUG_WRONG}}

    def _post_clean(self) -> None:
        """Leave validation of the row to the verb."""


class NewTopicForm(TopicForm):
    """The same with the agency."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="主办机关", empty_label="请选择")

    def __init__(self, *args: Any, within: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = within
        if within.count() == 1:
            self.fields["agency"].initial = within.first()


class SectionForm(forms.ModelForm):
    """Which records a section lists."""

    column = forms.ChoiceField(label="栏目", required=False)
    item = forms.ChoiceField(label="法定公开事项", required=False)
    theme = forms.ChoiceField(label="主题分类", required=False)
    field = forms.TypedChoiceField(label="试点领域", required=False, coerce=int, empty_value=None)
    of = forms.ModelChoiceField(Agency.objects.none(), label="公开主体", required=False, empty_label="不限")

    class Meta:
        model = Section
        fields = ("heading", "words", "column", "item", "theme", "field", "of", "is_normative", "most", "order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[tuple[Any, str]]] = {
            "column": [(one.key, one.name) for one in columns.columns().values()],
            "item": [(one.code, one.text[:60]) for one in disclosure_items()],
            "theme": [(one.name, one.name) for one in themes()],
            "field": [(one.number, one.name) for one in fields()],
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", "不限"), *choices]
        self.fields["of"].queryset = existing().order_by("path")

    def _post_clean(self) -> None:
        """Leave validation of the row to the verb."""


@require_GET
@needs("topics.edit")
def index(request: HttpRequest) -> HttpResponse:
    """The topics within reach."""
    rows = Topic.objects.filter(agency__in=policy_of(request.user).agencies("topics.edit")).select_related("agency")
    return render(request, "portal/desk/topics.html", {"topics": rows})


@ask
@needs("topics.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a topic."""
    form = NewTopicForm(request.POST or None, within=reach(request, "topics.edit"))

    def do() -> HttpResponse:
        topic = topics.save(doer_of(request), Topic(), **form.cleaned_data)
        messages.success(request, "专题已经保存，现在添加子栏目。")
        return redirect("topics_show", topic.pk)

    return form_page(request, form, "新建专题", "保存", do)


@require_GET
@needs("topics.edit", at="pk", of=Topic)
def show(request: HttpRequest, topic: Topic) -> HttpResponse:
    """A topic with its sections, each with how many records it lists now."""
    return _show(request, topic)


def _show(request: HttpRequest, topic: Topic, reasons: list[str] | None = None) -> HttpResponse:
    by = doer_of(request)
    parts = [(one, lists.total(topics.wanted(one))) for one in topic.sections.select_related("of")]
    context = {
        "topic": topic, "parts": parts, "reasons": reasons or [], "may_edit": not topics.why_not_edit(by, topic),
        "why_not_show": topics.why_not_show(by, topic), "why_not_hide": topics.why_not_hide(by, topic),
    }  # fmt: skip
    return render(request, "portal/desk/topic.html", context, status=422 if reasons else 200)


@ask
@needs("topics.edit", at="pk", of=Topic)
def edit(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Change what a topic says."""
    form = TopicForm(request.POST or None, instance=topic)

    def do() -> HttpResponse:
        topics.save(doer_of(request), topic, **form.cleaned_data)
        messages.success(request, "专题已经保存。")
        return redirect("topics_show", topic.pk)

    return form_page(request, form, f"修改专题：{topic.title}", "保存", do)


@ask
@needs("topics.edit", at="pk", of=Topic)
def add_section(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Add a section."""
    return _section(request, Section(topic=topic), "添加子栏目")


@ask
@needs("topics.edit", at="pk", of=Topic)
def edit_section(request: HttpRequest, topic: Topic, section: int) -> HttpResponse:
    """Change a section."""
    found = get_object_or_404(topic.sections, pk=section)
    return _section(request, found, f"修改子栏目：{found.heading}")


def _section(request: HttpRequest, section: Section, title: str) -> HttpResponse:
    form = SectionForm(request.POST or None, instance=section)

    def do() -> HttpResponse:
        topics.save_section(doer_of(request), section, **form.cleaned_data)
        messages.success(request, "子栏目已经保存。")
        return redirect("topics_show", section.topic_id)

    intro = "选的条件要同时满足；公开的信息符合条件的，自动列在这里，最新的在前。"
    return form_page(request, form, title, "保存", do, intro=intro)


@require_POST
@needs("topics.edit", at="pk", of=Topic)
def drop_section(request: HttpRequest, topic: Topic, section: int) -> HttpResponse:
    """Take a section out."""
    found = get_object_or_404(topic.sections, pk=section)
    return _do(request, topic, lambda: topics.drop_section(doer_of(request), found), "子栏目已经移除。")


@require_POST
@needs("topics.show", at="pk", of=Topic)
def publish(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Show it to the public."""
    return _do(request, topic, lambda: topics.show(doer_of(request), topic), "专题已经公开。")


@require_POST
@needs("topics.show", at="pk", of=Topic)
def hide(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Take it down."""
    return _do(request, topic, lambda: topics.hide(doer_of(request), topic), "专题已经撤下。")


def _do(request: HttpRequest, topic: Topic, verb: Any, done: str) -> HttpResponse:
    try:
        verb()
    except Refused as refused:
        return _show(request, topic, refused.reasons)
    messages.success(request, done)
    return redirect("topics_show", topic.pk)
