"""A PostgreSQL server of one's own: made in a temporary folder, reached through a socket in it, gone at the end."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def programs() -> Path | None:
    """The folder with initdb and pg_ctl: Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


@dataclass
class Cluster:
    """A running server."""

    url: str
    folder: Path
    _command: Callable[..., None]
    _options: str

    def start(self) -> None:
        """Start it, and wait until it has recovered."""
        self._command("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/server.log",
                      "-o", self._options, "start")  # fmt: skip

    def stop(self) -> None:
        """Stop it without ceremony."""
        self._command("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")

    def crash(self) -> None:
        """kill -9 of every one of its processes."""
        master = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(master)], capture_output=True, text=True, check=False
        )
        for pid in [master, *map(int, listed.stdout.split())]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for _ in range(100):
            if not Path(f"/proc/{master}").exists():
                break
            time.sleep(0.1)


@contextmanager
def cluster(*, safe: bool = False) -> Iterator[Cluster]:
    """A fresh server. `safe` makes it write to disk as a real one does; else it is fast."""
    bin_folder = programs()
    if bin_folder is None:
        raise RuntimeError("PostgreSQL is not installed; on Debian: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="gk-pg-"))
    # PostgreSQL refuses to run as root.
    become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if become:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        log = folder / "log"
        with log.open("a") as out:
            command = [*become, f"{bin_folder}/{program}", *arguments]
            done = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, cwd=folder, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{log.read_text()}")

    try:
        run("initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale",
            *([] if safe else ["--no-sync"]))  # fmt: skip
        options = f"-k {folder} -c listen_addresses='' -c max_connections=60 {'' if safe else _FAST}"
        made = Cluster(f"postgres://postgres@{quote(str(folder), safe='')}/postgres", folder, run, options)
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def with_name(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def execute(url: str, sql: str) -> None:
    """One statement outside any transaction."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())
