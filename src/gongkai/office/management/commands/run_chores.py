"""Does what is due by the clock, until it is stopped."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from gongkai.office import chores

_PAUSE = 20.0
_LOG = logging.getLogger(__name__)


class Command(BaseCommand):
    """`python -m gongkai.site run_chores [--once]`"""

    help = "按时发布、定期检查等不用人办的事"

    def add_arguments(self, parser: Any) -> None:
        """--once does what is due now and ends."""
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        """Look every twenty seconds. A second process does no harm: each chore is held by who does it."""
        stop = threading.Event()
        if not once:
            signal.signal(signal.SIGTERM, lambda *_: stop.set())
            signal.signal(signal.SIGINT, lambda *_: stop.set())
        while True:
            try:
                for key, said in chores.run_due().items():
                    if said:
                        self.stdout.write(f"{chores.CHORES[key].label}：{said}")
            except Exception:  # the database is away, most likely: the next round tries again
                _LOG.exception("chores failed")
            if once:
                return
            close_old_connections()
            if stop.wait(_PAUSE):
                return
