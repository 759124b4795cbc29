"""Text or Markdown with HTML tables in it, as programs that read scans write: each part by its own reader."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace

from gongkai.annual_report.reading.sources import html, text
from gongkai.annual_report.reading.stream import Line, NotReadable, Stream

TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.I | re.S)


def stream(data: bytes, name: str = "") -> Stream:
    """Lines of text and rows of tables in the order in which they stand."""
    whole = text.decode_bytes(data)
    found = Stream(kind="markdown", name=name)
    tables = at = 0
    for table in TABLE.finditer(whole):
        tables = _add(found, text.stream_text(whole[at : table.start()]), tables)
        with suppress(NotReadable):  # an empty table
            tables = _add(found, html.stream(table[0].encode()), tables)
        at = table.end()
    _add(found, text.stream_text(whole[at:]), tables)
    if not found.lines:
        raise NotReadable("文件里没有文字。")
    return found


def _add(found: Stream, more: Stream, tables: int) -> int:
    """Append the lines of a part, its tables and lines counted on. Returns the last table's number."""
    last = tables
    for line in more.lines:
        number = len(found.lines) + 1
        for piece in line.pieces:
            piece.place = None if piece.place is None else replace(piece.place, line=number)
        table = None if line.table is None else line.table + tables
        last = max(last, table or 0)
        found.lines.append(Line(line.pieces, table, top=number, bottom=number + 1))
    return last
