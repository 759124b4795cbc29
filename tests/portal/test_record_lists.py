"""Lists: every record once, in order, as many as each filter says; as pages, tables and feeds."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from gongkai.agencies.models import Agency
from gongkai.disclosure import columns, shown
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.lists import Wanted, ordered
from gongkai.disclosure.models import Record, Shown
from gongkai.portal import exports, record_lists
from tests.portal.some_records import NOON, a_record, a_version, bring

pytestmark = pytest.mark.usefixtures("identity")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def many(records: dict[str, Record], county: Agency) -> dict[str, Record]:
    """More than a page, several at the same moment."""
    for number in range(45):
        a_record(county, title=f"同时发布第{number}件", item="A20_07", theme="财政、金融、审计", formed_on=NOON.date())
    return records


def walk(client: Client, address: str) -> list[str]:
    """The titles on every page of a list, following 下一页."""
    titles: list[str] = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, address
        html = lxml.html.fromstring(answer.content)
        titles += [str(a.text) for a in html.xpath("//ul[contains(@class, 'records')]//a")]
        following = html.xpath("//a[@rel='next']/@href")
        address = following[0] if following else ""
    return titles


def table(client: Client, address: str) -> list[dict[str, str]]:
    content = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


@pytest.mark.parametrize("order", record_lists.ORDERS)
def test_every_record_stands_once_in_its_order(client: Client, many: dict[str, Record], order: str) -> None:
    titles = walk(client, f"/content/all/?order={order}")
    column = {"newest": ["-published_at", "-pk"], "oldest": ["published_at", "pk"], "formed": ["-formed_on", "-pk"]}[
        order
    ]
    assert titles == list(Shown.objects.order_by(*column).values_list("title", flat=True))
    assert len(titles) > 2 * record_lists.PAGE_SIZE


def test_every_filter_leaves_as_many_as_it_says(client: Client, many: dict[str, Record]) -> None:
    seen = 0
    for address in ("/content/all/", "/content/normative/", "/content/item/A20_01/", "/content/theme/4/?year=2026"):
        html = lxml.html.fromstring(client.get(address).content)
        for choice in html.xpath("//nav[@aria-label='筛选']//li[span or a/span]"):
            count = int(choice.xpath(".//span[@class='count']")[0].text_content().replace("\u2009", ""))
            found = len(walk(client, choice.xpath("./a/@href")[0]))
            if not choice.xpath("./a/@aria-current"):
                assert found == count, (address, choice.text_content())
                seen += 1
    assert seen > 20


def test_the_contents_say_what_there_is_and_what_not(client: Client, many: dict[str, Record]) -> None:
    html = lxml.html.fromstring(client.get("/content/").content)
    tallied = html.xpath("//li[.//span[@class='count']]")
    assert len(tallied) > 30
    for entry in tallied:
        words, link = entry.xpath(".//span[@class='count']")[0].text_content(), entry.xpath(".//a/@href")
        assert bool(link) == (words != "暂无"), entry.text_content()
        if link and words != "标准目录":
            assert words == f"{len(walk(client, link[0]))} 条", entry.text_content()
    assert f">{Shown.objects.count()}</b> 条" in client.get("/content/").content.decode()


@pytest.mark.parametrize("address", ["/content/", "/feeds/", "/sitemap.xml"])
def test_empty_lists_are_linked_from_nowhere_and_still_there(
    client: Client, records: dict[str, Record], address: str
) -> None:
    text = client.get(address).content.decode()
    for full in ("/content/column/land/", "/content/theme/4/", "/content/field/12/", "/content/item/A20_11/"):
        assert full in text, full
    for empty in ("/content/column/budget/", "/content/theme/22/", "/content/field/3/", "/content/item/A20_14/"):
        assert empty not in text, empty
        assert client.get(empty).status_code == 200


def test_a_field_without_records_leads_to_its_catalogue(client: Client, records: dict[str, Record]) -> None:
    CatalogueRow.objects.update(field=7)
    html = lxml.html.fromstring(client.get("/content/").content)
    assert "/content/catalogue/field/7/" in html.xpath("//section[@id='fields']//ul//a/@href")


def test_an_empty_list_says_what_would_be_there(client: Client, records: dict[str, Record]) -> None:
    text = client.get("/content/item/A20_14/").content.decode()
    assert "现在还没有" in text
    assert "没有同时符合" in client.get("/content/all/?year=2020&genre=通知").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/content/nothing/", "/content/item/A99_01/", "/content/agency/0/", "/content/agency/x/", "/content/theme/99/",
     "/content/column/nothing/", "/content/all/x/", "/content/all/?year=x", "/content/all/?validity=x",
     "/content/all/?item=x", "/content/all/?theme=x", "/content/all/?order=x", "/content/all/?agency=x",
     "/content/all/?year=99999999999999", "/content/all/?agency=１"],
)  # fmt: skip
def test_what_is_no_list_is_not_there(client: Client, records: dict[str, Record], address: str) -> None:
    assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("after", ["x", "1", "-", "9" * 40, "1-x", "' OR 1=1", "99999999999999999-1", "１-１", "0-0"])
@pytest.mark.parametrize("order", record_lists.ORDERS)
def test_a_key_that_is_none_does_no_harm(client: Client, records: dict[str, Record], after: str, order: str) -> None:
    assert client.get("/content/all/", {"after": after, "order": order}).status_code == 200


def test_filters_are_chips_that_can_be_taken_back(client: Client, records: dict[str, Record]) -> None:
    html = lxml.html.fromstring(client.get("/content/all/?year=2026&genre=办法").content)
    chips = html.find_class("chip")
    assert [chip.text_content().split("：")[1] for chip in chips] == ["2026年 ×", "办法 ×"]
    assert chips[0].get("href") == "/content/all/?genre=%E5%8A%9E%E6%B3%95"


def test_the_library_tells_what_holds_from_what_does_not(client: Client, records: dict[str, Record]) -> None:
    assert set(walk(client, "/content/normative/?validity=in_force")) == {
        "青禾县农业补贴管理办法（修订）", "青禾县公共租赁住房管理办法"
    }  # fmt: skip
    assert walk(client, "/content/normative/?validity=ended") == ["青禾县农业补贴管理办法"]
    html = lxml.html.fromstring(client.get("/content/normative/?year=2026").content)
    assert next(node.text_content() for node in html.xpath("//dl[@class='tallies']//dt")) == "2026年制发"
    marks = [m.text for m in lxml.html.fromstring(client.get("/content/normative/").content).find_class("mark")]
    assert sorted(marks) == ["已修改", "废止"]


def test_a_column_is_filtered_by_what_its_records_state(client: Client, records: dict[str, Record]) -> None:
    meeting = {"held_on": "2026-03-01", "topics": "议题", "decisions": "同意"}
    for number in range(3):
        kind = "政府全体会议" if number else "政府常务会议"
        a_record(
            records["meeting"].agency, title=f"会议{number}", column="meetings", particulars={"kind": kind, **meeting}
        )
    changed = a_record(
        records["meeting"].agency, title="更正前是常务会议", column="meetings", particulars={"kind": "政府常务会议", **meeting}
    )  # fmt: skip
    changed.particulars = {"kind": "专题会议", **meeting}
    changed.save()
    a_version(changed, NOON, "更正类别")
    bring(changed)
    html = lxml.html.fromstring(client.get("/content/column/meetings/").content)
    choices = html.xpath("//ul[@aria-labelledby='filter-p-kind']/li")
    assert [" ".join(one.text_content().split()) for one in choices] == [
        "全部", "政府全体会议 2", "政府常务会议 2", "专题会议 1"
    ]  # fmt: skip
    for choice in choices[1:]:
        address = choice.xpath("./a/@href")[0]
        assert len(walk(client, address)) == int(choice.xpath(".//span")[0].text), address
    whole = "/content/column/meetings/{}?p-kind=政府全体会议&year=2026"
    assert len(table(client, whole.format("records.csv"))) == 2
    assert len(etree.fromstring(client.get(whole.format("feed.xml")).content).findall(ATOM + "entry")) == 2
    html = lxml.html.fromstring(client.get(whole.format("")).content)
    assert "政府全体会议" in html.find_class("chip")[0].text_content()
    assert client.get("/content/column/meetings/?p-kind=茶话会").status_code == 404
    assert client.get("/content/column/land/?p-kind=茶话会").status_code == 200
    assert client.get("/content/column/meetings/?p-kind=专题会议&year=2020").status_code == 200


def test_a_column_asks_few_however_much_its_records_state(
    client: Client, records: dict[str, Record], settings: Any
) -> None:
    settings.PAGE_SECONDS = 0
    for kind, result in (("人大代表建议", "A类（已解决或基本解决）"), ("政协提案", "C类（留作参考）")):
        a_record(
            records["meeting"].agency, column="proposals", particulars={"kind": kind, "result": result, "number": "1"}
        )
    for address in ("/content/column/proposals/", "/content/column/proposals/?p-kind=政协提案&agency=999999"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        assert len(captured) <= 12


def tallies(client: Client, address: str) -> list[str]:
    html = lxml.html.fromstring(client.get(address).content)
    return [str(node.text_content()) for node in html.xpath("//dl[@class='tallies']//dd")]


def test_the_tallies_of_the_library_are_those_of_the_agency_chosen(client: Client, records: dict[str, Record]) -> None:
    finance = Agency.objects.get(name="青禾县财政局")
    assert tallies(client, "/content/normative/?year=2026") == ["2 件", "1 件", "2 件"]
    assert tallies(client, f"/content/normative/?year=2026&agency={finance.pk}") == ["1 件", "1 件", "1 件"]
    for chosen in ("validity=in_force", "theme=财政、金融、审计", f"agency={finance.pk}&validity=ended"):
        assert tallies(client, f"/content/normative/?{chosen}") == []


def test_a_list_is_a_table_too(client: Client, many: dict[str, Record]) -> None:
    rows = table(client, "/content/all/records.csv")
    assert len(rows) == Shown.objects.count()
    assert list(rows[0])[:4] == ["索引号", "标题", "内容概述", "生成日期"]  # art. 12
    repealed = next(row for row in rows if row["标题"] == "青禾县农业补贴管理办法")
    assert (repealed["有效性"], repealed["废止日期"]) == ("废止", "2026-01-01")
    assert client.get(repealed["网址"].removeprefix("http://testserver")).status_code == 200
    assert [row["标题"] for row in table(client, "/content/normative/records.csv?validity=ended")] == [
        "青禾县农业补贴管理办法"
    ]


def test_a_table_holds_no_formula(client: Client, county: Agency) -> None:
    a_record(county, title='=HYPERLINK("http://evil.example")', abstract='+1,\n"x"')
    row = table(client, "/content/all/records.csv")[0]
    assert row["标题"].startswith("'=")
    assert row["内容概述"] == '\'+1,\n"x"'


def test_a_table_is_in_the_order_of_its_page(client: Client, many: dict[str, Record]) -> None:
    for order in record_lists.ORDERS:
        html = lxml.html.fromstring(client.get(f"/content/all/?order={order}").content)
        address = html.xpath("//p[@class='takeaway']/a/@href")[0]
        assert [row["标题"] for row in table(client, address)] == walk(client, f"/content/all/?order={order}")


def test_a_table_of_a_column_has_what_its_records_state(client: Client, records: dict[str, Record]) -> None:
    row = table(client, "/content/column/meetings/records.csv")[0]
    labels = ["会议类别", "届次", "召开日期", "出席", "议题", "议定事项"]
    assert list(row)[-6:] == labels
    assert [row[label] for label in labels] == ["政府常务会议", "", "2026-03-01", "", "审议补贴办法", "原则同意"]
    assert not set(labels) & set(table(client, "/content/all/records.csv")[0])


def test_a_table_of_a_column_keeps_what_is_internal_and_holds_no_formula(client: Client, county: Agency) -> None:
    stated = {"form": "问答", "institution": "=cmd", "elements": ["背景", "依据"]}
    a_record(county, column="interpretation", particulars=stated)
    row = table(client, "/content/column/interpretation/records.csv")[0]
    assert (row["解读形式"], row["解读机构"]) == ("问答", "'=cmd")
    assert "背景" not in str(row) and not any("要素" in label for label in row)


def test_a_table_of_a_column_says_what_is_public_not_what_is_being_written(
    client: Client, records: dict[str, Record]
) -> None:
    Record.objects.filter(pk=records["meeting"].pk).update(particulars={"topics": "改到一半"})
    assert table(client, "/content/column/meetings/records.csv")[0]["议题"] == "审议补贴办法"


def test_a_table_of_a_column_asks_few(client: Client, county: Agency) -> None:
    for number in range(30):
        a_record(county, column="meetings", particulars={"topics": f"议题{number}"})
    with CaptureQueriesContext(connection) as captured:
        assert len(table(client, "/content/column/meetings/records.csv")) == 30
    assert len(captured) <= 3, [query["sql"][:90] for query in captured]


def test_the_labels_of_a_table_are_told_apart() -> None:
    """Whoever reads a table by its heads gets every cell."""
    for key in record_lists.columns():
        heads = [*exports.COLUMNS, *(one.label for one in columns.public(key))]
        assert len(heads) == len(set(heads)), key


def test_a_list_is_a_feed_too(client: Client, many: dict[str, Record]) -> None:
    root = etree.fromstring(client.get("/content/item/A20_01/feed.xml").content)
    assert root.findtext(ATOM + "title") == "行政法规、规章和规范性文件 - 青禾县人民政府"
    entries = root.findall(ATOM + "entry")
    assert [entry.findtext(ATOM + "title") for entry in entries] == list(
        Shown.objects.filter(item="A20_01").order_by("-published_at").values_list("title", flat=True)
    )
    assert (
        len(etree.fromstring(client.get("/content/all/feed.xml").content).findall(ATOM + "entry"))
        == record_lists.FEED_SIZE
    )


def test_a_feed_holds_no_markup_of_a_title(client: Client, county: Agency) -> None:
    a_record(county, title="<script>x</script>\x0b&")
    assert b"<script>" not in client.get("/content/all/feed.xml").content


def test_what_is_shown_is_what_the_versions_say(records: dict[str, Record]) -> None:
    assert shown.compare() == []
    Shown.objects.filter(pk=records["standard"].pk).update(title="另一个")
    Shown.objects.filter(pk=records["amended"].pk).delete()
    Record.objects.filter(pk=records["repealed"].pk).update(is_public=False)
    assert len(shown.compare()) == 3
    shown.bring_all()
    assert shown.compare() == []


def test_columns_are_addresses() -> None:
    for key, column in record_lists.columns().items():
        assert re.fullmatch(r"[a-z-]+", key)
        assert column.name
        assert column.description
        assert column.keywords


def test_lists_walk_an_index(records: dict[str, Record], county: Agency) -> None:
    """Beside enough rows, and statistics of them, that a planner has a reason to choose."""
    other = Agency.objects.create(name="青禾县统计用局", kind="department", level="county", parent=county)
    row = Shown.objects.get(pk=records["standard"].pk)
    fill = []
    for n in range(4000):
        few = n % 100 == 0
        fill.append(
            Shown(**{field.attname: getattr(row, field.attname) for field in Shown._meta.concrete_fields}
                  | {"record_id": 10**6 + n, "item": "A20_01" if few else "A20_09", "year": 2020 if few else 2026,
                     "theme": "科技、教育" if few else "财政、金融、审计", "agency_id": (other if few else county).pk,
                     "published_at": NOON - timedelta(hours=n % 977)})
        )  # fmt: skip
    Shown.objects.bulk_create(fill)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE disclosure_shown")
    wanted: list[tuple[Wanted, str]] = [
        (Wanted(), "shown_newest"), (Wanted(item="A20_01"), "shown_item"), (Wanted(agency=other.pk), "shown_agency"),
        (Wanted(theme="科技、教育"), "shown_theme"), (Wanted(year=2020), "shown_year"),
    ]  # fmt: skip
    plans = [(ordered(one.rows(), "newest")[:21].explain(), index) for one, index in wanted]
    Shown.objects.filter(pk__gte=10**6).delete()  # they belong to no record
    for plan, index in plans:
        assert index in plan, plan
        assert "TEMP B-TREE" not in plan, plan
        assert "Seq Scan" not in plan, plan


def test_a_list_of_a_column_says_what_its_records_state(client: Client, records: dict[str, Record]) -> None:
    text = client.get("/content/column/meetings/").content.decode()
    assert "会议类别 政府常务会议" in text
    assert "召开日期 2026年3月1日" in text
    assert "原则同意" not in text
    page = client.get(f"/content/{records['meeting'].pk}/").content.decode()
    for stated in ("议题", "审议补贴办法", "议定事项", "原则同意", "征求意见形成的文件"):
        assert stated in page
    document = client.get(f"/content/{records['in_force'].pk}/").content.decode()
    assert "征求意见情况" in document


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by the size of the table")
def test_a_column_is_found_by_its_index(db: None) -> None:
    plan = ordered(Wanted(column="land").rows(), "newest")[:20].explain()
    assert "shown_column" in plan, plan
