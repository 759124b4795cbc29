"""kill -9 while people write: what was acknowledged is there, and the audit chain holds."""

from __future__ import annotations

import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests import places, postgres
from tests.places import Place
from tests.site.served import Server, serving

_CONTENT = """
import django, json
django.setup()
from gongkai.audit.models import Entry
from gongkai.reporting.models import Upload
print(json.dumps({
    "entries": dict(Entry.objects.values_list("label", "number")),
    "uploads": [u.path.read_text() for u in Upload.objects.select_related("batch")],
}))
"""


@dataclass
class Acknowledged:
    """What the server said it has done."""

    entries: dict[str, int] = field(default_factory=dict)
    uploads: list[str] = field(default_factory=list)


def write_until_killed(server: Server, name: str, said: Acknowledged) -> None:
    page = server.get("/report-check/")
    cookie = str(page.headers["Set-Cookie"]).split(";")[0]
    token = cookie.removeprefix("csrftoken=")
    number = 0
    while True:
        number += 1
        label = f"{name}-{number}"
        try:
            answer = server.get("/record", "POST", label.encode())
            if answer.status == 200:
                said.entries[label] = int(answer.text)
            body = urlencode({"csrfmiddlewaretoken": token, "text": label}).encode()
            form = "application/x-www-form-urlencoded"
            if server.get("/report-check/", "POST", body, Cookie=cookie, Content_Type=form).status == 302:
                said.uploads.append(label)
        except (OSError, http.client.HTTPException):
            return


def killed_while_writing(place: Place, *, database: postgres.Cluster | None = None) -> None:
    said = Acknowledged()
    with serving(place, application="tests.site.recorder") as server:
        names = [f"{place.var.parent.name}-{n}" for n in range(3)]
        writers = [threading.Thread(target=write_until_killed, args=(server, name, said)) for name in names]
        for writer in writers:
            writer.start()
        for _ in range(600):
            if len(said.entries) >= 60 and len(said.uploads) >= 20:
                break
            time.sleep(0.05)
        if database:
            database.crash()
        server.kill()
        for writer in writers:
            writer.join()
    assert len(said.entries) >= 60 and len(said.uploads) >= 20, said
    if database:
        database.start()
    with serving(place) as server:  # it starts again without anybody's help
        assert server.get("/readyz").status == 200
        done = place.run("-c", _CONTENT)
        assert done.returncode == 0, done.stderr
        kept = json.loads(done.stdout)
        assert {label: kept["entries"].get(label) for label in said.entries} == said.entries
        assert set(said.uploads) <= set(kept["uploads"])
        checked = place.run("-m", "gongkai", "audit", "verify")
        assert checked.returncode == 0, checked.stdout
        assert f"第 1 至 {max(kept['entries'].values())} 条完好" in checked.stdout


def test_a_killed_server_has_lost_nothing_it_acknowledged(place: Place) -> None:
    killed_while_writing(place.with_settings(GONGKAI_LOG="ERROR"))


@pytest.mark.skipif(not places.SERVER, reason="runs with the tests on PostgreSQL")
def test_a_database_killed_with_it_has_lost_nothing(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    with (
        postgres.cluster(safe=True) as database,
        places.place(tmp_path / "var", shared, server=database.url) as place,
    ):
        killed_while_writing(place, database=database)
