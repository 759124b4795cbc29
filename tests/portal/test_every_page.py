"""What every public page must have, walked from the URL configuration."""

from __future__ import annotations

import re
from typing import Any

import lxml.html
import pytest
from django.test import Client

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Record
from gongkai.portal import bulk
from gongkai.portal.display import CHOICES
from gongkai.portal.models import Identity
from tests.portal.pages import ACTIONS, FILES, MACHINES, files, html_pages, machine_pages, patterns
from tests.portal.some_records import a_record

pytestmark = pytest.mark.usefixtures("records", "identity")


@pytest.fixture(autouse=True)
def data(records: Any, identity: Identity) -> None:
    """The files of the night."""
    bulk.make()


def status(answer: Any) -> int:
    """What was answered; a file is read to its end, which closes it."""
    if answer.streaming:
        list(answer.streaming_content)
    return int(answer.status_code)


def test_they_work(client: Client) -> None:
    for address in [*html_pages(), *machine_pages(), *files()]:
        assert status(client.get(address)) == 200, address
        assert status(client.head(address)) == 200, address
        assert status(client.post(address)) == 405, address


def test_none_is_forgotten() -> None:
    assert len(html_pages()) >= 15
    assert set(patterns()) > MACHINES | ACTIONS | FILES


def meta(html: lxml.html.HtmlElement) -> dict[str, str]:
    return {tag.get("name"): tag.get("content") for tag in html.xpath("//meta[@name]")}


def test_they_carry_the_tags_of_the_site_and_the_column(client: Client) -> None:
    for address in html_pages():
        tags = meta(lxml.html.fromstring(client.get(address).content))
        assert tags["SiteName"] == "青禾县人民政府", address
        assert tags["SiteDomain"] == "www.qinghe.example"
        assert tags["SiteIDCode"] == "9901210001"
        assert all(value and value != "None" for value in tags.values()), (address, tags)
        if address != "/":
            assert {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"} <= set(tags), address


def test_rules_of_agencies_stand_below_those_of_the_state(client: Client, records: dict[str, Record]) -> None:
    assert "现在还没有" in client.get("/rules/").content.decode()
    made = a_record(records["standard"].agency, title="青禾县信息公开审查制度", column="rules")
    page = lxml.html.fromstring(client.get("/rules/?again").content)
    assert page.xpath("//section[@id='local']//a/@href") == [f"/content/{made.pk}/"]
    assert "青禾县信息公开审查制度" in client.get("/content/column/rules/").content.decode()


def test_columns_differ_in_their_tags(client: Client, records: dict[str, Record]) -> None:
    agency = records["standard"].agency_id
    lists = ["/content/", "/content/all/", "/content/normative/", "/content/column/land/", "/content/column/meetings/",
             "/content/item/A20_01/", "/content/theme/22/", "/content/field/12/", f"/content/agency/{agency}/",
             "/content/catalogue/", "/content/catalogue/field/12/", "/topics/", "/topics/sample/"]  # fmt: skip
    tags = {address: meta(lxml.html.fromstring(client.get(address).content)) for address in lists}
    for tag in ("ColumnName", "ColumnDescription"):
        assert len({found[tag] for found in tags.values()}) == len(lists), tag
    assert tags["/content/column/land/"]["ColumnName"] == "土地征收"
    assert tags["/content/column/land/"]["ColumnType"] == "信息公开，土地征收"
    assert tags["/content/normative/"]["ColumnType"] == "信息公开，政策文件"
    assert tags["/topics/sample/"]["ColumnName"] == "农业补贴专题"


def test_a_record_stands_in_its_column(client: Client, records: dict[str, Record]) -> None:
    for name, title, address in (
        ("standard", "土地征收", "/content/column/land/"),
        ("in_force", "行政规范性文件", "/content/normative/"),
    ):
        html = lxml.html.fromstring(client.get(f"/content/{records[name].pk}/").content)
        assert meta(html)["ColumnName"] == title
        assert html.xpath("//nav[@aria-label='当前位置']//a")[-1].text == title
        assert html.xpath("//nav[@aria-label='当前位置']//a/@href")[-1] == address
        assert html.xpath("//dl[@aria-label='信息要素']//a[contains(@href, '/content/item/')]")


def test_they_carry_the_marks_of_the_site_in_the_footer(client: Client, identity: Identity) -> None:
    for address in html_pages():
        footer = lxml.html.fromstring(client.get(address).content).find(".//footer").text_content()
        for mark in ("site_code", "icp", "police", "sponsor", "operator", "phone", "email", "address"):
            assert getattr(identity, mark) in footer, (address, mark)
        assert "党政机关网站标识" in footer
        assert "我为政府网站找错" in footer


def test_they_have_one_heading_a_title_a_way_past_the_navigation_and_a_breadcrumb(client: Client) -> None:
    for address in html_pages():
        html = lxml.html.fromstring(client.get(address).content)
        assert len(html.xpath("//h1")) == 1, address
        assert html.get("lang") == "zh-CN"
        assert html.findtext(".//title").strip().endswith("青禾县人民政府 政府信息公开")
        assert html.xpath("//body/*[1]")[0].get("href") == "#main"
        assert len(html.xpath("//main[@id='main']")) == 1
        ids = html.xpath("//@id")
        assert len(ids) == len(set(ids)), address
        levels = [int(node.tag[1]) for node in html.xpath("//h1|//h2|//h3")]
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), address
        if address != "/":
            assert html.xpath("//nav[@aria-label='当前位置']//li[1]/a/@href") == ["/"]


def test_the_five_columns_are_on_every_page_in_their_order(client: Client) -> None:
    for address in html_pages():
        html = lxml.html.fromstring(client.get(address).content)
        names = [link.text_content() for link in html.xpath("//nav[@aria-label='栏目']//a")]
        assert names == ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"]


def test_they_have_no_script_and_no_style_of_their_own(client: Client) -> None:
    for address in html_pages():
        answer = client.get(address)
        html = re.sub(r'<script type="application/ld\+json">[^<>&]*</script>', "", answer.content.decode())
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", html), address
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_they_set_no_cookie(client: Client) -> None:
    for address in [*html_pages(), *machine_pages(), *files()]:
        answer = client.get(address)
        assert not answer.cookies, address
        status(answer)


def test_they_exist_in_every_display(client: Client) -> None:
    for key, choice in CHOICES.items():
        client.cookies["display"] = key
        for address in html_pages():
            html = lxml.html.fromstring(client.get(address).content)
            assert (html.get("class") or "") == choice.classes, (address, key)


def test_every_link_of_the_site_leads_somewhere(client: Client) -> None:
    seen = set()
    for address in html_pages():
        for link in lxml.html.fromstring(client.get(address).content).xpath("//a/@href"):
            path = link.split("#")[0]
            if path.startswith("/") and path not in seen:
                seen.add(path)
                assert status(client.get(path)) in (200, 302), (address, link)
    assert len(seen) > 50


def test_every_link_within_a_page_has_its_target(client: Client) -> None:
    pages = {address: lxml.html.fromstring(client.get(address).content) for address in html_pages()}
    for address, html in pages.items():
        for link in html.xpath("//a/@href[contains(., '#')]"):
            path, _, anchor = link.partition("#")
            there = pages.get(path or address)
            assert there is not None, (address, link)
            assert there.xpath("//*[@id=$anchor]", anchor=anchor), (address, link)


def test_dates_are_written_in_chinese(client: Client, county: Agency) -> None:
    assert "2026年3月5日" in client.get("/").content.decode()
    assert not re.search(r">\s*\d{4}-\d\d-\d\d\s*<", client.get("/agencies/changes/").content.decode())
