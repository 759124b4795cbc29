"""The ways an application can end (办理结果): one table for case screens, letters and the annual report.

Each names its article, its row in table three of the annual report, what its letter must state, the remedies it tells
the applicant of, and its document (application-procedure.md §6, §9, §11). The code is finer than the row.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from gongkai.statute.documents import Document, common_elements, document

Family = Literal["granted", "partial", "denied", "unable", "not_processed", "other"]


@dataclass(frozen=True, slots=True)
class Disposition:
    """One way to end. `row` is the row key of table three (form of 2021), `article` the basis the letter cites.

    `remedies` are keys of `remedies.remedy_text`; `requires` is the fact a case must show before it, or empty;
    `elements` is what the letter must state for this outcome, beyond what every document states.
    """

    key: str
    label: str
    family: Family
    article: str
    row: str
    document: str
    elements: tuple[str, ...]
    remedies: tuple[str, ...]
    marker: str
    requires: str = ""
    note: str = ""

    @property
    def reconsider_first(self) -> bool:
        """Whether at least a part must go to reconsideration before a suit (行政复议法 art. 23(1)(4))."""
        return "reconsider_first" in self.remedies

    def discloses(self) -> bool:
        """Whether information leaves the agency, so that art. 17 asks for a review before it."""
        return self.key in ("granted", "partially_granted")

    def template(self) -> Document:
        """The document in which it is told."""
        return document(self.document)

    def required_elements(self) -> tuple[str, ...]:
        """Everything its letter must state: the common elements, then its own, then the remedies (art. 51)."""
        return (*common_elements(), *self.elements, "救济途径")


FAMILIES: dict[Family, str] = {
    "granted": "予以公开",
    "partial": "部分公开",
    "denied": "不予公开",
    "unable": "无法提供",
    "not_processed": "不予处理",
    "other": "其他处理",
}
"""The groups of table three, with their labels."""


@cache
def dispositions() -> dict[str, Disposition]:
    """Every disposition by key, in the order of table three."""
    text = (resources.files(__package__) / "data" / "dispositions.toml").read_text("utf-8")
    rows = tomllib.loads(text)["disposition"]
    return {
        row["key"]: Disposition(**{**row, "elements": tuple(row["elements"]), "remedies": tuple(row["remedies"])})
        for row in rows
    }


def disposition(key: str) -> Disposition:
    """The disposition with this key. Raises `KeyError` for one that does not exist."""
    return dispositions()[key]
