"""What search knows of records: of each the public version, and nothing of drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gongkai.content.markup import plain
from gongkai.disclosure.models import Attachment, Record, Version
from gongkai.disclosure.queries import public
from gongkai.search import actions
from gongkai.search.entries import Entry

KIND = "record"


def entry(record: Record, version: Version) -> Entry:
    """A record as the public may find it: text of the version, and of the files that it was published with."""
    said = version.content
    files = Attachment.objects.filter(pk__in=[file["pk"] for file in version.files]).exclude(text="")
    texts = [said["abstract"], plain(said["body"]), said["keywords"], *(file.text for file in files)]
    return Entry(
        kind=KIND,
        key=str(record.pk),
        title=said["title"],
        body="\n".join(text for text in texts if text),
        number=said["document_no"],
        index_no=record.index_no or "",
        day=record.published_at.date() if record.published_at else date.fromisoformat(said["formed_on"]),
        facets={"agency": str(record.agency_id), "item": said["item"], "theme": said["theme"]},
        values={"agency": record.agency.name},
    )


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
