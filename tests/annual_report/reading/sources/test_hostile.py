"""Files made to harm: bombs, entities, loops, depth. Each is refused in one sentence, quickly."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Iterator

import pytest

from gongkai.annual_report.reading.limits import MAX_LINES, MAX_PARTS, MAX_UNZIPPED, MAX_XML
from gongkai.annual_report.reading.sources import load
from gongkai.annual_report.reading.stream import NotReadable
from tests.annual_report.reading.office_files import archive, p, rows, tbl, tc, tr, word, workbook

EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12)) + "]>"
)


@pytest.fixture(autouse=True)
def within_bounds() -> Iterator[None]:
    """No hostile file may take ten seconds."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < 10


def packed(size: int, name: str = "word/document.xml") -> bytes:
    """An archive with one part of zeros."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as part:
        for _ in range(size // 1_000_000):
            part.write(b"\0" * 1_000_000)
    return buffer.getvalue()


def lying(data: bytes, size: int) -> bytes:
    """The same archive, its directory declaring another size of every part."""
    changed, at = bytearray(data), 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 24 : at + 28] = struct.pack("<I", size)
        at += 4
    return bytes(changed)


def encrypted(data: bytes) -> bytes:
    """The same archive, its parts marked as encrypted."""
    changed, at = bytearray(data), 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 8] |= 1
        at += 4
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (word(p("&e;"), prolog=EXTERNAL), "不安全"),
        (word(p("&a11;"), prolog=LAUGHS), "不安全"),
        (word(p("x"), core=f"{EXTERNAL}<c>&e;</c>"), "不安全"),
        (archive({"word/document.xml": (EXTERNAL + "<x>&e;</x>").encode("utf-16")}), "不安全"),
        (
            workbook("<sheetData/>", strings=("<si/>",), styles="<x/>") and archive({"xl/workbook.xml": LAUGHS}),
            "不安全",
        ),
        (packed(MAX_XML + 1_000_000), "过大"),
        (packed(MAX_UNZIPPED + 1_000_000, "word/media/a.png"), "过大"),
        (lying(packed(60_000_000), 1000), "损坏|正文"),
        (archive({f"word/{i}.xml": "" for i in range(MAX_PARTS + 1)}), "过大"),
        (encrypted(word(p("密"))), "加密"),
        (word("<w:sdt><w:sdtContent>" * 400 + "</w:sdtContent></w:sdt>" * 400), "损坏"),
        (word(tbl(tr("甲", "1") * (MAX_LINES + 1))), "过长"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_refused(data: bytes, says: str) -> None:
    with pytest.raises(NotReadable, match=says) as caught:
        load(data, "../../etc/passwd")
    assert "\n" not in str(caught.value)


def test_names_that_climb_out_of_the_archive_are_only_names() -> None:
    parts = {"../../evil.xml": "x", "/etc/evil": "x", "word/document.xml": b""}
    body = zipfile.ZipFile(io.BytesIO(word(p("正文")))).read("word/document.xml")
    assert [line.text for line in load(archive(parts | {"word/document.xml": body})).lines] == ["正文"]


def test_a_relation_cannot_lead_out_of_the_archive() -> None:
    relation = '<Relationships><Relationship Type="x/officeDocument" Target="../../../etc/passwd"/></Relationships>'
    with pytest.raises(NotReadable):
        load(archive({"[Content_Types].xml": "<x/>", "_rels/.rels": relation}))


def test_a_million_entries_are_not_even_listed() -> None:
    directory = b"PK\x01\x02".ljust(46, b"\0") * 200_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), 4, 0)
    with pytest.raises(NotReadable):
        load(b"PK\x03\x04" + directory + end)


def test_tables_in_tables_in_tables() -> None:
    nested = tr("底", "0")
    for depth in range(40):
        nested = tr(tc(tbl(nested) + p()), str(depth))
    found = load(word(tbl(nested)))
    assert sorted(line.text for line in found.lines) == sorted([*map(str, range(40)), "底 0"])


def test_a_row_of_many_cells() -> None:
    (line,) = load(word(tbl(tr(*["1"] * 20_000)))).lines
    assert len(line.pieces) == 20_000


def test_absurd_spans() -> None:
    absurd = '<w:gridSpan w:val="99999999999999999999"/>'
    (line,) = load(word(tbl(tr(tc("甲", absurd), tc("1", '<w:gridSpan w:val="-5"/>'))))).lines
    assert [x.text for x in line.pieces] == ["甲", "1"]
    assert line.pieces[-1].right <= 2001


def test_many_merges_over_many_rows() -> None:
    merges = "".join(f'<mergeCell ref="A{i}:XFD1048576"/>' for i in range(1, 3000))
    data = workbook(rows(*["甲,1"] * 3000) + f"<mergeCells>{merges}</mergeCells>")
    assert load(data).lines
