"""The outermost middleware: a number for each request, its time counted and logged, and the addresses for machines."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from gongkai.site import health, logs, metrics
from gongkai.site.middleware import content_security_policy

log = logging.getLogger("gongkai.request")

PROBES: Final[dict[str, Callable[[HttpRequest], HttpResponse]]] = {
    "/healthz": health.healthz,
    "/readyz": health.readyz,
    "/metrics": metrics.metrics,
}
"""Answered here, before the name of the site is looked at: machines ask by address."""

_NUMBER = re.compile(r"[0-9A-Za-z-]{8,64}")


def observed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give the request its number (the proxy's, if it sent one), answer, count, log."""

    probed = content_security_policy(lambda request: PROBES[request.path_info](request))

    def respond(request: HttpRequest) -> HttpResponse:
        given = str(request.META.get("HTTP_X_REQUEST_ID", ""))
        number = given if _NUMBER.fullmatch(given) else logs.new_number()
        token = logs.REQUEST.set(number)
        try:
            started = time.perf_counter()
            response = (probed if request.path_info in PROBES else get_response)(request)
            seconds = time.perf_counter() - started
            route = metrics.count(request, response, seconds)
            if log.isEnabledFor(logging.INFO):
                fields = {
                    "method": request.method,
                    "route": route,
                    "status": response.status_code,
                    "ms": round(seconds * 1000, 1),
                }
                log.info("answered", extra={"fields": fields})
        finally:
            logs.REQUEST.reset(token)
        response.headers["X-Request-ID"] = number
        return response

    return respond
