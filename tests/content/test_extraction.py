"""Attachments: their text for search, what they are, what is refused, and bounds."""

from __future__ import annotations

import hashlib
import io
import shutil
import time

import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual_report.reading.stream import NotReadable
from gongkai.content.extraction import Extracted, Refused, extract
from gongkai.content.filekinds import contradiction, kind_of
from gongkai.content.reading import _unwrapped
from tests.annual_report.reading.office_files import archive, p, word
from tests.annual_report.reading.sources.test_detect import compound

SENTENCE = "清河县人民政府关于进一步做好城乡居民最低生活保障和特困人员救助供养工作的实施意见，自二〇二六年三月一日起施行，有效期五年，由县民政局负责解释。"


def pdf(text: str, pages: int = 1) -> bytes:
    body = "\n#pagebreak()\n".join([text] * pages)
    return bytes(
        typst.compile(
            f'#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC"), size: 14pt)\n{body}'.encode()
        )
    )


def picture(data: bytes) -> bytes:
    out = io.BytesIO()
    pypdfium2.PdfDocument(data)[0].render(scale=200 / 72).to_pil().convert("L").save(out, "PNG")
    return out.getvalue()


def scanned(data: bytes) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.open(io.BytesIO(picture(data))).save(out, "PDF", resolution=200)
    return out.getvalue()


def ofd(*texts: str) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts: dict[str, str | bytes] = {"OFD.xml": f"<ofd:OFD {space}/>", "Doc_0/Document.xml": f"<ofd:Document {space}/>"}
    for number, text in enumerate(texts):
        half = len(text) // 2
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {space}><ofd:Content><ofd:Layer><ofd:TextObject Boundary="60 20 50 5"><ofd:TextCode X="0" Y="4">{text[half:]}'
            f'</ofd:TextCode></ofd:TextObject><ofd:TextObject Boundary="10 20 50 5"><ofd:TextCode X="0" Y="4">{text[:half]}'
            "</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
        )
    return archive(parts)


def slides(*texts: str) -> bytes:
    parts: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}
    for number, text in enumerate(texts, 1):
        parts[f"ppt/slides/slide{number}.xml"] = (
            '<p:sld xmlns:p="urn:p" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p>'
            f"<a:r><a:t>{text[:3]}</a:t></a:r><a:r><a:t>{text[3:]}</a:t></a:r></a:p></p:sld>"
        )
    return archive(parts)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (word(p(SENTENCE)), "word"),
        (pdf(SENTENCE), "pdf"),
        (ofd(SENTENCE, "第二页"), "ofd"),
        (slides("第一页的标题", SENTENCE), "slides"),
        (f"<html><body><p>{SENTENCE}</p><script>x</script></body></html>".encode("gbk"), "html"),
        (SENTENCE.encode("gb18030"), "text"),
    ],
    ids=["docx", "pdf", "ofd", "pptx", "html", "txt"],
)
def test_the_text_is_found_whole(data: bytes, kind: str) -> None:
    found = extract(data)
    assert (found.kind, found.reason) == (kind, "")
    assert SENTENCE in found.text  # over line ends, too
    assert found.sha256 == hashlib.sha256(data).hexdigest()


def test_a_workbook() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["项目", "金额"])  # type: ignore[union-attr]
    book.active.append(["低保金", 1200])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    found = extract(out.getvalue(), "补助.xlsx")
    assert (found.kind, found.text, found.notes) == ("sheet", "项目\t金额\n低保金\t1200", ())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_old_word_goes_through_libreoffice() -> None:
    rtf = "{\\rtf1\\ansi\\uc1 " + "".join(f"\\u{ord(c)}?" for c in "低保公示") + "\\par}"
    found = extract(rtf.encode(), "公示.doc")
    assert (found.kind, found.text) == ("word", "低保公示")


@pytest.mark.parametrize("make", [scanned, picture], ids=["pdf", "png"])
def test_scans_are_recognised(make) -> None:  # type: ignore[no-untyped-def]
    found = extract(make(pdf(SENTENCE)))
    assert found.reason == ""
    assert "最低生活保障" in found.text.replace("\n", "")


def test_when_time_is_short_pages_are_left_and_said() -> None:
    from gongkai.content.reading import read

    with pytest.raises(NotReadable, match="没有文字"):
        read(scanned(pdf(SENTENCE)), "pdf", 0.0)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"MZ\x90\0" + b"\0" * 100, "", "程序"),
        (b"\x7fELF" + b"\0" * 100, "a.pdf", "程序"),
        (b"#!/bin/sh\nrm -rf /", "a.txt", "程序"),
        (SENTENCE.encode(), "a.exe", "程序"),
        (SENTENCE.encode(), "a.pdf.js", "程序"),
        (archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>", "word/vbaProject.bin": b"x"}), "a.docx", "宏"),
        (archive({"[Content_Types].xml": '<a t="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>', "xl/a.xml": "<a/>"}), "", "宏"),
        (compound("WordDocument", "Macros"), "a.doc", "宏"),
        (compound("Workbook", "_VBA_PROJECT_CUR"), "a.xls", "宏"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>", "Basic/script-lc.xml": ""}), "", "宏"),
        (word(p("甲")), "a.docm", "宏"),
        (b"", "a.txt", "空"),
    ],
)  # fmt: skip
def test_programs_and_macros_are_refused(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        extract(data, name)


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (archive({"a.txt": "x"}), "archive", "压缩包"),
        (b"Rar!\x1a\x07\0" + b"x" * 50, "archive", "压缩包"),
        (b"%PDF-1.7 broken", "pdf", "损坏"),
        (b"PK\3\4 broken", "unknown", "损坏"),
        (bytes(range(256)) * 4, "unknown", "认不出"),
        (compound("PowerPoint Document"), "slides", "pptx"),
        (slides(), "slides", "没有文字"),
    ],
)
def test_what_cannot_be_read_says_so(data: bytes, kind: str, reason: str) -> None:
    found = extract(data)
    assert (found.kind, found.text) == (kind, "")
    assert reason in found.reason
    assert found.reason.endswith("。")
    assert "年度报告" not in found.reason


def test_a_name_that_lies_is_said() -> None:
    assert extract(word(p("甲")), "甲.pdf").notes == ("文件名以 .pdf 结尾，内容却是Word 或 WPS 文字，请核对后改名。",)
    assert contradiction("word", "甲.wps") == contradiction("sheet", "无后缀") == ""


def test_a_reader_that_hangs_is_ended() -> None:
    begun = time.perf_counter()
    found = extract(pdf(SENTENCE, 2), seconds=0.05)
    assert "已停止" in found.reason
    assert time.perf_counter() - begun < 5


def test_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.content.extraction.MAX_SIZE", 10)
    with pytest.raises(Refused, match="上限"):
        extract(b"x" * 11)


SEEDS = [
    word(p("甲")),
    ofd("乙"),
    slides("丙"),
    compound("WordDocument"),
    b"%PDF-1.4\n",
    b"\x89PNG\r\n\x1a\n",
    "文字".encode(),
]


@settings(max_examples=400)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=8)), max_size=6),
    st.integers(0, 3000),
)
def test_any_bytes_have_a_kind_or_a_sentence(seed: bytes, changes: list[tuple[int, bytes]], end: int) -> None:
    data = bytearray(seed)
    for at, piece in changes:
        data[at : at + len(piece)] = piece
    try:
        kind_of(bytes(data[: end or None]))
    except (Refused, NotReadable) as error:
        assert str(error).endswith("。")


def test_lines_of_a_paragraph_are_joined() -> None:
    assert (
        _unwrapped("一二三四五六七八九十一二三四五\n六七八。\n另一段")
        == "一二三四五六七八九十一二三四五六七八。\n另一段"
    )


def test_nothing_is_lost_of_what_was_extracted() -> None:
    assert isinstance(extract("甲\0乙".encode()), Extracted)
