"""The real server: restarts that lose no request, metrics over all its workers, logs, and when it does not start."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.places import Place
from tests.site.served import Server, serving


def workers(server: Server) -> set[str]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server.process.pid)], capture_output=True, text=True)
    return set(listed.stdout.split())


def until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise TimeoutError


def counted(server: Server, route: str) -> int:
    text = server.get("/metrics").text
    return sum(
        int(float(value)) for value in re.findall(rf'gongkai_requests_total{{[^}}]*route="{route}"[^}}]*}} (\S+)', text)
    )


def test_a_reload_loses_no_request_and_no_count(place: Place) -> None:
    place = place.with_settings(GONGKAI_LOG="INFO", GONGKAI_LOG_FORMAT="json")
    with serving(place) as server:
        before, done, failed = workers(server), [0], []
        is_over = threading.Event()

        def ask() -> None:
            while not is_over.is_set():
                try:
                    status = server.get("/report-check/demo/").status
                    done[0] += 1
                    if status >= 500:
                        failed.append(str(status))
                except OSError as error:
                    failed.append(repr(error))

        clients = [threading.Thread(target=ask) for _ in range(2)]
        for client in clients:
            client.start()
        until(lambda: done[0] >= 10)
        os.kill(server.process.pid, signal.SIGHUP)
        until(lambda: not before & workers(server))
        so_far = done[0]
        until(lambda: done[0] >= so_far + 10)
        is_over.set()
        for client in clients:
            client.join()
        assert not failed, (done, failed[:3])
        assert counted(server, "reporting:demo") == done[0], "what ended workers counted is kept"
        files = list((place.var / "metrics").glob("counter_*.db"))
        assert len(files) <= 3, "two workers and those that ended"
        lines = [json.loads(line) for line in server.log.read_text().splitlines()]
        answered = [line for line in lines if line.get("route") == "reporting:demo"]
        assert len(answered) == done[0]
        assert answered[0].keys() == {
            "time",
            "level",
            "logger",
            "message",
            "request",
            "method",
            "route",
            "status",
            "ms",
        }
        assert server.get("/metrics", X_Forwarded_For="1.2.3.4").status == 404


def test_it_does_not_start_on_wrong_settings_or_half_restored_data(place: Place) -> None:
    for settings, sentence in (
        ({"GONGKAI_HTTPS": "yes"}, "设置 GONGKAI_HTTPS“yes”不正确"),
        ({}, "上次恢复没有完成"),
    ):
        (place.var / "restore-unfinished").touch()
        done = place.with_settings(**settings).run(
            "-m", "gunicorn", "-c", "python:gongkai.site.gunicorn", "gongkai.site.wsgi"
        )
        assert done.returncode == 1 and sentence in done.stderr, done.stderr
        assert "Traceback" not in done.stderr


def test_while_it_runs_nothing_is_restored(place: Place, tmp_path: Path) -> None:
    with serving(place):
        done = place.run("-m", "gongkai", "backup", str(tmp_path / "b.tar.gz"))
        assert done.returncode == 0, done.stderr
        done = place.run("-m", "gongkai", "restore", str(tmp_path / "b.tar.gz"), "--force")
        assert (done.returncode, done.stderr) == (2, "网站正在运行，请先停止网站和读取进程，再恢复。\n")
