"""Many files on all cores, each within bounds of size, time and memory.

A file that hangs, crashes its reader or eats memory costs that file only: its worker is replaced and the
others go on.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from pathlib import Path
from types import FrameType

from gongkai.annual_report.reading.limits import MAX_SIZE, TIMEOUT
from gongkai.annual_report.reading.outcome import Outcome
from gongkai.annual_report.reading.stream import NotReadable
from gongkai.annual_report.reading.worker import READY, Job, Worker, run, too_large

__all__ = ["Outcome", "read_many", "read_one_bounded"]

_LIGHT = 2_000_000  # bytes of text that are read in this process: starting another costs more than it guards
_LIGHT_XML = 10_000_000  # the same for the unpacked parts of a Word file or workbook
_UNWATCHED = 300_000  # the same where no alarm can be set, because this is not the main thread
_MOST_IDLE = 4
_MOST_SERVED = 300  # files that a worker reads before it is replaced, so that no leak lasts
_STARTS = 5  # workers that may fail to start before giving up


def read_many(
    files: Iterable[str | Path | tuple[str, bytes]],
    *,
    workers: int | None = None,
    timeout: float = TIMEOUT,
    max_size: int = MAX_SIZE,
    on_progress: Callable[[int], None] | None = None,
) -> Iterator[Outcome]:
    """The outcome of every file, in the order given; `name` is the path (or the name of the pair) as given.

    `timeout` is seconds for one file. `on_progress` is told how many are finished, which may be files whose
    turn to be handed out has not come.
    """
    jobs = [_job(file, timeout, max_size) for file in files]
    yield from _work(jobs, max(1, min(workers or _cores(), len(jobs))), on_progress)


def read_one_bounded(data: bytes, name: str = "", *, timeout: float = TIMEOUT, max_size: int = MAX_SIZE) -> Outcome:
    """One file already in memory. Never raises for what is in it.

    A light file is read at once; any other by a worker, which is kept for the next one.
    """
    if len(data) > max_size:
        return Outcome(name, None, too_large(len(data), max_size))
    job = Job(name, data, seconds=timeout)
    if _is_light(data):
        return _run_here(job)
    (outcome,) = _work([job], 1)
    return outcome


def _job(file: str | Path | tuple[str, bytes], timeout: float, max_size: int) -> Job:
    if isinstance(file, tuple):
        name, data = file
        return Job(name, data, "", max_size, timeout)
    return Job(str(file), None, str(file), max_size, timeout)


def _cores() -> int:
    """The cores that this process may use, which can be fewer than the machine has."""
    with contextlib.suppress(AttributeError, OSError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# ------------------------------------------------------------------ in this process


def _is_light(data: bytes) -> bool:
    from gongkai.annual_report.reading.sources import detect

    if len(data) > (_LIGHT if threading.current_thread() is threading.main_thread() else _UNWATCHED):
        return False
    if data[:64].lstrip()[:1] == b"{":
        return True
    try:
        kind = detect(data)
        if kind == "docx" or (kind == "sheet" and data.startswith(b"PK")):
            from gongkai.annual_report.reading.sources.archive import open_archive

            parts = open_archive(data).infolist()
            return sum(p.file_size for p in parts if p.filename.endswith((".xml", ".rels"))) <= _LIGHT_XML
    except NotReadable:
        return True
    return kind in ("text", "html", "markup", "mhtml")


class _TooLongError(BaseException):
    """Not an Exception, so that no reader takes it for a defect of the file."""


def _run_here(job: Job) -> Outcome:
    """Read in this process, with an alarm where one can be set."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return run(job)

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, job.seconds)
    try:
        return run(job)
    except _TooLongError:
        return Outcome(job.name, None, _too_long(job))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _too_long(job: Job) -> str:
    return f"读取超过 {job.seconds:g} 秒，已停止。"


# ------------------------------------------------------------------ in workers

_idle: deque[Worker] = deque()
_NO_WORKER = "读取进程无法启动，请检查本机的内存和进程数限制。"


def _work(jobs: list[Job], count: int, on_progress: Callable[[int], None] | None = None) -> Iterator[Outcome]:
    """Outcomes in the order of the jobs, from `count` workers."""
    waiting = deque(enumerate(jobs))
    done: dict[int, Outcome] = {}
    workers: list[Worker] = []
    following = finished = failed = 0
    try:
        while following < len(jobs):
            while len(workers) < min(count, len(jobs) - finished) and failed < _STARTS:
                try:
                    workers.append(_obtain())
                except OSError:
                    failed += 1
            for worker in workers:
                if worker.is_ready and worker.job is None and waiting:
                    worker.give(*waiting.popleft())
            for worker, said in _listen(workers):
                if said == READY:
                    worker.is_ready = True
                    continue
                if not isinstance(said, Outcome):
                    workers.remove(worker)
                    threading.Thread(target=worker.end).start()
                    failed += worker.job is None
                if worker.job is not None:
                    done[worker.place] = said if isinstance(said, Outcome) else Outcome(worker.job.name, None, said)
                    worker.job = None
                    finished += 1
            if not workers and failed >= _STARTS:
                done |= {place: Outcome(job.name, None, _NO_WORKER) for place, job in waiting}
                finished = len(jobs)
                waiting.clear()
            if on_progress is not None and done:
                on_progress(finished)
            while following in done:
                yield done.pop(following)
                following += 1
    finally:
        _release(workers)


def _listen(workers: list[Worker]) -> Iterator[tuple[Worker, Outcome | str]]:
    """Wait for the first news; each worker's word, or the reason why it has none and must go."""
    expected = [w for w in workers if w.job is not None or not w.is_ready]
    if not expected:
        return
    left = max(0.0, min(w.deadline for w in expected) - time.monotonic())
    answered = wait([w.pipe for w in expected], left)
    for worker in expected:
        if worker.pipe in answered:
            yield worker, worker.take() or "读取这个文件时进程意外终止（可能内存不足），没有读取。"
        elif time.monotonic() >= worker.deadline:
            yield worker, _NO_WORKER if worker.job is None else _too_long(worker.job)


def _obtain() -> Worker:
    """A worker kept from before, or a new one."""
    while _idle:
        with contextlib.suppress(IndexError):
            worker = _idle.pop()
            if worker.is_alive():
                return worker
            worker.end()
    return Worker()


def _release(workers: list[Worker]) -> None:
    """Keep a few for the next file; end the others, all at once and then one by one."""
    ended = []
    for worker in workers:
        if worker.is_ready and worker.job is None and worker.served < _MOST_SERVED and len(_idle) < _MOST_IDLE:
            _idle.append(worker)
        else:
            worker.ask_to_end()
            ended.append(worker)
    for worker in ended:
        worker.end()


@atexit.register
def _end_idle() -> None:
    kept = [w for w in _idle if w.owner == os.getpid()]  # not those of the process that forked this one
    _idle.clear()
    for worker in kept:
        worker.ask_to_end()
    for worker in kept:
        worker.end()
