"""Workbooks: shown values, merged cells, text between tables, hidden parts; .xls by way of LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gongkai.annual_report.reading.sources import sheet
from gongkai.annual_report.reading.sources.number_format import code_of, shown
from gongkai.annual_report.reading.sources.sheet import stream
from gongkai.annual_report.reading.stream import NotReadable
from tests.annual_report.reading.office_files import archive, rows, workbook

RULED = (
    '<borders><border/><border><left style="thin"/></border></borders>'
    '<cellXfs><xf numFmtId="0" borderId="0"/><xf numFmtId="2" borderId="1"/></cellXfs>'
)


def lines(data: bytes) -> list[tuple[int | None, list[str]]]:
    return [(line.table, [x.text for x in line.pieces]) for line in stream(data).lines]


def test_it_works() -> None:
    found = stream(workbook(rows("信息内容,本年制发件数,现行有效件数", "规章,3.0,", "行政许可,97,0.5")), "报告.xlsx")
    assert (found.kind, found.name) == ("sheet", "报告.xlsx")
    assert [[x.text for x in line.pieces] for line in found.lines] == [
        ["信息内容", "本年制发件数", "现行有效件数"],
        ["规章", "3", ""],
        ["行政许可", "97", "0.5"],
    ]
    place = found.lines[1].pieces[1].place
    assert place
    assert (place.line, place.offset) == (2, 1)


def test_merged_cells() -> None:
    merged = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>'
    found = stream(workbook(rows("结果,予以公开,,1", "盖住,（一）,（二）,2", "尾,,,3") + merged))
    assert [[(x.text, x.left, x.right, x.height) for x in line.pieces] for line in found.lines] == [
        [("结果", 0, 1, 2), ("予以公开", 1, 3, 1), ("1", 3, 4, 1)],
        [("（一）", 1, 2, 1), ("（二）", 2, 3, 1), ("2", 3, 4, 1)],
        [("尾", 0, 1, 1), ("", 1, 2, 1), ("", 2, 3, 1), ("3", 3, 4, 1)],
    ]


def test_an_empty_row_ends_a_table_and_so_does_a_sheet() -> None:
    assert [t for t, _ in lines(workbook(rows("甲,1", "", "乙,2"), rows("丙,3")))] == [1, 2, 3]


def test_a_row_under_a_merged_cell_is_no_empty_row() -> None:
    merged = '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'
    assert lines(workbook(rows("甲,1", ",", ",2") + merged)) == [(1, ["甲", "1"]), (1, [""]), (1, ["2"])]


def test_hidden_sheets_rows_and_columns_are_not_shown() -> None:
    hidden = '<cols><col min="2" max="2" hidden="1"/></cols>' + rows("甲,1,2", "乙,3,4").replace(
        '<row r="2"', '<row r="2" hidden="1"'
    )
    assert lines(workbook(rows("密,9"), hidden, hidden=(0,))) == [(1, ["甲", "", "2"])]


def test_long_text_is_a_paragraph_and_headings_are_lines() -> None:
    prose = "全年主动公开政府信息，办理申请。" * 5
    assert lines(workbook(rows(f"{prose}\n（二）依申请公开情况", "二、主动公开政府信息情况", "规章,1,2"))) == [
        (None, [prose]),
        (None, ["（二）依申请公开情况"]),
        (None, ["二、主动公开政府信息情况"]),
        (1, ["规章", "1", "2"]),
    ]


def test_where_the_table_is_ruled_a_lone_cell_tells_by_its_border() -> None:
    data = (
        rows("题目", "规章,1", "许可").replace('<c r="A2"', '<c s="1" r="A2"').replace('<c r="A3"', '<c s="1" r="A3"')
    )
    assert lines(workbook(data, styles=RULED)) == [(None, ["题目"]), (1, ["规章", "1"]), (1, ["许可", ""])]


def test_strings_shared_and_rich() -> None:
    strings = ("<si><t>规章</t></si>", "<si><r><t>行政</t></r><r><t>许可</t></r><rPh><t>ji</t></rPh></si>")
    cells = "".join(f'<c t="{t}"><v>{v}</v></c>' for t, v in (("s", 0), ("s", 1), ("s", 7), ("b", 1)))
    data = f"<sheetData><row>{cells}</row></sheetData>"
    assert lines(workbook(data, strings=strings)) == [(1, ["规章", "行政许可", "", "TRUE"])]


def test_formats_of_the_cell() -> None:
    data = '<sheetData><row><c s="1"><v>3</v></c><c t="str"><v>合计</v></c><c t="e"><v>#REF!</v></c></row></sheetData>'
    assert lines(workbook(data, styles=RULED)) == [(1, ["3.00", "合计", "#REF!"])]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (3.0, "", "3"),
        (102297.797528, "General", "102297.797528"),
        (0.1 + 0.2, "", "0.3"),
        (1e20, "", "1e+20"),
        (3, "0.00", "3.00"),
        (2.5, "0", "3"),
        (1113, "#,##0", "1,113"),
        (6, "+0;-0;0", "+6"),
        (0, "0;-0;;@", ""),
        (0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"??_ ;_ @_ ', "-"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (0.1234, "0.00%", "12.34%"),
        (7, '0"件"', "7件"),
        (12, "000", "012"),
        (0.5, "#.##", ".5"),
        (0, "#", ""),
        (3, "[$¥-804]#,##0.00", "¥3.00"),
        (45322, 'yyyy"年"m"月"d"日"', "2024年1月31日"),
        (45322.5, "yyyy-mm-dd hh:mm", "2024-01-31 12:00"),
        (-1, "yyyy/m/d", "-1"),
        (0.5, "# ?/?", "0.5"),
        (1e300, "0", "1e+300"),
    ],
)
def test_numbers_as_shown(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_built_in_formats() -> None:
    assert (code_of(4, {}), code_of(176, {176: "0.0"}), code_of(0, {})) == ("#,##0.00", "0.0", "")


def test_a_lone_cell_far_away_costs_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = rows("1").replace("</sheetData>", f"{far}</sheetData>")
    assert lines(workbook(data)) == [(1, ["1"])]


def test_a_merge_of_the_whole_sheet_costs_nothing() -> None:
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert lines(workbook(rows("甲,1", "乙,2") + merged)) == [(1, ["甲"])]


@pytest.mark.parametrize(
    "data",
    [
        workbook(rows("")),
        workbook(),
        workbook("<sheetData>"),
        archive({"xl/workbook.bin": b"x"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 3000,
    ],
)
def test_what_has_no_cells_is_refused(data: bytes) -> None:
    with pytest.raises(NotReadable):
        stream(data)


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_CELLS", 5)
    with pytest.raises(NotReadable, match="过大"):
        stream(workbook(rows("甲,1,2", "乙,3,4")))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_old_workbooks(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook(rows("规章,3,0.5", "许可,,7"), rows("密,1"), hidden=(1,)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xls",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    if not (tmp_path / "a.xls").exists():
        pytest.skip("this LibreOffice has no spreadsheets")
    data = (tmp_path / "a.xls").read_bytes()
    assert lines(data) == [(1, ["规章", "3", "0.5"]), (1, ["许可", "", "7"])]
    with pytest.raises(NotReadable):
        stream(data[:3000])
