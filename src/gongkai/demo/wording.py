"""Templates filled with words and numbers by chance, but always the same chance: `{village}`, `{num:3-9}`, `{money1:2-8}`.

A name with a figure (`{village2}`) and every word keeps its value within one text; a number without a figure is new
each time. A row of a table begins anew. What is given (agency, year …) goes before the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from random import Random
from typing import Any

_PLACE = re.compile(r"\{([a-z_]+?)(\d*)(?::(\d+)-(\d+))?\}")

Vocabulary = Mapping[str, list[str]]


class Words:
    """One text's words."""

    def __init__(self, rng: Random, vocabulary: Vocabulary, given: Mapping[str, str]) -> None:
        self._rng, self._vocabulary, self._given = rng, vocabulary, given
        self._held: dict[str, str] = {}

    def fill(self, text: str) -> str:
        """The text with every place filled."""
        return _PLACE.sub(self._value, text)

    def _value(self, place: re.Match[str]) -> str:
        name, figure, low, high = place.groups()
        key = name + figure
        if key in self._given:
            return self._given[key]
        if key in self._held:
            return self._held[key]
        if low is None:
            used = set(self._held.values())
            left = [word for word in self._vocabulary[name] if word not in used]
            value = self._rng.choice(left or self._vocabulary[name])
        else:
            value = self._number(name, int(low), int(high))
        if low is None or figure:
            self._held[key] = value
        return value

    def _number(self, name: str, low: int, high: int) -> str:
        if name == "num":
            return str(self._rng.randint(low, high))
        places = {"money": 2, "pct": 1}[name]
        return f"{self._rng.randint(low * 10**places, max(high * 10**places - 1, low * 10**places)) / 10**places:.{places}f}"

    def rows(self, table: Mapping[str, Any]) -> list[list[str]]:
        """The rows of a table: its head, then each row with words of its own."""
        patterns = list(table["rows"]) if "rows" in table else [table["cells"]] * self._rng.randint(*table["count"])
        filled = [list(table["head"])]
        for number, pattern in enumerate(patterns, 1):
            row = Words(self._rng, self._vocabulary, {**self._given, "i": str(number)})
            filled.append([row.fill(cell) for cell in pattern])
        return filled


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
