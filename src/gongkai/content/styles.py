"""What the styles and classes of Word, WPS and web pages say, as far as the cleaned text keeps it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_PROPERTY: Final = re.compile(r"\s*([\w-]+)\s*:\s*([^;]*)")
_LENGTH: Final = re.compile(r"(-?\d*\.?\d+)\s*(pt|px|em|rem|cm|mm|in|pc|%)?")
_POINTS: Final = {
    "pt": 1.0,
    "px": 0.75,
    "em": 12.0,
    "rem": 12.0,
    "cm": 28.35,
    "mm": 2.835,
    "in": 72.0,
    "pc": 12.0,
    "%": 5.0,
}
_LIST_LEVEL: Final = re.compile(r"\blevel([1-9])\b")
_HIDDEN: Final = re.compile(r"none|hidden", re.I)
INSET_POINTS: Final = 20.0
"""A left margin from here on sets a whole paragraph in; less is a printer's nicety."""


class Format(NamedTuple):
    """How a run of characters is set."""

    href: str = ""
    strong: bool = False
    em: bool = False
    u: bool = False
    s: bool = False
    script: str = ""  # sub, sup


PLAIN: Final = Format()


class Setting(NamedTuple):
    """How a paragraph is set. Inherited by the blocks inside, as in CSS."""

    tag: str = "p"
    align: str = ""  # center, right
    indent: bool = False
    inset: bool = False


BODY: Final = Setting()


def style_of(attributes: dict[str, str]) -> dict[str, str]:
    """The properties of a style attribute, lower case."""
    return {name.lower(): value.strip().lower() for name, value in _PROPERTY.findall(attributes.get("style", ""))}


def is_hidden(style: dict[str, str], attributes: dict[str, str]) -> bool:
    """Whether a reader of the original never sees it."""
    return (
        "hidden" in attributes
        or bool(_HIDDEN.match(style.get("display", "")))
        or bool(_HIDDEN.match(style.get("visibility", "")))
        or style.get("mso-hide") == "all"
    )


def is_comment(style: dict[str, str], attributes: dict[str, str]) -> bool:
    """Whether it is a reviewer's comment of Word or WPS, or the mark that leads to one."""
    names = attributes.get("class", "").lower()
    return (
        style.get("mso-element", "").startswith("comment")
        or style.get("mso-special-character") == "comment"
        or "msocomment" in names
    )


def is_list_marker(style: dict[str, str]) -> bool:
    """Whether it is the number or bullet that Word printed before a list paragraph."""
    return style.get("mso-list") == "ignore"


def list_level(style: dict[str, str]) -> int:
    """The level of a Word list paragraph, from 1; 0 for any other."""
    match = _LIST_LEVEL.search(style.get("mso-list", ""))
    return int(match[1]) if match else 0


def outline_level(style: dict[str, str]) -> int:
    """The level of a Word heading written as a paragraph; 0 for body text."""
    level = style.get("mso-outline-level", "")
    return int(level) if level.isdecimal() and 1 <= int(level) <= 5 else 0


def format_of(tag: str, style: dict[str, str], before: Format) -> Format:
    """The format inside an element, given the one outside."""
    found = before
    if tag in ("b", "strong"):
        found = found._replace(strong=True)
    elif tag in ("i", "em", "cite", "dfn", "var"):
        found = found._replace(em=True)
    elif tag in ("u", "ins"):
        found = found._replace(u=True)
    elif tag in ("s", "strike", "del"):
        found = found._replace(s=True)
    elif tag in ("sub", "sup"):
        found = found._replace(script=tag)
    if weight := style.get("font-weight", ""):
        bold = weight.startswith("bold") or (weight.isdecimal() and int(weight) >= 600)
        if bold or weight in ("normal", "400", "lighter"):
            found = found._replace(strong=bold)
    if slope := style.get("font-style", ""):
        found = found._replace(em=slope.startswith(("italic", "oblique")))
    lines = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    found = found._replace(u=found.u or "underline" in lines, s=found.s or "line-through" in lines)
    if style.get("vertical-align") in ("super", "sub"):
        found = found._replace(script="sup" if style["vertical-align"] == "super" else "sub")
    return found


def setting_of(tag: str, attributes: dict[str, str], style: dict[str, str], around: Setting) -> Setting:
    """The setting of a block, given that of the block around it."""
    names = attributes.get("class", "").split()
    align = style.get("text-align") or attributes.get("align", "").lower()
    for side in ("center", "right"):
        if f"align-{side}" in names:
            align = side
    if tag == "center":
        align = "center"
    if align in ("left", "justify", "start", "inter-ideograph", "both"):
        kept = ""
    else:
        kept = {"center": "center", "right": "right", "end": "right", "middle": "center"}.get(align, around.align)
    first = style.get("text-indent") or ("1em" if "mso-char-indent-count" in style else "")
    indent = points(first) > 4 if first else around.indent
    inset = around.inset or tag == "blockquote" or "inset" in names
    if not inset and list_level(style) == 0 and points(style.get("margin-left", "")) >= INSET_POINTS:
        inset = points(first) >= 0
    return Setting("p", kept, indent or "indent" in names, inset)


def points(length: str) -> float:
    """A CSS length in points, roughly; 0 where it says nothing."""
    match = _LENGTH.match(length)
    return float(match[1]) * _POINTS[match[2] or "px"] if match else 0.0
