"""All addresses of the site."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail.admin import urls as office_urls


def healthz(request: HttpRequest) -> HttpResponse:
    """The server answers."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz),
    path("office/", include("gongkai.access.urls")),
    path("office/", include("gongkai.agencies.urls")),
    path("office/", include("gongkai.office.urls")),
    path("office/", include(office_urls)),
    path("", include("gongkai.reporting.urls")),
]
handler404 = "gongkai.reporting.views.not_found"
handler500 = "gongkai.reporting.views.server_error"
