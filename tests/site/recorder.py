"""The site with two more addresses: POST /record appends to the audit log and says its number; GET /seen."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings")
from django.conf import settings

settings.ROOT_URLCONF = "tests.site.recorder"

from gongkai.site.wsgi import application as application  # isort: skip

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from gongkai.agencies.doer import address_of
from gongkai.audit.actions import record
from gongkai.audit.actor import SYSTEM
from gongkai.site import urls
from tests.audit import some_verbs  # noqa: F401


@csrf_exempt
def recorded(request: HttpRequest) -> HttpResponse:
    """Append; answer when it is committed."""
    entry = record(SYSTEM, "test.change", label=request.body.decode())
    return HttpResponse(str(entry.number))


def seen(request: HttpRequest) -> JsonResponse:
    """What the site believes about the visitor."""
    return JsonResponse({"address": address_of(request), "secure": request.is_secure(), "host": request.get_host()})


urlpatterns = [path("seen", seen), path("record", recorded), *urls.urlpatterns]
handler404, handler500 = urls.handler404, urls.handler500
