"""The public site of the demo county, with all its records and topics, against a bare Django view and against a new
`wagtail start` project, all on a gunicorn of two workers. Of pages made anew nothing is kept, no part of them either.

Bars: home and list, kept, take at most 1.3 times the bare view; made anew, no longer than the starter project's pages.
Run as a script it prints requests a second; `run()` returns the rows for docs/benchmarks.md.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from benchmarks.load import WRK, requests_a_second, serving
from benchmarks.measure import Row

SECONDS = 1
ROUNDS = 11
SOURCE = Path(__file__).resolve().parents[1] / "src"

BARE = """
import django
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

settings.configure(SECRET_KEY="x", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
django.setup()
from django.core.wsgi import get_wsgi_application

BODY = open("body", "rb").read()


def view(request):
    return HttpResponse(BODY, headers={"Content-Encoding": "gzip"})


urlpatterns = [path("", view)]
application = get_wsgi_application()
"""
STARTER = """
from starter.settings.base import *

DEBUG = False
SECRET_KEY = "x"
ALLOWED_HOSTS = ["127.0.0.1"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
"""
FILL = """
import django

django.setup()
from django.core.management import call_command

call_command("migrate", verbosity=0)
from gongkai.site.demo import prepare

prepare()
"""


def ours(folder: Path, seconds: int) -> dict[str, str]:
    """The environment of our site; `seconds` that pages are kept."""
    return {
        "PYTHONPATH": str(SOURCE), "GONGKAI_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "gongkai.site.settings",
        "DATABASE_URL": "", "GONGKAI_PAGE_SECONDS": str(seconds),
    }  # fmt: skip


def run() -> list[Row]:
    """Every comparison, in turn, so that a machine that gets slower is slower for all."""
    if not WRK:
        print("wrk 未安装（apt-get install -y wrk），改用自带的客户端；数值偏低，比值仍可比。")
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        for part in ("ours", "bare", "wagtail"):
            (folder / part).mkdir()
        python(["-c", FILL], folder / "ours", ours(folder / "ours", 0))
        python(["-m", "wagtail.bin.wagtail", "start", "starter", "."], folder / "wagtail", {})
        (folder / "wagtail" / "bench.py").write_text(STARTER)
        python(["manage.py", "migrate", "-v0"], folder / "wagtail", {"DJANGO_SETTINGS_MODULE": "bench"})
        kept = stack.enter_context(serving("gongkai.site.wsgi", folder, ours(folder / "ours", 600)))
        fresh = stack.enter_context(serving("gongkai.site.wsgi", folder, ours(folder / "ours", 0)))
        request = urllib.request.Request(kept, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as answer:
            (folder / "bare" / "body").write_bytes(answer.read())
        (folder / "bare" / "bare.py").write_text(BARE)
        bare = stack.enter_context(serving("bare", folder / "bare", {}))
        settings = {"DJANGO_SETTINGS_MODULE": "bench"}
        starter = stack.enter_context(serving("starter.wsgi", folder / "wagtail", settings))
        pairs = [
            ("首页，缓存", kept + "/", "裸 Django 视图，同样的内容", bare + "/"),
            ("机关名录，缓存", kept + "/agencies/", "裸 Django 视图，同样的内容", bare + "/"),
            ("404，缓存", kept + "/nothing", "裸 Django 404", bare + "/nothing"),
            ("首页，不缓存", fresh + "/", "裸 Django 视图，同样的内容", bare + "/"),
            ("首页，不缓存", fresh + "/", "wagtail start 首页", starter + "/"),
            ("机关名录，不缓存", fresh + "/agencies/", "wagtail start 首页", starter + "/"),
            ("机关名录，不缓存", fresh + "/agencies/", "wagtail start 搜索", starter + "/search/?query=a"),
            ("404，不缓存", fresh + "/nothing", "wagtail start 404", starter + "/nothing/"),
        ]
        return [compared(*pair) for pair in pairs]


def compared(name: str, address: str, other_name: str, other: str) -> Row:
    """Both in turn; of each the best turn, the one least disturbed by what else the machine does."""
    status = 404 if "404" in name else 200
    for each in (address, other):
        requests_a_second(each, 1, status)
    rates = [
        (requests_a_second(address, SECONDS, status), requests_a_second(other, SECONDS, status)) for _ in range(ROUNDS)
    ]
    mine, theirs = (max(side) for side in zip(*rates, strict=True))
    return Row(
        name=f"{name}（{mine:.0f} 次/秒）",
        baseline=f"{other_name}（{theirs:.0f} 次/秒）",
        ours_seconds=1 / mine,
        baseline_seconds=1 / theirs,
        ratio=theirs / mine,
    )


def python(arguments: list[str], folder: Path, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, *arguments], cwd=folder, env={**os.environ, **environment}, check=True)


def main() -> None:
    for row in run():
        print(f"{row['name']:30} {row['baseline']:40} ×{row['ratio']:.2f}")


if __name__ == "__main__":
    main()
