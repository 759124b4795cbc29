"""Issues of the county's gazette: each made of the documents published in the two months before it, in full."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from html import escape, unescape
from typing import Any, Final

from gongkai.demo.record import DemoFile, DemoRecord

_GROUPS: Final = (("县政府文件", "人民政府"), ("县政府办公室文件", "人民政府办公室"), ("部门文件", ""))
"""The headings of an issue, and whose documents stand under them; of departments the normative ones only."""

_SHOWN: Final = ("published", "imported")


def compiled(made: Iterable[DemoRecord]) -> list[DemoRecord]:
    """The records, the gazette's issues filled with the documents of their time; an issue without any is left out."""
    made = list(made)
    documents = [one for one in made if one.published and one.state in _SHOWN and one.fields.get("document_no")]
    filled = (one if one.kind != "gazette" else _issue(one, documents) for one in made)
    return [one for one in filled if one is not None]


def _issue(gazette: DemoRecord, documents: list[DemoRecord]) -> DemoRecord | None:
    until = gazette.formed_on.replace(day=1)
    since = _two_months_before(until)
    inside = [one for one in documents if one.published and since <= one.published.date() < until]
    groups = [(heading, found) for heading, body in _GROUPS if (found := [one for one in inside if _is_of(one, body)])]
    if not groups:
        return None
    texts = [one for _, found in groups for one in found]
    fields: dict[str, Any] = dict(gazette.fields)
    fields["abstract"] = (
        f"刊载{since.year}年{since.month}月至{_last_month(until)}月公布的文件{len(texts)}件，公报刊登的文本为标准文本。"
    )
    fields["body"] = _contents(groups)
    lines = [fields["title"], *_table_of_contents(groups)]
    for one in texts:
        lines += [f"# {one.fields['title']}", one.fields["document_no"], *lines_of(one.fields["body"])]
    file = DemoFile(f"{fields['title']}.pdf", "pdf", tuple(lines), look="issue")
    links = tuple(("related", one.key) for one in texts)
    return replace(gazette, fields=fields, files=(file,), links=links)


def _is_of(one: DemoRecord, body: str) -> bool:
    name = one.agency.partition("县")[2]
    if body:
        return name == body
    return name not in {body for _, body in _GROUPS} and bool(one.fields.get("is_normative"))


def _two_months_before(first: date) -> date:
    number = first.year * 12 + first.month - 1 - 2
    return date(number // 12, number % 12 + 1, 1)


def _last_month(until: date) -> int:
    return (until.month + 10) % 12 + 1


def _entry(one: DemoRecord) -> str:
    return f"{one.fields['title']}（{one.fields['document_no']}）"


def _contents(groups: list[tuple[str, list[DemoRecord]]]) -> str:
    parts = ["<h2>目录</h2>"]
    for heading, found in groups:
        entries = "".join(f"<li>{escape(_entry(one))}</li>" for one in found)
        parts.append(f"<h3>{heading}</h3><ol>{entries}</ol>")
    parts.append("<p>各件全文见附件PDF，也可以在本页所列的相关信息中逐件打开。</p>")
    return "\n".join(parts)


def _table_of_contents(groups: list[tuple[str, list[DemoRecord]]]) -> list[str]:
    return [line for heading, found in groups for line in (heading, *map(_entry, found))]


def lines_of(body: str) -> list[str]:
    """The lines of a body that the demo made: a paragraph or a heading each, and a table row."""
    lines = []
    for block in re.findall(r"<(?:p|h2)>.*?</(?:p|h2)>|<tr>.*?</tr>", body):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", block)
        lines.append(unescape("　".join(cells) if cells else re.sub(r"<[^>]+>", "", block)))
    return lines
