"""Every public address, from the URL configuration, so that a new one cannot be forgotten."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, get_resolver

from gongkai.agencies.models import Agency
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.models import Attachment, Shown

MACHINES = frozenset({
    "sitemap", "sitemap_part", "robots", "feed", "api", "records_feed", "records_keyed_feed", "topic_feed", "search_feed",
})  # fmt: skip
ACTIONS = frozenset({"display"})
FILES = frozenset({
    "file", "records_export", "records_keyed_export", "topic_export", "search_export", "catalogue_export", "bulk_csv",
    "bulk_jsonl",
})  # fmt: skip
"""What is handed out as a file: streamed, never kept as a page."""


def patterns() -> dict[str, URLPattern]:
    """By name, without the API: test_api walks its table."""
    every = {pattern.name: pattern for pattern in get_resolver("gongkai.portal.urls").url_patterns}
    return {name: pattern for name, pattern in every.items() if not name.startswith("api_") or name == "api_page"}


def address(pattern: URLPattern) -> str:
    """The address, filled where it asks for something."""
    route = "/" + str(pattern.pattern)
    if "catalogue/" in route:
        return route.replace("<slug:kind>/<int:key>", "field/12")
    model: Any = Attachment if route.startswith("/files/") else Shown if route.startswith("/content/") else Agency
    first = model.objects.order_by("pk").values_list("pk", flat=True).first()
    filled = {
        "<int:pk>": str(first),
        "<slug:kind>/<slug:key>": "item/A20_01",
        "<slug:kind>": "all",
        "<str:name>": "标准.pdf",
        "<int:number>.xml": "1.xml",
        "<slug:slug>": "sample",
        "<int:number>": "1",
    }
    if route in ("/search/feed.xml", "/search/records.csv"):
        route += "?q=补贴"  # without a question it is empty, and of this very second
    for name, value in filled.items():
        route = route.replace(name, value)
    return route


def html_pages() -> list[str]:
    """Pages for people, and a question to the search."""
    names = patterns()
    pages = [address(names[name]) for name in names if name not in MACHINES | ACTIONS | FILES]
    return [
        *pages, "/search?q=财政", "/search?q=没有这个词", "/search?q=补贴&sort=normative&order=newest",
        "/search?since=2026-01-01&theme=财政、金融、审计", "/agencies/?kind=department", "/agencies/?kind=former",
        "/content/normative/", "/content/normative/?validity=ended", "/content/all/?year=2026&order=formed",
        "/content/theme/2/", "/content/field/12/", "/content/column/land/", "/content/item/A20_14/",
        "/content/catalogue/field/12/?agency=999", *(f"/content/catalogue/row/{row.pk}/" for row in CatalogueRow.objects.all()),
        *(f"/content/catalogue/agency/{row.agency_id}/" for row in CatalogueRow.objects.all()),
        *(f"/content/{pk}/" for pk in Shown.objects.values_list("pk", flat=True)),
    ]  # fmt: skip


def machine_pages() -> list[str]:
    return [address(pattern) for name, pattern in patterns().items() if name in MACHINES]


def files() -> list[str]:
    names = patterns()
    return [address(names[name]) for name in names if name in FILES]
