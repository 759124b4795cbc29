"""Attachments: as a download, and only while their record is public."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from gongkai.agencies.models import Agency
from gongkai.disclosure import shown
from gongkai.disclosure.models import Record
from gongkai.portal import described
from gongkai.portal.files import TYPES
from tests.portal.some_records import a_file, a_record, a_version

pytestmark = pytest.mark.usefixtures("identity")


def fetched(client: Client, address: str) -> tuple[int, bytes, Any]:
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, content, answer


def test_it_works(client: Client, county: Agency) -> None:
    record = a_record(county)
    file = a_file(record, "补偿 标准（2026年）.docx", b"PK\x03\x04abc")
    link = described.files(record.shown)[0].url
    status, content, answer = fetched(client, link)
    assert (status, content) == (200, b"PK\x03\x04abc")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%A1%A5")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert client.post(f"/files/{file.pk}/x").status_code == 405


def test_the_name_in_the_address_is_only_for_people(client: Client, county: Agency) -> None:
    file = a_file(a_record(county), "标准.pdf")
    assert fetched(client, f"/files/{file.pk}/随便.html")[2]["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    "name", ["a/b.pdf", "..", "a\n.pdf", "?.pdf", "#1.pdf", "100%.pdf", "无后缀", "x.html", "x.svg"]
)
def test_any_name_can_be_linked_and_nothing_becomes_a_page(client: Client, county: Agency, name: str) -> None:
    record = a_record(county)
    a_file(record, name)
    status, _, answer = fetched(client, described.files(record.shown)[0].url)
    assert status == 200
    assert answer["Content-Type"] in ("application/pdf", "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment")


def test_what_has_not_changed_is_not_sent_again(client: Client, county: Agency) -> None:
    file = a_file(a_record(county))
    etag = fetched(client, f"/files/{file.pk}/x")[2]["ETag"]
    for asked in (etag, f'"other", {etag}', "*"):
        again = client.get(f"/files/{file.pk}/x", headers={"if-none-match": asked})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag), asked
        assert again["Cache-Control"] == "no-cache" and "sandbox" in again["Content-Security-Policy"]
    other = client.get(f"/files/{file.pk}/x", headers={"if-none-match": '"other"'})
    assert b"".join(other.streaming_content) == b"%PDF-1.7 standard"


def test_who_had_it_is_told_no_more_once_it_is_not_public(client: Client, county: Agency) -> None:
    """304 would say that it is there."""
    record = a_record(county)
    file = a_file(record)
    etag = fetched(client, f"/files/{file.pk}/x")[2]["ETag"]
    Record.objects.filter(pk=record.pk).update(is_public=False, state="withdrawn")
    for asked in (etag, "*"):
        assert client.get(f"/files/{file.pk}/x", headers={"if-none-match": asked}).status_code == 404
    hidden = a_file(a_record(county, "draft"))
    assert client.get(f"/files/{hidden.pk}/x", headers={"if-none-match": "*"}).status_code == 404


@pytest.mark.parametrize("state", ["draft", "in_review", "returned", "approved", "withdrawn"])
def test_what_is_not_public_is_not_there(client: Client, county: Agency, state: str) -> None:
    file = a_file(a_record(county, state))
    status, content, _ = fetched(client, f"/files/{file.pk}/标准.pdf")
    assert status == 404
    assert content == client.get("/files/99999999/标准.pdf").content


def test_a_file_of_the_next_version_waits_and_one_taken_out_goes(client: Client, county: Agency) -> None:
    record = a_record(county)
    first = a_file(record)
    second = a_file(Record.objects.get(pk=record.pk), "新.pdf", b"%PDF-new")
    version = record.versions.get()
    version.files = [file for file in version.files if file["pk"] == first.pk]
    version.save()
    assert [fetched(client, f"/files/{one.pk}/x")[0] for one in (first, second)] == [200, 404]
    first.is_removed = True
    first.save()
    assert fetched(client, f"/files/{first.pk}/x")[0] == 200  # what is public still has it
    a_version(record, erratum="换附件")
    shown.bring(record)
    assert [fetched(client, f"/files/{one.pk}/x")[0] for one in (first, second)] == [404, 200]


def test_what_the_storage_lost_is_not_an_error(client: Client, county: Agency) -> None:
    file = a_file(a_record(county), content=b"%PDF-lost")
    default_storage.delete(file.path)
    assert fetched(client, f"/files/{file.pk}/x")[0] == 404


def test_no_type_is_one_that_a_browser_runs() -> None:
    for label, media in TYPES.values():
        assert label
        assert not re.search("html|xml$|svg|javascript", media)
