"""How gunicorn serves the site: `gunicorn -c python:gongkai.site.gunicorn gongkai.site.wsgi`.

`kill -HUP` (systemctl reload) starts new workers with the code as it is then and lets the old ones finish what they
are answering: no request is lost in an upgrade.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from gongkai.site import environment, logs

_ENV, _WRONG = environment.read(os.environ)
if _WRONG:
    sys.exit("\n".join(_WRONG))
_VAR = Path(_ENV["GONGKAI_VAR"]).resolve()

bind = _ENV["GONGKAI_BIND"]
workers = _ENV["GONGKAI_WORKERS"]
threads = _ENV["GONGKAI_THREADS"]
worker_class = "gthread"
timeout = 120
graceful_timeout = 60
keepalive = 5
# A worker lives for so many requests: memory that a library loses comes back. Not all at the same time.
max_requests = 5000
max_requests_jitter = 1000
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  (heartbeats, off the disk)
control_socket_disable = True
logconfig_dict = logs.configuration(_ENV["GONGKAI_LOG"], _ENV["GONGKAI_LOG_FORMAT"])

_COUNTED = _VAR / "metrics"
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_COUNTED)  # before prometheus_client is imported: it looks once
_held: list[Any] = []


def on_starting(server: Any) -> None:
    """Before the first worker: not on data that is half restored; and nobody restores while this runs."""
    import fcntl

    from gongkai.site import metric_files

    _VAR.mkdir(parents=True, exist_ok=True)
    if (_VAR / "restore-unfinished").exists():
        sys.exit("上次恢复没有完成，网站没有启动；请重新运行 gongkai restore 文件 --force。")
    lock = (_VAR / "server.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        sys.exit("正在恢复备份，网站没有启动；请等恢复完成。")
    _held.append(lock)
    metric_files.empty(_COUNTED)


def child_exit(server: Any, worker: Any) -> None:
    """What an ended worker counted is kept."""
    from gongkai.site import metric_files

    metric_files.fold(_COUNTED, worker.pid)
