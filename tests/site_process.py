"""The real site in processes of its own, as `make run` starts it, on a free port and a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Site:
    """A running site."""

    url: str
    port: int
    process: subprocess.Popen[str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(port: int, *more: str) -> list[str]:
    return [sys.executable, "-m", "gongkai.site", "run", "--port", str(port), *more]


def environment(var: Path) -> dict[str, str]:
    """What a process of the site is told: its folder, and a database in it."""
    return {
        **os.environ,
        "GONGKAI_VAR": str(var),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "gongkai.site.settings",
    }


@contextmanager
def running(var: Path, *more: str) -> Iterator[Site]:
    """A site that answers, stopped again at the end."""
    port = free_port()
    process = subprocess.Popen(
        command(port, *more), env=environment(var), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    site = Site(f"http://127.0.0.1:{port}", port, process)
    try:
        wait_for(site)
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        if process.stdout:
            process.stdout.close()


def wait_for(site: Site) -> None:
    for _ in range(1200):
        if site.process.poll() is not None:
            raise RuntimeError(site.process.stdout.read() if site.process.stdout else "the site ended")
        try:
            with urllib.request.urlopen(site.url + "/healthz", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError("the site did not start")
