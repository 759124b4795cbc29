"""What the office asks for a record. Rules are in the verbs; a form only turns text into values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.agencies.forms import DayInput
from gongkai.agencies.models import Agency
from gongkai.disclosure import columns
from gongkai.disclosure.catalogue.forms import CatalogueRowField
from gongkai.disclosure.columns import Particular
from gongkai.disclosure.models import Assessment, Clearance, Link, Plan, Record
from gongkai.statute import interpretation
from gongkai.statute.catalogue import disclosure_items, fields, themes

GENRES = (
    "通知",
    "意见",
    "决定",
    "决议",
    "公告",
    "通告",
    "通报",
    "批复",
    "函",
    "报告",
    "纪要",
    "令",
    "办法",
    "规定",
    "细则",
    "方案",
    "规划",
    "解读",
    "其他",
)


def _item_choices() -> list[tuple[str, Any]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for item in disclosure_items():
        groups.setdefault(f"条例{item.article}", []).append((item.code, item.text[:60]))
    return [("", "请选择"), *groups.items()]


def _theme_choices() -> list[tuple[str, Any]]:
    return [
        ("", "请选择"),
        *((t.name, [(f"{t.name}\\{c}", c) for c in t.children] or [(t.name, t.name)]) for t in themes()),
    ]


def _column_choices() -> list[tuple[str, str]]:
    return [("", "请选择"), *((one.key, one.name) for one in columns.columns().values())]


class RecordForm(forms.ModelForm):
    """The columns of a working copy."""

    attribute = forms.ChoiceField(
        label="公开属性", choices=[("", "请选择"), *Record.Attribute.choices], required=False
    )  # fmt: skip
    item = forms.ChoiceField(label="法定公开事项", choices=_item_choices, required=False)
    column = forms.ChoiceField(label="栏目", choices=_column_choices, required=False)
    theme = forms.ChoiceField(label="主题分类", choices=_theme_choices, required=False)
    genre = forms.ChoiceField(label="体裁", choices=[("", "请选择"), *((g, g) for g in GENRES)], required=False)
    field = forms.TypedChoiceField(
        label="试点领域", required=False, empty_value=None, coerce=int,
        choices=lambda: [("", "不属于试点领域"), *((f.number, f.name) for f in fields())],
    )  # fmt: skip

    catalogue_row = CatalogueRowField()

    class Meta:
        model = Record
        fields = (
            "title", "document_no", "issuing_body", "genre", "formed_on", "attribute", "attribute_reason", "item", "column",
            "theme", "field", "catalogue_row", "keywords", "abstract", "body", "source", "scope", "effective_on", "expires_on", "changed_on",
            "amended_on", "repealed_on", "is_normative", "needs_interpretation", "no_interpretation_reason",
        )  # fmt: skip
        widgets = {
            **{
                n: DayInput()
                for n in ("formed_on", "effective_on", "expires_on", "changed_on", "amended_on", "repealed_on")
            },
            "abstract": forms.Textarea({"rows": 3}),
            "body": forms.Textarea({"rows": 18, "data-rich": "1"}),
        }
        help_texts = {
            "body": "可以从 Word、WPS 直接粘贴，表格会保留。",
            "document_no": "如“青政办发〔2026〕12号”，年份用六角括号。",
            "attribute_reason": "依申请公开、不予公开的必须写明。",
            "changed_on": "内容变更后重新公开时填写，期限从这一天起算（条例第二十六条）；改错别字不算变更。",
        }

    class Media:
        js = (forms.widgets.Script("disclosure/rich.js", type="module"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.agency_id:
            self.rows.offer([self.instance.agency_id], self.instance.catalogue_row)

    @property
    def rows(self) -> CatalogueRowField:
        """The choice of a row of the standard catalogue."""
        field = self.fields["catalogue_row"]
        assert isinstance(field, CatalogueRowField)
        return field

    def _post_clean(self) -> None:
        """Leave validation of the row to the verb."""


class NewRecordForm(RecordForm):
    """The same with the agency."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="公开主体")

    def __init__(self, *args: Any, within: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = within
        self.rows.offer(within)
        self.order_fields(["agency", "title"])
        if within.count() == 1:
            self.fields["agency"].initial = within.first()
            self.fields["agency"].empty_label = None


class ParticularsForm(forms.Form):
    """What records of a column state besides, from `data/columns.toml`."""

    def __init__(self, *args: Any, column: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in columns.particulars(column):
            self.fields[one.key] = _field_of(one)


def _field_of(one: Particular) -> forms.Field:
    given: dict[str, Any] = {"label": one.label, "required": False}
    if one.required or one.required_when[0]:
        given["help_text"] = "送审前须填写。" if one.required else f"{one.required_when[1]}送审前须填写。"
    match one.kind:
        case "date":
            return forms.DateField(widget=DayInput(), **given)
        case "long":
            return forms.CharField(widget=forms.Textarea({"rows": 4}), **given)
        case "number":
            return forms.CharField(widget=forms.TextInput({"inputmode": "decimal"}), **given)
        case "choice":
            return forms.ChoiceField(choices=[("", "请选择"), *((c, c) for c in one.choices)], **given)
        case "choices":
            widget = forms.CheckboxSelectMultiple()
            return forms.MultipleChoiceField(choices=[(c, c) for c in one.choices], widget=widget, **given)
        case _:
            return forms.CharField(**given)


class PlanForm(forms.ModelForm):
    """解读方案."""

    forms = forms.MultipleChoiceField(
        label="解读形式", required=False, widget=forms.CheckboxSelectMultiple(),
        choices=lambda: [(one.label, one.label) for one in interpretation.forms()],
    )  # fmt: skip

    class Meta:
        model = Plan
        fields = tuple(interpretation.plan_fields())
        widgets = {"planned_on": DayInput(), "outline": forms.Textarea({"rows": 6})}

    def _post_clean(self) -> None:
        """Leave validation of the row to the verb."""


class ScheduleForm(forms.Form):
    """When the clock publishes it."""

    at = forms.DateTimeField(
        label="发布时间",
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


class PassForm(forms.Form):
    """What a reviewer signs: the result of the proofreading, where the step proofreads, and an opinion."""

    result = forms.ChoiceField(
        label="校对情况", widget=forms.RadioSelect(),
        choices=[("clean", "已校对，没有发现差错"), ("found", "已校对，有发现（在下面写明）")],
        error_messages={"required": "请选择校对情况。"},
    )  # fmt: skip
    found = forms.CharField(
        label="校对发现了什么", required=False, max_length=200, widget=forms.Textarea({"rows": 2}),
        help_text="要改稿的，请退回起草人；不影响发布的，在这里记下。",
    )  # fmt: skip
    note = forms.CharField(label="审核意见", required=False, max_length=200, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, proofreads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not proofreads:
            del self.fields["result"], self.fields["found"]

    def clean(self) -> dict[str, Any]:
        """What was found is said, or nothing was found: not both."""
        given = super().clean() or self.cleaned_data
        result, found = given.get("result"), given.get("found", "")
        if result == "found" and not found:
            self.add_error("found", "请写明校对发现了什么。")
        if result == "clean" and found:
            self.add_error("found", "选了“没有发现差错”，这里又写了发现，请核对。")
        return given

    @property
    def proofread(self) -> str:
        """The result in words; "" where the step does not proofread."""
        found: str = self.cleaned_data.get("found", "")
        return found or ("没有发现差错" if "result" in self.fields else "")


class ClearForm(forms.Form):
    """Why a piece of personal data stays public."""

    text = forms.CharField(widget=forms.HiddenInput(), max_length=200, strip=False)
    ground = forms.ChoiceField(
        label="依据", widget=forms.RadioSelect(), choices=Clearance.Ground.choices,
        error_messages={"required": "请选择依法公开的依据。"},
    )  # fmt: skip
    reason = forms.CharField(
        label="具体理由", max_length=200, widget=forms.Textarea({"rows": 2}),
        help_text="如“县防汛值班电话”“本人3月2日签字同意，原件存办公室”“《某某条例》第几条”；不要写号码。",
        error_messages={"required": "请写明依法公开的具体理由。"},
    )  # fmt: skip


class AssessForm(forms.Form):
    """Whether what is not disclosed stays so."""

    outcome = forms.ChoiceField(label="评估结论", choices=Assessment.Outcome.choices, widget=forms.RadioSelect())
    reason = forms.CharField(label="理由和依据", max_length=500, widget=forms.Textarea({"rows": 3}))


class NoteForm(forms.Form):
    """A reason, or what was corrected."""

    note = forms.CharField(label="说明", max_length=500, required=False, widget=forms.Textarea({"rows": 3}))


class LinkForm(forms.Form):
    """A tie to another record, by its index number or key."""

    target = forms.CharField(label="另一条信息的索引号", max_length=40)
    kind = forms.ChoiceField(label="关系", choices=[(key, f"本条{label}那一条") for key, label in Link.Kind.choices])
