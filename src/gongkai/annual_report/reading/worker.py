"""One process that reads files for another, within bounds of time and memory.

A new interpreter, not a fork: safe under a web server's threads, and nothing is inherited but its own pipe.
It ends with the process that started it, even where that one is killed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from gongkai.annual_report.reading.limits import MEMORY
from gongkai.annual_report.reading.outcome import Outcome
from gongkai.annual_report.reading.stream import NotReadable

_GRACE = 2.0  # seconds between asking a worker to end and ending it
_MAIN = "import sys; from gongkai.annual_report.reading.worker import main; main(int(sys.argv[1]))"
READY = "ready"


class Job(NamedTuple):
    """One file: its name, and its bytes or the path to open and the most bytes to take from it."""

    name: str
    data: bytes | None = None
    path: str = ""
    max_size: int = 0
    seconds: float = 0.0


class Worker:
    """A reading process, seen from outside."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        environment = dict(os.environ, PYTHONPATH=os.pathsep.join(filter(None, sys.path)))
        # All cores are used by many workers, not by many threads in each.
        environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _MAIN, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl-C is for the process that started it
            )
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self.pipe = Connection(ours.detach())
        self.is_ready = False
        self.owner = os.getpid()
        self.place = self.served = 0
        self.job: Job | None = None
        self.deadline = time.monotonic() + 60

    def give(self, place: int, job: Job) -> None:
        """Hand over a file. A worker that has died meanwhile is found out by `take`."""
        self.served += 1
        self.place, self.job, self.deadline = place, job, time.monotonic() + job.seconds
        with contextlib.suppress(OSError):
            self.pipe.send(tuple(job))

    def take(self) -> Outcome | str | None:
        """What the worker says: READY, an outcome, or None where it has died."""
        try:
            said: Outcome | str = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return said

    def is_alive(self) -> bool:
        """Whether it can be given a file: it runs, and is ours, not our parent's from before a fork."""
        return self.owner == os.getpid() and self.process.poll() is None

    def ask_to_end(self) -> None:
        """The worker ends what it has started (LibreOffice), then itself."""
        self.pipe.close()
        if self.owner == os.getpid():
            with contextlib.suppress(OSError):
                self.process.terminate()

    def end(self) -> None:
        """Be sure that it has ended."""
        if not self.pipe.closed:
            self.ask_to_end()
        if self.owner != os.getpid():
            return
        try:
            self.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


# ------------------------------------------------------------------ inside the process


def main(handle: int) -> None:
    """The worker's life: read what comes until the pipe closes."""
    pipe = Connection(handle)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    _limit_memory()
    from gongkai.annual_report.reading import decode, sources  # noqa: F401  (paid once, before the clock runs)

    inbox: SimpleQueue[tuple[str, bytes | None, str, int, float]] = SimpleQueue()

    def listen() -> None:
        # A thread of its own, so that the end of the other process is noticed in the middle of a file.
        with contextlib.suppress(EOFError, OSError):
            while True:
                inbox.put(pipe.recv())
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_GRACE)
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    pipe.send(READY)
    while True:
        job = Job(*inbox.get())
        _limit_seconds(job.seconds)
        with contextlib.suppress(OSError):
            pipe.send(run(job))


def run(job: Job) -> Outcome:
    """Read one file in this process; every failure becomes its reason."""
    from gongkai.annual_report.reading import read_bytes

    try:
        if job.data is not None:
            data = job.data
        else:
            with open(job.path, "rb") as file:
                data = file.read(job.max_size + 1)
            if len(data) > job.max_size:
                return Outcome(job.name, None, too_large(max(len(data), os.path.getsize(job.path)), job.max_size))
        return Outcome(job.name, read_bytes(data, Path(job.name).name))
    except NotReadable as error:
        return Outcome(job.name, None, str(error))
    except OSError as error:
        return Outcome(job.name, None, f"文件打不开：{error.strerror or error}。")
    except MemoryError:
        return Outcome(job.name, None, OUT_OF_MEMORY)
    except RecursionError:
        return Outcome(job.name, None, "文件的结构嵌套过深，没有读取。")
    except Exception as error:  # a defect of a reader must cost one file, not the batch
        return Outcome(job.name, None, f"读取时出现内部错误（{type(error).__name__}），请把这个文件发给维护者。")


OUT_OF_MEMORY = "读取这个文件需要的内存过大，已停止。"


def too_large(size: int, limit: int) -> str:
    """The reason for a file over the limit."""
    return f"文件有 {size / 1e6:.1f} MB，超过 {limit / 1e6:g} MB 的上限。"


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on every system
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_seconds(seconds: float) -> None:
    """The last resort where nobody is left to watch: the system ends a worker that computes far too long."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        limit = int(used.ru_utime + used.ru_stime + 2 * seconds + 10)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, most))
