"""Numbers that follow from others, in the demo's texts and tables: what a checker recomputes must come out.

    {sum:money1+money2}   {rest:num1,num2}   {times:2*3}   {percent:3/2}   {part:2*88-99}

`rest` is the first without the others; `percent` has one decimal; `part` is a share by chance, within so many percent.
Each side may be a sum. In a row of a table a figure names the column; what else has a name, the caller knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Final

Operand = Callable[[str], Decimal]

_DERIVED: Final = re.compile(r"\{(sum|rest|times|percent|part):([^{}]+)\}")


def fill(text: str, operand: Operand, rng: Random) -> str:
    """The text with all that is worked out."""
    return _DERIVED.sub(lambda found: _work_out(found[1], found[2], operand, rng), text)


def row(cells: list[str], given: Mapping[str, str], rng: Random) -> list[str]:
    """A row's cells worked out from left to right; the others stand already. What is no column is given."""
    made = list(cells)
    for at, cell in enumerate(cells):
        made[at] = fill(cell, lambda name: Decimal(given[name] if name in given else made[int(name) - 1]), rng)
    return made


def column(rows: list[list[str]], number: int) -> Decimal:
    """The sum of a column's numbers."""
    return sum((Decimal(one[number - 1]) for one in rows if is_number(one[number - 1])), Decimal())


def is_number(text: str) -> bool:
    """Whether a cell is a plain number."""
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """So many of a hundred, with one decimal."""
    return (100 * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _work_out(kind: str, said: str, operand: Operand, rng: Random) -> str:
    def side(names: str) -> Decimal:
        return sum((operand(name) for name in names.split("+")), Decimal())

    match kind:
        case "sum":
            return str(side(said))
        case "rest":
            first, *others = said.split(",")
            return str(side(first) - sum(map(side, others)))
        case "times":
            left, right = said.split("*")
            return str(side(left) * side(right))
        case "percent":
            part, whole = said.split("/")
            return str(percent(side(part), side(whole)))
        case _:
            whole, share = said.split("*")
            low, high = (int(bound) for bound in share.split("-"))
            value = side(whole)
            return str((value * rng.randint(low * 10, high * 10) / 1000).quantize(value, ROUND_HALF_UP))
