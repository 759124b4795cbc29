"""A record of the demo as plain data, its files and its fate; and its name in a copy of the county."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final, Literal

CHINA: Final = timezone(timedelta(hours=8))

Look = Literal["", "chart", "issue"]


@dataclass(frozen=True, slots=True)
class DemoFile:
    """An attachment, still to be made: a kind of file and its lines or rows. `look`: what a PDF is laid out as."""

    name: str
    kind: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    look: Look = ""

    def content(self) -> bytes:
        """The bytes, the same every time."""
        from gongkai.demo import attachments, typesetting

        match self.look or self.kind:
            case "chart":
                return typesetting.chart(list(self.lines), [list(row) for row in self.rows])
            case "issue":
                return typesetting.issue(list(self.lines))
            case "xlsx":
                return attachments.xlsx([list(row) for row in self.rows])
            case "docx":
                return attachments.docx(list(self.lines))
            case _:
                return attachments.pdf(list(self.lines))


@dataclass(frozen=True, slots=True)
class Revision:
    """A reviewed change after the publication: when, which fields, what the public is told."""

    at: datetime
    fields: Mapping[str, Any]
    erratum: str


@dataclass(frozen=True, slots=True)
class DemoRecord:
    """A record and its fate. `state` is what its file comes to: published, forced (not yet approved), ratified,
    withdrawn, imported; or draft, discarded, returned, approved, scheduled, unscheduled, or in_review with the `step` whose turn it
    is."""

    key: str
    kind: str
    agency: str
    fields: Mapping[str, Any]
    published: datetime | None
    state: str = "published"
    step: str = ""
    note: str = ""
    revisions: tuple[Revision, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    files: tuple[DemoFile, ...] = ()

    @property
    def formed_on(self) -> date:
        """成文日期."""
        formed: date = self.fields["formed_on"]
        return formed


def named(text: str, copy: int) -> str:
    """A text of the county as it is in a copy of it."""
    return text if copy == 1 else text.replace("青禾县", f"青禾{copy}县")


def copied(fields: Mapping[str, Any], copy: int) -> dict[str, Any]:
    return {name: _renamed(value, copy) for name, value in fields.items()}


def _renamed(value: Any, copy: int) -> Any:
    if isinstance(value, dict):
        return copied(value, copy)
    return named(value, copy) if isinstance(value, str) else value
