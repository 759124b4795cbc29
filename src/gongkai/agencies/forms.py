"""What the office's screens ask for. Rules are in the verbs; a form only turns text into values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.agencies.actions import DESCRIBED
from gongkai.agencies.models import Agency, Staff, today
from gongkai.agencies.posts import POSTS

_CORRECTED = (
    "short_name", "kind", "level", "reports_to", "is_competent", "credit_code", "division_code", "site_code",
    "makes_rules", "makes_normative_documents", "review_own", "order", "since",
)  # fmt: skip


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class _AgencyForm(forms.ModelForm):
    """Columns of an agency. The verb saves, so that validation is the verb's."""

    def _post_clean(self) -> None:
        """Leave validation of the row to the verb."""

    def values(self) -> dict[str, Any]:
        """The columns as the verb takes them."""
        return dict(self.cleaned_data)


class DescribeForm(_AgencyForm):
    """How an agency is reached."""

    class Meta:
        model = Agency
        fields = DESCRIBED


class CorrectForm(_AgencyForm):
    """What an agency is."""

    class Meta:
        model = Agency
        fields = _CORRECTED
        widgets = {"since": DayInput()}


class FoundForm(_AgencyForm):
    """A new agency."""

    class Meta:
        model = Agency
        fields = ("name", "parent", *_CORRECTED)
        widgets = {"since": DayInput()}

    def __init__(self, *args: Any, within: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = within
        self.fields["parent"].required = True


class RenameForm(forms.Form):
    """A new name from a day on."""

    name = forms.CharField(label="新的全称", max_length=100)
    on = forms.DateField(label="自哪一天起", widget=DayInput(), initial=today)
    document_no = forms.CharField(label="依据文号", max_length=60, required=False)


class AgencyAndDayForm(forms.Form):
    """Another agency and a day: for merging and transferring."""

    to = forms.ModelChoiceField(Agency.objects.none(), label="承继的机关", empty_label="请选择")
    on = forms.DateField(label="日期", widget=DayInput(), initial=today)
    document_no = forms.CharField(label="依据文号", max_length=60, required=False)

    def __init__(self, *args: Any, within: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = within


class MoveForm(forms.Form):
    """Another parent."""

    parent = forms.ModelChoiceField(Agency.objects.none(), label="新的上级机关", empty_label="请选择")

    def __init__(self, *args: Any, within: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = within


class DayForm(forms.Form):
    """A day."""

    on = forms.DateField(label="自哪一天起", widget=DayInput(), initial=today)


class SheetForm(forms.Form):
    """A spreadsheet of agencies."""

    sheet = forms.FileField(label="电子表格", help_text=".xlsx、.xls 或 .ods，第一行是栏目名称。")


class EnrolForm(forms.Form):
    """A new account with its first post."""

    username = forms.CharField(label="账号", max_length=150, help_text="登录用，字母、数字和 @ . + - _。")
    full_name = forms.CharField(label="姓名", max_length=40)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", empty_label="请选择")
    post = forms.ChoiceField(label="岗位", choices=[(p.key, f"{p.label}：{p.duty}") for p in POSTS.values()])
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    is_part_time = forms.BooleanField(label="兼职", required=False)

    def __init__(self, *args: Any, within: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = within


class AppointForm(forms.Form):
    """A further post."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", empty_label="请选择")
    post = forms.ChoiceField(label="岗位", choices=[(p.key, f"{p.label}：{p.duty}") for p in POSTS.values()])

    def __init__(self, *args: Any, within: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = within


class PersonForm(forms.ModelForm):
    """What is known of a person."""

    class Meta:
        model = Staff
        fields = ("full_name", "phone", "email", "is_part_time")

    def _post_clean(self) -> None:
        """Leave validation of the row to the verb."""
