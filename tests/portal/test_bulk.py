"""The nightly files: all that is public and nothing else, kept until something in them is taken back."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from gongkai.cli import main
from gongkai.disclosure import shown
from gongkai.disclosure.models import Record, Shown
from gongkai.portal import bulk
from gongkai.portal.models import Bulk
from tests.portal.some_records import NOON, a_record, a_version

pytestmark = pytest.mark.usefixtures("identity")
CSV, JSONL = "/data/records.csv.gz", "/data/records.jsonl.gz"


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return gzip.decompress(b"".join(answer.streaming_content)).decode()  # type: ignore[attr-defined]


def test_they_hold_all_that_is_public_and_nothing_else(client: Client, records: dict[str, Record]) -> None:
    records["standard"].title = "未审定的新标题"
    records["standard"].save()
    assert bulk.make() == Shown.objects.count()
    table = read(client, CSV)
    assert table.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(table.removeprefix("\ufeff"))))
    lines = [json.loads(line) for line in read(client, JSONL).splitlines()]
    assert (
        {row["标题"] for row in rows}
        == {line["title"] for line in lines}
        == set(Shown.objects.values_list("title", flat=True))
    )
    for word in ("草稿", "撤回的名单", "未审定"):
        assert word not in table
        assert word not in json.dumps(lines, ensure_ascii=False)
    one = next(line for line in lines if line["title"] == "青禾县2026年征地补偿标准")
    assert one["url"] == f"https://www.qinghe.example/content/{records['standard'].pk}/"
    assert one["files"][0]["name"] == "标准.pdf"
    assert "52000" in one["body"]
    assert "attribute_reason" not in one
    assert one["particulars"] == {}
    meeting = next(line for line in lines if line["particulars"])
    assert (meeting["particulars"]["会议类别"], meeting["particulars"]["召开日期"]) == ("政府常务会议", "2026-03-01")


def test_who_has_it_is_told_so(client: Client, records: dict[str, Record]) -> None:
    bulk.make()
    answer = client.head(CSV)
    etag, changed = answer["ETag"], answer["Last-Modified"]
    assert int(answer["Content-Length"]) == Bulk.objects.get(kind="csv").size
    assert client.get(CSV, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(CSV, headers={"If-Modified-Since": changed}).status_code == 304
    again = client.get(CSV, headers={"If-None-Match": '"0"'})
    assert (again.status_code, len(b"".join(again.streaming_content))) == (200, int(answer["Content-Length"]))  # type: ignore[attr-defined]
    root = client.get("/api/").json()["links"]
    assert root["records_csv"].endswith(CSV)
    assert root["records_jsonl"].endswith(JSONL)
    assert CSV in client.get("/content/").content.decode()


def withdraw(record: Record) -> None:
    record.is_public, record.state = False, "withdrawn"
    record.save()
    shown.bring(record)


def correct(record: Record) -> None:
    a_version(record, erratum="遮盖个人信息")
    shown.bring(record)


@pytest.mark.parametrize("change", [withdraw, correct, lambda record: shown.bring_all()])
def test_what_is_taken_back_is_not_handed_out_any_more(
    client: Client, records: dict[str, Record], change: Any, django_capture_on_commit_callbacks: Any
) -> None:
    bulk.make()
    with django_capture_on_commit_callbacks(execute=True):
        change(records["standard"])
    assert client.get(CSV).status_code == client.get(JSONL).status_code == 404
    assert bulk.chore()
    assert ("征地补偿标准" in read(client, CSV)) == (change is not withdraw)


def test_what_is_taken_back_while_they_are_made_is_not_handed_out(
    client: Client, records: dict[str, Record], monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    write = bulk._write

    def slowly(paths: Any) -> int:
        count = write(paths)
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(records["standard"])
        return count

    monkeypatch.setattr(bulk, "_write", slowly)
    bulk.make()
    assert client.get(CSV).status_code == 404


def test_once_a_night_and_the_old_files_go(
    client: Client, records: dict[str, Record], django_capture_on_commit_callbacks: Any
) -> None:
    assert bulk.chore() == f"{Shown.objects.count()} 条"
    assert bulk.chore() == ""
    old = Bulk.objects.get(kind="csv").name
    with django_capture_on_commit_callbacks(execute=True):
        a_record(records["standard"].agency, title="刚刚公布", at=NOON)
    assert bulk.chore() == ""
    Bulk.objects.update(at=timezone.now() - timedelta(days=1))
    assert bulk.chore() == f"{Shown.objects.count()} 条"
    assert "刚刚公布" in read(client, CSV)
    assert not default_storage.exists(old)
    assert default_storage.exists(Bulk.objects.get(kind="csv").name)


def test_the_command_makes_them_now(records: dict[str, Record], capsys: Any) -> None:
    assert main(["export", "records"]) == 0
    assert f"已写出 {Shown.objects.count()} 条" in capsys.readouterr().out
    assert main(["export"]) == 2


def test_until_they_are_made_a_page_says_so(client: Client, records: dict[str, Record]) -> None:
    for address in ("/data/", CSV, JSONL):
        answer = client.get(address)
        assert answer.status_code == (200 if address == "/data/" else 404)
        assert answer.content.decode().count(bulk.NOT_YET) == 1
    assert client.get(CSV)["Retry-After"] == "120"


def test_a_page_says_what_they_are(
    client: Client, records: dict[str, Record], django_capture_on_commit_callbacks: Any
) -> None:
    assert bulk.NOT_YET in client.get("/data/").content.decode()  # and the page is kept
    bulk.make()
    page = client.get("/data/").content.decode()
    assert bulk.NOT_YET not in page
    assert page.count(f"{Shown.objects.count()} 条") == 2
    assert CSV in page and JSONL in page
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(records["standard"])
    assert bulk.NOT_YET in client.get("/data/").content.decode()
