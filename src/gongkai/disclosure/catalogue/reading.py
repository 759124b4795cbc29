"""The State's spreadsheet into rows: two rows of heads, merged cells, a sheet or several, any of them a field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from gongkai.content import spreadsheets
from gongkai.disclosure.importing.columns import text_of
from gongkai.disclosure.importing.reading import why_not_unpack
from gongkai.statute.catalogue import fields

MOST_ROWS: Final = 3000
_HEADS_WITHIN: Final = 15
_SPACE: Final = re.compile(r"\s+")

_HEADS: Final = {
    "序号": "number", "过程": "process", "公开内容": "content", "公开依据": "basis", "公开时限": "limit",
    "公开主体": "publisher", "公开渠道": "channels", "一级事项": "level1", "二级事项": "level2", "全社会": "to_all",
    "特定": "to_group", "主动": "on_own", "依申请": "on_application", "县": "county", "乡": "township",
}  # fmt: skip
"""What a head begins with, and the column that it is. 市、区 that name the level otherwise are not taken for it."""

_NEEDED: Final = {"level1": "一级事项", "content": "公开内容", "limit": "公开时限", "publisher": "公开主体"}
_TICKS: Final = ("to_all", "on_own", "on_application", "county", "township")
_NO: Final = ("", "×", "x", "X", "否", "无", "-", "—", "/", "□", "0")


class NotACatalogue(ValueError):
    """A file that is no standard catalogue; the message is a sentence for its user."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: where it stands, its field (None where nothing says so) and its columns."""

    sheet: str
    line: int
    field: int | None
    values: dict[str, Any]

    @property
    def where(self) -> str:
        """Where it stands, in words."""
        return f"“{self.sheet}”第{self.line}行"


def lines_of(content: bytes, field: int | None = None) -> list[Line]:
    """The rows of a file; a sheet that names no field is of `field`. NotACatalogue where it is none."""
    if content.startswith(b"PK") and (reason := why_not_unpack(content)):
        raise NotACatalogue(reason)
    try:
        sheets = spreadsheets.read(content)
    except spreadsheets.Busy as error:
        raise NotACatalogue("现在打开表格的人太多，请稍后再试。") from error
    except spreadsheets.NotReadable as error:
        raise NotACatalogue(str(error)) from error
    found: list[Line] = []
    for sheet in sheets:
        found += _lines(sheet, field)
        if len(found) > MOST_ROWS:
            raise NotACatalogue(f"一次最多导入 {MOST_ROWS} 行，请分批导入。")
    if not found:
        raise NotACatalogue(
            "没有找到标准目录：表头应有“公开事项（一级事项、二级事项）”“公开内容（要素）”“公开时限”等栏。"
        )
    return found


def _lines(sheet: spreadsheets.Sheet, field: int | None) -> list[Line]:
    cells = [[text_of(cell) for cell in row] for row in sheet.filled()]
    head = next((n for n, row in enumerate(cells[:_HEADS_WITHIN]) if _is_head(row)), None)
    if head is None:
        if any(any(row) for row in cells):
            raise NotACatalogue(f"工作表“{sheet.name}”的前{_HEADS_WITHIN}行里没有表头“公开内容（要素）”“公开时限”。")
        return []
    columns, below = _columns(cells, head)
    missing = [label for name, label in _NEEDED.items() if name not in columns.values()]
    if missing:
        raise NotACatalogue(f"工作表“{sheet.name}”的表头缺少“{'”“'.join(missing)}”一栏。")
    title = " ".join(cell for row in cells[:head] for cell in row)
    named = field_in(f"{sheet.name} {title}") or field
    found = []
    for line, row in enumerate(cells[below:], below + 1):
        values = {name: row[column] for column, name in columns.items() if column < len(row)}
        if any(values.values()) and not _is_head(row) and not _is_note(row):
            found.append(Line(sheet.name, line, named, _meant(values)))
    return found


def _plain(text: str) -> str:
    return _SPACE.sub("", text)


def _is_head(row: Iterable[str]) -> bool:
    names = [_plain(cell) for cell in row]
    return any(name.startswith("公开内容") for name in names) and any(name.startswith("公开时限") for name in names)


def _is_note(row: list[str]) -> bool:
    """注：… below the table."""
    said = {cell for cell in row if cell}
    return len(said) == 1 and _plain(said.pop()).startswith(("注", "备注", "说明", "填表"))


def _columns(cells: list[list[str]], head: int) -> tuple[dict[int, str], int]:
    """(the columns by place, the first row below the heads)."""
    upper = cells[head]
    lower = cells[head + 1] if head + 1 < len(cells) else []
    two = any(_plain(cell).startswith(("一级事项", "全社会")) for cell in lower)
    found: dict[int, str] = {}
    for place, label in enumerate(upper):
        under = lower[place] if two and place < len(lower) else ""
        name = _name(under) or _name(label)
        if name and name not in found.values():
            found[place] = name
    return found, head + (2 if two else 1)


def _name(label: str) -> str:
    plain = _plain(label)
    return next((name for head, name in _HEADS.items() if plain.startswith(head)), "")


def _meant(values: dict[str, str]) -> dict[str, Any]:
    """The columns as a row has them: ticks are yes or no; a matter merged over both levels has no second."""
    meant: dict[str, Any] = dict(values)
    for name in _TICKS:
        if name in meant:
            meant[name] = values[name].strip() not in _NO
    meant["to_group"] = "" if values.get("to_group", "").strip() in _NO else values["to_group"].strip()
    if meant.get("level2") == meant.get("level1"):
        meant["level2"] = ""
    return meant


def field_in(text: str) -> int | None:
    """The field that a title names: the longest name, its own before what it has been renamed to."""
    names = [(len(field.name), 1, field.name, field.number) for field in fields()]
    names += [(len(name), 0, name, field.number) for field in fields() for name in field.renamed_to]
    return next((number for *_, name, number in sorted(names, reverse=True) if name in _plain(text)), None)
