"""Many files on all cores, each within bounds of size, time and memory.

A file that hangs, crashes its reader or eats memory costs that file only: its worker is replaced and the
others go on. Workers die with their parent, and with what they started (LibreOffice).
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing as mp
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from gongkai.annual_report.reading.limits import MAX_SIZE, MEMORY, TIMEOUT
from gongkai.annual_report.reading.stream import NotReadable
from gongkai.annual_report.report import Report

_LIGHT = 2_000_000  # text up to this size is read in this process: starting another costs more than it guards
_PR_SET_PDEATHSIG = 1
_GRACE = 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its report, or the one-sentence reason why there is none."""

    name: str
    report: Report | None = None
    reason: str = ""


def read_one_bounded(
    data: bytes, name: str = "", *, timeout: float = TIMEOUT, max_size: int = MAX_SIZE
) -> Outcome:
    """One file already in memory. Never raises for what is in it."""
    too_large = _too_large(len(data), max_size)
    if too_large:
        return Outcome(name, None, too_large)
    if len(data) <= _LIGHT and _is_light(data):
        return _read(name, data)
    (outcome,) = _work([(name, data)], 1, timeout)
    return outcome


def read_many(
    files: Sequence[str | Path],
    *,
    workers: int | None = None,
    timeout: float = TIMEOUT,
    max_size: int = MAX_SIZE,
) -> Iterator[Outcome]:
    """The outcome of every file, in the order given; `name` is the path as given. `timeout` is seconds a file."""
    jobs = ((str(file), _File(str(file), max_size)) for file in files)
    yield from _work(jobs, max(1, min(workers or os.cpu_count() or 1, len(files))), timeout)


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be opened by the worker that reads it."""

    path: str
    max_size: int


def _too_large(size: int, max_size: int) -> str:
    return f"文件有 {size / 1e6:.1f} MB，超过 {max_size / 1e6:g} MB 的上限。" if size > max_size else ""


def _is_light(data: bytes) -> bool:
    from gongkai.annual_report.reading.sources import detect

    try:
        return detect(data) in ("text", "html")
    except NotReadable:
        return True


def _read(name: str, what: bytes | _File) -> Outcome:
    """Read one file in this process; every failure becomes its reason."""
    from gongkai.annual_report.reading import read_bytes

    try:
        if isinstance(what, _File):
            with open(what.path, "rb") as file:
                data = file.read(what.max_size + 1)
            too_large = _too_large(len(data), what.max_size)
            if too_large:
                return Outcome(name, None, _too_large(os.path.getsize(what.path), what.max_size))
        else:
            data = what
        return Outcome(name, read_bytes(data, Path(name).name))
    except NotReadable as error:
        return Outcome(name, None, str(error))
    except OSError as error:
        return Outcome(name, None, f"文件打不开：{error.strerror or error}。")
    except MemoryError:
        return Outcome(name, None, "读取这个文件需要的内存过大，已停止。")
    except RecursionError:
        return Outcome(name, None, "文件的结构嵌套过深，没有读取。")
    except Exception as error:  # a defect of a reader must cost one file, not the batch
        return Outcome(name, None, f"读取时出现内部错误（{type(error).__name__}），请把这个文件发给维护者。")


# ------------------------------------------------------------------ workers


class _Worker:
    """A process that reads one file after another."""

    def __init__(self) -> None:
        # Forking is quick but unsafe once this process has threads (a web server has).
        context: Any = mp.get_context("fork" if threading.active_count() == 1 else "spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, os.getpid()), daemon=True)
        self.process.start()
        theirs.close()
        self.job: tuple[int, str] | None = None
        self.deadline = 0.0

    def give(self, index: int, name: str, what: bytes | _File, timeout: float) -> None:
        self.job, self.deadline = (index, name), time.monotonic() + timeout
        self.pipe.send((name, what))

    def take(self) -> Outcome | None:
        """The outcome that is ready; None where the worker died instead."""
        try:
            outcome: Outcome = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return outcome

    def stop(self) -> None:
        self.pipe.close()
        if self.process.is_alive():
            self.process.terminate()  # lets it end what it started
            self.process.join(_GRACE)
            if self.process.is_alive():
                self.process.kill()
        self.process.join()


def _work(jobs: Iterable[tuple[str, bytes | _File]], count: int, timeout: float) -> Iterator[Outcome]:
    """Outcomes in the order of the jobs, from `count` workers."""
    queue = enumerate(jobs)
    ready: dict[int, Outcome] = {}
    following = 0
    workers: list[_Worker] = []
    try:
        workers = [_Worker() for _ in range(count)]
        busy = [w for w in workers if _next(w, queue, timeout)]
        while busy:
            left = max(0.0, min(w.deadline for w in busy) - time.monotonic())
            answered = wait([w.pipe for w in busy], left)
            for worker in list(busy):
                if worker.pipe in answered:
                    outcome = worker.take()
                    reason = "读取这个文件时进程意外终止（可能内存不足）。"
                elif time.monotonic() >= worker.deadline:
                    outcome, reason = None, f"读取超过 {timeout:g} 秒，已停止。"
                else:
                    continue
                assert worker.job is not None
                index, name = worker.job
                ready[index] = outcome or Outcome(name, None, reason)
                busy.remove(worker)
                if outcome is None:
                    worker.stop()
                    workers.remove(worker)
                    worker = _Worker()
                    workers.append(worker)
                if _next(worker, queue, timeout):
                    busy.append(worker)
            while following in ready:
                yield ready.pop(following)
                following += 1
    finally:
        for worker in workers:
            worker.stop()


def _next(worker: _Worker, queue: Iterator[tuple[int, tuple[str, bytes | _File]]], timeout: float) -> bool:
    """Give a worker the next job; False where there is none."""
    job = next(queue, None)
    if job is None:
        worker.job = None
        return False
    index, (name, what) = job
    worker.give(index, name, what, timeout)
    return True


def _serve(pipe: Connection, parent: int) -> None:
    """The worker's life: read what comes until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # the parent died before the line above
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        try:
            name, what = pipe.recv()
            pipe.send(_read(name, what))
        except (EOFError, OSError):
            return
