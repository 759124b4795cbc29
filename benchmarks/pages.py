"""Pages of records, lists, topics and search results, on the demo county's records, against two views in bare Django.

`bare` hands out the same bytes and asks nobody: the bar is 1.3 times it for kept pages. `plain` is a view of a project as
`django-admin startproject` makes it, with its middleware, that asks the same database for the same rows and renders a
template without layout: the bar is 3 times it for pages made anew. Both ratios are reported for pages made anew.
"""

from __future__ import annotations

import re
import tempfile
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

from benchmarks.load import serving
from benchmarks.measure import Row
from benchmarks.site import BARE, FILL, compared, ours, python

PLAIN = """
import django
from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.urls import path

APPS = ["admin", "auth", "contenttypes", "sessions", "messages", "staticfiles"]
settings.configure(
    SECRET_KEY="x", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, USE_TZ=True,
    INSTALLED_APPS=[f"django.contrib.{app}" for app in APPS],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "../ours/gongkai.sqlite3"}},
)
django.setup()
from django.core.wsgi import get_wsgi_application
from django.db import models


class Agency(models.Model):
    name = models.CharField(max_length=100)

    class Meta:
        managed, db_table, app_label = False, "agencies_agency", "plain"


class Version(models.Model):
    content = models.JSONField()

    class Meta:
        managed, db_table, app_label = False, "disclosure_version", "plain"


class Shown(models.Model):
    record_id = models.BigIntegerField(primary_key=True)
    title = models.CharField(max_length=300)
    document_no = models.CharField(max_length=60)
    column = models.CharField(max_length=40)
    published_at = models.DateTimeField()
    agency = models.ForeignKey(Agency, models.PROTECT)
    version = models.ForeignKey(Version, models.PROTECT)

    class Meta:
        managed, db_table, app_label = False, "disclosure_shown", "plain"


PAGE = engines["django"].from_string(
    "<h1>{{ row.title }}</h1><p>{{ row.agency.name }} {{ row.published_at }}</p>"
    "<table>{% for name, value in row.version.content.items %}<tr><th>{{ name }}</th><td>{{ value }}</td></tr>{% endfor %}</table>"
)
LIST = engines["django"].from_string(
    "<p>{{ total }}</p><ul>{% for row in rows %}<li><a href='/content/{{ row.record_id }}/'>{{ row.title }}</a> "
    "{{ row.document_no }} {{ row.agency.name }} {{ row.published_at }}</li>{% endfor %}</ul>"
)


def record(request, pk):
    return HttpResponse(PAGE.render({"row": Shown.objects.select_related("agency", "version").get(pk=pk)}))


def listed(request, rows):
    shown = rows.select_related("agency").defer("version").order_by("-published_at")[:20]
    return HttpResponse(LIST.render({"rows": shown, "total": rows.count()}))


urlpatterns = [
    path("record/<int:pk>/", record),
    path("list/", lambda request: listed(request, Shown.objects.all())),
    path("column/", lambda request: listed(request, Shown.objects.filter(column="land"))),
    path("search/", lambda request: listed(request, Shown.objects.filter(title__contains=request.GET["q"]))),
]
application = get_wsgi_application()
"""
WORD = quote("征地补偿")
NOT_KEPT = "x=" + "y" * 200
"""No page with so long a question is kept: it is made anew on a site that otherwise keeps what it has counted."""


def run() -> list[Row]:
    """Every page kept and made anew, against both."""
    with tempfile.TemporaryDirectory(prefix="gongkai-pages-") as name, ExitStack() as stack:
        folder = Path(name)
        for part in ("ours", "plain"):
            (folder / part).mkdir()
        python(["-c", FILL], folder / "ours", ours(folder / "ours", 0))
        (folder / "plain" / "plain.py").write_text(PLAIN)
        kept = stack.enter_context(serving("gongkai.site.wsgi", folder, ours(folder / "ours", 600)))
        plain = stack.enter_context(serving("plain", folder / "plain", {"DJANGO_SETTINGS_MODULE": ""}))
        first = re.search(rb'href="/content/(\d+)/"', _get(f"{kept}/content/column/land/"))
        assert first, "the demo has no record on land"
        pk = first[1].decode()
        pages = [
            ("信息页", f"/content/{pk}/", f"/record/{pk}/"),
            ("列表", "/content/all/", "/list/"),
            ("专题", "/topics/land-compensation/", "/column/"),
            ("搜索结果", f"/search?q={WORD}", f"/search/?q={WORD}"),
        ]
        rows = []
        for label, address, other in pages:
            bare = stack.enter_context(_bytes(folder / label, _get(kept + address, "gzip")))
            rows.append(compared(f"{label}，缓存", kept + address, "裸 Django 视图，同样的字节", bare + "/"))
            made_anew = kept + address + ("&" if "?" in address else "?") + NOT_KEPT
            rows.append(compared(f"{label}，不缓存", made_anew, "裸 Django 视图，同样的数据", plain + other))
            rows.append(compared(f"{label}，不缓存", made_anew, "裸 Django 视图，同样的字节", bare + "/"))
        return rows


def _bytes(folder: Path, body: bytes) -> object:
    folder.mkdir()
    (folder / "body").write_bytes(body)
    (folder / "bare.py").write_text(BARE)
    return serving("bare", folder, {})


def _get(address: str, takes: str = "") -> bytes:
    request = urllib.request.Request(address, headers={"Accept-Encoding": takes} if takes else {})
    with urllib.request.urlopen(request) as answer:
        body: bytes = answer.read()
    return body


if __name__ == "__main__":
    for row in run():
        print(f"{row['name']:34} {row['baseline']:46} ×{row['ratio']:.2f}")
