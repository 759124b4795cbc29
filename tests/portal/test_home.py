"""The home page: every number opens a list of as many."""

from __future__ import annotations

from datetime import date
from typing import Any

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.disclosure import lists
from gongkai.disclosure.lists import Wanted
from gongkai.disclosure.models import Record
from gongkai.portal import home, queries, written
from gongkai.portal.models import Topic
from tests.portal.some_county import an_agency
from tests.portal.some_records import a_record
from tests.portal.test_agencies import walk
from tests.portal.test_record_lists import walk as walk_records

pytestmark = pytest.mark.usefixtures("identity")


def test_it_works(client: Client, county: Agency) -> None:
    html = client.get("/").content.decode()
    assert "青禾县人民政府" in html
    assert "查找政府信息" in html


def test_every_number_opens_a_list_of_as_many(client: Client, records: dict[str, Record]) -> None:
    figures = home.figures()
    assert {figure.label for figure in figures} >= {
        "公开机关",
        "工作部门",
        "乡镇人民政府",
        "公共企事业单位",
        "现行有效的规范性文件",
    }
    for figure in figures:
        if figure.url.startswith("/agencies/changes"):
            continue
        titles = walk_records(client, figure.url) if figure.url.startswith("/content/") else walk(client, figure.url)
        assert len(titles) == figure.value, figure


def test_the_newest_records_documents_and_interpretations_stand_there(
    client: Client, records: dict[str, Record]
) -> None:
    html = lxml.html.fromstring(client.get("/").content)

    def titles(section: str) -> list[str]:
        return [str(a.text) for a in html.xpath(f"//section[@aria-labelledby='{section}']//ul//a")]

    newest = titles("newest-title")
    assert {"青禾县2026年征地补偿标准", "青禾县公共租赁住房管理办法"} <= set(newest)
    assert "青禾县未公开的草稿" not in newest
    assert titles("documents-title")[0] == "青禾县农业补贴管理办法（修订）"
    assert titles("interpretations-title") == ["《青禾县农业补贴管理办法（修订）》解读"]
    dates = html.xpath("//section[@aria-labelledby='newest-title']//time/@datetime")
    assert dates == sorted(dates, reverse=True)


def test_an_agency_lists_its_own(client: Client, records: dict[str, Record]) -> None:
    finance = Agency.objects.get(name="青禾县财政局")
    html = lxml.html.fromstring(client.get(f"/agencies/{finance.pk}/").content)
    section = html.xpath("//section[@aria-labelledby='newest-title']")[0]
    assert section.xpath(".//ul//a")[1].text == "青禾县农业补贴管理办法（修订）"
    assert "3 条" in section.text_content()
    for link in section.xpath(".//dl//a"):
        assert len(walk_records(client, link.get("href"))) == int(link.text.split()[0]), link.get("href")


def test_while_there_is_nothing_it_says_what_will_be_there(client: Client) -> None:
    html = client.get("/").content.decode()
    assert html.count('class="empty"') == 2
    assert "None" not in html


def test_its_numbers_are_those_of_the_lists(records: dict[str, Record]) -> None:
    shown = {figure.label: figure.value for figure in home.figures()}
    tally = lists.tally()
    assert shown["现行有效的规范性文件"] == tally.in_force
    assert shown.get("本年公开政府信息", 0) == tally.this_year
    assert shown.get("本年政策解读", 0) == tally.interpretations
    assert shown["公开机关"] == queries.kinds()[0].count


def test_lists_read_together_are_what_each_is_by_itself(records: dict[str, Record]) -> None:
    together = home.records()
    wanted = {
        "newest": (Wanted(), home.NEWEST),
        "documents": (Wanted(is_normative=True), home.BESIDE),
        "interpretations": (Wanted(column="interpretation"), home.BESIDE),
    }
    for name, (one, most) in wanted.items():
        alone = lists.newest(one, most)
        assert [row for row, _ in together[name]] == alone, name
        assert [row.agency.label for row, _ in together[name]] == [row.agency.label for row in alone]


def test_its_statements_are_those_of_the_day(
    records: dict[str, Record], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that began yesterday asks for today."""
    settings.PAGE_SECONDS = 0
    a_record(records["standard"].agency, title="青禾县刚刚公布的文件", at=timezone.now())
    assert "本年公开政府信息" in {figure.label for figure in home.figures()}
    monkeypatch.setattr(written, "today", lambda: date(2040, 1, 1))
    assert "本年公开政府信息" not in {figure.label for figure in home.figures()}


def test_what_is_kept_of_it_is_counted_anew_after_a_change(
    client: Client, records: dict[str, Record], settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PAGE_SECONDS = 600
    address = "/?x=" + "y" * 200  # too long to be kept as a page

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    def shown() -> dict[str, int]:
        html = lxml.html.fromstring(client.get(address).content)
        found = html.xpath("//ul[@class='figures']//a")
        return {str(a.find("span").text): int(a.find("b").text) for a in found}

    client.get(address)
    assert asked() == 2  # lists and topics
    before = shown()
    with django_capture_on_commit_callbacks(execute=True):
        a_record(records["standard"].agency, title="青禾县刚刚公布的文件", is_normative=True, at=timezone.now())
    assert shown()["现行有效的规范性文件"] == before["现行有效的规范性文件"] + 1
    with django_capture_on_commit_callbacks(execute=True):
        an_agency("青禾县气象局", records["standard"].agency)
    assert shown()["公开机关"] == before["公开机关"] + 1
    with django_capture_on_commit_callbacks(execute=True):
        Topic.objects.create(agency=records["standard"].agency, slug="land", title="征地和补偿", is_shown=True)
    assert "征地和补偿" in client.get(address).content.decode()
