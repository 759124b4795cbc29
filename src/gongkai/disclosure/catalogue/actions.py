"""Verbs: add, change, retire a row, take a row back into use. What changes a limit changes what is due."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from gongkai.agencies.doer import Doer, insist, unsaved
from gongkai.agencies.models import Agency, today
from gongkai.audit.actions import record as log
from gongkai.disclosure import clocks
from gongkai.disclosure.catalogue.models import PRINTED, CatalogueRow, changed, field_name
from gongkai.disclosure.models import Record

RIGHT: Final = "records.catalogue"
VERBS: Final = {
    "catalogue.add": "增加标准目录事项",
    "catalogue.change": "修改标准目录事项",
    "catalogue.retire": "停用标准目录事项",
    "catalogue.restore": "恢复标准目录事项",
    "catalogue.import": "导入标准目录",
    "catalogue.demo": "生成演示标准目录",
}
COLUMNS: Final = ("field", *PRINTED, "months")


@transaction.atomic
def add(by: Doer, agency: Agency, **fields: Any) -> CatalogueRow:
    """A new row at the end of its field."""
    Agency.objects.select_for_update().get(pk=agency.pk)  # the same row is not added twice at once
    row = CatalogueRow(agency=agency, **clean(fields))
    row.place = next_place(agency, row.field)
    insist(by.why_not(RIGHT, agency), why_not_be(row))
    row.save()
    changed()
    log(by.actor(), "catalogue.add", row, details={"agency": agency.name, "field": row.field_name})
    return row


@transaction.atomic
def change(by: Doer, row: CatalogueRow, **fields: Any) -> CatalogueRow:
    """Other words for a row; what waits to be published under it is due by its new limit."""
    row = CatalogueRow.objects.select_for_update(of=("self",)).select_related("agency").get(pk=row.pk)
    columns = set_columns(row, fields)
    insist(by.why_not(RIGHT, row.agency), why_not_be(row))
    if columns:
        row.save()
        count_anew(row)
        changed()
        log(by.actor(), "catalogue.change", row, details={"agency": row.agency.name, "columns": columns})
    return row


@transaction.atomic
def retire(by: Doer, row: CatalogueRow) -> CatalogueRow:
    """Take a row out of use; its records stay with it."""
    row = CatalogueRow.objects.select_for_update(of=("self",)).select_related("agency").get(pk=row.pk)
    insist(by.why_not(RIGHT, row.agency), ["这一事项已经停用。"] if row.retired_on else [])
    row.retired_on = today()
    row.save(update_fields=["retired_on"])
    changed()
    log(by.actor(), "catalogue.retire", row, details={"agency": row.agency.name})
    return row


@transaction.atomic
def restore(by: Doer, row: CatalogueRow) -> CatalogueRow:
    """Take a row into use again."""
    row = CatalogueRow.objects.select_for_update(of=("self",)).select_related("agency").get(pk=row.pk)
    in_use = [] if row.retired_on else ["这一事项没有停用。"]
    row.retired_on = None
    insist(by.why_not(RIGHT, row.agency), in_use or why_not_be(row))
    row.save(update_fields=["retired_on"])
    changed()
    log(by.actor(), "catalogue.restore", row, details={"agency": row.agency.name})
    return row


def set_columns(row: CatalogueRow, fields: dict[str, Any]) -> list[str]:
    """Give a row these values; the labels of the columns that are others now."""
    columns = []
    for name, value in clean(fields).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            columns.append(str(CatalogueRow._meta.get_field(name).verbose_name))
    return columns


def clean(fields: dict[str, Any]) -> dict[str, Any]:
    """Values without space around them."""
    unknown = set(fields) - set(COLUMNS)
    assert not unknown, unknown
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}


def why_not_be(row: CatalogueRow) -> list[str]:
    """Why there cannot be this row."""
    reasons = unsaved(row, exclude=("agency",))
    if isinstance(row.field, int) and not field_name(row.field):
        reasons.append("没有这个试点领域。")
    same = CatalogueRow.objects.filter(
        agency=row.agency, field=row.field or 0, level1=row.level1, level2=row.level2, content=row.content,
        retired_on=None,
    ).exclude(pk=row.pk)  # fmt: skip
    if not reasons and row.retired_on is None and same.exists():
        reasons.append(f"“{row.matter}”已经在目录里，内容相同。")
    return reasons


def next_place(agency: Agency, field: int | None) -> int:
    """The place after the last row of a field."""
    rows = CatalogueRow.objects.filter(agency=agency, field=field or 0)
    return (rows.aggregate(last=Max("place"))["last"] or 0) + 1


def count_anew(row: CatalogueRow) -> None:
    """What waits to be published under a row gets its day by the row's limit."""
    for record in Record.objects.filter(catalogue_row=row, is_public=False):
        record.catalogue_row = row
        due = clocks.due(record)
        if due != record.due_on:
            Record.objects.filter(pk=record.pk).update(due_on=due)
