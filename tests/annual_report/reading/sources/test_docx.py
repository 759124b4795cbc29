"""Word files: what the printed page shows is read, and nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.annual_report.reading.sources import docx
from gongkai.annual_report.reading.sources.docx import stream
from gongkai.annual_report.reading.stream import NotReadable, Piece
from tests.annual_report.reading.office_files import CONTINUE, RESTART, STRICT, W, archive, p, span, tbl, tc, tr, word


def texts(body: str, **parts: str) -> list[str]:
    return [line.text for line in stream(word(body, **parts)).lines]


def grid(pieces: list[Piece]) -> list[tuple[str, int, int, int]]:
    return [(x.text, int(x.left), int(x.right), x.height) for x in pieces]


def test_it_works() -> None:
    found = stream(word(p("一、总体情况") + tbl(tr("规章", "0", "")) + p("")), "报告.docx")
    assert (found.kind, found.name) == ("docx", "报告.docx")
    assert [(line.table, [x.text for x in line.pieces]) for line in found.lines] == [
        (None, ["一、总体情况"]),
        (1, ["规章", "0", ""]),
    ]
    places = [x.place for x in found.lines[1].pieces]
    assert [(x.line, x.offset) for x in places if x] == [(2, 0), (2, 1), (2, 2)]


def test_the_strict_namespace_is_read_the_same() -> None:
    assert [line.text for line in stream(word(p("正文"), STRICT)).lines] == ["正文"]


def test_merged_cells() -> None:
    found = stream(
        word(
            tbl(
                tr(tc("申请人情况", span(3))),
                tr(tc("结果", RESTART), tc("（一）予以公开"), tc("1")),
                tr(tc("", CONTINUE), tc("（二）部分公开"), tc("2")),
                tr(tc("总计", span(2)), tc("3")),
                tr("尾", properties='<w:trPr><w:gridBefore w:val="2"/></w:trPr>'),
            )
        )
    )
    assert [grid(line.pieces) for line in found.lines] == [
        [("申请人情况", 0, 3, 1)],
        [("结果", 0, 1, 2), ("（一）予以公开", 1, 2, 1), ("1", 2, 3, 1)],
        [("（二）部分公开", 1, 2, 1), ("2", 2, 3, 1)],
        [("总计", 0, 2, 1), ("3", 2, 3, 1)],
        [("尾", 2, 3, 1)],
    ]


def test_the_horizontal_merge_of_old_files() -> None:
    restart, goes_on = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    (line,) = stream(word(tbl(tr(tc("甲", restart), tc("", goes_on), tc("乙"))))).lines
    assert grid(line.pieces) == [("甲", 0, 2, 1), ("乙", 2, 3, 1)]


def test_a_merge_that_goes_on_from_nothing_is_a_cell_of_its_own() -> None:
    (line,) = stream(word(tbl(tr(tc("甲", CONTINUE), tc("1"))))).lines
    assert grid(line.pieces) == [("甲", 0, 1, 1), ("1", 1, 2, 1)]


def test_tracked_changes_are_read_as_accepted() -> None:
    changed = "<w:ins><w:r><w:t>16</w:t></w:r></w:ins><w:del><w:r><w:delText>26</w:delText></w:r></w:del>"
    moved = "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>"
    assert texts(f"<w:p>{changed}{moved}</w:p>") == ["16新"]


def test_rows_and_cells_that_a_tracked_change_deletes() -> None:
    gone = "<w:trPr><w:del/></w:trPr>"
    assert texts(tbl(tr("甲", properties=gone), tr("乙", tc("丙", "<w:cellDel/>")))) == ["乙"]


def test_a_deleted_paragraph_mark_keeps_the_text() -> None:
    assert texts("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>留</w:t></w:r></w:p>") == ["留"]


@pytest.mark.parametrize(("mark", "shown"), [("<w:vanish/>", []), ('<w:vanish w:val="0"/>', ["密"])])
def test_hidden_text(mark: str, shown: list[str]) -> None:
    assert texts(p("明") + p("密", f"<w:rPr>{mark}</w:rPr>")) == ["明", *shown]


def test_what_was_hidden_before_a_format_change_shows() -> None:
    assert texts(p("明", "<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>")) == ["明"]


def test_text_that_a_style_hides() -> None:
    styles = f'<w:styles xmlns:w="{W}"><w:style w:styleId="z"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    hidden = '<w:p><w:pPr><w:pStyle w:val="z"/></w:pPr><w:r><w:t>窗体顶端</w:t></w:r></w:p>'
    assert texts(hidden + p("正文"), styles=styles) == ["正文"]


def test_hidden_rows() -> None:
    assert texts(tbl(tr("甲", properties="<w:trPr><w:hidden/></w:trPr>"), tr("乙"))) == ["乙"]


def test_the_table_of_contents_is_left_out() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('一、总体情况 1')}</w:sdtContent></w:sdt>"
    )
    assert texts(control + p("一、总体情况")) == ["一、总体情况"]
    styles = f'<w:styles xmlns:w="{W}"><w:style w:styleId="11"><w:name w:val="toc 1"/></w:style></w:styles>'
    link = '<w:hyperlink w:anchor="_Toc1"><w:r><w:t>一</w:t></w:r></w:hyperlink>'
    line = f'<w:p><w:pPr><w:pStyle w:val="11"/></w:pPr>{link}</w:p>'
    assert texts(line + p("一、总体情况"), styles=styles) == ["一、总体情况"]


def test_content_controls_links_and_fields_keep_their_text() -> None:
    control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
    link = "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
    field = "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>域</w:t></w:r></w:fldSimple></w:p>"
    cell = f"<w:sdt><w:sdtContent>{tc('格')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{tr('行', cell)}</w:sdtContent></w:sdt>"
    assert texts(control + link + field + tbl(row)) == ["控件", "链接", "域", "行 格"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(f"<w:p><w:r><w:t>段</w:t>{drawing}</w:r></w:p>") == ["段", "框"]
    assert texts(tbl(tr(tc(f"<w:p><w:r><w:t>格</w:t>{drawing}</w:r></w:p>"), "1"))) == ["框 格 1"]


def test_breaks_tabs_and_odd_characters() -> None:
    marks = "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r></w:p>"
    stops = '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr><w:r><w:tab/><w:t>丁</w:t></w:r></w:p>'
    guide = "<w:rt><w:r><w:t>zi</w:t></w:r></w:rt>"
    ruby = f"<w:p><w:r><w:ruby>{guide}<w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    maths = "<w:p><m:oMath><m:r><m:t>5%</m:t></m:r></m:oMath></w:p>"
    assert texts(marks + stops + ruby + maths) == ["甲", "乙-丙", "丁", "字", "5%"]


def test_columns_set_with_tabs_are_a_table() -> None:
    def line(*fields: str) -> str:
        return "<w:p>" + "<w:r><w:tab/></w:r>".join(f"<w:r><w:t>{f}</w:t></w:r>" for f in fields) + "</w:p>"

    found = stream(word(p("前") + line("规章", "0", "", "3") + line("许可", "5") + p("后") + line("甲", "乙")))
    assert [(x.table, [y.text for y in x.pieces]) for x in found.lines] == [
        (None, ["前"]),
        (1, ["规章", "0", "", "3"]),
        (1, ["许可", "5"]),
        (None, ["后"]),
        (None, ["甲", "乙"]),
    ]


def test_a_cell_of_several_paragraphs_is_one_text() -> None:
    assert texts(tbl(tr(tc(p("总") + p("计")), "1"))) == ["总 计 1"]


def test_prose_in_a_frame_is_prose() -> None:
    prose = "全年主动公开政府信息。" * 12
    found = stream(word(tbl(tr(tc(p("一、总体情况") + p(prose))), tr("规章", "1"))))
    assert [(x.table, x.text) for x in found.lines] == [(None, "一、总体情况"), (None, prose), (1, "规章 1")]


def test_tables_in_a_layout_table_are_tables_of_their_own() -> None:
    inner = tbl(tr("规章", "1"), tr("许可", "2"))
    found = stream(word(tbl(tr(tc(p("标题") + inner + p("尾")), "侧栏"), tr("甲", "9"))))
    assert [(x.table, x.text) for x in found.lines] == [
        (None, "标题"),
        (2, "规章 1"),
        (2, "许可 2"),
        (None, "尾"),
        (None, "侧栏"),
        (1, "甲 9"),
    ]


def test_a_table_of_one_cell_is_a_frame_around_its_text() -> None:
    assert texts(tbl(tr("规章", tc(tbl(tr("7")) + p())))) == ["规章 7"]


def test_an_embedded_file_is_mentioned() -> None:
    found = stream(word(p("正文") + '<w:altChunk r:id="x"/>' * 2))
    assert len(found.warnings) == 1


def test_the_title_of_the_file() -> None:
    names = 'xmlns:cp="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    core = f"<cp:coreProperties {names}><dc:title>年报</dc:title></cp:coreProperties>"
    assert stream(word(p("正文"), core=core)).title == "年报"


def test_a_body_by_another_name() -> None:
    other = word(p("正文"))
    kind = "http://x/relationships/officeDocument"
    relations = f'<Relationships><Relationship Type="{kind}" Target="/word/document2.xml"/></Relationships>'
    body = zipfile.ZipFile(io.BytesIO(other)).read("word/document.xml")
    data = archive({"[Content_Types].xml": "<Types/>", "_rels/.rels": relations, "word/document2.xml": body})
    assert [line.text for line in stream(data).lines] == ["正文"]


@pytest.mark.parametrize(
    "data",
    [
        word(""),
        word(p("密", "<w:rPr><w:vanish/></w:rPr>")),
        archive({"word/document.xml": "<w:document"}),
        archive({"word/document.xml": "<document/>"}),
        archive({"word/document.xml": ""}),
        archive({"word/other.xml": "<x/>"}),
    ],
)
def test_what_has_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotReadable):
        stream(data)


def test_a_very_long_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_LINES", 50)
    with pytest.raises(NotReadable, match="过长"):
        stream(word(tbl(*[tr("甲", "1")] * 60)))
