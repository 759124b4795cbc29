"""The reader: takes waiting uploads and reads them, each within its bounds, until it is stopped."""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection

from gongkai.annual_report.reading import batch as reader
from gongkai.reporting import actions, limits

_PAUSE = 0.3
_PURGE_EVERY = 300
log = logging.getLogger(__name__)


class Command(BaseCommand):
    """`python -m gongkai.site read_uploads [--once]`"""

    help = "读取等待中的上传文件"

    def add_arguments(self, parser: Any) -> None:
        """--once reads what waits now and ends."""
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        """Read until stopped. A second reader of the same database waits for the first to end."""
        if once:
            while (item := actions.claim()) is not None:
                _read(item)
            return
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        signal.signal(signal.SIGINT, lambda *_: stop.set())
        with open(settings.VAR / "reader.lock", "w") as lock:
            while not _locked(lock):
                if stop.wait(1):
                    return
            actions.resume()
            threads = [threading.Thread(target=_work, args=(stop,), daemon=True) for _ in range(os.cpu_count() or 1)]
            for thread in threads:
                thread.start()
            _purge_until(stop)
            # What is being read now waits for the next start, without counting as a crash.
            for item in list(_under_way.values()):
                actions.give_back(item)
            os._exit(0)  # the threads may be deep in a file; their workers end with this process


_under_way: dict[int, Any] = {}


def _locked(lock: Any) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _work(stop: threading.Event) -> None:
    """One file after the other. Nothing that goes wrong with one ends the reader."""
    while not stop.is_set():
        item = None
        try:
            item = actions.claim()
            if item is None:
                connection.close()
                stop.wait(_PAUSE)
                continue
            _under_way[threading.get_ident()] = item
            _read(item)
        except Exception:
            log.exception("reading an upload failed")
            time.sleep(1)
            _recover(item)
        finally:
            _under_way.pop(threading.get_ident(), None)
            close_old_connections()


def _read(item: Any) -> None:
    (outcome,) = reader.read_many([item.path], workers=1, timeout=limits.SECONDS_A_FILE, max_size=limits.MAX_FILE)
    actions.finish(item, outcome.report, outcome.reason)


def _recover(item: Any) -> None:
    """The database was away, most likely; the file waits again."""
    if item is not None:
        try:
            actions.give_back(item)
        except Exception:
            log.exception("an upload stays marked as being read until the next start")


def _purge_until(stop: threading.Event) -> None:
    while not stop.wait(_PURGE_EVERY):
        try:
            actions.purge()
        except Exception:
            log.exception("purging failed")
        finally:
            close_old_connections()
