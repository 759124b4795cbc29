"""The cells of a stranger's spreadsheet, read apart: what would fill the memory ends that process, not the server.

A file of five kilobytes may name a cell in the last row and column; the reader makes room for everything before it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from gongkai.annual_report.reading import apart
from gongkai.annual_report.reading.apart import Busy
from gongkai.annual_report.reading.stream import NotReadable

__all__ = ["Busy", "Cell", "NotReadable", "Sheet", "read"]

SECONDS: Final = 60.0
MOST_CELLS: Final = 3_000_000
_LATE: Final = f"打开表格超过 {SECONDS:g} 秒，已停止；请删去多余的行、列和工作表再试。"
_LARGE: Final = "表格过大：工作表“{}”占了 {} 行 {} 列，请删去多余的行和列。"
_FAILED: Final = "打不开这个文件，请上传 .xlsx、.xls 或 .ods 电子表格；表格过大的，请删去多余的行和列。"

Cell = str | float | bool
"""A number keeps its kind; a date is its ISO form."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows from the first, and the merged ranges as (top, left, bottom, right), all from 0, all included."""

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]]

    def filled(self) -> list[list[Cell]]:
        """The rows with every cell of a merged range saying what the range says."""
        rows = [list(row) for row in self.rows]
        for top, left, bottom, right in self.merged:
            if top >= len(rows) or left >= len(rows[top]):
                continue
            said = rows[top][left]
            for row in rows[top : bottom + 1]:
                for column in range(left, min(right + 1, len(row))):
                    row[column] = said
        return rows


def read(data: bytes, *, first: bool = False) -> list[Sheet]:
    """The sheets, or the first alone. NotReadable, with one sentence, for what is none or too large."""
    answer = apart.ask(
        "gongkai.content.spreadsheets", "first" if first else "all", data=data, seconds=SECONDS, late=_LATE, failed=_FAILED
    )  # fmt: skip
    return [Sheet(one["name"], one["rows"], [tuple(m) for m in one["merged"]]) for one in json.loads(answer)]


# ------------------------------------------------------------------ inside the process


def main(which: str) -> int:
    """Read the file on standard input; its sheets as JSON on standard output."""

    def work() -> bytes:
        import python_calamine

        try:
            book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
            names = book.sheet_names[:1] if which == "first" else book.sheet_names
            found = [_sheet(book.get_sheet_by_name(name)) for name in names]
        except (MemoryError, NotReadable):
            raise
        except BaseException as error:  # calamine names no base class, and panics are no Exception
            raise NotReadable(_FAILED) from error
        return json.dumps(found, ensure_ascii=False, default=str).encode("utf-8", "replace")

    return apart.answer(work)


def _sheet(sheet: Any) -> dict[str, Any]:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise NotReadable(_LARGE.format(sheet.name, sheet.total_height, sheet.total_width))
    rows = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return {"name": sheet.name, "rows": rows, "merged": merged}


def _cell(cell: Any) -> Any:
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        cell = cell.date()
    return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat() if isinstance(cell, date) else cell


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
