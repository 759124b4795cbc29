"""What machines read: sitemap, robots, the feed and the root of the API."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import get_current_timezone
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.portal import columns, home, identity, queries

FEED_LENGTH = 50
MOST_URLS = 50_000  # of a sitemap (sitemaps.org)


def _kept(response: HttpResponse) -> HttpResponse:
    response.is_public_page = True
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers are asked not to follow: choices of display, searches, uploads, the office."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {path}" for path in ("/display/", "/search", "/report-check/b/", "/office/")]
    lines += [f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}", ""]
    return _kept(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page that is not made by a question."""
    paths = [reverse("portal:home"), *(column.url for column in columns.EVERY), reverse("portal:changes")]
    numbers = Agency.objects.order_by("pk").values_list("pk", flat=True)[: MOST_URLS - len(paths)]
    paths += [reverse("portal:agency", args=[pk]) for pk in numbers]
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for path in paths:
        xml.startElement("url", {})
        xml.addQuickElement("loc", request.build_absolute_uri(path))
        xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return _kept(response)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What is newest, as Atom."""
    site = identity.current()
    atom = Atom1Feed(
        title=f"{site} {site.title}" if site.government else site.title,
        link=request.build_absolute_uri(reverse("portal:home")),
        description=site.description or site.title,
        language="zh-CN",
        feed_url=request.build_absolute_uri(reverse("portal:feed")),
        author_name=site.sponsor or str(site),
    )
    for item in home.newest(queries.latest_changes(FEED_LENGTH)):
        moment = datetime.combine(item.on, time(), get_current_timezone()).astimezone(UTC)
        link = request.build_absolute_uri(item.url)
        atom.add_item(
            title=item.title,
            link=link,
            description=item.title,
            pubdate=moment,
            updateddate=moment,
            unique_id=f"{link}#{item.on:%Y%m%d}-{len(atom.items)}",
        )
    return _kept(HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"))


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """The root of the API: where everything is."""
    links = {
        "home": "home", "agencies": "agencies", "guide": "guide", "rules": "rules", "content": "content",
        "reports": "reports", "apply": "apply", "search": "search", "feed": "feed", "sitemap": "sitemap",
    }  # fmt: skip
    document = {key: request.build_absolute_uri(reverse(f"portal:{name}")) for key, name in links.items()}
    document["search"] += "?q={words}"
    site = identity.current()
    return _kept(
        JsonResponse(
            {"site": str(site), "site_code": site.site_code or None, "links": document},
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
    )
