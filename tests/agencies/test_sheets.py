"""The tree as a spreadsheet, out and in."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from gongkai.agencies import sheets
from gongkai.agencies.doer import SYSTEM, Refused
from gongkai.agencies.models import Agency
from tests.county import agency, doer

pytestmark = pytest.mark.usefixtures("county")


def exported() -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(sheets.export(Agency.objects.all())))


def saved(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def column(book: openpyxl.Workbook, label: str) -> int:
    return 1 + [cell.value for cell in book.active[1]].index(label)


def row_of(book: openpyxl.Workbook, name: str) -> int:
    return next(row[0].row for row in book.active.iter_rows() if row[1].value == name)


def test_what_goes_out_comes_in_unchanged() -> None:
    steps = sheets.plan(sheets.export(Agency.objects.all()))
    assert len(steps) == Agency.objects.count()
    assert [s for s in steps if s.what != "不变" or s.problems] == []


def test_a_changed_cell_is_previewed_and_applied() -> None:
    book = exported()
    book.active.cell(row_of(book, "青禾县教育局"), column(book, "联系电话"), "0990-5550000")
    book.active.cell(row_of(book, "青禾县水利局"), column(book, "全称"), "青禾县水务局")
    (first, second) = [s for s in sheets.plan(saved(book)) if s.changes]
    assert {c for s in (first, second) for c in s.changes} == {
        ("联系电话", agency("教育局").phone, "0990-5550000"), ("全称", "青禾县水利局", "青禾县水务局"),
    }  # fmt: skip
    sheets.apply(doer("luo.ping"), saved(book))
    assert agency("教育局").phone == "0990-5550000"
    assert agency("水务局").names.get().name == "青禾县水利局"


def test_new_rows_may_come_before_their_parents() -> None:
    book = openpyxl.Workbook()
    book.active.append(["全称", "类别", "层级", "上级机关", "年度报告报送至"])
    book.active.append(["白石县教育局", "工作部门", "县级", "白石县人民政府", "白石县人民政府办公室"])
    book.active.append(["白石县人民政府办公室", "政府办公室（厅）", "县级", "白石县人民政府", ""])
    book.active.append(["白石县人民政府", "人民政府", "县级", "", ""])
    sheets.apply(SYSTEM, saved(book))
    school = Agency.objects.get(name="白石县教育局")
    assert school.parent and school.parent.name == "白石县人民政府"
    assert school.reports_to and school.reports_to.name == "白石县人民政府办公室"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["", "工作部门", "县级", "青禾县人民政府"], "没有填写全称"),
        (["青禾县某局", "局", "县级", "青禾县人民政府"], "“类别”一栏应为"),
        (["青禾县某局", "工作部门", "县级", "火星县人民政府"], "在本表和现有机关中都没有"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_imported(row: list[str], told: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["全称", "类别", "层级", "上级机关"])
    book.active.append(["青禾县好局", "工作部门", "县级", "青禾县人民政府"])
    book.active.append(row)
    with pytest.raises(Refused, match=told) as refused:
        sheets.apply(SYSTEM, saved(book))
    assert refused.value.reasons[0].startswith("第3行")
    assert not Agency.objects.filter(name="青禾县好局").exists()


def test_agencies_that_are_each_others_parents_are_refused() -> None:
    book = openpyxl.Workbook()
    book.active.append(["全称", "类别", "层级", "上级机关"])
    book.active.append(["甲局", "工作部门", "县级", "乙局"])
    book.active.append(["乙局", "工作部门", "县级", "甲局"])
    with pytest.raises(Refused, match="互为上下级"):
        sheets.apply(SYSTEM, saved(book))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", "全称,类别".encode()])
def test_a_file_that_is_no_sheet_is_said_so(content: bytes) -> None:
    with pytest.raises(sheets.NotASheet, match="打不开"):
        sheets.plan(content)


def test_a_sheet_without_the_columns_is_said_so() -> None:
    book = openpyxl.Workbook()
    book.active.append(["名字"])
    with pytest.raises(sheets.NotASheet, match="缺少“全称”“类别”“层级”"):
        sheets.plan(saved(book))


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    Agency.objects.filter(pk=agency("实验小学").pk).update(short_name="=1+1")
    book = exported()
    cell = book.active.cell(row_of(book, "青禾县实验小学"), column(book, "简称"))
    assert cell.value == "=1+1"
    assert cell.data_type == "s"


def test_a_department_cannot_import_another_departments_agencies() -> None:
    from gongkai.agencies.models import Posting, Staff

    staff = Staff.objects.create(username="school-admin", full_name="校管")
    Posting.objects.create(staff=staff, agency=agency("教育局"), post="admin")
    from gongkai.agencies.doer import Doer

    book = exported()
    book.active.cell(row_of(book, "青禾县人民医院"), column(book, "联系电话"), "1")
    with pytest.raises(Refused, match="只负责本机关"):
        sheets.apply(Doer(staff), saved(book))
