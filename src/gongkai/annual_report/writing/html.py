"""One self-contained page: semantic tables whose every number names its heads; the same tables for the website."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from importlib import resources
from typing import NamedTuple

from gongkai.annual_report.editions import HEADINGS, column_of
from gongkai.annual_report.layout import GridCell, layout, width
from gongkai.annual_report.report import Report
from gongkai.annual_report.writing.document import (
    Part,
    blocks,
    clean,
    head_rows,
    heads_of,
    ink,
    parts,
    title,
    title_lines,
)

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
{meta}<style>
{style}</style>
</head>
<body>
<main class="report">
{body}
</main>
</body>
</html>
"""
_COLUMN_GROUPS = {"disclosure": (1, 3), "applications": (3, 7), "remedies": (5, 5, 5)}


class Mark(NamedTuple):
    """What a screen says about a cell: a class (`wrong`, `doubtful`), the number of a note, a title to hover."""

    kind: str = "wrong"
    note: int | None = None
    title: str = ""


def render(report: Report) -> bytes:
    """The report as an HTML page in UTF-8."""
    stated = {"PubDate": report.published, "ContentSource": report.agency}
    meta = "".join(
        f'<meta name="{name}" content="{escape(clean(content))}">\n' for name, content in stated.items() if content
    )
    body = "\n".join(_part(report, part) for part in parts(report))
    return _PAGE.format(title=escape(title(report)), meta=meta, style=stylesheet(), body=body).encode()


@cache
def stylesheet() -> str:
    """The style of a report, for this page and for any that shows its tables."""
    return resources.files("gongkai.annual_report.writing").joinpath("data/report.css").read_text("utf-8")


def _part(report: Report, part: Part) -> str:
    text = escape(part.text, quote=False)
    match part.kind:
        case "title":
            # The only place where a title may break: before its year.
            return f"<h1>{'<wbr>'.join(escape(line, quote=False) for line in title_lines(part.text))}</h1>"
        case "heading":
            return f'<h2 id="{part.key}">{text}</h2>'
        case "subheading":
            return f"<h3>{text}</h3>"
        case "table":
            return (
                f'<div class="scroll" role="region" aria-labelledby="{part.key}" tabindex="0">\n'
                f"{table_html(report, part.key)}</div>"
            )
        case _:
            return f'<p class="{part.kind}">{text}</p>'


def table_html(report: Report, key: str, marks: Mapping[str, Mark | str | int] | None = None, prefix: str = "") -> str:
    """One table of a report, every number in a cell with `data-path` and an id.

    `marks` maps paths to a Mark, or for short to a class, or to the number of a note. `prefix` keeps the ids of
    several reports on one page apart. The id of a cell is its path with dots as hyphens, after the prefix.
    """
    edition = report.table_edition(key)
    rows = layout(key, edition)
    heads = heads_of(key, edition)
    head = head_rows(key, edition)
    groups = "".join(f'<colgroup span="{n}"></colgroup>' for n in _COLUMN_GROUPS[key])
    caption = HEADINGS[key].split("、", 1)[1]
    lines = [
        f'<table class="report-table {key}" data-edition="{edition}" data-columns="{width(key, edition)}">',
        f"<caption>{caption}</caption>",
        groups,
    ]
    # A table of one block has one head, which repeats on every printed page; else each block heads itself.
    bodies = [("thead", 0, head), ("tbody", head, len(rows))] if head else [("tbody", *b) for b in blocks(key, edition)]
    for tag, start, end in bodies:
        lines.append(f"<{tag}>")
        for row in rows[start:end]:
            cells = (
                _number(report, cell, heads[cell.path], (marks or {}).get(cell.path), prefix)
                if cell.path
                else _label(cell, key, prefix)
                for cell in row
            )
            lines.append(f"<tr>{''.join(cells)}</tr>")
        lines.append(f"</{tag}>")
    return "\n".join((*lines, "</table>\n"))


def _spans(cell: GridCell) -> str:
    return (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
        f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    )


def _label(cell: GridCell, key: str, prefix: str) -> str:
    many = cell.rowspan if cell.head == "row" else cell.colspan
    scope = {"row": "row", "column": "col"}[cell.head] + ("group" if many > 1 else "")
    return f'<th id="{_head_id(cell, key, prefix)}" scope="{scope}"{_spans(cell)}>{escape(cell.text, quote=False)}</th>'


def _head_id(cell: GridCell, key: str, prefix: str) -> str:
    return f"{prefix}{key}-r{cell.row}c{cell.column}"


def _number(
    report: Report, cell: GridCell, heads: tuple[GridCell, ...], mark: Mark | str | int | None, prefix: str
) -> str:
    key = cell.path.split(".", 1)[0]
    column = column_of(cell.path, report.table_edition(key))
    text = escape(ink(report, cell.path, column), quote=False)
    attributes = f' id="{prefix}{cell.path.replace(".", "-")}" data-path="{cell.path}"'
    attributes += f' headers="{" ".join(_head_id(h, key, prefix) for h in heads)}"{_spans(cell)}'
    if mark is not None:
        mark = _as_mark(mark)
        attributes += f' class="{escape(mark.kind)}"' + (f' title="{escape(mark.title)}"' if mark.title else "")
        text += _sign(mark)
    return f"<td{attributes}>{text}</td>"


def _as_mark(mark: Mark | str | int) -> Mark:
    if isinstance(mark, Mark):
        return mark
    return Mark(note=mark) if isinstance(mark, int) else Mark(mark)


def _sign(mark: Mark) -> str:
    """A mark is never colour alone: the number of its note, or a sign."""
    if mark.note is not None:
        return f'<sup class="note">{mark.note}</sup>'
    return '<sup class="note" aria-label="存疑">?</sup>' if mark.kind == "doubtful" else ""
