"""政府信息公开指南: everything that art. 12 wants of it."""

from __future__ import annotations

import lxml.html
import pytest
from django.test import Client

from gongkai.agencies.models import Agency
from gongkai.portal import queries
from gongkai.statute.catalogue import guide_elements, is_index_number
from tests.portal.some_county import an_agency

pytestmark = pytest.mark.usefixtures("identity")


def guide(client: Client) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(client.get("/guide/").content)


def test_every_office_stands_there_with_all_that_article_12_names(client: Client, county: Agency) -> None:
    for number in range(40):
        an_agency(f"第{number}局", county, order=200)
    html = guide(client)
    names = html.xpath("//section[@id='offices']//tbody//th/a/text()")
    assert names == [agency.name for agency in queries.existing().order_by("order", "pk")]
    labels = html.xpath("//section[@id='offices']//thead//th/text()")
    assert labels[1:] == ["工作机构", "办公地址", "办公时间", "联系电话", "传真", "互联网联系方式"]
    first, second = (
        [str(cell.text) for cell in row.xpath("./td")] for row in html.xpath("//section[@id='offices']//tbody/tr")[:2]
    )
    assert first[4:] == ["尚未公布", "xxgk@qinghe.example"]
    assert second[3:] == ["0990-5550100", "0990-5550199", "尚未公布"]
    assert "青禾县粮食局" not in names


def test_it_has_a_chapter_for_each_element(client: Client, county: Agency) -> None:
    html = guide(client)
    chapters = html.xpath("//main/section/@id")
    assert chapters == [address.removeprefix("#") for address in html.xpath("//nav[@aria-label='本页内容']//a/@href")]
    assert chapters == ["classes", "catalogue", "way", "application", "supervision", "offices"]
    assert len(guide_elements()) == 9


def test_it_explains_an_index_number_of_its_own(client: Client, county: Agency) -> None:
    chapter = guide(client).xpath("//section[@id='catalogue']")[0]
    number = chapter.xpath(".//b/text()")[0]
    assert is_index_number(number)
    year, _, serial = number.partition("/")[2].partition("-")
    assert f"{year} 是信息生成的年份" in chapter.text_content()
    assert f"{serial} 是该机关当年的顺序号" in chapter.text_content()


def test_remedies_come_before_complaints(client: Client, county: Agency) -> None:
    text = guide(client).xpath("//section[@id='supervision']")[0].text_content()
    places = [text.index(word) for word in ("行政复议：", "行政诉讼：", "投诉、举报：")]
    assert places == sorted(places)
    assert "60 日" in text
    assert "6 个月" in text
