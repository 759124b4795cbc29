"""`python -m gongkai.site run`: database, demo data, server, reader and chores, in one go; any Django command besides."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

PORT = 8000


def main() -> int:
    """Run the server, or hand any other command to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings")
    if sys.argv[1:2] != ["run"]:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["gongkai.site", *sys.argv[1:]])
        return 0
    parser = argparse.ArgumentParser(prog="gongkai.site run")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--no-demo", action="store_true", help="不生成示例数据")
    args = parser.parse_args(sys.argv[2:])
    return run(args.host, args.port, demo=not args.no_demo)


def run(host: str, port: int, demo: bool) -> int:
    """Prepare everything and serve until interrupted. 2 where the port is taken."""
    if _taken(host, port):
        print(f"端口 {port} 已被占用，可能已有一个在运行：请打开 http://{host}:{port}/ ，或用 --port 换一个端口。")
        return 2
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.VAR.mkdir(parents=True, exist_ok=True)
    django.setup()
    call_command("migrate", verbosity=0)
    from gongkai.reporting import actions
    from gongkai.site import demo as county

    actions.purge()
    if demo:
        county.prepare()
    commands = [
        [sys.executable, "-m", "gunicorn", "-c", "python:gongkai.site.gunicorn", "--bind", f"{host}:{port}",
         "--workers", "1", "--threads", "8", "gongkai.site.wsgi"],
        [sys.executable, "-m", "gongkai.site", "read_uploads"],
        [sys.executable, "-m", "gongkai.site", "run_chores"],
    ]  # fmt: skip
    children = [subprocess.Popen(command) for command in commands]

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        _wait_until(host, port)
        print(
            f"已就绪：请在浏览器打开 http://{host}:{port}/ ，年报核校在 http://{host}:{port}/report-check/ （按 Ctrl+C 停止）",
            flush=True,
        )
        print("\n".join([f"工作台在 http://{host}:{port}/office/", *county.accounts()]), flush=True)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait()


def _taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _wait_until(host: str, port: int) -> None:
    """Until the server accepts connections, at most half a minute."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
