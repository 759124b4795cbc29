"""What the office asks for a row of the catalogue, and for a spreadsheet of rows."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.disclosure.catalogue.actions import COLUMNS
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.statute.catalogue import channel_names, fields


def field_choices(empty: str = "请选择") -> list[tuple[Any, str]]:
    """The fields of grass-roots openness."""
    return [("", empty), *((field.number, field.name) for field in fields())]


class RowForm(forms.ModelForm):
    """The columns of a row."""

    field = forms.TypedChoiceField(label="试点领域", choices=field_choices, coerce=int)
    months = forms.TypedChoiceField(
        label="更新周期", required=False, empty_value=None, coerce=int,
        choices=[("", "以公开时限的说法为准"), *CatalogueRow._meta.get_field("months").choices],
        help_text="定期更新的信息选择周期，到期没有新的，目录标为逾期。",
    )  # fmt: skip

    class Meta:
        model = CatalogueRow
        fields = COLUMNS
        widgets = {
            "content": forms.Textarea({"rows": 3}),
            "basis": forms.Textarea({"rows": 3}),
            "channels": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "process": "五公开的过程：决策、执行、管理、服务、结果；不分的不填。",
            "limit": "如“信息形成或者变更之日起20个工作日内”“3个工作日”“及时公开”；写明的工作日数就是信息的期限。",
            "channels": f"■ 为必选，□ 为可选，一行一个，如{'、'.join('■' + name for name in channel_names()[:3])}。",
            "to_group": "只向特定群体公开的，写明是谁。",
        }

    def _post_clean(self) -> None:
        """Leave validation of the row to the verb."""


class SheetForm(forms.Form):
    """A spreadsheet of rows."""

    sheet = forms.FileField(
        label="标准目录（.xlsx）", help_text="照国家部委公布的样式：两行表头，可以有合并的单元格，一个工作表一个领域。"
    )
    number = forms.TypedChoiceField(
        label="试点领域", required=False, empty_value=None, coerce=int, choices=lambda: field_choices("以工作表的名称和标题为准"),
        help_text="工作表和标题里没有写明领域的，算作这个领域。",
    )  # fmt: skip
    retire = forms.BooleanField(label="表里没有的事项停用", required=False, help_text="只看表里有的领域。")


class CatalogueRowField(forms.ChoiceField):
    """A choice among rows, grouped by field (and agency, where there are several)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="标准目录事项", required=False, choices=[("", "不属于标准目录")],
            help_text="选了事项的，公开期限按目录的公开时限计算。", **kwargs,
        )  # fmt: skip
        self._rows: dict[int, CatalogueRow] = {}

    def offer(self, agencies: Any, kept: CatalogueRow | None = None) -> None:
        """Offer the rows in use of these agencies, and the one that is chosen already."""
        rows = CatalogueRow.objects.filter(agency__in=agencies, retired_on=None).select_related("agency")
        self._rows = {row.pk: row for row in rows}
        if kept and kept.pk not in self._rows:
            self._rows[kept.pk] = kept
        several = len({row.agency_id for row in self._rows.values()}) > 1
        groups: dict[str, list[tuple[int, str]]] = {}
        for row in sorted(self._rows.values(), key=lambda row: (row.agency.order, row.agency_id, row.field, row.place)):
            label = f"{row.agency.label}：{row.field_name}" if several else row.field_name
            groups.setdefault(label, []).append((row.pk, f"{row.matter}（{row.limit}）"[:120]))
        self.choices = [("", "不属于标准目录"), *groups.items()]

    def clean(self, value: Any) -> CatalogueRow | None:
        """The row."""
        text = super().clean(value)
        return self._rows[int(text)] if text else None

    def prepare_value(self, value: Any) -> Any:
        """A row is its number in the form."""
        return value.pk if isinstance(value, CatalogueRow) else value
