"""Which value of a run stands in which column.

Grid columns and positions decide where the source has them. Where it has not, a run may be short (a blank
that left no trace) or long (a page number, a number split in two): every reading of the same ink is a
candidate, and the form's arithmetic may choose between candidates. It never makes a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product

from gongkai.annual_report.reading.runs import Slot

Reading = tuple[Slot | None, ...]
Balance = Callable[[Reading], bool | None]
"""Whether a reading satisfies the row's equation; None where a blank keeps it from being told."""

_MOST_CHOICES = 4096
CHOSEN_BY_SUM = 0.8
GUESSED = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """The possible readings of one run, the likeliest first, and how sure the first is."""

    readings: tuple[Reading, ...]
    confidence: float


def by_position(slots: Sequence[Slot], heads: Sequence[tuple[float, float]]) -> Reading | None:
    """Slots put under column heads (left, right) by nearest centre; None where two numbers claim one column."""
    centres = [(left + right) / 2 for left, right in heads]
    reach = min((b - a for a, b in pairwise(centres)), default=0.0) / 2
    placed: list[Slot | None] = [None] * len(heads)
    for slot in slots:
        centre = (slot.left + slot.right) / 2
        near = min(range(len(centres)), key=lambda k: abs(centres[k] - centre))
        if slot.blank:
            # A blank beyond the columns is padding of a merged label.
            if placed[near] is None and abs(centres[near] - centre) <= reach:
                placed[near] = slot
            continue
        held = placed[near]
        if (held is not None and not held.blank) or any(s is not None and not s.blank for s in placed[near + 1 :]):
            return None
        placed[near] = slot
    return tuple(placed)


def readings(slots: Sequence[Slot], width: int) -> Choice:
    """Every way to read a run as `width` columns without positions, the likeliest first."""
    n = len(slots)
    if n == width:
        return Choice((tuple(slots),), 1.0)
    if n > width:
        trimmed = list(slots)
        while len(trimmed) > width and trimmed[-1].blank:
            trimmed.pop()
        while len(trimmed) > width and trimmed[0].blank:
            trimmed.pop(0)
        if len(trimmed) == width:
            return Choice((tuple(trimmed),), 1.0)
        return Choice(tuple(_shorter(trimmed, width)), GUESSED)
    return Choice(tuple(_longer(slots, width)), GUESSED)


def _shorter(slots: Sequence[Slot], width: int) -> Iterator[Reading]:
    """Runs that are too long: a foreign number inside, or one number printed in two parts."""
    spare = len(slots) - width
    if spare > 3:
        yield tuple(slots[:width])
        return
    for gone in combinations(range(len(slots)), spare):
        yield tuple(s for i, s in enumerate(slots) if i not in gone)
    if spare == 1:
        for i in range(len(slots) - 1):
            a, b = slots[i], slots[i + 1]
            if not a.blank and not b.blank and a.text != "0":
                whole = replace(a, text=a.text + b.text, right=b.right)
                yield (*slots[:i], whole, *slots[i + 2 :])


def _longer(slots: Sequence[Slot], width: int) -> Iterator[Reading]:
    """Runs that are too short: columns left without a trace. Left-aligned first, as a cut-off table is."""
    if not slots:
        return
    for columns in combinations(range(width), len(slots)):
        row: list[Slot | None] = [None] * width
        for column, slot in zip(columns, slots, strict=True):
            row[column] = slot
        yield tuple(row)


def choose(
    choices: Sequence[Choice], balance: Sequence[Balance], whole: Callable[[Sequence[Reading]], int]
) -> list[Choice]:
    """One reading for each run: the row's own sum first, then the whole table's equations, then likelihood.

    `whole` counts the table's satisfied equations for a complete set of readings.
    """
    narrowed = [
        choice if len(choice.readings) <= 1 else _narrow(choice, fits)
        for choice, fits in zip(choices, balance, strict=True)
    ]
    open_rows = [i for i, c in enumerate(narrowed) if len(c.readings) > 1]
    count = 1
    for i in open_rows:
        count *= len(narrowed[i].readings)
    if open_rows and count <= _MOST_CHOICES:
        base = [c.readings[0] if c.readings else () for c in narrowed]
        scored: list[tuple[int, int, tuple[Reading, ...]]] = []
        for rank, picked in enumerate(product(*(narrowed[i].readings for i in open_rows))):
            for i, reading in zip(open_rows, picked, strict=True):
                base[i] = reading
            scored.append((-whole(base), rank, picked))
        scored.sort(key=lambda s: s[:2])
        for i, reading in zip(open_rows, scored[0][2], strict=True):
            narrowed[i] = Choice((reading,), narrowed[i].confidence)
    return [Choice(c.readings[:1], c.confidence) for c in narrowed]


def _narrow(choice: Choice, fits: Balance) -> Choice:
    right = tuple(r for r in choice.readings if fits(r))
    if len(right) == 1:
        return Choice(right, CHOSEN_BY_SUM)
    return Choice(right or choice.readings, GUESSED)
