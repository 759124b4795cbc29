"""The real server, as systemd starts it, in processes of its own."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.places import Place
from tests.site_process import free_port


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode(errors="replace"))
        finally:
            connection.close()

    def kill(self) -> None:
        """kill -9 of the master and every worker at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(place: Place, *options: str, application: str = "gongkai.site.wsgi") -> Iterator[Server]:
    """A server that answers; stopped at the end unless it was killed."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:gongkai.site.gunicorn", *options, application]
    log = place.var / "server.log"
    environment = {**place.environment, "GONGKAI_BIND": f"127.0.0.1:{port}"}
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=environment, stderr=out, stdout=out, start_new_session=True)
    server = Server(port, process, log)
    try:
        _wait(server)
        yield server
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait(server: Server) -> None:
    for _ in range(600):
        if server.process.poll() is not None:
            break
        try:
            if server.get("/healthz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{server.log.read_text()}")
