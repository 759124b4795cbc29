"""Templates filled with words and numbers by chance, but always the same chance: `{village}`, `{num:3-9}`, `{money1:2-8}`.

A name with a figure (`{village2}`) and every word keeps its value within one text; a number without a figure is new
each time. A row of a table begins anew, with words that the rows before it do not have. What is given (agency, year …)
goes before the vocabulary. What follows from other numbers is worked out of them: see `calculation`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from random import Random
from typing import Any

from gongkai.demo import calculation

_PLACE = re.compile(r"\{([a-z_]+?)(\d*)(?::(\d+)-(\d+))?\}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that there are, and of some of them to whom they belong: what stands for `{owner}` after them."""

    words: Mapping[str, list[str]]
    owners: Mapping[str, str] = field(default_factory=dict)


class Words:
    """One text's words, and the numbers of its table. `taken`: words that others have."""

    def __init__(
        self, rng: Random, vocabulary: Vocabulary, given: Mapping[str, str], taken: Iterable[str] = ()
    ) -> None:
        self._rng, self._vocabulary, self._given = rng, vocabulary, given
        self._taken = frozenset(taken)
        self._held: dict[str, str] = {}
        self._words: set[str] = set()
        self._table: list[list[str]] = []

    def fill(self, text: str) -> str:
        """The text with every place filled."""
        return calculation.fill(_PLACE.sub(self._value, text), self._operand, self._rng)

    def share(self, places: Iterable[str]) -> None:
        """Fill these places now: the rows of the table have them too."""
        for place in places:
            self.fill(f"{{{place}}}")

    def _operand(self, name: str) -> Decimal:
        """`t3` the sum of a column, `2.3` a cell of the table, `rows` how many rows it has, `money1` a number held."""
        if name == "rows":
            return Decimal(len(self._table))
        if name[0] == "t" and name[1:].isdecimal():
            return calculation.column(self._table, int(name[1:]))
        if "." in name:
            row, column = (int(part) for part in name.split("."))
            return Decimal(self._table[row - 1][column - 1])
        return Decimal(self._held[name])

    def _value(self, place: re.Match[str]) -> str:
        name, figure, low, high = place.groups()
        key = name + figure
        if key in self._held:
            return self._held[key]
        if key in self._given:
            self._held[key] = _PLACE.sub(self._value, self._given[key])
            return self._held[key]
        if name == "owner":
            return next(
                self._vocabulary.owners[word] for word in self._held.values() if word in self._vocabulary.owners
            )
        if low is None:
            used = self._taken | self._words
            left = [word for word in self._vocabulary.words[name] if word not in used]
            value = self._rng.choice(left or self._vocabulary.words[name])
            self._words.add(value)
        else:
            value = self._number(name, int(low), int(high))
        if low is None or figure:
            self._held[key] = value
        return value

    def _number(self, name: str, low: int, high: int) -> str:
        if name == "num":
            return str(self._rng.randint(low, high))
        if name in ("month_value", "year_to_date"):
            return self._of_the_year(name, low, high)
        places = {"money": 2, "pct": 1}[name]
        return f"{self._rng.randint(low * 10**places, max(high * 10**places - 1, low * 10**places)) / 10**places:.{places}f}"

    def _of_the_year(self, name: str, low: int, high: int) -> str:
        """A month's value, or the sum of the months up to it: the same in the texts of all months. In hundredths."""
        series, month = self._given["series"], int(self._given["month"])
        first = month if name == "month_value" else 1
        each = (Random(f"{series}/{self._given['i']}/{one}") for one in range(first, month + 1))  # noqa: S311
        return f"{Decimal(sum(rng.randint(low, high) for rng in each)) / 100:.2f}"

    def rows(self, table: Mapping[str, Any]) -> list[list[str]]:
        """The rows of a table: its head, then each row with words of its own; `total` comes last.

        `also` are rows after the repeated `cells`; `sort` orders by a column, the highest first.
        """
        cells = [table["cells"]] * self._rng.randint(*table["count"]) if "cells" in table else []
        patterns = [*cells, *table.get("rows", []), *table.get("also", [])]
        filled, taken = [], set[str]()
        for number, pattern in enumerate(patterns, 1):
            row = Words(self._rng, self._vocabulary, {**self._given, **self._held, "i": str(number)}, taken)
            filled.append(row.cells(pattern))
            taken.update(row._words)
        if "sort" in table:
            places = [at for at, cell in enumerate(table["cells"]) if cell == "{i}"]
            filled.sort(key=lambda row: -Decimal(row[table["sort"] - 1]))
            filled = [
                [str(n) if at in places else cell for at, cell in enumerate(row)] for n, row in enumerate(filled, 1)
            ]
        self._table = filled
        total = [self._total(table["total"])] if "total" in table else []
        return [list(table["head"]), *filled, *total]

    def cells(self, patterns: list[str]) -> list[str]:
        """A row's cells: those worked out of other cells, which are named by their column, come after these."""
        filled = [_PLACE.sub(self._value, pattern) for pattern in patterns]
        return calculation.row(filled, self._given, self._rng)

    def _total(self, patterns: list[str]) -> list[str]:
        sums = [
            str(calculation.column(self._table, at)) if cell == "{total}" else cell
            for at, cell in enumerate(patterns, 1)
        ]
        return calculation.row(sums, self._given, self._rng)


def markup(text: str, rows: list[list[str]] | None) -> str:
    """Lines as HTML: a paragraph each, `## ` before a heading, `[表]` where the table stands."""
    parts = []
    for line in text.strip().splitlines():
        if line == "[表]":
            parts.append(_table(rows or []))
        elif line.startswith("## "):
            parts.append(f"<h2>{escape(line[3:])}</h2>")
        elif line:
            parts.append(f"<p>{escape(line)}</p>")
    return "\n".join(parts)


def plain(text: str, rows: list[list[str]] | None) -> list[str]:
    """The same as lines of text, a table row a line."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        lines += ["　".join(row) for row in rows or []] if line == "[表]" else [line.removeprefix("## ")]
    return lines


def _table(rows: list[list[str]]) -> str:
    head, *body = rows
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"
