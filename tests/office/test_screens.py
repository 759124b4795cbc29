"""The first screen, search, guide and log, and the screens of agencies and staff as an officer uses them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.agencies.models import Agency, Posting, Staff, today
from gongkai.agencies.policy import Policy
from gongkai.audit import chain
from gongkai.audit.models import Entry
from gongkai.office import finding, tasks
from gongkai.office.tasks import Task
from tests.county import PASSWORD, agency, person, signed_in

pytestmark = pytest.mark.usefixtures("county")


@pytest.mark.parametrize(
    ("due", "lamp", "label"),
    [
        (date(2026, 11, 20), "overdue", "逾期 1 个工作日"),
        (date(2026, 11, 23), "within_2", "还有 1 个工作日"),
        (date(2026, 11, 24), "within_2", "还有 2 个工作日"),
        (date(2026, 11, 25), "within_5", "还有 3 个工作日"),
        (date(2026, 11, 30), "normal", "还有 6 个工作日"),
        (None, "none", "没有期限"),
    ],
)
def test_lamps_count_working_days(due: date | None, lamp: str, label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "today", lambda: date(2026, 11, 21))  # a Saturday
    task = Task("x", "/", "", due)
    assert (task.lamp, task.lamp_label) == (lamp, label)


def test_the_last_day_is_named_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "today", lambda: date(2026, 11, 23))
    assert Task("x", "/", "", date(2026, 11, 23)).lamp_label == "今天到期"


def test_the_report_is_due_on_the_day_of_its_level(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.office import sources

    monkeypatch.setattr(sources, "today", lambda: date(2027, 1, 11))
    found = {task.title: task.due for task in sources.report_due(Policy(person("tian.ye")))}
    assert found == {"编制2026年政府信息公开工作年度报告": date(2027, 1, 31)}
    monkeypatch.setattr(sources, "today", lambda: date(2026, 11, 21))
    assert list(sources.report_due(Policy(person("tian.ye")))) == []


def test_missing_contact_data_is_a_task_until_it_is_there() -> None:
    Agency.objects.filter(pk=agency("人民政府办公室").pk).update(phone="", office_hours="", fax="", email="")
    client = signed_in("zhou.qing")
    page = client.get("/office/").content.decode()
    assert "要办的事 1 件" in page
    assert "缺：办公时间、联系电话、传真、电子邮箱" in page
    pk = agency("人民政府办公室").pk
    form = {"ogi_office": "公开股", "address": "禾穗路1号", "phone": "0990-5551002", "office_hours": "工作日"}
    form |= {"fax": "0990-5551003", "email": "bgs@qinghe.example"}
    assert client.post(f"/office/agencies/{pk}/describe/", form).status_code == 302
    assert "现在没有要办的事" in client.get("/office/").content.decode()


def test_an_administrator_sees_which_agencies_have_no_handler() -> None:
    page = signed_in("luo.ping").get("/office/").content.decode()
    assert "个机关还没有处理人" in page


def test_each_post_sees_the_first_screen(django_assert_max_num_queries: object) -> None:
    for username in ("lin.he", "zhou.qing", "fang.yuan", "shen.mu", "gu.an", "xu.zhen", "luo.ping"):
        client = signed_in(username)
        with django_assert_max_num_queries(24):  # type: ignore[operator]
            assert client.get("/office/").status_code == 200


def test_search_finds_only_what_one_may_see() -> None:
    everything, little = Policy(person("xu.zhen")), Policy(person("lin.he"))
    assert [hit.title for _, hits in finding.find(everything, "教育局") for hit in hits] == ["青禾县教育局"]
    assert finding.find(little, "教育局") == []
    assert finding.find(everything, "   ") == []


def test_search_finds_former_names_and_codes() -> None:
    from gongkai.agencies import actions
    from gongkai.agencies.doer import SYSTEM

    actions.rename(SYSTEM, agency("水利局"), "青禾县水务局", on=today())
    (_, (hit,)) = finding.find(Policy(person("xu.zhen")), "水利")[0]
    assert (hit.title, hit.note) == ("青禾县水务局", "曾用名青禾县水利局")
    code = str(agency("教育局").credit_code)
    assert finding.find(Policy(person("xu.zhen")), code.lower())[0][1][0].title == "青禾县教育局"


def test_the_log_is_read_filtered_exported_and_that_is_logged() -> None:
    client = signed_in("xu.zhen")
    page = client.get("/office/log/?verb=agencies.found&who=系统").content.decode()
    assert "设立机关" in page
    assert Entry.objects.filter(verb="audit.read").count() == 1
    for nonsense in ("?since=2026-99-99", "?page=x", "?verb=drop", "?until=yesterday"):
        assert client.get("/office/log/" + nonsense).status_code == 200
    lines = b"".join(client.get("/office/log/export.jsonl").streaming_content).splitlines()  # type: ignore[attr-defined]
    assert len(lines) == Entry.objects.count()
    assert chain.verify(json.loads(line) for line in lines).broken is None


def test_the_guide_states_the_periods_of_the_statute() -> None:
    page = signed_in("lin.he").get("/office/guide/").content.decode()
    for told in ("之日起20个工作日内公开", "最多再20个工作日", "7个工作日内一次告知", "部门1月31日前", "政府3月31日前"):
        assert told in page


def test_a_form_that_is_refused_keeps_what_was_typed() -> None:
    client = signed_in("luo.ping")
    form = {"username": "new.one", "full_name": "很长的名字", "agency": agency("教育局").pk, "post": "competent"}
    page = client.post("/office/staff/new/", form)
    assert page.status_code == 422
    text = page.content.decode()
    assert "不是政府信息公开工作主管部门" in text
    assert 'value="很长的名字"' in text
    assert not Staff.objects.filter(username="new.one").exists()


def test_a_new_colleague_from_account_to_first_task() -> None:
    admin = signed_in("luo.ping")
    form = {"username": "new.one", "full_name": "新同事", "agency": agency("教育局").pk, "post": "handler"}
    page = admin.post("/office/staff/new/", form)
    assert page.status_code == 200
    password = page.content.decode().split('office-password">')[1].split("<")[0]
    from django.test import Client

    client = Client()
    client.post("/office/login/", {"username": "new.one", "password": password})
    assert client.get("/office/")["Location"] == "/office/password/"
    client.post("/office/password/", {"old": password, "new": PASSWORD, "again": PASSWORD})
    assert "新同事" in client.get("/office/").content.decode()


def test_a_merger_is_previewed_before_it_is_done() -> None:
    client, old, new = signed_in("luo.ping"), agency("水利局"), agency("自然资源局")
    Posting.objects.create(staff=person("tian.ye"), agency=old, post="handler", since=today() - timedelta(days=3))
    form = {"to": new.pk, "on": today().isoformat(), "document_no": "青编〔2026〕3号"}
    page = client.post(f"/office/agencies/{old.pk}/merge/", form).content.decode()
    assert "青禾县自来水有限公司" in page
    assert "田野，处理人" in page
    assert agency("水利局").exists
    assert client.post(f"/office/agencies/{old.pk}/merge/", form | {"confirmed": "1"}).status_code == 302
    assert not agency("水利局").exists
    shown = client.get(f"/office/agencies/{new.pk}/").content.decode()
    assert "青禾县水利局并入" in shown


def test_a_sheet_is_previewed_and_imported_through_the_screen() -> None:
    client = signed_in("luo.ping")
    content = client.get("/office/agencies/export.xlsx").content
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content))
    book.active.append(["", "青禾县数据局", "工作部门", "县级", "青禾县人民政府"])
    out = BytesIO()
    book.save(out)

    def sheet() -> SimpleUploadedFile:
        return SimpleUploadedFile("机关.xlsx", out.getvalue())

    page = client.post("/office/agencies/import/", {"sheet": sheet()}).content.decode()
    assert "新增" in page
    assert not Agency.objects.filter(name="青禾县数据局").exists()
    assert client.post("/office/agencies/import/", {"sheet": sheet(), "confirmed": "1"}).status_code == 302
    assert agency("数据局").parent == agency("人民政府")
    bad = SimpleUploadedFile("机关.xlsx", b"no sheet")
    answer = client.post("/office/agencies/import/", {"sheet": bad})
    assert answer.status_code == 422
    assert "打不开这个文件" in answer.content.decode()


@pytest.mark.parametrize("action", ["rename", "move", "transfer", "abolish", "correct", "describe"])
def test_every_form_opens_and_an_empty_one_says_what_is_missing(action: str) -> None:
    client, pk = signed_in("luo.ping"), agency("实验小学").pk
    address = f"/office/agencies/{pk}/{action}/"
    assert client.get(address).status_code == 200
    if action != "describe":
        assert client.post(address, {"on": ""}).status_code == 422


def test_accounts_of_others_cannot_be_counted() -> None:
    client = signed_in("lin.he")
    assert client.get(f"/office/staff/{person('tian.ye').pk}/").status_code == 404
    assert client.get("/office/staff/999999/").status_code == 404
