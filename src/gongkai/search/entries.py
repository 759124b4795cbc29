"""What callers hand in: one searchable thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

PUBLIC = "public"
"""The audience of what everybody may see."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found.

    `audience` is "public" or who may see it inside: a realm's path ("1/5/", seen by whoever asks with it or a path
    above it) or any other key (seen by whoever asks with exactly it). `day` orders: newest first; what has none is
    always current. `facets` are what lists are filtered by; kind and year need not be named. `values` come back
    with the hit (its address, its agency's name) and are not searched.
    """

    kind: str
    key: str
    title: str
    body: str = ""
    number: str = ""
    index_no: str = ""
    day: date | None = None
    audience: str = PUBLIC
    facets: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    def all_facets(self) -> dict[str, list[str]]:
        """With kind and year; every value a list."""
        made = {name: [value] if isinstance(value, str) else list(value) for name, value in self.facets.items()}
        made["kind"] = [self.kind]
        if self.day is not None:
            made["year"] = [str(self.day.year)]
        return {name: sorted(set(values)) for name, values in sorted(made.items()) if values}
