"""All addresses of the site."""

from django.urls import include, path
from django.urls.converters import IntConverter
from wagtail.admin import urls as office_urls

from gongkai.site import observed

# A number beyond what a database counts to is no address: to look it up would be an error, and nothing has it.
IntConverter.regex = "[0-9]{1,18}"

urlpatterns = [
    *(path(address.lstrip("/"), view, name=address.lstrip("/")) for address, view in observed.PROBES.items()),
    path("office/", include("gongkai.access.urls")),
    path("office/", include("gongkai.agencies.urls")),
    path("office/", include("gongkai.office.urls")),
    path("office/", include("gongkai.disclosure.importing.urls")),
    path("office/", include("gongkai.disclosure.catalogue.urls")),
    path("office/", include("gongkai.disclosure.urls")),
    path("office/", include("gongkai.portal.office_urls")),
    path("office/", include(office_urls)),
    path("report-check/", include("gongkai.reporting.urls")),
    path("", include("gongkai.portal.urls")),
]
handler400 = "gongkai.portal.errors.bad_request"
handler403 = "gongkai.portal.errors.forbidden"
handler404 = "gongkai.portal.errors.not_found"
handler500 = "gongkai.portal.errors.server_error"
