"""Files into rows: spreadsheets, comma-separated text, JSON lists, RSS and Atom. `NotAList` says why it cannot be."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Any, Final

from lxml import etree

from gongkai.content import spreadsheets
from gongkai.disclosure.importing.columns import name_of, text_of

MOST_ROWS: Final = 50_000
MOST_UNPACKED: Final = 400_000_000
MOST_RATIO: Final = 200
_ROW_LISTS: Final = ("items", "data", "list", "records", "rows", "entries", "result", "results")
_SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class NotAList(ValueError):
    """A file that gives no rows; the message is a sentence for its user."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it came: where it stands, and its cells by column. `files` are names that `Rows.file` opens."""

    line: int
    values: Mapping[str, str]
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class Rows:
    """What a file or folder gives. `unknown` are heads that no column goes by, `unused` files that no row takes: they are
    said, never dropped silently."""

    rows: list[Row]
    unknown: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    file: Callable[[str], bytes] = lambda name: b""
    site: str = ""


def rows_of(content: bytes, name: str = "") -> Rows:
    """The rows of a file, by what its bytes are."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise NotAList("文件是空的。")
    if content.startswith(_SPREADSHEETS):
        return _table(_sheet(content))
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return _feed(content)
    text = decoded(content)
    if text.lstrip()[:1] in ("[", "{") and not name.lower().endswith((".csv", ".tsv")):
        return _json(text)
    return _table(_csv(text))


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or GB 18030, as Windows saves it."""
    if b"\0" in content[:4000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAList("认不出文件的格式：请使用 .xlsx、.xls、.ods、.csv、JSON、RSS 或 Atom。")
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAList("认不出文字的编码，请另存为 UTF-8 或者 GBK 再试。")


def why_not_unpack(content: bytes) -> str:
    """Why this archive may not be unpacked: it is damaged, or would fill the memory."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            whole = sum(info.file_size for info in archive.infolist())
            if whole > MOST_UNPACKED or whole > MOST_RATIO * max(len(content), 500_000):
                return f"文件解压后有 {whole / 1e6:.0f} MB，超过限度，没有打开。"
    except (zipfile.BadZipFile, OSError, ValueError):
        return "文件已损坏，打不开。"
    return ""


def _sheet(content: bytes) -> Iterable[list[Any]]:
    if content.startswith(b"PK") and (reason := why_not_unpack(content)):
        raise NotAList(reason)
    try:
        return spreadsheets.read(content, first=True)[0].rows
    except spreadsheets.Busy as error:
        raise NotAList("现在打开表格的人太多，请稍后再试。") from error
    except spreadsheets.NotReadable as error:
        raise NotAList(str(error)) from error


def _csv(text: str) -> Iterable[list[str]]:
    csv.field_size_limit(5_000_000)
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise NotAList(f"不是完整的 CSV 文件：{error}。") from error


def _table(cells: Iterable[list[Any]]) -> Rows:
    lines = list(cells)
    head = next((n for n, line in enumerate(lines[:10]) if "title" in map(name_of, map(text_of, line))), None)
    if head is None:
        raise NotAList("前十行里没有“标题”一栏；第一行应是各栏的名称，如标题、发文字号、成文日期、发布日期、正文。")
    labels = [text_of(cell) for cell in lines[head]]
    names = [name_of(label) for label in labels]
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        shown = "、".join(label for label, name in zip(labels, names, strict=True) if name in twice)
        raise NotAList(f"“{shown}”是同一栏，请只留一个。")
    body = lines[head + 1 :]
    _bounded(len(body))
    rows = []
    for line, cells_of in enumerate(body, head + 2):
        values = {name: text_of(cell) for name, cell in zip(names, cells_of, strict=False) if name}
        if any(values.values()):
            rows.append(_row(line, values))
    unknown = [label for label, name in zip(labels, names, strict=True) if label and not name]
    return Rows(rows, unknown)


def _row(line: int, values: dict[str, str]) -> Row:
    files = tuple(name.strip() for name in values.pop("files", "").replace(";", "；").replace("\n", "；").split("；"))
    return Row(line, {k: v for k, v in values.items() if v}, tuple(filter(None, files)))


def _bounded(count: int) -> None:
    if count > MOST_ROWS:
        raise NotAList(f"一次最多导入 {MOST_ROWS} 行，这个文件有 {count} 行；请分批导入。")


def _json(text: str) -> Rows:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        try:  # a line each
            data = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError) as error:
            raise NotAList("不是完整的 JSON 文件。") from error
    site = text_of(data.get("title")) if isinstance(data, dict) else ""
    for _ in range(3):
        if isinstance(data, dict):
            data = next((data[name] for name in _ROW_LISTS if isinstance(data.get(name), list | dict)), [data])
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise NotAList("JSON 里没有信息的列表。")
    _bounded(len(data))
    unknown: dict[str, None] = {}
    rows = []
    for number, one in enumerate(data, 1):
        values: dict[str, str] = {}
        for label, cell in one.items():
            name = name_of(label)
            if name and not isinstance(cell, dict):
                values.setdefault(name, text_of(cell))
            elif not name:
                unknown[label] = None
        rows.append(_row(number, values))
    if not any("title" in row.values for row in rows):
        raise NotAList("JSON 的列表里没有标题（title）。")
    return Rows(rows, list(unknown), site=site)


def _feed(content: bytes) -> Rows:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotAList("不是完整的 RSS 或 Atom 文件（如果是网页，请导出列表或者 RSS）。") from error
    if b"<!DOCTYPE" in content[:100_000].upper():
        raise NotAList("RSS 或 Atom 文件不应有 DOCTYPE 声明，没有读取。")
    found = [one for one in root.iter() if isinstance(one.tag, str) and _local(one) in ("item", "entry")]
    if not found:
        raise NotAList("这个 XML 不是 RSS 或 Atom，或者里面没有条目。")
    _bounded(len(found))
    title = next((c for c in root.iter() if isinstance(c.tag, str) and _local(c) == "title"), None)
    rows = [_row(number, _entry(one)) for number, one in enumerate(found, 1)]
    return Rows(rows, site=(title.text or "").strip() if title is not None else "")


def _local(element: Any) -> str:
    return str(etree.QName(element).localname)


_FEED: Final = {
    "title": "title", "link": "address", "guid": "key", "id": "key", "pubDate": "published_on",
    "published": "published_on", "updated": "published_on", "date": "published_on", "encoded": "body",
    "content": "body", "description": "abstract", "summary": "abstract", "category": "theme", "source": "source",
    "creator": "source",
}  # fmt: skip


def _entry(element: Any) -> dict[str, str]:
    values: dict[str, str] = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = _FEED.get(_local(child))
        text = "".join(child.itertext()).strip()
        if name == "address" and not text:
            text = child.get("href", "")
        if name and text and (name not in values or _local(child) in ("published", "encoded")):
            values[name] = text
    if "<" in values.get("abstract", "") and "body" not in values:
        values["body"] = values.pop("abstract")
    if "abstract" in values and "<" in values["abstract"]:
        del values["abstract"]
    values.pop("theme", None)  # a feed's categories are its site's, not the statute's
    return values
