"""The home page: every number opens a list of as many."""

from __future__ import annotations

import lxml.html
import pytest
from django.test import Client

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Record
from gongkai.portal import home
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
