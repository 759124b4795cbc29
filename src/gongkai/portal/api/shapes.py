"""Rows into answers, as `schemas` says. Everything comes from `Shown` and the public version."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.disclosure import record_page
from gongkai.disclosure.catalogue.models import PRINTED
from gongkai.disclosure.catalogue.public import Listed
from gongkai.disclosure.models import Shown
from gongkai.portal import addresses, described, document, files
from gongkai.search.found import Piece

Address = Callable[[str], str]
"""A path into a whole address."""

_DAYS: Final = ("formed_on", "effective_on", "expires_on", "amended_on", "repealed_on")
_AS_THEY_ARE: Final = (
    "index_no", "title", "document_no", "genre", "theme", "item", "field", "column", "is_normative"
)  # fmt: skip


def summary(row: Shown, address: Address) -> dict[str, Any]:
    """A record in a list."""
    standing = described.validity(row)
    return {
        "id": row.pk,
        "url": address(addresses.to("record", row.pk)),
        "self": address(addresses.to("api_record", row.pk)),
        **{name: getattr(row, name) for name in _AS_THEY_ARE},
        "agency": {"id": row.agency_id, "name": row.agency.name},
        "validity": standing.key if standing else None,
        **{name: _day(getattr(row, name)) for name in _DAYS},
        "published_at": moment(row.published_at),
        "changed_at": moment(row.changed_at),
    }


def found(row: Shown, snippet: Iterable[Piece], address: Address) -> dict[str, Any]:
    """A record that was searched for."""
    return summary(row, address) | {"snippet": "".join(piece.text for piece in snippet)}


def record(row: Shown, address: Address) -> dict[str, Any]:
    """A record whole. Three queries."""
    content = row.version.content
    words = content["keywords"].replace("，", ",").replace("、", ",").split(",")
    return summary(row, address) | {
        "abstract": row.abstract,
        "issuing_body": content["issuing_body"],
        "keywords": [word.strip() for word in words if word.strip()],
        "source": content["source"],
        "scope": content["scope"],
        "particulars": described.particulars(row),
        "body": str(document.shown(content["body"], described.file_addresses(row).get)),
        "attachments": [
            {
                "name": file["name"], "media_type": files.type_of(file["name"])[1], "size": file["size"],
                "sha256": file["sha256"], "url": address(files.address(file)),
            }
            for file in row.version.files
        ],
        "links": [
            {"kind": tie.kind, "label": tie.label, "record": summary(tie.to, address)} for tie in record_page.ties(row)
        ],
        "versions": [
            {"number": version.number, "at": moment(version.at), "erratum": version.erratum}
            for version in record_page.versions(row)
        ],
    }  # fmt: skip


_OF_AGENCY: Final = (
    "name", "short_name", "kind", "level", "credit_code", "ogi_office", "address", "postcode", "phone", "fax", "email",
    "office_hours",
)  # fmt: skip


def agency(row: Agency, records: int, address: Address) -> dict[str, Any]:
    """An agency."""
    return {
        "id": row.pk,
        "url": address(addresses.to("agency", row.pk)),
        "self": address(addresses.to("api_agency", row.pk)),
        **{name: getattr(row, name) for name in _OF_AGENCY},
        "parent": row.parent_id,
        "since": _day(row.since),
        "until": _day(row.until),
        "records": records,
    }


def catalogue_row(one: Listed, address: Address) -> dict[str, Any]:
    """A row of the standard catalogue with its newest records."""
    row = one.row
    return {
        "id": row.pk,
        "url": address(addresses.to("catalogue_table", "row", row.pk)),
        "agency": {"id": row.agency_id, "name": row.agency.name},
        "field": row.field,
        **{name: getattr(row, name) for name in PRINTED},
        "months": row.renewed,
        "place": row.place,
        "standing": one.standing.state,
        "records": one.count,
        "newest": [
            {
                "id": shown.pk, "title": shown.title, "published_at": moment(shown.published_at),
                "url": address(addresses.to("record", shown.pk)), "self": address(addresses.to("api_record", shown.pk)),
            }
            for shown in one.newest
        ],
    }  # fmt: skip


def moment(at: datetime) -> str:
    """With the offset of where the agencies are."""
    return timezone.localtime(at).isoformat(timespec="seconds")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
