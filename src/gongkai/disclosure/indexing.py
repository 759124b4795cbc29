"""What search knows of records: of each the public version, and nothing of drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.utils import timezone

from gongkai.agencies.models import today
from gongkai.content.markup import plain
from gongkai.disclosure import clearances, columns
from gongkai.disclosure.models import Attachment, Record, Shown, Version
from gongkai.disclosure.queries import public
from gongkai.search import actions
from gongkai.search.entries import Entry
from gongkai.search.models import Item
from gongkai.statute import validity

KIND: Final = "record"
SORTS: Final = {"normative": "行政规范性文件", "interpretation": "政策解读", "other": "其他信息"}
"""What a record is, for people who search."""
FORCES: Final = {"in_force": "现行有效", "ended": "已废止、失效"}
"""Whether a document still holds; kept up to date by `shown.keep_validity`."""


def entry(record: Record, version: Version) -> Entry:
    """A record as the public may find it: text of the version, and of the files that it was published with."""
    said = version.content
    files = Attachment.objects.filter(pk__in=[file["pk"] for file in version.files]).exclude(text="")
    stated = columns.stated(said["column"], said.get("particulars") or {})
    texts = [said["abstract"], plain(said["body"]), *(text for _, text in stated), said["keywords"]]
    cleared = clearances.in_version(version)
    texts += [file.text for file in files if not file.is_leaking(cleared)]  # what is held is not quoted either
    return Entry(
        kind=KIND,
        key=str(record.pk),
        title=said["title"],
        body="\n".join(text for text in texts if text),
        number=said["document_no"],
        index_no=record.index_no or "",
        day=timezone.localtime(record.published_at).date() if record.published_at else day(said["formed_on"]),
        facets={
            "agency": str(record.agency_id),
            "item": said["item"] or [],
            "theme": said["theme"].partition("\\")[0] or [],
            "genre": said["genre"] or [],
            "sort": sort(said),
            "force": force(said),
        },
        values={"agency": record.agency.name},
    )


def sort(said: Mapping[str, Any]) -> str:
    """What a version is, one of `SORTS`."""
    if said["is_normative"]:
        return "normative"
    return "interpretation" if said["column"] == "interpretation" else "other"


def force(said: Mapping[str, Any]) -> list[str]:
    """Whether it holds today; nothing where that is no question."""
    dates = validity.Dates(day(said["amended_on"]), day(said["repealed_on"]), day(said["expires_on"]))
    if not said["is_normative"] and not any((dates.amended_on, dates.repealed_on, dates.expires_on)):
        return []
    return ["in_force" if validity.is_in_force(today(), dates) else "ended"]


def day(value: str | None) -> date | None:
    """A date as a version keeps it."""
    return date.fromisoformat(value) if value else None


def moved() -> list[int]:
    """The records whose agency is another by now than the one that searches filter by: after a reorganisation."""
    owners = dict(Shown.objects.values_list("pk", "agency_id"))
    found = Item.objects.filter(kind=KIND).values_list("key", "facets__agency").iterator()
    return [int(key) for key, agency in found if (pk := owners.get(int(key))) and agency != [str(pk)]]


def is_current() -> bool:
    """Whether everything shown is found, in the form that filters need."""
    there = Item.objects.filter(kind=KIND, facets__has_key="sort").count()
    return there == Shown.objects.count() == Item.objects.filter(kind=KIND).count()


def refresh(record: Record) -> None:
    """Bring search up to date with one record, in the caller's transaction."""
    version = record.versions.first() if record.is_public else None
    if version is None:
        actions.drop(KIND, [str(record.pk)])
    else:
        actions.put([entry(record, version)])


def entries(records: Iterable[Record] | None = None) -> Iterator[Entry]:
    """Everything public, for a rebuild."""
    for record in records if records is not None else public().select_related("agency").iterator(chunk_size=500):
        version = record.versions.first()
        if version is not None:
            yield entry(record, version)
