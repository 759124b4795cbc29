"""What machines read."""

from __future__ import annotations

from datetime import date

import lxml.html
import pytest
from django.test import Client
from lxml import etree

from gongkai.agencies.models import Agency, NameHeld
from gongkai.disclosure.models import Record, Shown
from gongkai.portal import bulk, freshness, machines
from tests.portal.some_records import NOON, a_record

pytestmark = pytest.mark.usefixtures("identity")
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_sitemap_lists_pages_that_exist(client: Client, county: Agency) -> None:
    root = etree.fromstring(client.get("/sitemap.xml").content)
    addresses = [str(node.text) for node in root.iter("{*}loc")]
    assert len(addresses) == len(set(addresses)) > Agency.objects.count()
    for address in addresses:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


@pytest.mark.usefixtures("records")
def test_the_sitemap_lists_whatever_has_an_address_of_its_own(client: Client, county: Agency) -> None:
    text = client.get("/sitemap.xml").content.decode()
    for path in (f"/content/agency/{county.pk}/", "/data/", "/api/docs/", "/topics/sample/", "/topics/sample/1/"):
        assert f"<loc>http://testserver{path}</loc>" in text, path


def test_a_long_sitemap_is_an_index_of_parts(
    client: Client, records: dict[str, Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [str(node.text) for node in etree.fromstring(client.get("/sitemap.xml").content).iter("{*}loc")]
    assert f"http://testserver/content/{records['standard'].pk}/" in whole
    assert f"http://testserver/content/{records['draft'].pk}/" not in whole
    monkeypatch.setattr(machines, "MOST_URLS", 40)
    freshness.forget()
    root = etree.fromstring(client.get("/sitemap.xml").content)
    assert root.tag.endswith("sitemapindex")
    parts = [str(node.text) for node in root.iter("{*}loc")]
    assert len(parts) == -(-len(whole) // 40)
    found = []
    for part in parts:
        listed = [str(node.text) for node in etree.fromstring(client.get(part).content).iter("{*}loc")]
        assert 0 < len(listed) <= 40
        found += listed
    assert found == whole
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_every_feed_is_listed_and_is_one(client: Client, records: dict[str, Record]) -> None:
    html = lxml.html.fromstring(client.get("/feeds/").content)
    addresses = html.xpath("//main//ul[@class='names']//a/@href")
    assert len(addresses) > 10
    for address in addresses:
        assert etree.fromstring(client.get(address).content).tag == ATOM + "feed", address


def test_the_feed_mixes_records_and_changes(client: Client, records: dict[str, Record]) -> None:
    entries = etree.fromstring(client.get("/feed/").content).findall(ATOM + "entry")
    titles = [entry.findtext(ATOM + "title") for entry in entries]
    assert {"青禾县2026年征地补偿标准", "青禾县卫生健康局由“青禾县卫生和计划生育局”更名"} <= set(titles)
    assert len(titles) == Shown.objects.count() + 2
    stamps = [entry.findtext(ATOM + "published") for entry in entries]
    assert stamps == sorted(stamps, reverse=True)


@pytest.mark.parametrize("address", ["/feed/", "/content/all/feed.xml", "/search/feed.xml?q=莼菜"])
def test_a_summary_is_the_abstract_or_else_the_number(client: Client, county: Agency, address: str) -> None:
    """As text: readers of feeds take a summary for HTML."""
    a_record(county, title="莼菜一", abstract="每斤<b>三元</b>\x0b以上")
    a_record(county, title="莼菜二", abstract="", document_no="青政发〔2026〕900号")
    a_record(county, title="莼菜三", abstract="", document_no="")
    entries = etree.fromstring(client.get(address).content).findall(ATOM + "entry")
    summaries = {one.findtext(ATOM + "title"): one.findtext(ATOM + "summary") for one in entries}
    assert summaries.items() >= {
        "莼菜一": "每斤&lt;b&gt;三元&lt;/b&gt;以上", "莼菜二": "青政发〔2026〕900号", "莼菜三": "莼菜三"
    }.items()  # fmt: skip


def test_robots_keep_out_of_choices_and_uploads(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    for path in ("/display/", "/search", "/report-check/b/", "/office/"):
        assert f"Disallow: {path}\n" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_feed_is_atom_newest_first(client: Client, county: Agency) -> None:
    answer = client.get("/feed/")
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = etree.fromstring(answer.content)
    assert root.tag == ATOM + "feed"
    entries = root.findall(ATOM + "entry")
    assert len(entries) == 2
    assert entries[0].findtext(ATOM + "title") == "青禾县卫生健康局由“青禾县卫生和计划生育局”更名"
    stamps = [entry.findtext(ATOM + "updated") for entry in entries]
    assert stamps == sorted(stamps, reverse=True)
    assert len({entry.findtext(ATOM + "id") for entry in entries}) == 2


def test_what_became_of_an_agency_keeps_its_name_in_the_feed(client: Client, county: Agency) -> None:
    """Whatever else comes or goes; two of one agency on one day are told apart."""

    def ids() -> dict[str, str]:
        freshness.forget()
        entries = etree.fromstring(client.get("/feed/").content).findall(ATOM + "entry")
        return {str(one.findtext(ATOM + "title")): str(one.findtext(ATOM + "id")) for one in entries}

    before = ids()
    health = Agency.objects.get(name="青禾县卫生健康局")
    NameHeld.objects.create(agency=health, name="青禾县卫生局", until=date(2026, 2, 10))
    a_record(county, at=NOON)
    after = ids()
    assert len(after) == len(set(after.values())) == len(before) + 2
    assert {title: after[title] for title in before} == before


def test_the_feed_without_anything_is_still_a_feed(client: Client) -> None:
    assert etree.fromstring(client.get("/feed/").content).find(ATOM + "entry") is None


def test_the_root_of_the_api_names_addresses_that_answer(client: Client, county: Agency) -> None:
    bulk.make()
    document = client.get("/api/").json()
    assert document["site"] == "青禾县人民政府"
    assert document["site_code"] == "9901210001"
    for address in document["links"].values():
        path = address.removeprefix("http://testserver").replace("{words}", "财政")
        assert client.get(path).status_code == 200, address
