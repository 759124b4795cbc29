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
    def from_json(cls, data: Any) -> Report:
        """The inverse of `to_json`; also takes an object with only the contract's keys.

        ValueError, with one sentence, for anything that is not such an object.
        """
        if not isinstance(data, dict) or not any(k in data for k in TABLE_KEYS):
            raise ValueError("应有 disclosure、applications、remedies 三张表。")
        try:
            return cls._from_object(data)
        except (TypeError, KeyError, AttributeError, ArithmeticError, RecursionError) as error:
            raise ValueError("内容的结构与规定的格式不符。") from error

    @classmethod
    def _from_object(cls, data: dict[str, Any]) -> Report:
        report = cls(
            agency=_text(data, "agency") or None,
            year=_year(data.get("year")),
            editions=_known_editions(data.get("editions") or _editions_of(data)),
            title=_text(data, "title"),
            agency_printed=_text(data, "agency_printed"),
            contact={str(k): str(v) for k, v in (data.get("contact") or {}).items()},
            published=_text(data, "published") or None,
            preamble=_paragraphs(data.get("preamble")),
            sections={k: _paragraphs(v) for k, v in (data.get("sections") or {}).items() if k in TEXT_SECTIONS},
            warnings=[str(w) for w in data.get("warnings") or ()],
            source=_text(data, "source"),
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


_LARGEST = 10**18  # more than any count or amount in 万元 that a report can print


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"“{key}”应当是文字。")
    return value or ""


def _year(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise ValueError("“year”应当是四位数的年份。")
    return value


def _known_editions(editions: Any) -> dict[str, str]:
    if not isinstance(editions, dict) or any(k not in TABLE_KEYS or v not in EDITIONS for k, v in editions.items()):
        raise ValueError("“editions”应当指明每张表是 2019 还是 2021 年的格式。")
    return dict(editions)


def _cell_from_json(path: str, raw: Any, known: dict[str, Any], edition: str) -> Cell:
    column = column_of(path, edition)
    value: Value = None
    if raw is not None:
        value = _number(raw, money=column is not None and column.kind == "money")
        if value is None:
            raise ValueError(f"单元格 {path} 的值“{str(raw)[:30]}”不是数字。")
    place = Place.from_json(known["place"]) if known.get("place") else None
    printed = str(known.get("printed", "" if raw is None else raw))
    confidence = known.get("confidence", 1.0)
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise ValueError(f"单元格 {path} 的把握应当是 0 到 1 之间的数。")
    return Cell(value, printed, place, confidence)


def _number(raw: Any, money: bool) -> Value:
    """A number from JSON (money comes as a string); None where it is none."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    try:
        number = Decimal(str(raw))
        if not number.is_finite() or abs(number) >= _LARGEST or (not money and number != int(number)):
            return None
    except ArithmeticError:
        return None
    return number if money else int(number)


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
