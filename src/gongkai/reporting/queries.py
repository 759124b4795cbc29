"""Questions that screens ask: a report with its marks, a place in its source, a batch added up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from gongkai.annual_report.compare import Comparison, compare
from gongkai.annual_report.consolidate import Consolidation, consolidate, roll_call
from gongkai.annual_report.editions import HEADINGS, TABLE_KEYS, TEXT_SECTIONS, cell_label
from gongkai.annual_report.reading.stream import NotReadable
from gongkai.annual_report.report import Place, Report
from gongkai.annual_report.writing.html import Mark, table_html
from gongkai.reporting import look
from gongkai.reporting.models import Batch, Upload

WORDS = {"error": "错误", "warning": "提醒", "info": "提示"}


@dataclass(slots=True)
class Note:
    """A finding as the page shows it: numbered, with where it stands."""

    number: int
    severity: str
    word: str
    title: str
    message: str
    paths: list[str]
    at: str
    sentence: str
    repair: list[tuple[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """One part of the report: prose, or a table as HTML."""

    key: str
    heading: str
    table: str = ""
    paragraphs: list[list[tuple[str, int | None]]] = field(default_factory=list)
    missing: bool = False


def notes(upload: Upload) -> list[Note]:
    """The findings of an upload, numbered in their order."""
    found = []
    for number, data in enumerate(upload.findings, 1):
        edition = {key: upload.report.table_edition(key) for key in TABLE_KEYS}
        repair = [(cell_label(p, edition[p.split(".")[0]]), v) for p, v in (data.get("repair") or {}).items()]
        found.append(
            Note(
                number,
                data["severity"],
                WORDS[data["severity"]],
                data.get("title", ""),
                data["message"],
                data["where"],
                data["where"][0] if data["where"] else f"note-{number}" if data.get("place") else "",
                data.get("sentence", ""),
                repair,
            )
        )
    return found


def marks(upload: Upload, found: list[Note]) -> dict[str, Mark]:
    """How each remarkable cell is marked: wrong with its note's number, or doubtful."""
    marked: dict[str, Mark] = {}
    for path, cell in upload.report.cells.items():
        if not cell.sure:
            marked[path] = Mark("doubtful", None, f"识别把握不大，请核对原件（读到“{cell.printed}”）")
    for note in reversed(found):
        for path in note.paths:
            kind = "wrong" if note.severity == "error" else "doubtful"
            marked[path] = Mark(kind, note.number, note.message)
    return marked


def sections(upload: Upload, found: list[Note]) -> list[Section]:
    """The six parts in order, tables marked, sentences of findings marked."""
    report, marked = upload.report, marks(upload, found)
    parts = []
    for key, heading in HEADINGS.items():
        if key in TABLE_KEYS:
            parts.append(
                Section(key, heading, table=table_html(report, key, marked), missing=key not in report.editions)
            )
        else:
            parts.append(Section(key, heading, paragraphs=_paragraphs(upload, key), missing=key not in report.sections))
    return parts


def preamble(upload: Upload) -> list[list[tuple[str, int | None]]]:
    """The text before part one, marked."""
    return _paragraphs(upload, "preamble")


def _paragraphs(upload: Upload, section: str) -> list[list[tuple[str, int | None]]]:
    """Each paragraph as (text, number of the note it rests on or None) pieces."""
    report = upload.report
    texts = report.preamble if section == "preamble" else report.sections.get(section, ())
    spans: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, data in enumerate(upload.findings, 1):
        if data.get("section") == section and data.get("end"):
            spans[data["paragraph"]].append((data["start"], data["end"], number))
    shown = []
    for index, paragraph in enumerate(texts):
        pieces: list[tuple[str, int | None]] = []
        at = 0
        for start, end, number in sorted(spans.get(index, ())):
            if start < at:
                continue
            pieces += [(paragraph.text[at:start], None), (paragraph.text[start:end], number)]
            at = end
        pieces.append((paragraph.text[at:], None))
        shown.append([piece for piece in pieces if piece[0]])
    return shown


# ------------------------------------------------------------------ source


@dataclass(slots=True)
class Source:
    """A place in the uploaded file: a page picture with a box, or lines of text with one marked."""

    label: str = ""
    printed: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    lines: list[tuple[int, list[tuple[str, bool]], bool]] = field(default_factory=list)  # number, pieces, is it here
    pages: int = 0
    reason: str = ""

    @property
    def rect(self) -> tuple[float, float, float, float] | None:
        """The box as (x, y, width, height), a little wider than the ink; fractions of the page."""
        if self.box is None:
            return None
        left, top, right, bottom = self.box
        return left - 0.004, top - 0.003, right - left + 0.008, bottom - top + 0.006


def source(upload: Upload, at: str) -> Source:
    """The place that `at` (a cell path, or note-N) has in the source; its beginning where it has none. look.Busy."""
    place, label, printed = _place(upload, at)
    found = Source(label=label, printed=printed)
    try:
        outline = look.outline(upload.path, upload.looked)
    except NotReadable as error:
        found.reason = str(error)
        return found
    if outline.pages:
        found.pages = outline.pages
        found.page, found.box = (place.page or 1, place.box) if place else (1, None)
    else:
        found.lines = [_line(line, place) for line in outline.lines]
    return found


def _line(line: look.SourceLine, place: Place | None) -> tuple[int, list[tuple[str, bool]], bool]:
    """A line cut into pieces, marked where it is the place, and in it the piece that is."""
    here = place is not None and line.number == place.line
    pieces: list[tuple[str, bool]] = []
    for offset, text in line.pieces:
        if pieces:
            pieces.append((" │ " if line.is_row else " ", False))
        pieces.append((text, here and place is not None and place.offset is not None and offset == place.offset))
    return line.number, pieces, here


def _place(upload: Upload, at: str) -> tuple[Place | None, str, str]:
    report = upload.report
    if at.startswith("note-") and at[5:].isdigit() and 0 < int(at[5:]) <= len(upload.findings):
        data = upload.findings[int(at[5:]) - 1]
        return Place.from_json(data["place"]) if data.get("place") else None, "", data.get("sentence", "")
    if at in report.cells:
        cell = report.cells[at]
        return cell.place, cell_label(at, report.table_edition(at.split(".")[0])), cell.printed
    return None, "", ""


# ------------------------------------------------------- several reports


def open_to_all() -> list[tuple[int, list[Upload]]]:
    """(year, reports read) of the demo, latest year first: what anyone may open. Empty where the page is not public."""
    if not settings.REPORT_CHECK_IS_PUBLIC:
        return []
    found = Upload.objects.filter(batch__is_demo=True, state=Upload.State.DONE, year__isnull=False)
    by_year: dict[int, list[Upload]] = defaultdict(list)
    for upload in found.select_related("batch").defer("report_json", "findings").order_by("-year", "number"):
        by_year[upload.year].append(upload)
    return list(by_year.items())


def done(batch: Batch) -> list[Upload]:
    """The uploads of a batch that were read."""
    return list(batch.uploads.filter(state=Upload.State.DONE))


def progress(batch: Batch) -> dict[str, int | bool]:
    """What the progress line shows. A batch is pending until its reports were checked against each other, too."""
    states = list(batch.uploads.values_list("state", flat=True))
    finished = sum(s in (Upload.State.DONE, Upload.State.FAILED) for s in states)
    return {"total": len(states), "finished": finished, "pending": not batch.is_compared}


def not_reported(batch: Batch, uploads: list[Upload]) -> list[str]:
    """Which of the agencies that must report are not among the uploads that were read."""
    return roll_call([u.agency for u in uploads if u.agency], batch.expected_agencies)[0]


def added_up(batch: Batch, agency: str, year: int) -> Consolidation:
    """All reports of a batch in one."""
    reports = []
    for upload in done(batch):
        upload.report.source = upload.name
        reports.append(upload.report)
    return consolidate(reports, agency=agency, year=year, expected=batch.expected_agencies)


def contributions(result: Consolidation) -> list[tuple[str, str, Any, list[tuple[str, Any]]]]:
    """(path, label, sum, what each agency gives) for every cell of the sum that is not zero or empty."""
    rows = []
    for path in result.report.paths():
        value = result.report.value(path)
        if value:
            given = [(c.agency or "（未写机关）", c.value) for c in result.contributors(path) if c.value]
            rows.append((path, cell_label(path, result.report.table_edition(path.split(".")[0])), value, given))
    return rows


def side_by_side(a: Report, b: Report) -> tuple[Comparison, list[tuple[str, float]]]:
    """Two reports compared, with the similarity of each part by its heading."""
    result = compare(a, b)
    return result, [(name, share) for name, share in result.similarity.items()]


__all__ = [
    "TEXT_SECTIONS",
    "added_up",
    "contributions",
    "done",
    "not_reported",
    "notes",
    "open_to_all",
    "preamble",
    "progress",
    "sections",
    "side_by_side",
    "source",
]
