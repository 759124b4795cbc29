"""`/healthz`: the process answers. `/readyz`: it can do its work. For whoever decides where to send requests."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

log = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of anyone: a database that is away is no reason to restart the server."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 otherwise; what is well and what is not by name. The log has the reason."""
    found = {name: _holds(name, check) for name, check in _CHECKS.items()}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        log.exception("not ready: %s", name)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


_is_migrated = False


def _migrations() -> bool:
    """Whether nothing waits to be applied. Once true it stays: the code of a process does not change."""
    global _is_migrated
    if not _is_migrated:
        from django.db.migrations.executor import MigrationExecutor

        executor = MigrationExecutor(connection)
        _is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _is_migrated


def _disk() -> bool:
    with tempfile.TemporaryFile(dir=settings.VAR) as file:
        file.write(b"x" * 4096)
        file.flush()
    return True


def _restore() -> bool:
    from gongkai.site.backup import UNFINISHED

    return not (settings.VAR / UNFINISHED).exists()


_CHECKS: Final[dict[str, Callable[[], bool]]] = {
    "database": _database,
    "migrations": _migrations,
    "disk": _disk,
    "restore": _restore,
}
