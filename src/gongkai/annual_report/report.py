"""A report as printed: every cell with its value, where it stands in the source and how sure the reader is.

Printed is printed. What arithmetic says a cell should be is a finding, never a value here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongkai.annual_report.editions import EDITIONS, TABLE_KEYS, TEXT_SECTIONS, column_of, table

Value = int | Decimal | None

SURE = 0.9
"""At or above this confidence a cell counts as sure; below it, a person should look."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed in the source.

    `page` counts from 1 (paged sources), `box` is (left, top, right, bottom) as fractions of the page,
    `line` counts from 1 and `offset` is the character in that line (text sources; for HTML, Word and
    spreadsheets the line is the paragraph or table row in reading order).
    """

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    line: int | None = None
    offset: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Only the parts that are known."""
        parts = {"page": self.page, "box": self.box, "line": self.line, "offset": self.offset}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in parts.items() if v is not None}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Place:
        """The inverse of `to_json`."""
        box = data.get("box")
        return cls(data.get("page"), tuple(box) if box else None, data.get("line"), data.get("offset"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell. `value` is None where nothing readable as a number is printed; `printed` is the ink."""

    value: Value = None
    printed: str = ""
    place: Place | None = None
    confidence: float = 1.0

    @property
    def sure(self) -> bool:
        """Whether the reader vouches for this cell."""
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of clean text and where it begins in the source."""

    text: str
    place: Place | None = None


@dataclass(slots=True)
class Report:
    """One annual report. `editions` names the form of each table that was found; `cells` maps paths to cells.

    `agency` is the full name, `agency_printed` what the title prints where the two differ.
    Sections hold the paragraphs of parts one, five and six (keys of TEXT_SECTIONS) without their heading;
    a part that was not found has no key, a part that is empty an empty tuple.
    `preamble` is the text between the title and part one.
    """

    agency: str | None = None
    year: int | None = None
    editions: dict[str, str] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    title: str = ""
    agency_printed: str = ""
    contact: dict[str, str] = field(default_factory=dict)
    published: str | None = None
    preamble: tuple[Paragraph, ...] = ()
    sections: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    source: str = ""

    @property
    def edition(self) -> str | None:
        """The edition of the application table (table three), as the contract defines it."""
        return self.editions.get("applications") or self.editions.get("disclosure")

    def table_edition(self, key: str) -> str:
        """The edition to lay table `key` out in, also where the table was not found."""
        return self.editions.get(key) or self.edition or EDITIONS[-1]

    def cell(self, path: str) -> Cell:
        """The cell at `path`; an empty cell where nothing was printed."""
        return self.cells.get(path, _NOTHING)

    def value(self, path: str) -> Value:
        """The printed number at `path`, or None."""
        return self.cell(path).value

    def text(self, section: str) -> str:
        """A section's paragraphs, one a line."""
        return "\n".join(p.text for p in self.sections.get(section, ()))

    def paths(self) -> tuple[str, ...]:
        """Every cell path that belongs to this report's forms, in printed order."""
        return tuple(p for key in TABLE_KEYS for p in table(key, self.table_edition(key)).paths())

    def to_json(self) -> dict[str, Any]:
        """The object of contracts/report.schema.json, with everything else that is known as extra keys."""
        tables: dict[str, Any] = {key: {} for key in TABLE_KEYS}
        for path in self.paths():
            key, row, column = path.split(".")
            value = self.value(path)
            tables[key].setdefault(row, {})[column] = str(value) if isinstance(value, Decimal) else value
        return {
            "agency": self.agency,
            "year": self.year,
            "edition": self.edition,
            **tables,
            "editions": dict(self.editions),
            "title": self.title,
            "agency_printed": self.agency_printed,
            "contact": dict(self.contact),
            "published": self.published,
            "preamble": [_paragraph_to_json(p) for p in self.preamble],
            "sections": {k: [_paragraph_to_json(p) for p in v] for k, v in self.sections.items()},
            "provenance": {p: _cell_to_json(c) for p, c in self.cells.items()},
            "warnings": list(self.warnings),
            "source": self.source,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Report:
        """The inverse of `to_json`; also takes an object with only the contract's keys.

        ValueError, with one sentence, for anything that is not such an object.
        """
        if not isinstance(data, dict) or not all(isinstance(data.get(k) or {}, dict) for k in TABLE_KEYS):
            raise ValueError("不是年度报告的 JSON：应有 disclosure、applications、remedies 三张表。")
        if not any(k in data for k in TABLE_KEYS):
            raise ValueError("不是年度报告的 JSON：三张表一张也没有。")
        report = cls(
            agency=data.get("agency"),
            year=data.get("year"),
            editions=dict(data.get("editions") or _editions_of(data)),
            title=data.get("title") or "",
            agency_printed=data.get("agency_printed") or "",
            contact=dict(data.get("contact") or {}),
            published=data.get("published"),
            preamble=_paragraphs(data.get("preamble")),
            sections={
                k: _paragraphs((data.get("sections") or {}).get(k))
                for k in TEXT_SECTIONS
                if k in (data.get("sections") or {})
            },
            warnings=list(data.get("warnings") or ()),
            source=data.get("source") or "",
        )
        provenance = data.get("provenance") or {}
        for path in report.paths():
            key, row, column = path.split(".")
            raw = ((data.get(key) or {}).get(row) or {}).get(column)
            known = provenance.get(path)
            if raw is None and known is None:
                continue
            report.cells[path] = _cell_from_json(path, raw, known or {}, report.table_edition(key))
        return report


_NOTHING = Cell()


def _editions_of(data: dict[str, Any]) -> dict[str, str]:
    """Which form each table of a bare contract object uses, told by the keys it holds."""
    found: dict[str, str] = {}
    for key in TABLE_KEYS:
        held = {f"{key}.{row}.{column}" for row, columns in (data.get(key) or {}).items() for column in columns or ()}
        fits: dict[str, int] = {edition: len(held & set(table(key, edition).paths())) for edition in EDITIONS}
        if held and any(fits.values()):
            found[key] = max(EDITIONS, key=lambda e: (fits[e], e == data.get("edition"), e))
    return found


def _cell_from_json(path: str, raw: Any, known: dict[str, Any], edition: str) -> Cell:
    column = column_of(path, edition)
    value: Value = None
    if raw is not None:
        try:
            value = Decimal(str(raw)) if column and column.kind == "money" else int(raw)
        except (ValueError, ArithmeticError):
            raise ValueError(f"单元格 {path} 的值“{raw}”不是数字。") from None
    place = Place.from_json(known["place"]) if known.get("place") else None
    printed = known.get("printed", "" if raw is None else str(raw))
    return Cell(value, printed, place, known.get("confidence", 1.0))


def _cell_to_json(cell: Cell) -> dict[str, Any]:
    data: dict[str, Any] = {"printed": cell.printed, "confidence": round(cell.confidence, 3)}
    if cell.place:
        data["place"] = cell.place.to_json()
    return data


def _paragraph_to_json(paragraph: Paragraph) -> dict[str, Any]:
    data: dict[str, Any] = {"text": paragraph.text}
    if paragraph.place:
        data["place"] = paragraph.place.to_json()
    return data


def _paragraphs(items: Any) -> tuple[Paragraph, ...]:
    if isinstance(items, str):
        items = [{"text": line} for line in items.splitlines()]
    return tuple(Paragraph(i["text"], Place.from_json(i["place"]) if i.get("place") else None) for i in items or ())
