"""`python -m gongkai.site run`, for real."""

from __future__ import annotations

import os
import re
import subprocess
import time
import urllib.request
from pathlib import Path

from tests.site_process import command, running


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def children(pid: int) -> list[str]:
    return subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split()


def test_it_serves_the_demo_and_stops_without_leaving_a_process(tmp_path: Path) -> None:
    with running(tmp_path) as site:
        assert "青禾县人民政府" in get(site.url)
        assert "核校政府信息公开工作年度报告" in get(site.url + "/report-check/")
        for _ in range(600):
            html = get(site.url + "/report-check/demo/")
            if "已读取" not in html:  # every report has been read and the result is counted
                break
            time.sleep(0.2)
        assert "青禾县" in html
        assert re.search(r"\d+ 份有错误", html)
        second = subprocess.run(
            command(site.port),
            env={**os.environ, "GONGKAI_VAR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 2
        assert "已被占用" in second.stdout
        started = children(site.process.pid)
        assert len(started) >= 2
    for pid in started:
        assert not Path(f"/proc/{pid}").exists()
    # A second start finds its database and demo and is harmless.
    with running(tmp_path) as site:
        assert "青禾县" in get(site.url + "/report-check/demo/")
