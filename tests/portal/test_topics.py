"""专题: built in the office by one, shown by another; sections fill themselves with what is published."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.models import Agency
from gongkai.disclosure import lists, shown
from gongkai.disclosure.lists import Wanted
from gongkai.disclosure.models import Record
from gongkai.portal import record_lists, topics
from gongkai.portal.models import Section, Topic
from tests.county import agency, doer, signed_in
from tests.disclosure.test_actions import told
from tests.portal.some_records import a_record

pytestmark = pytest.mark.usefixtures("identity")


def a_topic(owner: Agency, **section: Any) -> Topic:
    topic = Topic.objects.create(agency=owner, slug="land", title="征地和补偿", is_shown=True)
    Section.objects.create(topic=topic, heading="公告", **({"column": "land"} | section))
    return topic


def page(client: Client, address: str = "/topics/land/") -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"column": "land"}, ["standard"]),
        ({"column": "", "item": "A20_01"}, ["in_force", "amended", "repealed"]),
        ({"column": "", "is_normative": True, "words": "补贴 住房"}, ["in_force", "amended", "repealed"]),
        ({"column": "", "words": "住房"}, ["amended"]),
        ({"column": "", "field": 12}, ["standard"]),
        ({"column": "", "theme": "财政、金融、审计"}, ["in_force", "repealed"]),
        ({"words": "补贴"}, []),
    ],
)
def test_a_section_lists_what_meets_all_its_conditions(
    client: Client, county: Agency, records: dict[str, Record], asked: dict[str, Any], expected: list[str]
) -> None:
    a_topic(county, **asked)
    text = page(client)
    found = [name for name, record in records.items() if f"/content/{record.pk}/" in text]
    assert sorted(found) == sorted(expected)
    assert ("现在还没有" in text) == (not expected)


def test_a_kept_page_of_a_topic_shows_what_is_published_now(
    client: Client, county: Agency, records: dict[str, Record], django_capture_on_commit_callbacks: Any
) -> None:
    topic = a_topic(county)
    assert "新公告" not in page(client)
    with django_capture_on_commit_callbacks(execute=True):
        shown.bring(a_record(county, title="新公告", column="land"))
    assert "新公告" in page(client)
    with django_capture_on_commit_callbacks(execute=True):
        Section.objects.filter(topic=topic).get().delete()
    assert "新公告" not in page(client)


def test_all_of_a_section_is_a_list_with_filters_a_table_and_a_feed(
    client: Client, county: Agency, records: dict[str, Record]
) -> None:
    topic = a_topic(county, column="", words="青禾县", most=2)
    everything = lists.total(topics.wanted(topic.sections.get()))
    assert everything > 2
    assert f"全部 {everything} 条" in page(client)
    whole = page(client, "/topics/land/1/")
    assert whole.count('<a href="/content/') >= 5
    assert "<h1>公告（征地和补偿）</h1>" in whole
    assert 'href="/topics/land/1/?year=2026"' in whole
    assert f"导出表格（CSV，{everything} 条）" in whole
    assert 'href="/topics/land/1/records.csv"' in whole
    rows = b"".join(client.get("/topics/land/1/records.csv?validity=repealed")).decode()  # type: ignore[arg-type]
    assert rows.count("\r\n") == 2
    assert "青禾县农业补贴管理办法" in rows
    feed = client.get("/topics/land/1/feed.xml").content.decode()
    assert feed.count("<entry>") == everything
    assert 'href="http://testserver/topics/land/1/"' in feed
    assert "征地和补偿" in page(client, "/topics/")


@pytest.mark.parametrize(
    "address", ["land/2/", "land/0/", "land/1/?year=x", "none/1/", "land/2/records.csv", "land/2/feed.xml"]
)
def test_a_section_that_there_is_not_has_no_list(client: Client, county: Agency, address: str) -> None:
    a_topic(county)
    assert client.get(f"/topics/{address}").status_code == 404
    assert client.get("/topics/land/1/").status_code == 200
    assert client.get("/content/topic/land/").status_code == 404


def test_what_a_section_asks_for_is_no_filter_of_its_list(
    client: Client, county: Agency, records: dict[str, Record]
) -> None:
    a_topic(county, column="", item="A20_01", of=county)
    found = record_lists.find("topic", "land/1")
    assert found
    assert not {"item", "agency", "field"} & set(found.filters)
    assert record_lists.read(found, {"item": "A20_02"}).wanted.item == "A20_01"  # type: ignore[union-attr]


def test_a_section_of_a_column_has_its_particulars(client: Client, county: Agency, records: dict[str, Record]) -> None:
    a_topic(county, column="meetings")
    assert "议题" in b"".join(client.get("/topics/land/1/records.csv")).decode()  # type: ignore[arg-type]
    assert client.get("/topics/land/1/?p-kind=政府常务会议").status_code == 200
    assert client.get("/topics/land/1/?p-kind=某会").status_code == 404


def test_sections_are_counted_in_one_question(county: Agency, records: dict[str, Record]) -> None:
    wanted = [Wanted(), Wanted(words="没有这样的"), Wanted(item="A20_01"), Wanted()]
    with CaptureQueriesContext(connection) as captured:
        assert lists.totals(wanted) == [6, 0, 3, 6]
        assert lists.totals([]) == []
    assert len(captured) == 1


def test_what_is_not_shown_is_nowhere(client: Client, county: Agency) -> None:
    topic = a_topic(county)
    Topic.objects.filter(pk=topic.pk).update(is_shown=False)
    for address in ("/topics/land/", "/topics/land/1/", "/topics/land/1/records.csv", "/topics/land/1/feed.xml"):
        assert client.get(address).status_code == 404
    assert "征地和补偿" not in page(client, "/topics/") + page(client, "/") + page(client, "/sitemap.xml")


def test_a_topic_asks_one_question_a_section(client: Client, county: Agency, records: Any, settings: Any) -> None:
    settings.PAGE_SECONDS = 0
    topic = a_topic(county)
    for number in range(topics.MOST_SECTIONS - 1):
        Section.objects.create(topic=topic, heading=f"第{number}栏", words="青禾县", most=1)
    with CaptureQueriesContext(connection) as captured:
        client.get("/topics/land/")
    assert len(captured) <= 12, [query["sql"] for query in captured]


# ---------------------------------------------------------------------------------------------------------------- office


def test_one_builds_it_and_another_shows_it(db: None) -> None:
    from gongkai.agencies.demo import fill
    from tests.county import PASSWORD

    fill(PASSWORD)
    author, other = signed_in("lin.he"), signed_in("zhou.qing")
    office = agency("人民政府办公室")
    sent = author.post("/office/topics/new/", {"agency": office.pk, "title": "就业", "slug": "jobs", "order": 1})
    assert sent.status_code == 302, sent.content.decode()
    address = sent["Location"]
    nothing = author.post(address + "sections/", {"heading": "全部", "most": 5, "order": 1})
    assert nothing.status_code == 422
    assert "至少选一个条件" in nothing.content.decode()
    assert "全部" in nothing.content.decode()
    given = {"heading": "招聘", "column": "recruitment", "most": 5, "order": 1}
    assert author.post(address + "sections/", given).status_code == 302
    assert author.post(address + "publish/").status_code == 403
    assert "0 条" in other.get(address).content.decode()
    assert other.post(address + "publish/").status_code == 302
    assert "招聘" in page(Client(), "/topics/jobs/")
    for where in ("/", "/topics/", "/sitemap.xml"):
        assert "/topics/jobs/" in page(Client(), where), where
    section = Section.objects.get()
    refused = author.post(address + f"sections/{section.pk}/drop/")
    assert refused.status_code == 422
    assert Section.objects.exists()
    assert other.post(address + "hide/").status_code == 302
    assert author.post(address + f"sections/{section.pk}/drop/").status_code == 302
    assert not Section.objects.exists()


@pytest.mark.usefixtures("db")
def test_nobody_shows_what_he_made_and_nothing_empty_is_shown() -> None:
    from gongkai.agencies.demo import fill

    fill("Qinghe-test-2026")
    topic = topics.save(
        doer("zhou.qing"), Topic(), agency=agency("人民政府办公室"), title="就业", slug="jobs", order=1, summary=""
    )
    assert "还没有子栏目" in told(topics.show, doer("shen.mu"), topic)
    topics.save_section(doer("zhou.qing"), Section(topic=topic), heading="招聘", column="recruitment")
    assert "不能公开自己编辑的专题" in told(topics.show, doer("zhou.qing"), topic)
    assert topics.show(doer("shen.mu"), topic).is_shown
    for number in range(topics.MOST_SECTIONS - 1):
        topics.save_section(doer("zhou.qing"), Section(topic=topic), heading=f"{number}", column="land")
    assert "最多8个" in told(topics.save_section, doer("zhou.qing"), Section(topic=topic), heading="9", column="land")


def test_a_wrong_or_taken_part_of_the_address_is_said_in_plain_words(db: None) -> None:
    from gongkai.agencies.demo import fill
    from tests.county import PASSWORD

    fill(PASSWORD)
    client, office = signed_in("zhou.qing"), agency("人民政府办公室")

    def tried(slug: str) -> str:
        answer = client.post("/office/topics/new/", {"agency": office.pk, "title": "就业", "slug": slug, "order": 1})
        return str(answer.content.decode()) if answer.status_code == 422 else ""

    for wrong in ("就业", "Jobs", "jobs_2", "a b", "-jobs"):
        assert "网址名只能用小写字母、数字和连字符" in tried(wrong), wrong
        assert "字段" not in tried(wrong)
    assert tried("jobs") == ""
    assert "网址名“jobs”已经有专题在用，请换一个。" in tried("jobs")
