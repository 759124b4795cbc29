"""What changes is seen at once, by every process; what the change does not touch stays kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.models import Agency
from gongkai.disclosure import shown
from gongkai.disclosure.models import FileEvent, Link, Record
from gongkai.portal import groups, marks
from tests.portal.pages import html_pages, machine_pages
from tests.portal.some_records import NOON, a_record, a_version

pytestmark = pytest.mark.usefixtures("identity")
Records = dict[str, Record]


def withdraw(record: Record) -> None:
    record.is_public, record.state = False, "withdrawn"
    record.save()
    FileEvent.objects.create(record=record, number=99, kind="withdrawn", who="某人", digest="0", note="有误")
    shown.bring(record)


def correct(record: Record) -> None:
    record.title += "（更正）"
    record.save()
    a_version(record, erratum="更正标题")
    shown.bring(record)


def move(record: Record) -> None:
    """To another item, theme, field, column and agency, and into the library."""
    record.item, record.theme, record.field, record.column = "A20_07", "科技、教育", 3, "budget"
    record.is_normative, record.agency = True, Agency.objects.get(name="青禾县教育局")
    record.save()
    a_version(record, erratum="更正分类")
    shown.bring(record)


def publish(record: Record) -> None:
    a_record(record.agency, title="青禾县刚刚公布的文件", item="A20_09", theme="科技、教育", column="rules", at=NOON)


def untie(record: Record) -> None:
    for tie in Link.objects.all():
        tie.delete()


CHANGES: dict[str, tuple[str, Callable[[Record], None]]] = {
    "withdrawn": ("standard", withdraw),
    "withdrawn interpretation": ("reading", withdraw),
    "corrected": ("in_force", correct),
    "moved": ("standard", move),
    "published": ("standard", publish),
    "untied": ("reading", untie),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_page_is_shown_as_it_was(
    client: Client, records: Records, settings: Any, django_capture_on_commit_callbacks: Any, change: str
) -> None:
    name, act = CHANGES[change]
    # Whole lists, not their filters: these share their group.
    addresses = [one for one in [*html_pages(), *machine_pages()] if "?" not in one or "feed" in one]
    for address in addresses:
        client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        act(records[name])
    kept = {one: client.get(one).content for one in addresses}
    settings.PAGE_SECONDS = 0
    for address in addresses:
        assert kept[address] == client.get(address).content, address


@pytest.mark.parametrize(
    ("change", "gone", "stays"),
    [
        (
            "withdrawn",
            ["/content/{standard}/", "/content/item/A20_11/", "/content/field/12/", "/content/column/land/",
             "/content/agency/{county}/", "/agencies/{county}/", "/content/theme/5/feed.xml", "/content/", "/", "/feed/",
             "/sitemap.xml", "/content/all/", "/search?q=征地"],
            ["/content/{in_force}/", "/content/{amended}/", "/content/item/A20_01/", "/content/normative/", "/rules/",
             "/content/agency/{finance}/", "/agencies/{finance}/", "/guide/", "/agencies/", "/robots.txt",
             "/content/field/3/", "/content/column/budget/"],
        ),
        (
            "withdrawn interpretation",
            ["/content/{reading}/", "/content/{in_force}/", "/content/column/interpretation/"],
            ["/content/{repealed}/", "/content/{standard}/", "/content/normative/", "/content/field/12/"],
        ),
        (
            "corrected",
            ["/content/{in_force}/", "/content/{reading}/", "/content/{repealed}/", "/content/normative/"],
            ["/content/{standard}/", "/content/item/A20_11/", "/content/agency/{county}/", "/content/field/12/"],
        ),
        (
            "untied",
            ["/content/{in_force}/", "/content/{reading}/", "/content/{repealed}/"],
            ["/", "/content/", "/content/all/", "/content/normative/", "/content/{amended}/", "/sitemap.xml"],
        ),
    ],
)  # fmt: skip
def test_what_must_go_goes_and_the_rest_stays(
    client: Client, records: Records, django_capture_on_commit_callbacks: Any,
    change: str, gone: list[str], stays: list[str],
) -> None:  # fmt: skip
    known = {key: record.pk for key, record in records.items()}
    known |= {"county": records["standard"].agency_id, "finance": records["in_force"].agency_id}
    gone, stays = ([address.format(**known) for address in some] for some in (gone, stays))
    for address in gone + stays:
        assert client.get(address).status_code == 200, address
    name, act = CHANGES[change]
    with django_capture_on_commit_callbacks(execute=True):
        act(records[name])
    for address in gone + stays:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert bool(captured) is (address in gone), address


def test_counts_are_kept_until_a_publication(client: Client, records: Records, settings: Any) -> None:
    """Who turns the page or sorts does not have everything counted again."""
    settings.PAGE_SECONDS = 600
    before = client.get("/content/all/").content
    with CaptureQueriesContext(connection) as asked:
        client.get("/content/all/?order=oldest")
    assert len(asked) == 1
    publish(records["standard"])
    marks.change([groups.RECORDS])  # as the end of the transaction does
    assert client.get("/content/all/").content != before
    found = client.get("/content/all/?order=oldest").content
    settings.PAGE_SECONDS = 0
    assert client.get("/content/all/?order=oldest").content == found


def test_a_change_that_is_rolled_back_changes_no_mark(
    records: Records, django_capture_on_commit_callbacks: Any
) -> None:
    before = marks.now(groups.RECORDS)
    with django_capture_on_commit_callbacks(execute=False):
        shown.bring(records["standard"])
    assert marks.now(groups.RECORDS) == before


def test_all_at_once_is_a_change_of_everything(
    client: Client, records: Records, django_capture_on_commit_callbacks: Any
) -> None:
    client.get("/rules/")
    with django_capture_on_commit_callbacks(execute=True):
        shown.bring_all()
    with CaptureQueriesContext(connection) as captured:
        client.get("/rules/")
    assert captured


def test_a_page_made_while_its_record_changes_is_not_shown_afterwards(
    client: Client, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongkai.portal import records as pages

    address, real = f"/content/{records['standard'].pk}/", pages.record_page.versions

    def meanwhile(row: Any) -> Any:
        marks.change([groups.of_record(row.pk)])
        return real(row)

    monkeypatch.setattr(pages.record_page, "versions", meanwhile)
    client.get(address)
    monkeypatch.undo()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert captured


def test_every_process_of_a_machine_sees_it(tmp_path: Path) -> None:
    mine = marks._File(tmp_path / "marks")
    before = mine.now(["a", "b"])
    assert mine.now(["a", "b"]) == before
    child = os.fork()
    if not child:
        marks._File(tmp_path / "marks").change(["b"])
        os._exit(0)
    os.waitpid(child, 0)
    after = mine.now(["a", "b"])
    assert after != before
    assert mine.now(["a"]) == before[:16]


def test_what_a_shared_cache_has_lost_is_not_believed() -> None:
    shared = marks._Shared()
    before = shared.now(["a", "b"])
    assert shared.now(["a", "b"]) == before
    caches["pages"].delete("mark.a")
    assert shared.now(["a", "b"]) != before
    assert shared.now(["b"]) == before[16:]
    shared.change(["b"])
    assert shared.now(["b"]) != before[16:]
