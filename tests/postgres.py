"""A PostgreSQL server of one's own: made in a temporary folder, reached through a socket in it, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def cluster(*, safe: bool = False) -> Iterator[str]:
    """The address of a fresh server. `safe` makes it write to disk as a real one does; else it is fast."""
    bin_folder = programs()
    if bin_folder is None:
        raise RuntimeError("PostgreSQL is not installed; on Debian: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="gk-pg-"))
    # PostgreSQL refuses to run as root.
    become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if become:
        shutil.chown(folder, "postgres")

    def run(*command: str) -> None:
        log = folder / "log"
        with log.open("a") as out:
            done = subprocess.run([*become, *command], stdout=out, stderr=subprocess.STDOUT, cwd=folder, check=False)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{log.read_text()}")

    data = str(folder / "data")
    try:
        run(f"{bin_folder}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale",
            *([] if safe else ["--no-sync"]))  # fmt: skip
        options = f"-k {folder} -c listen_addresses='' -c max_connections=60 {'' if safe else _FAST}"
        run(f"{bin_folder}/pg_ctl", "-D", data, "-w", "-l", f"{folder}/server.log", "-o", options, "start")
        try:
            yield f"postgres://postgres@{quote(str(folder), safe='')}/postgres"
        finally:
            run(f"{bin_folder}/pg_ctl", "-D", data, "-m", "immediate", "stop")
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
