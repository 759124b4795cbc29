"""An empty spreadsheet to fill in: every column that an import knows, choices where there are some, and what goes where."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

import xlsxwriter

from gongkai.disclosure.columns import columns as site_columns
from gongkai.disclosure.forms import GENRES
from gongkai.disclosure.importing import columns
from gongkai.disclosure.models import Record
from gongkai.statute.catalogue import disclosure_items, fields, themes

_DAY: Final = "如 2026-03-05、2026年3月5日。"
NOTES: Final[dict[str, str]] = {
    "title": "必填。",
    "agency": "全称或简称；空着的算作导入时选的公开主体。",
    "index_no": "原网站的索引号，合格式又没有被使用的沿用；草稿不填，送审时编。",
    "document_no": "如 青政办发〔2026〕12号。",
    "issuing_body": "文件由哪个机关制发。",
    "genre": "如 通知、意见、公告。",
    "theme": r"两级之间用 \ 分开，如 综合政务\政务公开；只写第二级、不会弄错的也可以。",
    "item": "法定主动公开的事项，写名称或者代码。",
    "field": "基层政务公开试点领域的名称或者序号。",
    "row": "本机关标准目录里的事项，如 最低生活保障/审批信息；二级事项不重复的只写二级事项。",
    "column": "本平台栏目的名称；没有的栏目不填，导入以后选择。",
    "keywords": "用分号分开。",
    "abstract": "几句话概括内容。",
    "body": "正文或者附件须有一样；可以是网页代码，表格保留。",
    "source": "空着的写导入时填的来源。",
    "attribute": "有发布日期的都是主动公开；草稿可以以后再定。",
    "attribute_reason": "不主动公开的必填。",
    "scope": "空着的是全社会。",
    "formed_on": f"必填，有发布日期的可以不填。{_DAY}",
    "published_on": f"有的是已经公开的历史信息，导入以后即公开；没有的成为草稿，照常审核。{_DAY}",
    "effective_on": _DAY,
    "expires_on": _DAY,
    "amended_on": _DAY,
    "repealed_on": _DAY,
    "is_normative": "是或者否，空着的是否。",
    "address": "原来的网址；再次导入时凭它认出同一条信息。",
    "key": "没有网址的，凭编号认出同一条信息。",
    "files": "文件名，几个用分号分开；表格和文件一起装进 ZIP。",
}
"""What goes into each column."""


def blank() -> bytes:
    """The spreadsheet as .xlsx: a sheet to fill in, a sheet that explains it."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})  # a number of a document is no sum, and 3-5 no day in May
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet, notes = book.add_worksheet("政府信息"), book.add_worksheet("填写说明")
        choices = _choices()
        for place, (name, labels) in enumerate(columns.LABELS.items()):
            sheet.write_string(0, place, labels[0], head)
            sheet.set_column(place, place, 40 if name in ("title", "body", "abstract") else 16, text)
            if offered := choices.get(name):
                source = f"=填写说明!$D${offered[0]}:$D${offered[1]}"
                sheet.data_validation(
                    1, place, 5000, place, {"validate": "list", "source": source, "error_type": "warning"}
                )
        sheet.freeze_panes(1, 1)
        _explain(notes, head, wrapped)
    return buffer.getvalue()


def _offered() -> dict[str, list[str]]:
    """Column -> the values to choose from."""
    return {
        "genre": list(GENRES),
        "theme": [f"{theme.name}\\{child}" for theme in themes() for child in theme.children],
        "item": [item.text for item in disclosure_items()],
        "field": [field.name for field in fields()],
        "column": [one.name for one in site_columns().values()],
        "attribute": [str(label) for _, label in Record.Attribute.choices],
        "is_normative": ["是", "否"],
    }


def _choices() -> dict[str, tuple[int, int]]:
    """Column -> first and last row of its values in the second sheet, counted from one."""
    made, row = {}, 2
    for name, values in _offered().items():
        made[name] = (row, row + len(values) - 1)
        row += len(values)
    return made


def _explain(sheet: Any, head: Any, wrapped: Any) -> None:
    for place, (label, width) in enumerate((("栏", 18), ("怎样填", 70), ("可选的值属于", 18), ("可选的值", 50))):
        sheet.write_string(0, place, label, head)
        sheet.set_column(place, place, width)
    for row, (name, labels) in enumerate(columns.LABELS.items(), 1):
        sheet.write_string(row, 0, labels[0], wrapped)
        sheet.write_string(row, 1, NOTES[name], wrapped)
    row = 1
    for name, values in _offered().items():
        for value in values:
            sheet.write_string(row, 2, columns.LABELS[name][0])
            sheet.write_string(row, 3, value)
            row += 1
    sheet.freeze_panes(1, 0)
