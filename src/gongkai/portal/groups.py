"""Which kept pages a change makes old. A page belongs by its address to one group, and to the site; a change names groups.

`site`       every page: who the site is, its agencies and their names
`records`    pages that any publication changes: home, contents, the list of all, feeds, search, sitemap, …
`record-N` `agency-N` `item-N` `theme-N` `field-N` `column-N` `normative`   the page, the lists, the feed of one of these
`data`       the page of the files of everything
`fixed`      pages that no record changes
"""

from __future__ import annotations

import re
from typing import Final

from django.db.models import Q

from gongkai.disclosure.models import Link, Shown
from gongkai.statute.catalogue import themes

SITE: Final = "site"
RECORDS: Final = "records"
DATA: Final = "data"
FIXED: Final = "fixed"
_RECORD: Final = re.compile(r"/content/(\d{1,18})/")
_KEYED: Final = re.compile(r"/content/(item|agency|theme|field|column)/([\w-]+)/.*")
_AGENCY: Final = re.compile(r"/agencies/(\d{1,18})/")
_NORMATIVE: Final = re.compile(r"/content/normative/.*")
_FIXED: Final = re.compile(r"/(?:guide|reports|apply|about|agencies|agencies/changes|api|api/docs)/|/robots\.txt")


def of(path: str) -> str:
    """The group of an address. One that is not known here is of those that any publication changes."""
    if match := _RECORD.fullmatch(path):
        return of_record(int(match[1]))
    if match := _KEYED.fullmatch(path):
        return f"{match[1]}-{match[2]}"
    if match := _AGENCY.fullmatch(path):
        return f"agency-{match[1]}"
    if _NORMATIVE.fullmatch(path):
        return "normative"
    if path == "/data/":
        return DATA
    if path == "/rules/":
        return "column-rules"
    return FIXED if _FIXED.fullmatch(path) else RECORDS


def of_record(pk: int) -> str:
    """The page of a record."""
    return f"record-{pk}"


def showing(*rows: Shown | None) -> set[str]:
    """The groups in which a record stands, as it was and as it is, and the pages that name it beside another."""
    there = [row for row in rows if row is not None]
    found = {RECORDS} if there else set()
    for row in there:
        found |= {of_record(row.pk), f"agency-{row.agency_id}", f"item-{row.item}", f"theme-{_number(row.theme)}"}
        found |= {f"field-{row.field}", f"column-{row.column}"} | ({"normative"} if row.is_normative else set())
    for pk in {row.pk for row in there}:
        ends = Link.objects.filter(Q(source=pk) | Q(target=pk)).values_list("source_id", "target_id")
        found |= {of_record(end) for pair in ends for end in pair}
    return found


def _number(theme: str) -> str:
    return next((str(one.number) for one in themes() if one.name == theme), "")
