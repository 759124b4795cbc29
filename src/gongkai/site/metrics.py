"""`/metrics` for Prometheus: requests by route, time, queues. For this machine itself, or with the token."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import Resolver404, resolve
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from gongkai.site import metric_files

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FORWARDED: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
_REQUESTS: Final = Counter("gongkai_requests", "Requests answered", ["route", "method", "status"])
_SECONDS: Final = Histogram(
    "gongkai_request_seconds",
    "Time to an answer",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)

QUEUES: Final[dict[str, Callable[[], int]]] = {}
"""What waits, by name; read when Prometheus asks."""


def _uploads(state: str) -> int:
    from gongkai.reporting.models import Upload

    return int(Upload.objects.filter(state=state).count())


def _tasks(status: str) -> int:
    from django_tasks_db.models import DBTaskResult

    return int(DBTaskResult.objects.filter(status=status).count())


QUEUES.update(
    {
        "uploads_waiting": lambda: _uploads("queued"),
        "uploads_reading": lambda: _uploads("reading"),
        "tasks_waiting": lambda: _tasks("READY"),
        "tasks_running": lambda: _tasks("RUNNING"),
        "tasks_failed": lambda: _tasks("FAILED"),
    }
)


class _Gauges:
    """Values that are the same for all workers, from the database."""

    def collect(self) -> Iterator[Any]:
        """The length of each queue, and the number of the last audit entry."""
        from gongkai.audit import queries

        queues = GaugeMetricFamily("gongkai_queue", "How much waits", labels=["queue"])
        for name, length in QUEUES.items():
            queues.add_metric([name], length())
        yield queues
        yield GaugeMetricFamily("gongkai_audit_entries", "Number of the last audit entry", value=queries.head()[0])


def count(request: HttpRequest, response: HttpResponse, seconds: float) -> str:
    """Count an answered request; the name of its route."""
    route = _route(request, response)
    method = request.method if request.method in _METHODS else "other"
    _REQUESTS.labels(route, method, response.status_code).inc()
    _SECONDS.labels(route).observe(seconds)
    return route


def _route(request: HttpRequest, response: HttpResponse) -> str:
    """A name that cannot be chosen by the visitor: else everybody could fill the memory."""
    match = request.resolver_match
    if match is None:
        if request.path_info.startswith(settings.STATIC_URL):
            return "static"
        if response.status_code == 404:
            return "none"
        return _looked_up(request.path_info)  # answered from the page cache, before anybody looked
    return str(match.view_name or match.route)


@lru_cache(maxsize=2000)
def _looked_up(path: str) -> str:
    try:
        match = resolve(path)
    except Resolver404:
        return "none"
    return str(match.view_name or match.route)


def metrics(request: HttpRequest) -> HttpResponse:
    """What was counted, for whoever may know; for others the page does not exist."""
    if not _may(request):
        return HttpResponseNotFound("404\n", content_type="text/plain")
    gauges = CollectorRegistry()
    gauges.register(_Gauges())
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder:
        counted = CollectorRegistry()
        MultiProcessCollector(counted, folder)  # type: ignore[no-untyped-call]
        with metric_files.locked(Path(folder)):
            text = generate_latest(counted)
    else:
        text = generate_latest(REGISTRY)
    return HttpResponse(text + generate_latest(gauges), content_type=CONTENT_TYPE_LATEST)


def _may(request: HttpRequest) -> bool:
    """With the token; without one set or given, only directly from this machine, not through a proxy on it."""
    token = str(settings.ENV["GONGKAI_METRICS_TOKEN"])
    given = str(request.META.get("HTTP_AUTHORIZATION", "")).removeprefix("Bearer ")
    if token and secrets.compare_digest(given.encode(), token.encode()):
        return True
    is_here = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")
    return is_here and not any(name in request.META for name in _FORWARDED)
