"""A folder or ZIP of documents as rows: a list in it says what each is; without one the documents speak for themselves."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from html import escape
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Final

from gongkai.disclosure.importing import columns
from gongkai.disclosure.importing.reading import NotAList, Row, Rows, rows_of, why_not_unpack
from gongkai.statute import document_numbers

LISTS: Final = ("目录", "清单", "列表", "list", "index")
_LIST_ENDINGS: Final = (".xlsx", ".xls", ".ods", ".csv", ".json")
_DOCUMENTS: Final = (".docx", ".doc", ".wps", ".pdf", ".txt", ".html", ".htm", ".xlsx", ".xls")
MOST_FILES: Final = 20_000
MOST_BYTES: Final = 50_000_000
_NUMBER: Final = re.compile(r"[\u4e00-\u9fff]{2,15}[〔\[［(（](?:19|20)\d{2}[〕\]］)）]\s*\d{1,5}\s*号")
_IN_NAME: Final = re.compile(r"^(?:(?:19|20)\d{2}[-_.]?\d{2}[-_.]?\d{2}|\d{1,4})[-_.、\s]*")


def from_zip(content: bytes) -> Rows:
    """The rows of a ZIP."""
    if reason := why_not_unpack(content):
        raise NotAList(reason)
    archive = zipfile.ZipFile(BytesIO(content))
    names: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = _name(info)
        if not info.is_dir() and not _is_hidden(name):
            names[name] = info

    def opened(name: str) -> bytes:
        info = names[name]
        if info.flag_bits & 1:
            raise NotAList(f"“{name}”已加密。")
        with archive.open(info) as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise NotAList(f"“{name}”超过 {MOST_BYTES // 1_000_000} MB。")
        return content

    return _rows(list(names), opened)


def _name(info: zipfile.ZipInfo) -> str:
    """The name inside: ZIPs made in China on Windows carry GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def from_folder(folder: Path) -> Rows:
    """The rows of a folder. Links are not followed out of it."""
    root = folder.resolve()
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.resolve().is_relative_to(root)]
    names = {path.relative_to(folder).as_posix(): path for path in found}

    def opened(name: str) -> bytes:
        if names[name].stat().st_size > MOST_BYTES:
            raise NotAList(f"“{name}”超过 {MOST_BYTES // 1_000_000} MB。")
        return names[name].read_bytes()

    return _rows([name for name in names if not _is_hidden(name)], opened)


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in PurePosixPath(name).parts)


def _rows(names: list[str], opened: Callable[[str], bytes]) -> Rows:
    if len(names) > MOST_FILES:
        raise NotAList(f"一次最多导入 {MOST_FILES} 个文件，这里有 {len(names)} 个；请分批导入。")
    lists = [n for n in names if PurePosixPath(n).stem.casefold() in LISTS and n.lower().endswith(_LIST_ENDINGS)]
    if len(lists) > 1:
        raise NotAList(f"有 {len(lists)} 个清单（{'、'.join(lists)}），请只留一个。")
    if lists:
        listed = rows_of(opened(lists[0]), lists[0])
        others = [name for name in names if name != lists[0]]
        listed.file = _finder(others, opened)
        taken = {_last(name) for row in listed.rows for name in row.files}
        listed.unused = [name for name in others if _last(name) not in taken]
        return listed
    documents = [name for name in names if name.lower().endswith(_DOCUMENTS)]
    if not documents:
        raise NotAList("里面没有可以导入的文件（Word、WPS、PDF、文本、网页或表格）。")
    kept = lru_cache(maxsize=2)(opened)
    rows = [
        # A page is taken for its text alone: pages are not published as files.
        Row(number, guessed(name, kept), () if name.lower().endswith((".html", ".htm")) else (name,))
        for number, name in enumerate(documents, 1)
    ]
    return Rows(rows, file=opened, unused=[name for name in names if name not in documents])


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _finder(names: Iterable[str], opened: Callable[[str], bytes]) -> Callable[[str], bytes]:
    whole = {name: name for name in names}
    last = {_last(name): name for name in whole}

    def find(name: str) -> bytes:
        plain = name.replace("\\", "/").removeprefix("./")
        found = whole.get(plain) or last.get(_last(plain))
        if found is None:
            raise NotAList(f"没有附件“{name}”这个文件。")
        return opened(found)

    return find


def guessed(name: str, opened: Callable[[str], bytes]) -> dict[str, str]:
    """What a document says of itself: title from its name, number and day from its text. Marked `error` if unreadable."""
    stem = PurePosixPath(name).stem
    values = {"title": _IN_NAME.sub("", stem).strip() or stem, "key": name}
    text = ""
    try:
        text = text_of(opened(name), name)
    except NotAList as error:
        values["error"] = str(error)
    head = "\n".join(text.splitlines()[:40])
    number = _NUMBER.search(head) or _NUMBER.search(stem)
    if number:
        values["document_no"] = document_numbers.normal(number[0])
    day = columns.day(stem[:10]) or _last_day(text)
    if day:
        values["formed_on"] = day.isoformat()
    if text.strip():
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        values["body"] = "".join(f"<p>{escape(line)}</p>" for line in lines)
        values["abstract"] = next((line for line in lines if len(line) > 20), lines[0])[:200]
    return values


def _last_day(text: str) -> date | None:
    """The last date that stands on a line of its own is the day of signing; else the first in the text."""
    found = [columns.day(line) for line in text.splitlines() if len(line.strip()) <= 14]
    signed = [one for one in found if one]
    return signed[-1] if signed else None


def text_of(content: bytes, name: str) -> str:
    """The text of a document, read in a process of its own. NotAList, with the reason, where there is none."""
    from gongkai.content import extraction

    try:
        found = extraction.extract(content, name)
    except (extraction.Refused, extraction.Busy) as error:
        raise NotAList(f"“{name}”：{error}") from error
    if found.reason:
        raise NotAList(f"“{name}”：{found.reason}")
    return found.text
