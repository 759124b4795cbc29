"""What is published proactively, and under which headings: Regulation arts 12, 20, 21, themes, fields, index numbers.

The lists are data (``data/*.toml``) with their marker and source, so that an office can rename or drop an entry.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongkai.statute.identifiers import is_credit_code
from gongkai.statute.reporting import Level


@dataclass(frozen=True, slots=True)
class DisclosureItem:
    """An item of art. 20 (for every agency: no `levels`) or art. 21 (for those levels)."""

    code: str
    article: str
    text: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A class of 主题分类 with its sub-classes."""

    number: int
    name: str
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of grass-roots standardisation; `renamed_to` are names it also goes by."""

    number: int
    name: str
    pilot: bool
    marker: str
    renamed_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the 标准目录, with the columns below it."""

    key: str
    label: str
    children: tuple[str, ...]


@cache
def disclosure_items() -> tuple[DisclosureItem, ...]:
    """The fifteen items of art. 20 and those of art. 21, in the words of the statute [V]."""
    rows = _load("disclosure_items")["item"]
    return tuple(DisclosureItem(row["code"], row["article"], row["text"], tuple(row["levels"])) for row in rows)


def items_for(level: Level) -> tuple[DisclosureItem, ...]:
    """The items an agency of this level must publish: art. 20, and art. 21 for cities, counties and townships [V]."""
    return tuple(item for item in disclosure_items() if not item.levels or level in item.levels)


@cache
def themes() -> tuple[Theme, ...]:
    """The 22 classes of 主题分类 of the State Council's policy library [V]."""
    return tuple(Theme(row["number"], row["name"], tuple(row["children"])) for row in _load("themes")["theme"])


def theme_path(name: str, child: str | None = None) -> str:
    r"""A theme as it is written on a page: ``综合政务\政务公开``. Raises ValueError for one that does not exist."""
    for theme in themes():
        if theme.name == name and (child is None or child in theme.children):
            return name if child is None else f"{name}\\{child}"
    raise ValueError(f"no such theme: {name} {child or ''}".rstrip())


@cache
def fields() -> tuple[Field, ...]:
    """The 26 pilot fields (国办发〔2019〕54号) and the 7 later ones, in order; each carries its marker."""
    data = _load("fields")
    return tuple(
        Field(row["number"], row["name"], kind == "pilot_field", row["marker"], tuple(row.get("renamed_to", ())))
        for kind in ("pilot_field", "later_field")
        for row in data[kind]
    )


def standard_columns(*, with_process: bool = False) -> tuple[Column, ...]:
    """The columns of the 基层政务公开标准目录 [V]; `with_process` puts 过程 (五公开) before them, as some do."""
    table = _load("catalogue")["standard_catalogue"]
    rows = (table["optional_columns"] if with_process else []) + table["columns"]
    return tuple(Column(row["key"], row["label"], tuple(row.get("children", ()))) for row in rows)


def channel_names(*, with_local: bool = False) -> tuple[str, ...]:
    """The check-list of 公开渠道和载体 [V]; `with_local` adds those only some places list."""
    channels = _load("catalogue")["channels"]
    return tuple(channels["names"] + (channels["local"] if with_local else []))


def platform_columns() -> tuple[str, ...]:
    """The four fixed columns of the disclosure platform, in order: 国办公开办函〔2019〕61号 [V]."""
    return tuple(_load("catalogue")["platform"]["columns"])


def guide_elements() -> tuple[str, ...]:
    """What the 政府信息公开指南 must contain (art. 12(2) [V])."""
    return tuple(_load("catalogue")["art_12"]["guide"])


def catalogue_elements() -> tuple[str, ...]:
    """What the 政府信息公开目录 must contain for each item (art. 12(3) [V])."""
    return tuple(_load("catalogue")["art_12"]["catalogue"])


def index_number(org_code: str, year: int, serial: int, template: str | None = None) -> str:
    """An 索引号: ``11370812004339255B/2020-22849``. No national rule could be verified; this is the recommended form
    [P], and `template` replaces it (fields ``org_code``, ``year``, ``serial``)."""
    template = template or _load("catalogue")["index_number"]["format"]
    return template.format(org_code=org_code, year=year, serial=serial)


def is_index_number(text: str, pattern: str | None = None) -> bool:
    """Whether `text` is an 索引号 of the recommended form [P]; a code of 18 characters must be a credit code."""
    if not re.fullmatch(pattern or _load("catalogue")["index_number"]["pattern"], text):
        return False
    code = text.partition("/")[0]
    return len(code) != 18 or is_credit_code(code)


@cache
def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "data" / f"{name}.toml").read_text("utf-8"))
