"""Load on a server: a gunicorn of two workers, and requests a second by `wrk`, or by a small client where it is absent."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

WRK = shutil.which("wrk")
CONNECTIONS = 8
_HEADERS = {"Accept-Encoding": "gzip"}  # as every browser sends


@contextmanager
def serving(application: str, folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The address of a gunicorn of two workers, as long as it is needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
        "--log-level",
        "error",
    ]
    process = subprocess.Popen([*command, application], cwd=folder, env={**os.environ, **environment})
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def requests_a_second(address: str, seconds: int, status: int = 200) -> float:
    """How many are answered in a second, all with this status."""
    rate, wrong = (_wrk if WRK else _client)(address, seconds, status)
    if wrong:
        raise RuntimeError(f"{address}: {wrong} answers without status {status}")
    return rate


def _wrk(address: str, seconds: int, status: int) -> tuple[float, int]:
    headers = [part for name, value in _HEADERS.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *headers, address]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s*([\d.]+)", shown)
    total = re.search(r"(\d+) requests in", shown)
    if not rate or not total:
        raise RuntimeError(shown)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", shown)
    others = int(bad[1]) if bad else 0
    return float(rate[1]), others if status == 200 else int(total[1]) - others


def _client(address: str, seconds: int, status: int) -> tuple[float, int]:
    return asyncio.run(_ask(address, seconds, status))


async def _ask(address: str, seconds: int, status: int) -> tuple[float, int]:
    parts = urlsplit(address)
    head = "".join(f"{name}: {value}\r\n" for name, value in _HEADERS.items())
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    request = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n{head}\r\n".encode()
    until, counts = time.perf_counter() + seconds, [0, 0]

    async def visitor() -> None:
        while time.perf_counter() < until:
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            writer.write(request)
            answer = await reader.read()
            writer.close()
            counts[0] += 1
            counts[1] += not answer.startswith(f"HTTP/1.1 {status}".encode())

    await asyncio.gather(*(visitor() for _ in range(CONNECTIONS)))
    return counts[0] / seconds, counts[1]
