"""How many questions each page asks the database, when it is made anew."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Record
from tests.portal.pages import html_pages, machine_pages
from tests.portal.some_county import an_agency
from tests.portal.some_records import a_file, a_record

MOST = {
    "/": 4, "/guide/": 4, "/rules/": 2, "/content/": 9, "/reports/": 2, "/apply/": 2, "/agencies/": 3,
    "/agencies/changes/": 3, "/about/": 1, "/search?q=财政": 12, "/sitemap.xml": 11, "/feed/": 4, "/api/": 1,
    "/nothing-here": 1, "/content/catalogue/": 3, "/content/all/": 10, "/content/all/?year=2026&validity=in_force&agency=1": 11,
    "/content/normative/": 9, "/content/item/A20_01/": 10, "/content/agency/1/": 11, "/content/all/feed.xml": 2,
}  # fmt: skip


@pytest.mark.usefixtures("identity")
@pytest.mark.parametrize("address", MOST)
def test_a_page_asks_few_questions_however_many_agencies_there_are(
    client: Client, county: Agency, settings: Any, address: str
) -> None:
    settings.PAGE_SECONDS = 0
    for number in range(60):
        an_agency(f"第{number}局", county)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert len(captured) <= MOST[address], [query["sql"] for query in captured]


@pytest.mark.usefixtures("identity")
@pytest.mark.parametrize(
    "address",
    [
        "/search?q=青禾县",
        "/search?q=补贴+办法",
        "/search?q=区片&order=newest",
        "/search?q=青禾县&year=2026",
        f"/search?q={'没有这个词的一个很长的问题' * 7}",
        "/search?q=没有+这个词+补贴+飞碟",
    ],
)
def test_a_search_asks_few(client: Client, records: dict[str, Record], settings: Any, address: str) -> None:
    settings.PAGE_SECONDS = 0
    client.get(address)  # the question is known from now on
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert len(captured) <= 12, [query["sql"][:90] for query in captured]


@pytest.mark.usefixtures("identity")
def test_every_page_of_records_asks_few(client: Client, records: dict[str, Record], settings: Any) -> None:
    settings.PAGE_SECONDS = 0
    for address in [*html_pages(), *machine_pages()]:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) <= 12, (address, [query["sql"][:90] for query in captured])


@pytest.mark.usefixtures("identity")
def test_every_page_of_more_hits_than_are_counted_asks_few(client: Client, county: Agency, settings: Any) -> None:
    settings.PAGE_SECONDS = 0
    for number in range(210):  # on one day: nothing but the title tells them apart
        one = a_record(county, title=f"第{number}号{'公示' if number % 3 == 0 else '名单'}", body="<p>公示七天。</p>")
        if number % 7 == 0:
            a_file(one, "公示表.pdf")
    address, pages = "/search?q=公示", 0
    while address:
        for cache in caches.all():
            cache.clear()
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address).content.decode()
        assert len(captured) <= 12, (address, [query["sql"][:90] for query in captured])
        after = re.search(r'href="(/search\?[^"]*after=[^"]*)"', page)
        address, pages = after[1].replace("&amp;", "&") if after else "", pages + 1
    assert pages == 11


@pytest.mark.usefixtures("identity", "records")
@pytest.mark.parametrize(
    ("address", "most"), [("/feed/", 4), ("/content/all/feed.xml", 2), ("/search/feed.xml?q=青禾县", 8)]
)
def test_a_feed_asks_no_more_with_many_entries(client: Client, settings: Any, address: str, most: int) -> None:
    settings.PAGE_SECONDS = 0
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert len(captured) <= most, [query["sql"][:90] for query in captured]


@pytest.mark.usefixtures("identity")
def test_the_page_of_an_agency_asks_few(client: Client, county: Agency, settings: Any) -> None:
    settings.PAGE_SECONDS = 0
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/agencies/{county.pk}/")
    assert len(captured) <= 7
