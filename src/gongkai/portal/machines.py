"""What machines read: sitemap, robots, the feed and the root of the API."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import get_current_timezone
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from gongkai.disclosure import lists
from gongkai.disclosure.lists import Wanted
from gongkai.disclosure.models import Shown
from gongkai.portal import addresses, columns, counted, exports, home, identity, queries, record_lists, sitemaps
from gongkai.portal.page import Page
from gongkai.portal.shell import show

FEED_LENGTH = 50
MOST_URLS = 50_000
"""Of a sitemap (sitemaps.org)."""


def _kept(response: HttpResponse) -> HttpResponse:
    response.is_public_page = True
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers are asked not to follow: choices of display, searches, uploads, the office."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {path}" for path in ("/display/", "/search", "/report-check/b/", "/office/")]
    lines += [f"Sitemap: {request.build_absolute_uri(addresses.to('sitemap'))}", ""]
    return _kept(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page that is not made by a question; the index of its parts where they are more than one may hold."""
    whole = sitemaps.current()
    parts = _parts(whole)
    if parts <= 1:
        return _urlset(request, whole, 1)
    made: list[tuple[str, datetime | None]] = [
        (addresses.to("sitemap_part", number), None) for number in range(1, parts + 1)
    ]
    return _xml(request, "sitemapindex", "sitemap", made)


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """A part of the sitemap."""
    whole = sitemaps.current()
    if not 1 <= number <= _parts(whole):
        raise Http404
    return _urlset(request, whole, number)


def _parts(whole: sitemaps.Sitemap) -> int:
    return -(-whole.total // MOST_URLS)


def _urlset(request: HttpRequest, whole: sitemaps.Sitemap, number: int) -> HttpResponse:
    return _xml(request, "urlset", "url", whole.places((number - 1) * MOST_URLS, number * MOST_URLS))


def _xml(request: HttpRequest, root: str, each: str, places: list[sitemaps.Place]) -> HttpResponse:
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    base = request.build_absolute_uri("/").rstrip("/")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement(root, {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for path, changed in places:
        xml.startElement(each, {})
        xml.addQuickElement("loc", base + path)
        if changed:
            xml.addQuickElement("lastmod", changed.isoformat(timespec="seconds"))
        xml.endElement(each)
    xml.endElement(root)
    xml.endDocument()
    return _kept(response)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What is newest, as Atom: records, and what became of agencies."""
    site = identity.current()
    atom = Atom1Feed(
        title=f"{site} {site.title}" if site.government else site.title,
        link=request.build_absolute_uri(addresses.to("home")),
        description=site.description or site.title,
        language="zh-CN",
        feed_url=request.build_absolute_uri(addresses.to("feed")),
        author_name=site.sponsor or str(site),
    )
    entries: list[tuple[datetime, home.Item | Shown]] = [
        (row.published_at, row) for row in lists.newest(Wanted(), FEED_LENGTH, lists.NOT_IN_FEEDS)
    ]
    entries += [(_midnight(item.on), item) for item in home.newest(queries.latest_changes(FEED_LENGTH))]
    for moment, one in sorted(entries, key=lambda pair: pair[0], reverse=True)[:FEED_LENGTH]:
        if isinstance(one, Shown):
            exports.add(atom, request, [one])
            continue
        link = request.build_absolute_uri(one.url)
        atom.add_item(
            title=exports.readable(one.title), link=link, description=exports.summary(one.title),
            pubdate=moment, updateddate=moment, unique_id=f"{link}#{one.key}",
        )  # fmt: skip
    return _kept(HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"))


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), get_current_timezone()).astimezone(UTC)


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed that has something."""
    everything = Wanted()
    filled: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, key, name in record_lists.filled():
        filled[kind].append((name, record_lists.url(kind, key, "feed")))
    agencies = [(name, record_lists.url("agency", str(pk), "feed")) for pk, name, _ in counted.agencies(everything)]
    groups = [
        ("全部", [("最新内容", addresses.to("feed")), *(
            (one.name, one.url("feed")) for one in (record_lists.EVERYTHING, record_lists.NORMATIVE)
        )]),
        ("按栏目", filled["column"]),
        ("按法定事项", filled["item"]),
        ("按机关", agencies),
        ("按主题", filled["theme"]),
        ("按领域", filled["field"]),
    ]  # fmt: skip
    return show(request, "feeds", Page("订阅", columns.ABOUT), groups=[(label, some) for label, some in groups if some])


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """The root of the API: where everything is."""
    links = {
        "home": "home", "agencies": "agencies", "guide": "guide", "rules": "rules", "content": "content",
        "reports": "reports", "apply": "apply", "search": "search", "feed": "feed", "sitemap": "sitemap",
        "v1": "api_root", "openapi": "api_openapi", "documentation": "api_page",
        "catalogue": "catalogue", "records_csv": "bulk_csv", "records_jsonl": "bulk_jsonl",
    }  # fmt: skip
    document = {key: request.build_absolute_uri(addresses.to(name)) for key, name in links.items()}
    document["search"] += "?q={words}"
    site = identity.current()
    return _kept(
        JsonResponse(
            {"site": str(site), "site_code": site.site_code or None, "links": document},
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
    )
