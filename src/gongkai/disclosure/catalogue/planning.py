"""What a spreadsheet would do to an agency's catalogue, row by row, before it is done.

A row is the one of the same field and matter, where several have the same matter the first is the first; else a new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction

from gongkai.agencies.doer import Doer, insist, unsaved
from gongkai.agencies.models import Agency, today
from gongkai.audit.actions import record as log
from gongkai.disclosure.catalogue import actions, reading
from gongkai.disclosure.catalogue.models import PRINTED, CatalogueRow, changed, field_name
from gongkai.statute.publication import parse_period

WHATS: Final = {"new": "新增", "changed": "修改", "unchanged": "不变", "retired": "停用", "refused": "不能导入"}


@dataclass
class Step:
    """What a row of the file, or a row that it leaves out, will come to."""

    where: str
    row: CatalogueRow
    what: str = "new"
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What, in words."""
        return WHATS[self.what]


def plan(agency: Agency, content: bytes, *, number: int | None = None, retire: bool = False) -> list[Step]:
    """What this file would do. `number` is the field of sheets that name none; `retire` takes out of use what the file
    does not have of its fields. NotACatalogue where it cannot be read."""
    lines = reading.lines_of(content, number)
    known: dict[tuple[int, str, str], list[CatalogueRow]] = {}
    for row in CatalogueRow.objects.filter(agency=agency, retired_on=None):
        known.setdefault((row.field, row.level1, row.level2), []).append(row)
    seen: dict[tuple[int | None, str, str, str], str] = {}
    places: dict[int | None, int] = {}
    steps = []
    for line in lines:
        step = _step(agency, line, known)
        places[line.field] = step.row.place = places.get(line.field, 0) + 1
        same = (line.field, step.row.level1, step.row.level2, step.row.content)
        if same in seen:
            step.reasons.append(f"与{seen[same]}重复。")
        seen.setdefault(same, line.where)
        step.what = "refused" if step.reasons else step.what
        steps.append(step)
    if retire:
        named = {line.field for line in lines}
        left = (row for rows in known.values() for row in rows if row.field in named)
        steps += [Step("", row, "retired", notes=["表里没有这一事项。"]) for row in left]
    return steps


def _step(agency: Agency, line: reading.Line, known: dict[tuple[int, str, str], list[CatalogueRow]]) -> Step:
    values = actions.clean(line.values)
    there = known.get((line.field or 0, values.get("level1", ""), values.get("level2", "")), [])
    if there:
        step = Step(line.where, there.pop(0), "unchanged")
        before = {name: getattr(step.row, name) for name in PRINTED}
        actions.set_columns(step.row, values)
        step.changes = [
            (_label(name), _said(was), _said(now)) for name, was in before.items() if (now := getattr(step.row, name)) != was
        ]  # fmt: skip
        step.what = "changed" if step.changes else "unchanged"
    else:
        step = Step(line.where, CatalogueRow(agency=agency, field=line.field, **values))
    if line.field is None:
        step.reasons.append("看不出是哪个试点领域：工作表的名称或者表上方的标题应有领域名称，或者在上面选择。")
    else:
        step.reasons += unsaved(step.row, exclude=("agency",))
    if (
        step.what != "unchanged"
        and not step.reasons
        and step.row.time_limit is None
        and parse_period(step.row.limit) is None
    ):
        step.notes.append(f"公开时限“{step.row.limit}”不是常见的说法，到期日按条例第二十六条的20个工作日计算。")
    return step


def _label(name: str) -> str:
    return str(CatalogueRow._meta.get_field(name).verbose_name)


def _said(value: Any) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


@transaction.atomic
def apply(by: Doer, agency: Agency, steps: Iterable[Step]) -> list[Step]:
    """Do what was planned, all of it but what is refused."""
    insist(by.why_not(actions.RIGHT, agency))
    done = [step for step in steps if step.what != "refused"]
    rows = {what: [step.row for step in done if step.what == what] for what in WHATS}
    for step in done:
        if step.what == "retired":
            step.row.retired_on = today()
    CatalogueRow.objects.bulk_create(rows["new"])
    CatalogueRow.objects.bulk_update(rows["changed"] + rows["unchanged"], [*PRINTED, "place"], batch_size=200)
    CatalogueRow.objects.bulk_update(rows["retired"], ["retired_on"])
    for row in rows["changed"]:
        actions.count_anew(row)
    changed()
    counts = {WHATS[what]: len(some) for what, some in rows.items() if some}
    fields = sorted({field_name(step.row.field) for step in done})
    log(by.actor(), "catalogue.import", agency, details={"fields": fields, **counts})
    return done
