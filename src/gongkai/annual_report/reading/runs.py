"""Lines -> runs of values. A run is the numbers of one printed row, with the labels around it.

The decoder sees every layout through these: a table row is a run at once; a line of text with numbers at
its end is one; numbers standing one to a line are gathered until a label interrupts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.annual_report.reading.stream import Line, Piece
from gongkai.annual_report.reading.values import fold, is_blank, is_number, is_page_number, plain
from gongkai.annual_report.report import Place

_GLUED = re.compile(r"(.*[\u3400-\u9fff”）)])(\d[\d,.]*)")


@dataclass(slots=True)
class Slot:
    """One place for a value in a run: a printed number, or a visible blank."""

    text: str
    left: float
    right: float
    place: Place | None
    confidence: float = 1.0

    @property
    def blank(self) -> bool:
        """Whether nothing readable is printed here."""
        return not is_number(self.text)


@dataclass(slots=True)
class Run:
    """The values of one printed row.

    `own`: folded labels in the same row, left to right. `before`/`after`: folded text between this run and
    the one before/after it. `line`: index of its (first) Line. `upright`: its values stood one to a line.
    """

    slots: list[Slot]
    own: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    line: int = 0
    table: int | None = None
    upright: bool = False
    labels: list[Piece] = field(default_factory=list)

    @property
    def numbers(self) -> int:
        """How many slots hold a number."""
        return sum(not s.blank for s in self.slots)


def runs_of(lines: list[Line], start: int = 0, end: int | None = None) -> list[Run]:
    """The runs among lines[start:end], in reading order."""
    runs: list[Run] = []
    loose: list[str] = []  # folded label text since the last run
    open_run: Run | None = None  # a run of one value a line, still growing

    def close(run: Run) -> None:
        run.before = "".join(loose)
        if runs:
            runs[-1].after = run.before
        loose.clear()
        runs.append(run)

    for index in range(start, len(lines) if end is None else end):
        line = lines[index]
        if line.table is not None and len(line.pieces) > 1:
            labels, slots = _split_row(line.pieces)
        else:
            if line.table is None and is_page_number(line.text):
                continue
            if open_run is not None and len(line.pieces) == 1 and _single_value(line.pieces[0]):
                open_run.slots.append(_slot(line.pieces[0]))
                continue
            labels, slots = _split_text(line.pieces)
        if not slots:
            if labels:
                open_run = None
                loose.extend(fold(p.text) for p in labels)
            continue
        own = tuple(filter(None, (fold(p.text) for p in labels)))
        run = Run(slots, own, line=index, table=line.table, labels=labels)
        if not own and len(slots) == 1 and len(line.pieces) == 1:
            if slots[0].blank and not loose:
                continue
            run.upright = True
            open_run = run
        elif all(s.blank for s in slots) and not own:
            continue
        else:
            open_run = None
        close(run)
    if runs:
        runs[-1].after = "".join(loose)
    return runs


def _single_value(piece: Piece) -> bool:
    return is_number(piece.text) or is_blank(piece.text)


def _slot(piece: Piece) -> Slot:
    return Slot(plain(piece.text), piece.left, piece.right, piece.place, piece.confidence)


def _split_row(pieces: list[Piece]) -> tuple[list[Piece], list[Slot]]:
    """A table row: its label cells, and its value cells after the last label."""
    last = max((i for i, p in enumerate(pieces) if not _single_value(p)), default=-1)
    if last == len(pieces) - 1:  # a label at the end: perhaps a note after the numbers
        number_at = [i for i, p in enumerate(pieces) if is_number(p.text)]
        if len(number_at) >= 3 and all(not _single_value(p) for p in pieces[number_at[-1] + 1 :]):
            last = max((i for i in range(number_at[-1]) if not _single_value(pieces[i])), default=-1)
            pieces = pieces[: number_at[-1] + 1]
    return [p for p in pieces[: last + 1] if not _single_value(p)], [_slot(p) for p in pieces[last + 1 :]]


def _split_text(pieces: Iterable[Piece]) -> tuple[list[Piece], list[Slot]]:
    """A printed line: its text, and the numbers at its end."""
    tokens = [token for piece in pieces for token in _tokens(piece)]
    cut = len(tokens)
    while cut and _single_value(tokens[cut - 1]):
        cut -= 1
    if cut and (glued := _GLUED.fullmatch(tokens[cut - 1].text)):
        # A number set right behind its label: 行政许可97
        token, at = tokens[cut - 1], glued.start(2)
        unit = (token.right - token.left) / len(token.text)
        middle, total = token.left + unit * at, len(token.text)
        label = Piece(glued[1], token.left, middle, token.place, 1, token.confidence)
        place = _within(token.place, at, total - at, total)
        tokens[cut - 1 : cut] = [label, Piece(glued[2], middle, token.right, place, 1, token.confidence)]
    # A trailing dash or 无 of a sentence is no value: without one number there is no run.
    if cut == len(tokens) or (cut and not any(is_number(t.text) for t in tokens[cut:])):
        return list(pieces), []
    return tokens[:cut], [_slot(t) for t in tokens[cut:]]


def _tokens(piece: Piece) -> list[Piece]:
    """A piece split at white space, positions shared out by length."""
    words = piece.text.split()
    if len(words) <= 1:
        return [piece]
    total = len(piece.text) or 1
    unit = (piece.right - piece.left) / total
    tokens, at = [], 0
    for word in words:
        at = piece.text.index(word, at)
        left = piece.left + unit * at
        tokens.append(
            Piece(word, left, left + unit * len(word), _within(piece.place, at, len(word), total), 1, piece.confidence)
        )
        at += len(word)
    return tokens


def _within(place: Place | None, at: int, length: int, total: int) -> Place | None:
    """The place of a part of a piece."""
    if place is None:
        return None
    if place.box is not None:
        left, top, right, bottom = place.box
        unit = (right - left) / total
        return Place(place.page, (left + unit * at, top, left + unit * (at + length), bottom), place.line, place.offset)
    return Place(place.page, None, place.line, None if place.offset is None else place.offset + at)
