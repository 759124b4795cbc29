"""The kind of a file is told by its content; what cannot be read is refused in one sentence."""

from __future__ import annotations

import struct
import subprocess
import sys

import pytest

from gongkai.annual_report.reading.sources import detect, load
from gongkai.annual_report.reading.sources.compound import first_bytes, top_entries
from gongkai.annual_report.reading.stream import NotReadable
from tests.annual_report.reading.office_files import archive, p, rows, word, workbook

TEXT = "2023年政府信息公开工作年度报告\n一、总体情况\n规章\t0\t3\n" * 5
PAGE = "<html><head><title>年报</title></head><body><p>一、总体情况</p></body></html>"
TABLE = "<table><tr><td>规章</td><td>1</td></tr></table>"
MHTML = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    f"Content-Type: text/html; charset=utf-8\r\n\r\n{PAGE}\r\n--b--\r\n"
)


def compound(*names: str, first: bytes = b"", nested: str = "") -> bytes:
    """A small OLE file whose top directory has these streams; `nested` is one inside a storage."""
    entries = [("Root Entry", 5, 1), *((name, 2, 0xFFFFFFFF) for name in names)]
    if nested:
        entries += [("Storage", 1, len(entries) + 1), (nested, 2, 0xFFFFFFFF)]
    top = len(names) + bool(nested)
    directory = b""
    for number, (name, kind, child) in enumerate(entries):
        right = number + 1 if 0 < number < top else 0xFFFFFFFF
        encoded = name.encode("utf-16-le")
        directory += encoded.ljust(64, b"\0") + struct.pack(
            "<HBB3I", len(encoded) + 2, kind, 1, 0xFFFFFFFF, right, child
        )
        directory += b"\0" * 36 + struct.pack("<IQ", 2, 4096)
    directory = directory.ljust(1024, b"\0")
    fat = struct.pack("<4I", 0xFFFFFFFD, 3, 0xFFFFFFFE, 0xFFFFFFFE).ljust(512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    header += struct.pack("<6I", 1, 1, 0, 4096, 0xFFFFFFFE, 0) + struct.pack("<2I", 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + fat + directory[:512] + first.ljust(512, b"\0") + directory[512:] + b"\0" * 4096


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (TEXT.encode(), "text"),
        (TEXT.encode("gbk"), "text"),
        (TEXT.encode("utf-8-sig"), "text"),
        (TEXT.encode("utf-16"), "text"),
        (TEXT.encode("utf-16-le"), "text"),
        (TEXT.encode("utf-16-be"), "text"),
        (b"a < b and c > d", "text"),
        (PAGE.encode(), "html"),
        (PAGE.encode("utf-16"), "html"),
        (f"\n <!-- x -->{TABLE}".encode("gbk"), "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html/>', "html"),
        (f"# 年报\n\n{TABLE}\n".encode(), "markup"),
        (MHTML.encode(), "mhtml"),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x"/>', "office"),
        (b"{\\rtf1 x}", "office"),
        (word(p("x")), "docx"),
        (workbook(rows("1")), "sheet"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "office"),
        (compound("WordDocument", first=b"\xec\xa5".ljust(12, b"\0")), "office"),
        (compound("WordDocument", nested="Workbook"), "office"),
        (compound("Workbook", nested="WordDocument"), "sheet"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\n\n%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"II*\0\x08", "image"),
        (b"BM\x36\0\0\0\0\0\0\0", "image"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image"),
    ],
)
def test_the_content_tells(data: bytes, kind: str) -> None:
    assert detect(data, "谎言.docx") == kind


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空"),
        (b" \r\n\t\n", "空"),
        (b"\0" * 9000, "空"),
        (bytes(range(256)) * 40, "格式"),
        (b"PK\3\4 broken", "损坏"),
        (archive({"a.docx": b"x"}), "压缩包"),
        (archive({"ppt/presentation.xml": b"x"}), "演示文稿"),
        (archive({"OFD.xml": b"x"}), "OFD"),
        (b"Rar!\x1a\7\0", "压缩包"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包"),
        (b"\x1f\x8b\x08", "压缩包"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"Founder CEB 2.0", "CEB"),
        (b"MZ\x90\0", "程序"),
        (compound("EncryptedPackage", "EncryptionInfo"), "加密"),
        (compound("WordDocument", first=b"\xec\xa5" + b"\0" * 9 + b"\1"), "加密"),
        (compound("PowerPoint Document"), "演示文稿"),
        (compound("Other"), "格式"),
        (compound("WordDocument")[:600], "损坏"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, says: str) -> None:
    with pytest.raises(NotReadable, match=says) as caught:
        load(data, "报告.doc")
    assert str(caught.value).endswith("。")


def test_utf16_without_a_mark_is_read() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert load(TEXT.encode(encoding)).lines[0].text == TEXT.split("\n")[0]


def test_a_web_archive_named_doc_is_read_as_its_page() -> None:
    found = load(MHTML.encode(), "报告.doc")
    assert (found.kind, found.title, [line.text for line in found.lines]) == ("html", "年报", ["一、总体情况"])


@pytest.mark.parametrize("junk", ["", "--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--"])
def test_a_web_archive_without_a_page_is_refused(junk: str) -> None:
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\nX-Note: text/html\r\n\r\n"
    with pytest.raises(NotReadable):
        load((head + junk).encode())


def test_text_with_tables_of_a_page_in_it() -> None:
    found = load(f"一、总体情况\n正文\n{TABLE}\n|甲|2|\n{TABLE}<table></table>尾".encode())
    assert [(line.table, line.text) for line in found.lines] == [
        (None, "一、总体情况"),
        (None, "正文"),
        (1, "规章 1"),
        (2, "甲 2"),
        (3, "规章 1"),
        (None, "尾"),
    ]
    assert [x.place.line for line in found.lines for x in line.pieces if x.place] == [1, 2, 3, 3, 4, 4, 5, 5, 6]


def test_the_directory_of_a_compound_file() -> None:
    data = compound("WordDocument", "1Table", first=b"hello", nested="Workbook")
    entries = top_entries(data)
    assert set(entries) == {"WordDocument", "1Table", "Storage"}
    assert first_bytes(data, entries["WordDocument"], 5) == b"hello"


@pytest.mark.parametrize("size", [0, 8, 100, 512, 600, 1100])
def test_a_cut_off_compound_file_tells_nothing(size: int) -> None:
    assert top_entries(compound("WordDocument")[:size]) == {}


def test_a_directory_that_runs_in_a_circle_ends() -> None:
    data = bytearray(compound("WordDocument"))
    data[512 + 4 : 512 + 8] = struct.pack("<I", 1)  # the directory's second sector is its first
    assert set(top_entries(bytes(data))) == {"WordDocument"}


def test_reading_text_imports_nothing_heavy() -> None:
    code = (
        "import sys; from gongkai.annual_report.reading.sources import load; load('规章\\t1'.encode());"
        "print([m for m in ('lxml', 'numpy', 'python_calamine', 'pypdfium2', 'PIL') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="src")
    assert ran.stdout.strip() == "[]"
