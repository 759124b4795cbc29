"""Ways in which real reports reach a reader: one report, laid out as people, converters and scrapers do.

Each layout takes a form's grid (rows of (text, path) cells) and gives the text of a file. Numbers come from
`values`; the layouts decide what is lost around them: merges, line breaks, labels, positions.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from gongkai.annual_report.editions import HEADINGS
from gongkai.annual_report.layout import layout

Values = Mapping[str, object]

PROSE = {
    "overview": "2024年，青禾县认真落实《中华人民共和国政府信息公开条例》，全年主动公开信息120条。",
    "issues": "一是公开内容还不够全面；二是业务培训有待加强。下一步将加强培训。",
    "other_matters": "2024年未收取政府信息公开信息处理费。",
}


def _show(values: Values, path: str) -> str:
    value = values.get(path)
    return "" if value is None else str(value)


def grid(key: str, edition: str, values: Values) -> list[list[tuple[str, bool]]]:
    """Rows of (text, is a value); merged cells once, covered cells left out."""
    return [[(_show(values, c.path) if c.path else c.text, bool(c.path)) for c in row] for row in layout(key, edition)]


def pipes(key: str, edition: str, values: Values, rng: random.Random) -> str:
    """Cells with a pipe after each, as text scraped from a page has them."""
    return "\n".join("".join(f"{text} | " for text, _ in row) for row in grid(key, edition, values))


def tabs(key: str, edition: str, values: Values, rng: random.Random) -> str:
    """Tab-separated, merged cells padded with empty ones."""
    rows = []
    for row in layout(key, edition):
        line: list[str] = []
        for c in row:
            while len(line) < c.column:
                line.append("")
            line.append(_show(values, c.path) if c.path else c.text)
        rows.append("\t".join(line))
    return "\n".join(rows)


def markdown(key: str, edition: str, values: Values, rng: random.Random) -> str:
    """A Markdown table with a bogus head and padding, as converters make it."""
    rows = [line.split("\t") for line in tabs(key, edition, values, rng).split("\n")]
    width = max(map(len, rows))
    out = ["| " + " | ".join(r + [""] * (width - len(r))) + " |" for r in rows]
    out.insert(1, "|" + "---|" * width)
    return "\n".join(out)


def one_per_line(key: str, edition: str, values: Values, rng: random.Random) -> str:
    """One cell a line, blank lines between; a blank cell leaves no trace."""
    return "\n\n".join(text for row in grid(key, edition, values) for text, _ in row if text)


def tab_lines(key: str, edition: str, values: Values, rng: random.Random) -> str:
    """One cell a line, each after a tab; a blank cell is a line with just the tab."""
    return "\n\n".join("\n".join("\t" + text for text, _ in row) for row in grid(key, edition, values))


def spaced(key: str, edition: str, values: Values, rng: random.Random) -> str:
    """Labels and numbers in one line with uneven gaps; long labels broken, the numbers after the last part."""
    out = []
    for row in grid(key, edition, values):
        labels = [t for t, is_value in row if not is_value]
        numbers = [t for t, is_value in row if is_value]
        text = " ".join(labels)
        while len(text) > 14 and numbers:
            out.append(text[:12])
            text = text[12:]
        gap = " " * rng.randint(1, 4)
        out.append(text + ("  " + gap.join(numbers) if numbers else ""))
    return "\n".join(out)


def aligned(key: str, edition: str, values: Values, rng: random.Random) -> str:
    """Monospaced columns, as `pdftotext -layout` prints them; blanks are gaps."""
    out = []
    for row in layout(key, edition):
        line = ""
        for c in row:
            wide = {"disclosure": 30, "remedies": 12}.get(key, 9)
            at = 6 * c.column
            base = 90 if key == "applications" else 40
            if c.path or (key == "disclosure" and c.column) or key == "remedies":
                at = base + wide * c.column
            text = _show(values, c.path) if c.path else c.text
            used = sum(2 if ord(ch) > 255 else 1 for ch in line)
            line += " " * max(2, at - used) + text
        out.append(line.rstrip())
    return "\n".join(out)


def html(key: str, edition: str, values: Values, rng: random.Random) -> str:
    """A proper table with spans, cells wrapped as Word wraps them."""
    rows = []
    for row in layout(key, edition):
        cells = "".join(
            f'<td rowspan="{c.rowspan}" colspan="{c.colspan}"><p><span>'
            f"{(_show(values, c.path) if c.path else c.text) or '&nbsp;'}</span></p></td>"
            for c in row
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(rows)}</table>"


def html_bare(key: str, edition: str, values: Values, rng: random.Random) -> str:
    """A table that lost its spans, label characters torn into spans of their own."""
    rows = []
    for row in grid(key, edition, values):
        cells = "".join(
            "<td>" + ("".join(f"<span>{ch}</span>\n" for ch in text) if not is_value else text or "&nbsp;") + "</td>"
            for text, is_value in row
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<div><table>{''.join(rows)}</table></div>"


Layout = Callable[[str, str, Values, random.Random], str]
LAYOUTS: dict[str, tuple[Layout, bool]] = {
    "pipes": (pipes, True),
    "tabs": (tabs, True),
    "markdown": (markdown, True),
    "one_per_line": (one_per_line, False),
    "tab_lines": (tab_lines, True),
    "spaced": (spaced, False),
    "aligned": (aligned, True),
    "html": (html, True),
    "html_bare": (html_bare, True),
}
"""Each layout, and whether a blank cell is still visible in it."""


def document(name: str, editions: Mapping[str, str], values: Values, rng: random.Random) -> str:
    """A whole report in one layout: title, the six parts, the three tables."""
    make, _ = LAYOUTS[name]
    is_html = name.startswith("html")
    parts = ["青禾县人民政府2024年政府信息公开工作年度报告"]
    for key, heading in HEADINGS.items():
        parts.append(heading)
        parts.append(make(key, editions[key], values, rng) if key in editions else PROSE[key])
    if is_html:
        body = "".join(p if p.startswith(("<table", "<div")) else f"<p>{p}</p>" for p in parts)
        return f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>"
    return "\n\n".join(parts)
