"""What a file is, by its content; and what is never taken: programs, scripts of the system, documents with macros."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import PurePath
from typing import Final

from gongkai.annual_report.reading.sources import detect
from gongkai.annual_report.reading.sources.archive import open_archive
from gongkai.annual_report.reading.sources.compound import MAGIC, top_entries
from gongkai.annual_report.reading.stream import NotReadable

LABELS: Final = {
    "word": "Word 或 WPS 文字", "sheet": "电子表格", "slides": "演示文稿", "pdf": "PDF", "ofd": "OFD", "image": "图片",
    "html": "网页", "text": "文本", "archive": "压缩包", "unknown": "不认识的格式",
}  # fmt: skip
_SUFFIXES: Final = {
    "word": "doc docx wps wpt rtf odt dot dotx mht xml", "sheet": "xls xlsx et ett ods csv xml",
    "slides": "ppt pptx dps odp pps ppsx", "pdf": "pdf", "ofd": "ofd",
    "image": "png jpg jpeg gif bmp tif tiff webp", "html": "html htm shtml mht mhtml xls doc xml",
    "text": "txt md csv tsv json xml log toml ini yml yaml eml", "archive": "zip rar 7z gz tar jar",
}  # fmt: skip
_PROGRAMS: Final = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe", b"#!", b"L\0\0\0\x01\x14\x02\0", b"dex\n", b"\0asm", b"!<arch>\n",
)  # fmt: skip
_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PROGRAM: Final = "这是程序或者脚本，不能作为附件。"
_MACROS: Final = "文件里有宏，不能作为附件；请另存为不含宏的文件（如 .docx、.xlsx）再上传。"
_MACRO_PARTS: Final = ("vbaproject.bin", "vbadata.xml")
_MACRO_STORAGES: Final = frozenset(("Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"))
_SCRIPT_SUFFIXES: Final = frozenset(
    "exe dll com scr bat cmd ps1 vbs js jse wsf hta msi lnk jar apk sh py php jsp asp aspx".split()
)
_FROM_READER: Final = {"docx": "word", "office": "word", "sheet": "sheet", "pdf": "pdf", "image": "image",
                       "html": "html", "mhtml": "html", "markup": "text", "text": "text"}  # fmt: skip


class Refused(ValueError):
    """A file that is never taken; the message is one Chinese sentence."""


def kind_of(data: bytes, name: str = "") -> str:
    """The kind of a file, a key of `LABELS`. Refused for programs and macros; NotReadable for damaged archives.

    `name` only refuses: a file called ``x.exe`` or ``x.docm`` is not taken whatever is in it.
    """
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if suffix in _SCRIPT_SUFFIXES or data.startswith(_PROGRAMS):
        raise Refused(_PROGRAM)
    if suffix in ("docm", "xlsm", "pptm", "dotm", "xltm", "xlam", "ppam", "xlsb"):
        raise Refused(_MACROS)
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _zipped(data)
    if data.startswith(_ARCHIVES) or data[257:262] == b"ustar":
        return "archive"
    if data.startswith(MAGIC):
        entries = top_entries(data)
        if entries.keys() & _MACRO_STORAGES:
            raise Refused(_MACROS)
        if "PowerPoint Document" in entries:
            return "slides"
    return _FROM_READER[detect(data)]


def contradiction(kind: str, name: str) -> str:
    """A sentence where the file's name promises another kind than its content is; else empty."""
    suffix = PurePath(name).suffix.lower().lstrip(".")
    promised = [LABELS[k] for k, suffixes in _SUFFIXES.items() if suffix in suffixes.split()]
    if not promised or kind not in _SUFFIXES or suffix in _SUFFIXES[kind].split():
        return ""
    return f"文件名以 .{suffix} 结尾，内容却是{LABELS[kind]}，请核对后改名。"


def _zipped(data: bytes) -> str:
    archive = open_archive(data)
    names = [name.replace("\\", "/") for name in archive.namelist()]
    lower = [name.lower() for name in names]
    tops = {name.partition("/")[0] for name in lower}
    if "content.xml" in tops and "mimetype" in tops:
        if any(name.startswith(("basic/", "scripts/")) for name in lower):
            raise Refused(_MACROS)
        mime = _start(archive, names[lower.index("mimetype")])
        return "sheet" if b"spreadsheet" in mime else "slides" if b"presentation" in mime else "word"
    if any(name.endswith(_MACRO_PARTS) for name in lower):
        raise Refused(_MACROS)
    if "[content_types].xml" in tops:
        types = _start(archive, names[lower.index("[content_types].xml")]).lower()
        if b"macroenabled" in types or b"vbaproject" in types:
            raise Refused(_MACROS)
        return "sheet" if "xl" in tops else "slides" if "ppt" in tops else "word"
    if "ofd.xml" in tops:
        return "ofd"
    if "word" in tops or "xl" in tops:
        return "word" if "word" in tops else "sheet"
    return "archive"


def _start(archive: zipfile.ZipFile, name: str) -> bytes:

    try:
        with archive.open(name) as part:
            return part.read(1_000_000)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, zlib.error, KeyError, ValueError) as error:
        raise NotReadable("文件已损坏或不完整，无法打开；请重新导出后再试。") from error
