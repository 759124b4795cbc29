"""File formats: each module turns one kind of file into a `Stream`. The content decides the kind, not the name."""

from __future__ import annotations

import re
from importlib import import_module

from gongkai.annual_report.reading.limits import MAX_LINES
from gongkai.annual_report.reading.stream import NotReadable, Stream

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|frameset)[\s>/]", re.I)
_ELEMENT = re.compile(
    rb"\s*<(?:!--|(?:\?xml|table|div|p|span|meta|title|style|article|section|center|font|h[1-6])\b)", re.I
)
_MIME = re.compile(rb"\s*(?:From|MIME-Version|Content-Type|Subject|Date|Snapshot-Content-Location):", re.I)
_WORD_XML = re.compile(rb"<pkg:package\b|<w:wordDocument\b|<office:document\b")
_JUNK = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_HEAD = 8192

_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
# What an office also sends, and cannot be read: said by its name, with the way out.
_STRANGERS = (
    (0, b"Rar!", "这是压缩包，请解压后逐份读取。"),
    (0, b"7z\xbc\xaf", "这是压缩包，请解压后逐份读取。"),
    (0, b"\x1f\x8b", "这是压缩包，请解压后逐份读取。"),
    (0, b"Founder CEB", "不能读取 CEB 版式文件，请另存为 PDF 再试。"),
    (4, b"ftyphei", "不能读取 HEIC 照片，请另存为 JPG 再试。"),
    (4, b"ftypmif", "不能读取 HEIC 照片，请另存为 JPG 再试。"),
    (0, b"MZ", "这是程序，不是年度报告。"),
    (0, b"\x7fELF", "这是程序，不是年度报告。"),
)
_UNKNOWN = "认不出文件的格式：请使用 Word、WPS、PDF、网页、表格、图片或文本文件。"
DEFECT = "文件的结构异常，读取时出错，可能已损坏；请重新导出后再试。"
_ENCRYPTED = "文件已加密，请先取消打开密码再读取。"


def detect(data: bytes, name: str = "") -> str:
    """The kind of a file by its content: the name of the module here that reads it.

    NotReadable, in one sentence, for what no module reads. `name` is not needed: names lie.
    """
    head = data[:_HEAD]
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf") and not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise NotReadable("文件是空的。")
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return _archive(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data)
    if _is_image(head):
        return "image"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "office"
    for at, mark, reason in _STRANGERS:
        if head.startswith(mark, at):
            raise NotReadable(reason)
    return _textual(data, head)


def load(data: bytes, name: str = "") -> Stream:
    """The stream of a file of any kind. NotReadable, in one sentence, where there is none."""
    kind = detect(data, name)
    if kind in ("text", "html", "markup") and (mark := _unmarked_utf16(data[:_HEAD])):
        data = mark + data
    module = import_module(f"{__name__}.{kind}")
    try:
        stream: Stream = module.stream(data, name)
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # a defect of a reader, or of a library below it, met in a damaged file
        raise NotReadable(DEFECT) from error
    if len(stream.lines) > MAX_LINES:
        raise NotReadable(f"文件过长（超过 {MAX_LINES} 行），不像一份年度报告。")
    return stream


def _is_image(head: bytes) -> bool:
    return (
        head.startswith(_IMAGES)
        or (head.startswith(b"BM") and head[6:10] == b"\0\0\0\0")
        or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")
    )


def _textual(data: bytes, head: bytes) -> str:
    """Text, page, web archive or text with tables of a page in it."""
    if _is_utf16(head):
        # Looked at without its zero bytes, tags read as anywhere else.
        data = data[:200_000].replace(b"\0", b"")
        head = data[:_HEAD]
    elif b"\0" in head or len(head) - len(head.translate(None, _JUNK)) > len(head) // 50:
        raise NotReadable(_UNKNOWN)
    if _WORD_XML.search(head):
        return "office"
    if _MIME.match(head) and b"content-type" in head.lower() and b"text/html" in data.lower():
        return "mhtml"
    if _PAGE.search(head) or _ELEMENT.match(head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")):
        return "html"
    start = data[:200_000]
    if _PAGE.search(start):
        return "html"
    tags = start.lower() if b"<" in start else b""
    return "markup" if b"<table" in tags and b"</td" in tags else "text"


def _is_utf16(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or bool(_unmarked_utf16(head))


def _unmarked_utf16(head: bytes) -> bytes:
    """The byte order mark that UTF-16 text lacks; empty where it has one, or is no such text.

    Digits and line ends have a zero byte on one side in UTF-16, and no other text has zero bytes.
    """
    if b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return b""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
        plain = sum(
            c in "\r\n\t" or " " <= c <= "~" or "\u2000" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" for c in text
        )
        if plain >= 0.95 * len(text):
            return mark
    return b""


def _archive(data: bytes) -> str:
    from gongkai.annual_report.reading.sources.archive import open_archive

    names = open_archive(data).namelist()
    tops = {name.partition("/")[0] for name in names}
    if "word" in tops:
        return "docx"
    if "xl" in tops:
        return "sheet"
    if "ppt" in tops:
        raise NotReadable("这是演示文稿，不是年度报告；请使用 Word、PDF 或网页。")
    if "OFD.xml" in tops:
        raise NotReadable("不能读取 OFD 版式文件，请另存为 PDF 再试。")
    if "mimetype" in tops and "content.xml" in tops:
        return "office"
    if "[Content_Types].xml" in tops:
        return "docx"  # servers that name their parts otherwise
    raise NotReadable("这是压缩包，请解压后逐份读取。")


def _compound(data: bytes) -> str:
    """Old Office files: the directory at the top of the file names what it holds."""
    from gongkai.annual_report.reading.sources.compound import first_bytes, top_entries

    entries = top_entries(data)
    if "EncryptedPackage" in entries or "EncryptionInfo" in entries:
        raise NotReadable(_ENCRYPTED)
    if "WordDocument" in entries:
        flags = first_bytes(data, entries["WordDocument"], 12)
        if flags[:2] in (b"\xec\xa5", b"\xdc\xa5") and len(flags) == 12 and flags[11] & 1:
            raise NotReadable(_ENCRYPTED)
        return "office"
    if entries.keys() & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "sheet"
    if "PowerPoint Document" in entries:
        raise NotReadable("这是演示文稿，不是年度报告；请使用 Word、PDF 或网页。")
    if not entries:
        raise NotReadable(DEFECT)
    if not entries.keys() & {"Contents", "CONTENTS", "MatOST"}:  # old WPS and Works
        raise NotReadable(_UNKNOWN)
    return "office"
