"""Search over what is public: records with their files, and beside them agencies, columns, laws."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import lxml.html
import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from gongkai.agencies.actions import merge
from gongkai.agencies.doer import SYSTEM
from gongkai.agencies.models import Agency, today
from gongkai.disclosure import indexing, shown
from gongkai.disclosure.models import Record, Shown
from gongkai.portal import exports, record_search, search, searching
from gongkai.search import queries
from gongkai.search.models import Asked, Item
from tests.portal.some_county import an_agency
from tests.portal.some_records import NOON, a_file, a_record, bring

pytestmark = pytest.mark.usefixtures("county")
ATOM = "{http://www.w3.org/2005/Atom}"
Records = dict[str, Record]


def found(typed: str) -> dict[str, list[str]]:
    return {group.label: [hit.title for hit in group.hits] for group in search.find(typed)}


def page(client: Client, **asked: str) -> lxml.html.HtmlElement:
    answer = client.get("/search", asked)
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.content)


def titles(client: Client, **asked: str) -> list[str]:
    html = page(client, **asked)
    return [str(a.text_content()) for a in html.xpath("//ol[@class='results']//p[@class='title']/a")]


# ------------------------------------------------------------------------------------------------------------- records


def test_it_works(client: Client, records: Records) -> None:
    html = page(client, q="征地补偿")
    hit = html.xpath("//ol[@class='results']/li")[0]
    assert hit.xpath(".//a/@href")[0] == f"/content/{records['standard'].pk}/"
    assert [mark.text for mark in hit.xpath(".//p[@class='title']//mark")] == ["征地补偿"]
    assert "青禾县人民政府" in hit.text_content()


def test_it_only_allows_get(client: Client) -> None:
    assert client.post("/search").status_code == 405
    assert client.post("/search/feed.xml").status_code == 405


def test_two_characters_in_the_text_are_found_and_marked_in_the_snippet(client: Client, records: Records) -> None:
    html = page(client, q="区片")
    assert "区片" in {mark.text for mark in html.xpath("//p[@class='snippet']//mark")}


def test_a_file_is_a_hit_of_its_record_and_offered(client: Client, records: Records) -> None:
    record = a_record(records["standard"].agency, title="关于公布附件的通知")
    file = a_file(record, "补贴花名册.pdf", text="茭白种植户每亩三百元")
    html = page(client, q="茭白")
    assert titles(client, q="茭白") == ["关于公布附件的通知"]
    link = html.xpath("//p[@class='attached']/a")[0]
    assert link.text == "补贴花名册.pdf"
    assert client.get(link.get("href")).status_code == 200
    assert str(file.pk) in link.get("href")


@pytest.mark.parametrize(
    "typed", ["青政发〔2026〕{n}号", "青政发[2026]{n}号", "青政发（2026）{n}号", "青政发【2026】 {n} 号"]
)
def test_a_document_number_in_any_brackets(client: Client, records: Records, typed: str) -> None:
    number = re.search(r"〕(\d+)号", records["standard"].document_no)
    assert number
    assert titles(client, q=typed.format(n=number[1]))[0] == records["standard"].title


def test_an_index_number(client: Client, records: Records) -> None:
    assert titles(client, q=records["standard"].index_no or "")[0] == records["standard"].title


def test_every_filter_leaves_what_it_says(client: Client, records: Records) -> None:
    html = page(client, q="青禾县")
    choices = html.xpath("//nav[@aria-label='筛选']//li[.//span[@class='count']]")
    assert len(choices) > 8
    for choice in choices:
        count = int(choice.xpath(".//span[@class='count']")[0].text_content())
        answer = lxml.html.fromstring(client.get(choice.xpath(".//a/@href")[0]).content)
        assert len(answer.xpath("//ol[@class='results']/li")) == count, choice.text_content()
    labels = html.xpath("//nav[@aria-label='筛选']//*[@class='name']/text()")
    assert labels == ["类别", "有效性", "年份", "公开机关", "主题"]


def refinements(html: lxml.html.HtmlElement) -> dict[str, list[str]]:
    """The filters of a page: label -> choices."""
    filters = html.xpath("//nav[@aria-label='筛选']/*[.//ul]")
    return {
        str(one.xpath(".//*[@class='name']")[0].text): [str(li.text_content()).strip() for li in one.xpath(".//li")]
        for one in filters
    }


def test_more_hits_than_are_counted_hide_no_year_and_print_no_number(
    client: Client, records: Records, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAGE_SECONDS = 0
    monkeypatch.setattr("gongkai.search.queries.COUNTED", 2)
    html = page(client, q="青禾县")
    assert "2 条以上" in html.text_content()
    assert not html.xpath("//nav[@aria-label='筛选']//*[@class='count']")
    offered = refinements(html)
    assert offered["年份"] == ["全部", "2026年", "2025年", "2024年", "2023年", "2022年", "2021年", "2020年"]
    assert {"县财政局", "青禾县人民政府"} <= set(offered["公开机关"])
    assert "县教育局" not in offered["公开机关"]
    assert "县财政局" not in refinements(page(client, q="没有这个词"))
    assert offered["有效性"] == ["全部", "现行有效", "已废止、失效"]
    assert offered["类别"] == ["全部", "行政规范性文件", "政策解读", "其他信息"]
    oldest = html.xpath("//nav[@aria-label='筛选']//a[normalize-space()='2020年']/@href")[0]
    assert client.get(oldest).status_code == 200
    assert titles(client, q="青禾县", year="2020") == ["青禾县农业补贴管理办法"]
    with_year = refinements(page(client, q="青禾县", year="2026"))
    assert "2021年" in with_year["年份"]
    assert client.get("/search?q=青禾县&agency=999999").status_code == 200


def test_a_search_over_the_count_asks_few(
    client: Client, records: Records, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAGE_SECONDS = 0
    for number in range(30):
        a_record(records["standard"].agency, title=f"青禾县第{number}期公报")
    monkeypatch.setattr("gongkai.search.queries.COUNTED", 25)
    for address in ("/search?q=青禾县", "/search?q=青禾县&year=2026", "/search?q=青禾县&order=newest"):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) <= 12, "\n".join(" ".join(query["sql"].split())[:150] for query in captured)


def test_kinds_validity_and_days(client: Client, records: Records) -> None:
    assert titles(client, q="农业补贴", sort="interpretation") == ["《青禾县农业补贴管理办法（修订）》解读"]
    assert titles(client, q="农业补贴", force="in_force") == ["青禾县农业补贴管理办法（修订）"]
    assert titles(client, q="农业补贴", force="ended") == ["青禾县农业补贴管理办法"]
    assert titles(client, q="青禾县", since="2026-03-05", until="2026-03-05") == ["青禾县2026年征地补偿标准"]
    assert titles(client, q="青禾县", since="2026-03-06") == []
    newest = titles(client, q="农业补贴", order="newest")
    assert newest == titles(client, q="农业补贴", order="oldest")[::-1]


def test_validity_changes_with_the_day(client: Client, records: Records) -> None:

    record = a_record(records["standard"].agency, is_normative=True, title="莼菜办法", expires_on=today())
    assert titles(client, q="莼菜", force="in_force") == ["莼菜办法"]
    version = record.versions.get()
    version.content["expires_on"] = (today() - timedelta(days=1)).isoformat()
    version.save()
    Shown.objects.filter(pk=record.pk).update(expires_on=today() - timedelta(days=1))
    assert shown.keep_validity()
    assert titles(client, q="莼菜", force="ended") == ["莼菜办法"]


def test_what_is_handed_over_is_found_under_who_has_it(client: Client, records: Records, settings: Any) -> None:
    settings.PAGE_SECONDS = 0

    old, new = (an_agency(name, records["standard"].agency) for name in ("青禾县粮食局", "青禾县商务局"))
    a_record(old, title="莼菜收购价格")
    assert titles(client, q="莼菜", agency=str(old.pk)) == ["莼菜收购价格"]
    assert shown.keep_owners() == ""
    merge(SYSTEM, old, new, on=today())
    assert shown.keep_owners() == "1件随机关变动改了归属"
    assert titles(client, q="莼菜", agency=str(new.pk)) == ["莼菜收购价格"]
    assert titles(client, q="莼菜", agency=str(old.pk)) == []
    assert shown.keep_owners() == ""


def test_pages_follow_each_other(client: Client, county: Agency) -> None:
    for number in range(45):
        a_record(county, title=f"菱角第{number}号", at=NOON - timedelta(days=number % 7))
    for order in record_search.ORDERS:
        address, seen = f"/search?q=菱角&order={order}", []
        while address:
            html = lxml.html.fromstring(client.get(address).content)
            seen += html.xpath("//ol[@class='results']//p[@class='title']/a/@href")
            address = next(iter(html.xpath("//a[@rel='next']/@href")), "")
        assert len(seen) == len(set(seen)) == 45


def test_nothing_found_suggests_and_drafts_are_no_suggestion(client: Client, records: Records) -> None:
    html = page(client, q="征地补偿 没有的词")
    assert "可以试试" in html.text_content()
    link = html.xpath("//div[@class='empty']//p[2]/a/@href")[0]
    assert lxml.html.fromstring(client.get(link).content).xpath("//ol[@class='results']/li")
    assert "未公开" not in page(client, q="未公开的").text_content().replace("未公开的”", "").replace("“未公开的", "")
    assert titles(client, q="草稿") == titles(client, q="撤回的名单") == []


def test_what_search_still_has_of_what_is_gone_is_not_shown(client: Client, records: Records) -> None:
    Shown.objects.filter(pk=records["standard"].pk).delete()
    assert titles(client, q="征地补偿标准") == []
    assert "征地补偿标准</" not in client.get("/search/feed.xml?q=征地补偿标准").content.decode()


def test_markup_in_a_record_stays_text(client: Client, county: Agency) -> None:
    a_record(county, title="<b>菱角</b>", abstract="<img src=x onerror=alert(1)>菱角")
    html = client.get("/search?q=菱角").content.decode()
    assert "&lt;b&gt;<mark>菱角</mark>" in html
    assert "<img" not in html


def test_a_search_is_a_feed_too(client: Client, records: Records) -> None:
    html = page(client, q="农业补贴", force="in_force")
    address = html.xpath("//link[@type='application/atom+xml']/@href")[-1]
    root = etree.fromstring(client.get(address).content)
    assert [one.text for one in root.iter(ATOM + "title")][1:] == ["青禾县农业补贴管理办法（修订）"]
    assert root.findall(ATOM + "entry")[0].findtext(ATOM + "id").endswith(f"/content/{records['in_force'].pk}/")
    assert etree.fromstring(client.get("/search/feed.xml?q=%01").content).find(ATOM + "entry") is None


def table(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_a_search_is_a_table_too(client: Client, records: Records) -> None:
    html = page(client, q="农业补贴", force="in_force")
    link = html.xpath("//p[@class='takeaway']/a")[0]
    assert link.text == "导出表格（CSV，1 条）"
    (row,) = table(client, link.get("href"))
    assert tuple(row) == exports.COLUMNS
    assert (row["标题"], row["有效性"]) == ("青禾县农业补贴管理办法（修订）", "有效")
    assert row["网址"] == f"http://testserver/content/{records['in_force'].pk}/"
    said = client.get(link.get("href"))["Content-Disposition"]
    assert unquote(said).endswith("filename*=UTF-8''搜索“农业补贴”.csv")
    assert table(client, "/search/records.csv") == table(client, "/search/records.csv?q=%01") == []
    assert table(client, "/search/records.csv?q=草稿") == []
    assert client.post("/search/records.csv").status_code == 405


@pytest.mark.parametrize("order", record_search.ORDERS)
def test_the_table_of_a_search_is_in_the_order_of_its_pages(
    client: Client, county: Agency, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    for number in range(45):
        title = "菱角" if number % 9 else "另一种水生植物"
        a_record(county, title=f"{title}第{number}号", abstract="菱角", at=NOON - timedelta(days=number % 7))
    shown, following = [], f"/search?q=菱角&order={order}"
    while following:
        html = lxml.html.fromstring(client.get(following).content)
        shown += [str(a.text_content()) for a in html.xpath("//ol[@class='results']//p[@class='title']/a")]
        following = next(iter(html.xpath("//a[@rel='next']/@href")), "")
    address = html.xpath("//p[@class='takeaway']/a/@href")[0]
    monkeypatch.setattr(queries, "PAGE", 7)
    assert [row["标题"] for row in table(client, address)] == shown
    assert len(shown) == 45


def test_a_table_of_a_search_says_what_it_leaves_out(
    client: Client, county: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        a_record(county, title=f"菱角第{number}号")
    monkeypatch.setattr(searching, "MOST_ROWS", 6)
    assert all(row["标题"] for row in table(client, "/search/records.csv?q=菱角"))
    monkeypatch.setattr(searching, "MOST_ROWS", 5)
    *rows, last = table(client, "/search/records.csv?q=菱角")
    assert len(rows) == 5
    assert list(filter(None, last.values())) == ["只导出前5条，请增加条件再导出其余的。"]


def test_a_table_of_a_search_holds_no_formula_and_asks_few(client: Client, county: Agency) -> None:
    for _ in range(30):
        a_record(county, title="=菱角", abstract="@菱角")
    client.get("/search?q=菱角")
    with CaptureQueriesContext(connection) as captured:
        rows = table(client, "/search/records.csv?q=菱角")
    assert {(row["标题"], row["内容概述"]) for row in rows} == {("'=菱角", "'@菱角")}
    assert len(captured) <= 12, [query["sql"][:90] for query in captured]


def test_questions_are_counted_once_a_page_and_without_persons(client: Client, records: Records) -> None:
    client.get("/search?q=征地")
    client.get("/search?q=征地&year=2026")
    client.get("/search?q=张三 11010519491231002X")
    assert dict(Asked.objects.values_list("words", "times")) == {"征地": 1, "张三 #": 1}


def test_a_database_that_takes_nothing_still_answers(
    client: Client, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr(searching.asked, "note", locked)
    assert titles(client, q="征地补偿标准") == ["青禾县2026年征地补偿标准"]


@pytest.mark.parametrize(
    "asked",
    [{"year": "x"}, {"agency": "' OR 1"}, {"theme": "没有"}, {"sort": "x"}, {"since": "昨天", "until": "2026-99-99"},
     {"order": "x"}, {"after": "1.2"}, {"after": "9" * 99}, {"after": "99999999999999999.1.1"}, {"after": "-1.-1.-1"},
     {"agency": "999999999"}, {"year": "0"}, {"since": "2026-01-01", "until": "2025-01-01"}, {"until": "0001-01-01"},
     {"since": "9999-12-31"}],
)  # fmt: skip
def test_a_question_that_makes_no_sense_does_no_harm(client: Client, records: Records, asked: dict[str, str]) -> None:
    assert client.get("/search", {"q": "青禾县", **asked}).status_code == 200
    assert client.get("/search/feed.xml", {"q": "青禾县", **asked}).status_code == 200
    answer = client.get("/search/records.csv", {"q": "青禾县", **asked})
    assert len(list(answer.streaming_content)) == 1 + len(
        lxml.html.fromstring(client.get("/search", {"q": "青禾县", **asked, "after": ""}).content).xpath(
            "//ol[@class='results']/li"
        )
    )


def test_days_in_the_wrong_order_are_said_to_be(client: Client, records: Records) -> None:
    assert record_search.REVERSED in page(client, q="防汛", since="2026-01-01", until="2025-01-01").text_content()
    assert record_search.REVERSED not in page(client, q="防汛", since="2025-01-01", until="2025-01-01").text_content()


def test_an_index_of_an_older_form_is_made_anew_by_migrate(client: Client, records: Records) -> None:
    from gongkai.disclosure.apps import _keep_shown

    assert indexing.is_current()
    for item in Item.objects.filter(kind="record"):
        del item.facets["sort"]
        item.digest = "older"
        item.save(update_fields=["facets", "digest"])
    assert not indexing.is_current()
    _keep_shown(using="default")
    assert indexing.is_current()


def test_a_record_of_the_evening_is_of_its_day(county: Agency) -> None:
    record = a_record(county, at=NOON.replace(hour=1))  # the day before, in London
    bring(record)
    assert str(Item.objects.get(key=str(record.pk)).day) == "2026-03-05"


# ---------------------------------------------------------------------------------------------- agencies, columns, laws


def test_agencies_and_items_stand_beside(client: Client) -> None:
    html = client.get("/search?q=财政").content.decode()
    assert "青禾县财政局" in html
    assert "财政预算、决算信息" in html


def test_all_words_must_occur() -> None:
    assert found("青禾县 财政")["公开机关"] == ["青禾县财政局"]
    assert "公开机关" not in found("财政 水利")


def test_former_names_and_former_agencies_are_found() -> None:
    assert found("计划生育")["公开机关"] == ["青禾县卫生健康局"]
    assert found("粮食")["公开机关"] == ["青禾县粮食局"]


@pytest.mark.parametrize("typed", ["czj", "qhxczj", "CZJ", "xczj"])
def test_initials_find_an_agency(client: Client, typed: str) -> None:
    html = page(client, q=typed)
    assert "青禾县财政局" in html.xpath("//aside//ul[@class='hits']//a/text()")


def test_initials_of_short_and_former_names(client: Client, county: Agency) -> None:
    an_agency("青禾县融媒体中心", county, short_name="县广播台")
    assert found("xgbt")["公开机关"] == ["青禾县融媒体中心"]
    assert found("wshjhsywyh") == {}
    assert found("jhsyj")["公开机关"] == ["青禾县卫生健康局"]
    assert found("czj 青禾")["公开机关"] == ["青禾县财政局"]
    assert found("czj 水利") == {}
    Agency.objects.filter(name="青禾县财政局").update(name="青禾县国库局")
    assert found("qhxgkj")["公开机关"] == ["青禾县国库局"]
    assert "公开机关" not in found("j")


def test_columns_and_laws_are_found() -> None:
    assert "政府信息公开年报" in found("年度报告")["栏目"]
    assert "中华人民共和国政府信息公开条例" in found("711号")["法规制度"]


def test_what_exists_stands_first_and_many_are_cut() -> None:
    groups = {group.label: group for group in search.find("青禾县")}
    assert len(groups["公开机关"].hits) == search.EACH
    assert groups["公开机关"].more


@pytest.mark.parametrize(
    "typed", ["", "  ", "zzz", "%", "_", "\\", "'", "<script>alert(1)</script>", "\x00", "长" * 5000]
)
def test_nothing_found_says_so_and_nothing_breaks(client: Client, typed: str) -> None:
    answer = client.get("/search", {"q": typed})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "<script" not in html
    assert "从这些栏目进入" in html
    assert len(answer.content) < 40_000


def test_an_agency_is_found_once(client: Client) -> None:
    assert Agency.objects.filter(name="青禾县卫生健康局").count() == 1
    assert found("卫生")["公开机关"].count("青禾县卫生健康局") == 1
