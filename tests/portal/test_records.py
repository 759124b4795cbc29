"""The page of a record: the newest version, never the working copy; what is not public is not there."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.models import Agency
from gongkai.disclosure import shown
from gongkai.disclosure.models import Link, Record
from gongkai.portal import document
from tests.portal.some_records import NOON, a_file, a_record, a_version
from tests.portal.test_every_page import meta, status

pytestmark = pytest.mark.usefixtures("identity")
Records = dict[str, Record]


def page(client: Client, record: Record) -> lxml.html.HtmlElement:
    answer = client.get(f"/content/{record.pk}/")
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.content)


def main(client: Client, record: Record) -> str:
    return str(page(client, record).find(".//main").text_content())


def test_it_works(client: Client, records: Records) -> None:
    text = main(client, records["standard"])
    for part in ("青禾县2026年征地补偿标准", "每亩52000元", "国土资源、能源 › 土地", "2026年3月2日", "2026年3月5日", "索引号",
                 "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况", "标准.pdf"):  # fmt: skip
        assert part in text, part


def test_it_only_allows_get(client: Client, records: Records) -> None:
    assert client.post(f"/content/{records['standard'].pk}/").status_code == 405


def test_the_working_copy_is_never_shown(client: Client, records: Records) -> None:
    record = records["standard"]
    Record.objects.filter(pk=record.pk).update(
        title="改到一半的标题", body="<p>没有审过的话</p>", document_no="青政发〔2026〕999号", item="A20_07", theme="科技、教育",
        repealed_on=date(2026, 1, 1), genre="命令", abstract="没有审过的概述", state="draft", index_no=record.index_no,
    )  # fmt: skip
    a_file(Record.objects.create(agency=record.agency, title="x", formed_on=NOON.date()))
    for address in (f"/content/{record.pk}/", "/content/all/", "/content/all/feed.xml", "/content/item/A20_07/",
                    "/content/theme/11/", "/content/all/?validity=repealed", "/", "/content/", "/search?q=没有审过",
                    "/content/all/records.csv"):  # fmt: skip
        answer = client.get(address)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        for word in ("改到一半的标题", "没有审过的话", "999号", "没有审过的概述", "命令"):
            assert word not in text, (address, word)
    assert "青禾县2026年征地补偿标准" not in client.get("/content/item/A20_07/").content.decode()


def test_a_draft_looks_like_what_never_was(client: Client, records: Records) -> None:
    drafted = client.get(f"/content/{records['draft'].pk}/")
    unknown = client.get("/content/99999999/")
    assert (drafted.status_code, unknown.status_code) == (404, 404)
    assert drafted.content == unknown.content


def test_what_was_withdrawn_says_why_and_when(client: Client, records: Records) -> None:
    answer = client.get(f"/content/{records['withdrawn'].pk}/")
    assert answer.status_code == 410
    text = answer.content.decode()
    assert "数据有误，更正后重新公布" in text
    assert "撤回" in text
    assert "青禾县撤回的名单" not in text  # the title may be what was wrong
    assert answer["Cache-Control"] == "no-store"


def test_an_article_has_its_tags(client: Client, records: Records) -> None:
    tags = meta(page(client, records["standard"]))
    assert tags["ArticleTitle"] == "青禾县2026年征地补偿标准"
    assert tags["PubDate"] == "2026-03-05 12:00"
    assert tags["ContentSource"] == "青禾县人民政府"
    assert tags["Keywords"] == "征地,补偿"
    assert tags["Url"] == f"http://testserver/content/{records['standard'].pk}/"


def test_schema_org_is_data_and_cannot_become_markup(client: Client, county: Agency) -> None:
    record = a_record(county, title="</script><script>alert(1)</script>", abstract="<!-- <script>", is_normative=True)
    html = client.get(f"/content/{record.pk}/").content.decode()
    assert html.count("<script") == 1
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)[0])
    assert data["name"] == "</script><script>alert(1)</script>"
    assert data["@type"] == "Legislation"
    assert data["legislationLegalForce"].endswith("InForce")


@pytest.mark.parametrize(
    "body",
    [
        "<p>x</p><script>alert(1)</script>",
        '<p onclick="alert(1)">x</p>',
        '<p><a href="javascript:alert(1)">x</a></p>',
        '<p><a href="&#106;avascript:alert(1)">x</a></p>',
        '<p>x<img src="x" onerror="alert(1)"></p>',
        '<p style="position:fixed">x</p><style>*{display:none}</style>',
        '<p>x</p><iframe src="//evil.example"></iframe><form action="//evil.example"><input name="q"></form>',
        '<svg onload="alert(1)"><p>x</p></svg><p>x</p><meta http-equiv="refresh" content="0;url=//evil.example">',
        '<p>x</p></div></article></main><footer class="site">假的页脚</footer>',
    ],
)
def test_a_hostile_text_is_only_text(client: Client, county: Agency, body: str) -> None:
    """Rows that came past the cleaning of the office: imported, written by hand."""
    record = a_record(county, body=body)
    html = page(client, record)
    assert "x" in html.find_class("document")[0].text_content()
    assert not html.xpath("//iframe|//style|//main//form|//svg|//script[not(@type='application/ld+json')]|//@onclick")
    assert not html.xpath("//main//a[contains(@href, 'script:')]|//@style|//main//img|//meta[@http-equiv]")
    assert len(html.xpath("//footer")) == 1
    assert html.xpath("//main/article/div[@class='document']")


def test_a_giant_table_stays_in_its_frame(client: Client, county: Agency) -> None:
    row = "<tr>" + "<td>一个很长的单元格内容</td>" * 60 + "</tr>"
    html = page(client, a_record(county, body=f"<table><tbody>{row * 400}</tbody></table>"))
    assert len(html.xpath("//div[@class='document']/div[@class='scroll' and @tabindex='0']/table")) == 1
    assert len(html.xpath("//td")) == 24_000


def test_what_cannot_be_cleaned_is_shown_as_text(client: Client, county: Agency) -> None:
    html = page(client, a_record(county, body="<div>" * 3000 + "深处<script>alert(1)</script>"))
    assert "深处" in html.find_class("document")[0].text_content()


def test_headings_go_down_one_at_a_time_below_the_title() -> None:
    html = document.shown("<h5>甲</h5><p>一</p><h6>乙</h6><h3>丙</h3><h6>丁</h6>", {}.get)
    assert re.findall(r"<h(\d)>", html) == ["2", "3", "3", "4"]


def test_pictures_come_from_the_files_of_the_version(client: Client, county: Agency) -> None:
    record = a_record(county)
    file = a_file(record, "图.png", b"\x89PNG\r\n123")
    record.refresh_from_db()
    record.body = f'<p><img src="attachment:{file.pk}" alt="图解"><img src="attachment:99999" alt="别处的"></p>'
    record.save()
    a_version(record, NOON + timedelta(days=1), "加图")
    shown.bring(record)
    sources = page(client, record).xpath("//main//img/@src")
    assert sources == [f"/files/{file.pk}/%E5%9B%BE.png"]
    assert status(client.get(sources[0])) == 200


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("repealed", "本文件已于2026年1月1日废止"),
        ("amended", "本文件已于2025年5月1日修改"),
        ("in_force", ""),
        ("standard", ""),
    ],
)
def test_what_no_longer_holds_says_so(client: Client, records: Records, name: str, words: str) -> None:
    html = page(client, records[name])
    banner = "".join(node.text_content() for node in html.xpath("//article/p[@role='note']"))
    assert words in banner
    assert bool(words) == bool(banner)


def test_expired_yesterday_is_over_and_today_is_not(client: Client, county: Agency) -> None:
    day = date.today()
    over = a_record(county, expires_on=day - timedelta(days=2), is_normative=True)
    last = a_record(county, expires_on=day + timedelta(days=1), is_normative=True)
    assert "已经失效" in main(client, over)
    assert "已经失效" not in main(client, last)


def test_ties_are_read_from_both_ends_and_never_lead_to_what_is_not_public(client: Client, records: Records) -> None:
    def ties(name: str) -> list[str]:
        return [str(a.text_content()) for a in page(client, records[name]).xpath("//dl[@class='ties']//a")]

    assert ties("in_force") == [
        "《青禾县农业补贴管理办法（修订）》解读",
        "县政府第1次常务会议",
        "青禾县农业补贴管理办法",
    ]
    assert ties("reading") == ["青禾县农业补贴管理办法（修订）"]
    assert ties("repealed") == ["青禾县农业补贴管理办法（修订）"]
    assert "草稿" not in main(client, records["standard"])
    Link.objects.create(source=records["withdrawn"], target=records["reading"], kind="related")
    shown.bring(records["reading"])
    assert "名单" not in main(client, records["reading"])


def test_a_correction_is_told(client: Client, records: Records) -> None:
    text = main(client, records["standard"])
    assert "更正城关区片的每亩金额" in text
    assert "首次发布" in text
    assert "更正记录" not in main(client, records["repealed"])


def test_it_can_be_cited(client: Client, records: Records) -> None:
    cited = page(client, records["in_force"]).find_class("citation")[0].text_content()
    assert "青禾县财政局. 青禾县农业补贴管理办法（修订）：青政发" in cited
    assert "[EB/OL]. (2026-01-04). http://testserver/content/" in cited


def test_it_asks_few_questions(client: Client, records: Records, settings: Any) -> None:
    settings.PAGE_SECONDS = 0
    for name in ("standard", "in_force"):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/content/{records[name].pk}/")
        assert len(captured) <= 6, [query["sql"] for query in captured]


def test_the_interpretation_stands_beside_its_document_and_leads_back(client: Client, records: Records) -> None:
    document, reading = records["in_force"], records["reading"]
    aside = page(client, document).xpath("//aside[@class='beside']")[0]
    assert reading.title in aside.text_content()
    assert "每亩52000元" in aside.text_content()
    assert aside.xpath(".//h3/a/@href") == [f"/content/{reading.pk}/"]
    back = page(client, reading).xpath("//p[contains(@class, 'back')]/a/@href")
    assert back == [f"/content/{document.pk}/"]
    assert not page(client, records["standard"]).xpath("//aside[@class='beside']")


def test_a_withdrawn_or_drafted_interpretation_stands_nowhere(client: Client, records: Records) -> None:
    for state in ("draft", "withdrawn"):
        other = a_record(records["reading"].agency, state, title=f"{state}的解读", column="interpretation")
        Link.objects.create(source=other, target=records["in_force"], kind="interprets")
    assert "的解读" not in main(client, records["in_force"]).replace("》解读", "")


def test_the_headings_of_an_interpretation_stand_below_its_title() -> None:
    made = document.shown("<h2>一</h2><p>甲</p><h5>二</h5>", {}.get, under=3)
    assert re.findall(r"<h(\d)>", made) == ["4", "5"]
