"""One question about a stranger's file, answered by a process of its own, within bounds of time and memory.

What strangers upload is never opened in the web server: a new interpreter reads it, and ends with the answer.
(pdfium is not made for threads either.) For many files at once there are the kept workers of `batch`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

from gongkai.annual_report.reading.stream import NotReadable

_SEATS = threading.BoundedSemaphore(2)
_WAIT = 20.0  # seconds for a seat
_NOT_READABLE = 3  # exit status


class Busy(Exception):
    """Too many are looking at once."""


def ask(module: str, *question: str, data: bytes | None = None, seconds: float, late: str, failed: str) -> bytes:
    """What ``python -m module question…`` writes, given `data` on its standard input.

    NotReadable with the sentence of the process itself, with `late` after so many seconds, with `failed` where it
    ended otherwise. Busy where no seat became free.
    """
    if not _SEATS.acquire(timeout=_WAIT):
        raise Busy
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *question],
            stdin=subprocess.DEVNULL if data is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            answer, _ = process.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise NotReadable(late) from None
        finally:
            _end(process)
    finally:
        _SEATS.release()
    if process.returncode == _NOT_READABLE:
        raise NotReadable(answer.decode("utf-8", "replace"))
    if process.returncode != 0:
        raise NotReadable(failed)
    return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask first, so that it ends what it has started (LibreOffice); then end them all."""
    if process.poll() is not None:
        return
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(2)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def answer(work: Callable[[], bytes]) -> int:
    """Inside the process: the answer of `work`, or its reason, on standard output. Returns the exit status."""
    _limit()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        said = work()
    except NotReadable as error:
        sys.stdout.buffer.write(str(error).encode())
        return _NOT_READABLE
    sys.stdout.buffer.write(said)
    return 0


def _limit() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on every system
        import resource

        from gongkai.annual_report.reading.limits import MEMORY

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
