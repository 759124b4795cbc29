"""The county's reports as files, in the shapes that reports arrive in: office files, web pages, pasted text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from importlib import resources
from string import Template

from gongkai.annual_report.layout import layout, width
from gongkai.annual_report.report import Report
from gongkai.annual_report.writing import render as render_report
from gongkai.annual_report.writing.document import ink, parts, title

_SUFFIXES = {"site": ".html"}


def file_name(report: Report, kind: str) -> str:
    """青禾县教育局2025年政府信息公开工作年度报告.html"""
    return f"{report.agency}{report.year}年政府信息公开工作年度报告{_SUFFIXES.get(kind, f'.{kind}')}"


def render(report: Report, kind: str, slug: str) -> bytes:
    """The bytes of a file of that kind: docx, pdf, xlsx, html, site (a page within a website), txt or md."""
    match kind:
        case "txt":
            return _pasted(report, _tabbed).encode("gb18030")  # as Windows saves it
        case "md":
            return _pasted(report, _piped).encode()
        case "site":
            return _site(report, slug)
        case _:
            return render_report(report, kind)


def _site(report: Report, slug: str) -> bytes:
    """The report inside a government site's page, with everything such a page has around it."""
    page = render_report(report, ".html").decode()
    body = page[page.index('<main class="report">') : page.index("</main>")] + "</main>"
    frame = Template(resources.files("gongkai.demo").joinpath("data/site.html").read_text("utf-8"))
    return frame.substitute(
        title=escape(title(report)),
        agency=escape(report.agency or ""),
        published=report.published,
        index=f"QH{report.year}-{sum(map(ord, slug)):05d}",
        body=body,
    ).encode()


def _pasted(report: Report, rows: Callable[[Report, str], list[str]]) -> str:
    """The whole report as text, a blank line after each paragraph and table."""
    lines: list[str] = []
    for part in parts(report):
        lines += [*rows(report, part.key), ""] if part.kind == "table" else [part.text, ""]
    return "\n".join(lines)


def _tabbed(report: Report, key: str) -> list[str]:
    """A table as it comes out of Word through the clipboard: one row a line, merged cells once."""
    return ["\t".join(texts) for texts in _rows(report, key)]


def _piped(report: Report, key: str) -> list[str]:
    """A table as converters to Markdown make it: full width, its first row taken for a head."""
    lines = ["| " + " | ".join(texts) + " |" for texts in _rows(report, key)]
    columns = width(key, report.table_edition(key))
    return [lines[0], "|" + "---|" * columns, *lines[1:]]


def _rows(report: Report, key: str) -> list[list[str]]:
    """The rows of a table at full width: a merged cell's text where it begins, nothing where it reaches."""
    edition = report.table_edition(key)
    rows = []
    for row in layout(key, edition):
        texts = [""] * width(key, edition)
        for cell in row:
            texts[cell.column] = ink(report, cell.path) if cell.path else cell.text
        rows.append(texts)
    return rows
