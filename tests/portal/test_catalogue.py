"""The pages of the standard catalogue: its columns, what is public under each row and nothing else, its spreadsheet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.doer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.content import spreadsheets
from gongkai.disclosure import actions as records
from gongkai.disclosure.catalogue import actions
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.models import Record
from tests.portal.some_records import NOON, a_record

pytestmark = pytest.mark.usefixtures("records", "identity")


@pytest.fixture
def row(records: dict[str, Record]) -> CatalogueRow:
    return CatalogueRow.objects.get()


def a_row(agency: Agency, level2: str, **more: Any) -> CatalogueRow:
    given = {"field": 12, "level1": "征地管理政策", "content": level2, "limit": "20个工作日", "publisher": agency.name}
    return actions.add(SYSTEM, agency, level2=level2, **(given | more))


def test_it_works(client: Client, row: CatalogueRow) -> None:
    start = client.get("/content/catalogue/").content.decode()
    assert "农村集体土地征收" in start
    assert "1</b> 个事项" in start
    for kind, key in (("field", 12), ("agency", row.agency_id), ("row", row.pk)):
        shown = client.get(f"/content/catalogue/{kind}/{key}/").content.decode()
        assert "青禾县2026年征地补偿标准" in shown, kind
        assert "草稿" not in shown
        assert "撤回的名单" not in shown
    assert '<a href="/content/catalogue/">' in client.get("/content/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "field/99/",
        "field/5/",
        "agency/999999/",
        "row/999999/",
        "year/12/",
        "field/5/catalogue.xlsx",
        "row/1/catalogue.xlsx",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/content/catalogue/{address}").status_code == 404


def test_the_table_has_the_columns_of_the_template_and_merges_equal_matters(client: Client, row: CatalogueRow) -> None:
    a_row(row.agency, "征收预公告", on_own=False, on_application=True)
    page = lxml.html.fromstring(client.get("/content/catalogue/field/12/").content)
    first, second = page.xpath("//table[@class='standard']/thead/tr")
    assert [cell.text_content() for cell in first] == [
        "序号", "公开事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "公开方式", "公开层级",
        "公开的信息",
    ]  # fmt: skip
    assert [cell.text_content() for cell in second] == [
        "一级事项", "二级事项", "全社会", "特定群体", "主动", "依申请", "县级", "乡、村级",
    ]  # fmt: skip
    one, two = page.xpath("//table[@class='standard']/tbody/tr")
    assert one.xpath("td[@rowspan='2']")[0].text == "征地管理政策"
    assert len(one) == 15
    assert len(two) == 14
    assert two[-1].text_content() == "依申请公开"


def test_only_the_newest_are_named_and_all_are_on_the_page_of_the_row(client: Client, row: CatalogueRow) -> None:
    for n in range(4):
        one = a_record(row.agency, title=f"补偿标准第{n}号", at=NOON + timedelta(days=n + 1), field=12)
        Record.objects.filter(pk=one.pk).update(catalogue_row=row)
    page = client.get("/content/catalogue/field/12/").content.decode()
    assert [f"第{n}号" in page for n in range(4)] == [False, True, True, True]
    assert "全部 5 条" in page
    whole = client.get(f"/content/catalogue/row/{row.pk}/").content.decode()
    assert all(f"第{n}号" in whole for n in range(4))


def test_a_title_that_waits_for_its_review_is_not_shown(client: Client, row: CatalogueRow) -> None:
    Record.objects.filter(title="青禾县2026年征地补偿标准").update(title="未审定的新标题")
    for kind, key in (("field", 12), ("row", row.pk)):
        shown = client.get(f"/content/catalogue/{kind}/{key}/").content.decode()
        assert "未审定" not in shown
        assert "青禾县2026年征地补偿标准" in shown


def test_filters_keep_what_is_asked(client: Client, row: CatalogueRow) -> None:
    finance = Agency.objects.get(name="青禾县财政局")
    a_row(finance, "资金拨付")
    a_row(row.agency, "预算", field=8)
    both = client.get("/content/catalogue/field/12/").content.decode()
    assert "资金拨付" in both
    assert "资金拨付" not in client.get(f"/content/catalogue/field/12/?agency={row.agency_id}").content.decode()
    assert "补偿标准" not in client.get(f"/content/catalogue/agency/{row.agency_id}/?field=8").content.decode()
    assert "没有符合条件的事项" in client.get("/content/catalogue/field/12/?agency=999999").content.decode()
    assert client.get("/content/catalogue/field/12/?agency=x").status_code == 200


def test_the_spreadsheet_is_the_table(client: Client, row: CatalogueRow) -> None:
    answer = client.get("/content/catalogue/field/12/catalogue.xlsx")
    sheet = spreadsheets.read(answer.content)[0]
    assert sheet.rows[0][0] == "农村集体土地征收领域基层政务公开标准目录"
    assert sheet.rows[3][:3] == ["1", "征地管理政策", "补偿标准"]
    assert client.get(f"/content/catalogue/agency/{row.agency_id}/catalogue.xlsx?field=12").status_code == 200
    assert client.get(f"/content/catalogue/agency/{row.agency_id}/catalogue.xlsx?field=8").status_code == 404


def test_a_change_of_the_catalogue_is_seen_at_once(
    client: Client, row: CatalogueRow, django_capture_on_commit_callbacks: Any
) -> None:
    def shown() -> str:
        return client.get("/content/catalogue/field/12/").content.decode()

    assert "区片综合地价" in shown()
    with django_capture_on_commit_callbacks(execute=True):
        actions.change(SYSTEM, row, content="补偿费用")
    assert "补偿费用" in shown()
    record = Record.objects.get(title="青禾县2026年征地补偿标准")
    with django_capture_on_commit_callbacks(execute=True):
        records.edit(SYSTEM, record, catalogue_row=None)
    assert "还没有公开" in shown()
    with django_capture_on_commit_callbacks(execute=True):
        actions.retire(SYSTEM, row)
    assert client.get("/content/catalogue/field/12/").status_code == 404
    assert client.get(f"/content/catalogue/row/{row.pk}/").status_code == 404


def test_few_questions_however_many_rows(client: Client, row: CatalogueRow, settings: Any) -> None:
    settings.PAGE_SECONDS = 0
    for n in range(30):
        a_row(row.agency, f"事项{n}")
    for address in ("field/12/", f"agency/{row.agency_id}/", f"row/{row.pk}/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/content/catalogue/{address}")
        assert len(captured) <= 5, (address, [query["sql"] for query in captured])
