"""File formats: each module turns one kind of file into a `Stream`. The content decides the kind, not the name."""

from __future__ import annotations

import re
from importlib import import_module

from gongkai.annual_report.reading.limits import MAX_LINES
from gongkai.annual_report.reading.stream import NotReadable, Stream

_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|span|meta|title|article|section|h[1-6])[\s>/]", re.I)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def detect(data: bytes) -> str:
    """The kind of a file by its content: the name of the module here that reads it.

    NotReadable, in one sentence, for what no module reads.
    """
    head = data[:8192]
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise NotReadable("文件是空的。")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _archive(data)
    if head.startswith(_OLE):
        return _compound(data)
    if head.startswith(_IMAGES[:3]) or head.startswith(_IMAGES[4:]) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image"
    if head.startswith(b"{\\rtf"):
        return "office"
    if _HTML.search(head) or re.match(rb"(?:From|MIME-Version|Content-Type):", head, re.I):
        return "html"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    if b"\0" in head:
        raise NotReadable("认不出文件的格式：请使用 Word、WPS、PDF、网页、表格、图片或文本文件。")
    if _HTML.search(data[:200_000]):
        return "html"
    return "text"


def load(data: bytes, name: str = "") -> Stream:
    """The stream of a file of any kind. NotReadable, in one sentence, where there is none."""
    module = import_module(f"{__name__}.{detect(data)}")
    stream: Stream = module.stream(data, name)
    if len(stream.lines) > MAX_LINES:
        raise NotReadable(f"文件过长（超过 {MAX_LINES} 行），不像一份年度报告。")
    return stream


def _archive(data: bytes) -> str:
    from gongkai.annual_report.reading.sources.archive import open_archive

    names = set(open_archive(data).namelist())
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "sheet"
    if "mimetype" in names and "content.xml" in names:
        return "office"
    raise NotReadable("这是压缩包，请解压后逐份读取。")


def _compound(data: bytes) -> str:
    """Old Office files: the directory of the compound file names what it holds."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise NotReadable("文件已加密，请先取消打开密码再读取。")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "sheet"
    return "office"
