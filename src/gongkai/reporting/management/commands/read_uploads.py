"""The reader: takes waiting uploads and reads them, each within its bounds, until it is stopped."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from gongkai.annual_report.reading import batch as reader
from gongkai.reporting import actions, limits

_AT_ONCE = 8  # so that a small batch does not wait behind the whole of a large one
_PAUSE = 0.3
log = logging.getLogger(__name__)


class Command(BaseCommand):
    """`python -m gongkai.site read_uploads [--once]`"""

    help = "读取等待中的上传文件"

    def add_arguments(self, parser: Any) -> None:
        """--once reads what waits now and ends."""
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        """Read until stopped. Only one reader may run for a database."""
        actions.resume()
        purged = time.monotonic()
        while True:
            close_old_connections()
            try:
                items = actions.claim(_AT_ONCE)
            except OperationalError:  # the database is busy; the files wait
                time.sleep(1)
                continue
            if items:
                paths = [str(item.path) for item in items]
                outcomes = reader.read_many(paths, timeout=limits.SECONDS_A_FILE, max_size=limits.MAX_FILE)
                for item, outcome in zip(items, outcomes, strict=True):
                    actions.finish(item, outcome.report, outcome.reason)
            elif once:
                return
            else:
                time.sleep(_PAUSE)
            if time.monotonic() - purged > 300:
                actions.purge()
                purged = time.monotonic()
