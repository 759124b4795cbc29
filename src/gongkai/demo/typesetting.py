"""PDF of the demo with its fonts in it: an issue of the gazette, a chart. Without a Chinese font, as plain lines."""

from __future__ import annotations

import json
from importlib import resources

import typst

from gongkai.annual_report.writing.document import CannotWrite
from gongkai.annual_report.writing.pdf import fonts, system_fonts
from gongkai.demo import attachments


def issue(lines: list[str]) -> bytes:
    """An issue of the gazette: the first line its name; `# ` before the title of a document, which begins a page."""
    return _set("issue", lines, []) or attachments.pdf([line.removeprefix("# ") for line in lines])


def chart(lines: list[str], steps: list[list[str]]) -> bytes:
    """Steps one below the other, with arrows: what, who, how long. The lines: a title, and what it says."""
    return _set("chart", lines, steps) or attachments.pdf([*lines, *(" → ".join(step) for step in steps)])


def _set(name: str, lines: list[str], steps: list[list[str]]) -> bytes:
    try:
        serif, sans = fonts()
    except CannotWrite:
        return b""
    data = json.dumps({"lines": lines, "steps": steps, "serif": serif, "sans": sans}, ensure_ascii=False)
    template = (resources.files("gongkai.demo") / "data" / f"{name}.typ").read_bytes()
    made = typst.compile(template, font_paths=system_fonts(), sys_inputs={"data": data}, timestamp=0)
    assert isinstance(made, bytes)
    return made
