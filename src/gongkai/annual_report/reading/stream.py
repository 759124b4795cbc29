"""The neutral stream between sources and decoder: lines of placed text, in reading order.

A source knows its file format and nothing of annual reports; the decoder knows the form and nothing of
file formats. Between them there are only `Line`s of `Piece`s.

* A source with real tables (docx, html, xlsx, Markdown, ruled PDF) gives one Line per table row, with
  `table` set to the table's number and each Piece one cell: `left`..`right` are grid columns
  (right exclusive) and `height` the rows it spans. Empty cells are pieces with empty text: blank is not
  absent. A cell covered by a merge from above or from the left is left out.
* Any other source gives one Line per printed line with `table` None; each Piece is a run of text without
  a visible gap, `left`/`right` in whatever unit the page has (points, pixels, display columns of
  monospaced text). `geometric` on the stream says whether those positions mean anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.annual_report.report import Place


class NotReadable(Exception):
    """The file cannot be read as an annual report; the message is one Chinese sentence for its user."""


@dataclass(slots=True)
class Piece:
    """A run of text (or one table cell) with its horizontal extent and its place in the source.

    `confidence` is how sure the source is of the characters (1.0 for real text, lower for OCR).
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    place: Place | None = None
    height: int = 1
    confidence: float = 1.0


@dataclass(slots=True)
class Line:
    """One printed line, or one table row. `top`/`bottom` are vertical positions on the page."""

    pieces: list[Piece]
    table: int | None = None
    page: int = 1
    top: float = 0.0
    bottom: float = 0.0

    @property
    def text(self) -> str:
        """The line's text, its pieces joined by a space."""
        pieces = self.pieces
        return pieces[0].text if len(pieces) == 1 else " ".join([p.text for p in pieces if p.text])


@dataclass(slots=True)
class Stream:
    """What a source found in one file. `title` is what the file itself gives as its title (HTML, metadata).

    `kind`: text, markdown, html, docx, pdf, image, sheet. `meta` holds what a page states about itself
    (published date, agency), by the keys 'published', 'agency'.
    """

    lines: list[Line] = field(default_factory=list)
    kind: str = "text"
    geometric: bool = False
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    name: str = ""
    warnings: list[str] = field(default_factory=list)
