"""Two hundred readers while an editor publishes: `python -m benchmarks.readers [SECONDS]`.

The server is ours as systemd starts it (gunicorn with its threads), the data the demo county's. `wrk` asks for the home page,
a list, a record and a search result on 200 connections, while another process takes records through draft, four reviews
and publication, again and again. Reported: requests, errors, median and 99th percentile, and what was published meanwhile.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.pages import WORD
from benchmarks.site import FILL, ours, python

READERS = 200
EDITOR = """
import time

import django

django.setup()
from datetime import date

from gongkai.agencies.doer import Doer
from gongkai.agencies.models import Agency, Staff
from gongkai.disclosure import actions


def doer(name):
    return Doer(Staff.objects.get(username=name))


office = Agency.objects.get(name="青禾县人民政府办公室")
number = 0
while True:
    number += 1
    record = actions.draft(
        doer("lin.he"), office, title=f"测量用通知第{number}号", item="A20_15", theme="综合政务\\\\政务公开", abstract="测量。",
        body="<p>测量。</p>", attribute="proactive", formed_on=date(2026, 3, 2), column="openness",
    )
    record = actions.submit(doer("lin.he"), record)
    for name in ("zhou.qing", "fang.yuan", "gu.an", "shen.mu"):
        record = actions.pass_step(doer(name), record, record.digest(), proofread="没有发现差错")
    actions.publish(doer("lin.he"), record)
    print(record.pk, flush=True)
    time.sleep(0.2)
"""
SCRIPT = """
local paths = {"/", "/content/all/", "/content/%s/", "/search?q=%s", "/topics/land-compensation/"}
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", paths[n %% #paths + 1], {["Accept-Encoding"] = "gzip"})
end
"""


def main(seconds: int) -> None:
    """Fill, serve, read, publish, print."""
    with tempfile.TemporaryDirectory(prefix="gongkai-readers-") as name:
        folder = Path(name)
        settings = ours(folder, 60)
        python(["-c", FILL], folder, settings)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        environment = {**os.environ, **settings, "GONGKAI_BIND": address}
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:gongkai.site.gunicorn", "gongkai.site.wsgi"],
            cwd=folder, env=environment,
        )  # fmt: skip
        editor = None
        try:
            first = _first(f"http://{address}")
            (folder / "paths.lua").write_text(SCRIPT % (first, WORD))
            editor = subprocess.Popen(
                [sys.executable, "-c", EDITOR], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
            )
            assert editor.stdout
            editor.stdout.readline()  # it has begun
            done = subprocess.run(
                ["wrk", "-t2", f"-c{READERS}", f"-d{seconds}s", "--timeout", "10s", "--latency", "-s", "paths.lua",
                 f"http://{address}"],
                cwd=folder, capture_output=True, text=True, check=True,
            )  # fmt: skip
            editor.send_signal(signal.SIGKILL)
            published = editor.stdout.read().split()
            print(done.stdout)
            print(f"{READERS} 个读者，{seconds} 秒，其间发布 {len(published)} 条")
            last = urllib.request.urlopen(f"http://{address}/content/{published[-1]}/") if published else None
            print(f"最后发布的一条：{last.status if last else '没有'}")
            wrong = re.search(r"Socket errors: .*|Non-2xx or 3xx responses: .*", done.stdout)
            print(f"错误：{wrong[0] if wrong else '没有'}")
        finally:
            for process in (editor, server):
                if process is not None:
                    process.terminate()
                    process.wait(20)


def _first(address: str) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/content/column/land/") as answer:
                found = re.search(r'href="/content/(\d+)/"', answer.read().decode())
                assert found
                return found[1]
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
