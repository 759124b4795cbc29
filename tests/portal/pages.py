"""Every public address, from the URL configuration, so that a new one cannot be forgotten."""

from __future__ import annotations

from django.urls import URLPattern, get_resolver

from gongkai.agencies.models import Agency

MACHINES = frozenset({"sitemap", "robots", "feed", "api"})
ACTIONS = frozenset({"display"})


def patterns() -> dict[str, URLPattern]:
    return {pattern.name: pattern for pattern in get_resolver("gongkai.portal.urls").url_patterns}


def address(pattern: URLPattern) -> str:
    """The address, filled where it asks for something."""
    route = "/" + str(pattern.pattern)
    return route.replace("<int:pk>", str(Agency.objects.order_by("pk").values_list("pk", flat=True)[0]))


def html_pages() -> list[str]:
    """Pages for people, and a question to the search."""
    names = patterns()
    pages = [address(names[name]) for name in names if name not in MACHINES | ACTIONS]
    return [*pages, "/search?q=财政", "/search?q=没有这个词", "/agencies/?kind=department", "/agencies/?kind=former"]


def machine_pages() -> list[str]:
    return [address(pattern) for name, pattern in patterns().items() if name in MACHINES]
