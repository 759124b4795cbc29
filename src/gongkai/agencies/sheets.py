"""The tree of agencies as a spreadsheet: out, and in again with a preview of what will happen.

One row an agency, columns by their labels. A row is the agency of its 编号, else of its credit code, else of its name
under its parent; else a new one. Nothing is deleted by what a sheet leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from django.db import transaction

from gongkai.agencies import actions
from gongkai.agencies.doer import Doer, Refused, unsaved
from gongkai.agencies.models import Agency, today
from gongkai.agencies.queries import in_tree_order
from gongkai.content import spreadsheets

_PLAIN: Final = (
    "short_name", "credit_code", "division_code", "site_code", "ogi_office", "address", "postcode", "phone", "fax",
    "email", "office_hours",
)  # fmt: skip
_FLAGS: Final = ("is_competent", "makes_rules", "makes_normative_documents")
_CHOICES: Final = {
    "kind": {str(label): value for value, label in Agency.Kind.choices},
    "level": {str(label): value for value, label in Agency.Level.choices},
    "review_own": {str(label): value for value, label in Agency.Review.choices} | {"": ""},
}
_MUST: Final = ("kind", "level")
NUMBER, NAME, PARENT, REPORTS_TO, ORDER = "编号", "全称", "上级机关", "年度报告报送至", "排序"
MOST_ROWS: Final = 5000


def _label(name: str) -> str:
    return str(Agency._meta.get_field(name).verbose_name)


COLUMNS: Final = (
    NUMBER, NAME, *(_label(n) for n in ("kind", "level")), PARENT, REPORTS_TO,
    *(_label(n) for n in (*_PLAIN, *_FLAGS, "review_own")), ORDER,
)  # fmt: skip


class NotASheet(ValueError):
    """A file that is no such spreadsheet; the message says why."""


def export(agencies: Any) -> bytes:
    """An .xlsx of these agencies, parents before their children."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("机关")
        head = book.add_format({"bold": True, "bg_color": "#EEF2F9", "bottom": 1, "text_wrap": True})
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, len(COLUMNS) - 1, 22)
        sheet.write_row(0, 0, COLUMNS, head)
        for row, (_, agency) in enumerate(in_tree_order(agencies.select_related("parent", "reports_to")), 1):
            sheet.write_row(row, 0, _row(agency))
    return buffer.getvalue()


def _row(agency: Agency) -> list[Any]:
    return [
        agency.pk, agency.name, agency.get_kind_display(), agency.get_level_display(),
        agency.parent.name if agency.parent else "", agency.reports_to.name if agency.reports_to else "",
        *(getattr(agency, name) or "" for name in _PLAIN),
        *("是" if getattr(agency, name) else "否" for name in _FLAGS),
        agency.get_review_own_display(), agency.order,
    ]  # fmt: skip


@dataclass
class Step:
    """What a row will do. `problems` stop the whole import; `changes` are (column, before, after)."""

    line: int
    name: str
    agency: Agency | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    parent: str = ""
    reports_to: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def what(self) -> str:
        """新增, 修改 or 不变."""
        return "新增" if self.agency is None else "修改" if self.changes else "不变"


def plan(content: bytes) -> list[Step]:
    """What importing this file would do, row by row, without doing it. NotASheet where it cannot be read."""
    rows = _rows(content)
    known = list(Agency.objects.select_related("parent", "reports_to"))
    steps = [_step(line, row, known) for line, row in rows]
    names: dict[str, int] = {}
    for step in steps:
        if step.name:
            first = names.setdefault(f"{step.parent}/{step.name}", step.line)
            if first != step.line:
                step.problems.append(f"与第{first}行重复。")
    present = {agency.name for agency in known if agency.exists} | {step.name for step in steps}
    for step in steps:
        step.problems += [
            f"“{label}”一栏的“{name}”在本表和现有机关中都没有。"
            for label, name in ((PARENT, step.parent), (REPORTS_TO, step.reports_to))
            if name and name not in present
        ]
    return steps


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        cells = spreadsheets.read(content, first=True)[0].rows
    except spreadsheets.Busy as error:
        raise NotASheet("现在打开表格的人太多，请稍后再试。") from error
    except spreadsheets.NotReadable as error:
        raise NotASheet(str(error)) from error
    heads = [str(cell).strip() for cell in cells[0]] if cells else []
    missing = [column for column in (NAME, *(_label(n) for n in _MUST)) if column not in heads]
    if missing:
        raise NotASheet(f"第一行缺少“{'”“'.join(missing)}”一栏；请先导出一份，照它的样子填写。")
    if len(cells) > MOST_ROWS + 1:
        raise NotASheet(f"一次最多导入 {MOST_ROWS} 行，这个表有 {len(cells) - 1} 行；请分批导入。")
    rows = [
        (line, {head: _text(cell) for head, cell in zip(heads, row, strict=False)})
        for line, row in enumerate(cells[1:], 2)
    ]
    return [(line, row) for line, row in rows if any(row.values())]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def _step(line: int, row: dict[str, str], known: list[Agency]) -> Step:
    step = Step(line, row.get(NAME, ""), parent=row.get(PARENT, ""), reports_to=row.get(REPORTS_TO, ""))
    if not step.name:
        step.problems.append("没有填写全称。")
    for name, choices in _CHOICES.items():
        if name not in _MUST and _label(name) not in row:
            continue
        given = row.get(_label(name), "")
        if given in choices:
            step.fields[name] = choices[given]
        else:
            step.problems.append(f"“{_label(name)}”一栏应为{'、'.join(filter(None, choices))}之一，现在是“{given}”。")
    step.fields |= {name: row[_label(name)] for name in _PLAIN if _label(name) in row}
    for name in _FLAGS:
        given = row.get(_label(name), "")
        if given not in ("是", "否", ""):
            step.problems.append(f"“{_label(name)}”一栏应为是或否，现在是“{given}”。")
        if _label(name) in row:
            step.fields[name] = given == "是"
    if row.get(ORDER, "").isdecimal():
        step.fields["order"] = int(row[ORDER])
    try:
        step.agency = _known(row, step, known)
    except LookupError as error:
        step.problems.append(str(error.args[0]))
    if step.agency:
        step.changes = _changes(step.agency, step)
    elif not step.problems:
        trial = Agency(name=step.name, path="-", **actions.clean(step.fields))
        step.problems += unsaved(trial, exclude=("path",))
    return step


def _known(row: dict[str, str], step: Step, known: list[Agency]) -> Agency | None:
    number, code = row.get(NUMBER, ""), row.get(_label("credit_code"), "")
    if number:
        found = [a for a in known if str(a.pk) == number]
        if not found:
            raise LookupError(f"没有编号为“{number}”的机关；新增的机关请把编号留空。")
        return found[0]
    if code and (found := [a for a in known if a.credit_code == code]):
        return found[0]
    found = [
        a for a in known if a.name == step.name and a.exists and (a.parent.name if a.parent else "") == step.parent
    ]
    return found[0] if found else None


def _changes(agency: Agency, step: Step) -> list[tuple[str, str, str]]:
    def shown(name: str, value: Any) -> str:
        if name in _CHOICES:
            return next((label for label, key in _CHOICES[name].items() if key == value), str(value))
        return ("是" if value else "否") if name in _FLAGS else str(value or "")

    pairs = [(_label(n), shown(n, getattr(agency, n)), shown(n, v)) for n, v in step.fields.items()]
    pairs.append((NAME, agency.name, step.name))
    pairs.append((PARENT, agency.parent.name if agency.parent else "", step.parent))
    pairs.append((REPORTS_TO, agency.reports_to.name if agency.reports_to else "", step.reports_to))
    return [(label, before, after) for label, before, after in pairs if before != after]


@transaction.atomic
def apply(by: Doer, content: bytes, *, on: date | None = None) -> list[Step]:
    """Do what `plan` says, all or nothing. Refused names every row that stands against it."""
    steps = plan(content)
    wrong = [f"第{step.line}行：{problem}" for step in steps for problem in step.problems]
    if wrong:
        raise Refused(wrong)
    waiting, done = list(steps), 0
    while waiting:  # a parent may stand below its child in the sheet
        ready = [s for s in waiting if not s.parent or _named(s.parent)]
        if not ready:
            raise Refused([f"第{s.line}行：上级机关“{s.parent}”互为上下级。" for s in waiting])
        for step in ready:
            _apply(by, step, on or today())
            done += 1
        waiting = [s for s in waiting if s not in ready]
    for step in steps:
        if step.reports_to:
            assert step.agency
            actions.correct(by, step.agency, reports_to=_named(step.reports_to))
    return steps


def _named(name: str) -> Agency | None:
    return Agency.objects.filter(name=name).order_by("until").first() if name else None


def _apply(by: Doer, step: Step, on: date) -> None:
    try:
        parent = _named(step.parent)
        if step.agency is None:
            step.agency = actions.found(by, name=step.name, parent=parent, **step.fields)
            return
        if step.name != step.agency.name:
            actions.rename(by, step.agency, step.name, on=on)
        if parent and parent.pk != step.agency.parent_id:
            actions.move(by, step.agency, parent)
        step.agency = actions.correct(by, step.agency, **step.fields)
    except Refused as refused:
        raise Refused([f"第{step.line}行：{reason}" for reason in refused.reasons]) from refused
