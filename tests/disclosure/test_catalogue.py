"""The standard catalogue: rows, limits, coverage, the State's spreadsheet in and out, screens."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.agencies.doer import SYSTEM, Doer, Refused
from gongkai.agencies.models import today
from gongkai.agencies.policy import Policy
from gongkai.audit.models import Entry
from gongkai.content import spreadsheets
from gongkai.disclosure import actions as records
from gongkai.disclosure.catalogue import actions, coverage, planning, reading, sources, writing
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.models import Record
from gongkai.statute.catalogue import fields
from tests.county import agency, doer, person, signed_in

pytestmark = pytest.mark.usefixtures("county")

OFFICE = "人民政府办公室"
HANDLER = "lin.he"
LIMIT = "信息形成或者变更之日起20个工作日内"


def a_row(name: str = OFFICE, **more: Any) -> CatalogueRow:
    given = {
        "field": 5,
        "level1": "最低生活保障",
        "level2": "审批信息",
        "content": "低保对象名单",
        "limit": LIMIT,
        "publisher": "县民政局",
    }
    return actions.add(SYSTEM, agency(name), **(given | more))


def a_record(row: CatalogueRow, formed: date, *, public: bool = True) -> Record:
    record = records.draft(
        SYSTEM, row.agency, title="名单", formed_on=formed, catalogue_row=row, attribute="proactive"
    )  # fmt: skip
    if public:
        Record.objects.filter(pk=record.pk).update(
            is_public=True, state="published", index_no=f"X/2026-{record.pk:05d}", published_at=timezone.now()
        )
    return record


def standing(row: CatalogueRow) -> coverage.Standing:
    return coverage.standings(CatalogueRow.objects.filter(pk=row.pk))[0]


# ---------------------------------------------------------------------------------------------------------------- verbs


def test_it_works() -> None:
    row = a_row()
    assert (row.matter, row.field_name, row.place) == ("最低生活保障 › 审批信息", "社会救助", 1)
    assert a_row(level2="政策法规文件").place == 2
    row = actions.change(SYSTEM, row, limit="3个工作日")
    assert row.time_limit and row.time_limit.working_days == 3
    actions.retire(SYSTEM, row)
    assert not coverage.active().filter(pk=row.pk).exists()
    actions.restore(SYSTEM, row)
    verbs = [entry.verb for entry in Entry.objects.filter(verb__startswith="catalogue.").order_by("number")]
    assert verbs == ["catalogue.add", "catalogue.add", "catalogue.change", "catalogue.retire", "catalogue.restore"]
    assert set(verbs) < set(actions.VERBS)


def test_who_may_not_is_told_so() -> None:
    row = a_row("教育局")
    for call in (
        lambda by: actions.add(
            by, agency("教育局"), field=3, level1="招生", content="简章", limit=LIMIT, publisher="县教育局"
        ),
        lambda by: actions.change(by, row, limit="3个工作日"),
        lambda by: actions.retire(by, row),
        lambda by: planning.apply(by, agency("教育局"), []),
    ):
        with pytest.raises(Refused, match="只负责本机关|没有担任"):
            call(Doer(person(HANDLER)))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"field": 99}, "没有这个试点领域"),
        ({"level1": " "}, "一级事项"),
        ({"to_all": False}, "公开对象应选全社会或者写明特定群体"),
        ({"on_own": False}, "公开方式应选主动或者依申请"),
        ({"county": False}, "公开层级应选"),
        ({"limit": ""}, "公开时限"),
        ({"content": "长" * 3001}, "公开内容"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        a_row(**wrong)
    assert not CatalogueRow.objects.exists()


def test_the_same_row_is_not_added_twice() -> None:
    a_row()
    with pytest.raises(Refused, match="已经在目录里"):
        a_row()


# --------------------------------------------------------------------------------------------------------------- limits


def test_the_limit_of_the_row_is_the_limit_of_the_record() -> None:
    row = a_row(limit="3个工作日")
    record = a_record(row, date(2026, 3, 2), public=False)
    assert (record.due_on, record.field) == (date(2026, 3, 5), 5)
    actions.change(SYSTEM, row, limit="5个工作日内")
    record.refresh_from_db()
    assert record.due_on == date(2026, 3, 9)
    records.edit(SYSTEM, record, catalogue_row=None)
    record.refresh_from_db()
    assert record.due_on == date(2026, 3, 30)


def test_a_catalogue_does_not_lengthen_the_period_of_the_statute() -> None:
    assert a_record(a_row(limit="30个工作日"), date(2026, 3, 2), public=False).due_on == date(2026, 3, 30)


def test_a_record_takes_rows_of_its_own_agency_and_field_only() -> None:
    row = a_row("教育局")
    with pytest.raises(Refused, match="是青禾县教育局的事项"):
        records.draft(SYSTEM, agency(OFFICE), title="名单", formed_on=date(2026, 3, 2), catalogue_row=row)
    with pytest.raises(Refused, match="属于社会救助领域"):
        records.draft(SYSTEM, agency("教育局"), title="名单", formed_on=date(2026, 3, 2), catalogue_row=row, field=3)


def test_where_a_record_is_listed_is_changed_without_a_new_review() -> None:
    record = a_record(a_row(), today(), public=False)
    events = record.events.count()
    records.edit(SYSTEM, record, catalogue_row=a_row(level2="政策法规文件"))
    assert record.events.count() == events
    assert Entry.objects.filter(verb="records.edit").latest("number").details["catalogue_row"].endswith("政策法规文件")


# ------------------------------------------------------------------------------------------------------------- coverage


def test_empty_current_and_late() -> None:
    row = a_row()
    assert standing(row).state == "empty"
    a_record(row, today() - timedelta(days=400))
    found = standing(row)
    assert (found.state, found.count, found.newest) == ("current", 1, today() - timedelta(days=400))
    late = a_record(row, today() - timedelta(days=60), public=False)
    assert (standing(row).state, standing(row).due) == ("late", late.due_on)
    Record.objects.filter(pk=late.pk).update(state="withdrawn")
    assert standing(row).state == "current"


def test_what_is_to_be_renewed_is_late_when_it_is_not() -> None:
    row = a_row(limit="每季度公开")
    a_record(row, today() - timedelta(days=80))
    assert standing(row).state == "current"
    assert standing(row).due
    actions.change(SYSTEM, row, months=1)
    assert (standing(row).state, standing(row).why) == ("late", "应每月更新")


def test_what_is_given_on_application_is_never_missed() -> None:
    assert standing(a_row(on_own=False, on_application=True)).state == "on_application"


def test_the_total_and_the_number_of_queries(django_assert_num_queries: Any) -> None:
    rows = [a_row(level2=str(n)) for n in range(6)]
    for row in rows[:3]:
        a_record(row, today())
    with django_assert_num_queries(3):
        whole = coverage.total(coverage.standings(coverage.active()))
    assert (whole.rows, whole.states["current"], whole.states["empty"], whole.share) == (6, 3, 3, 50)


def test_the_queue_names_late_rows_and_counts_empty_ones() -> None:
    late = a_row(limit="每月公开")
    a_record(late, today() - timedelta(days=120))
    a_row(level2="政策法规文件")
    a_row(level2="办事指南")
    a_row("教育局", level2="别处")
    tasks = list(sources.tasks(Policy(person(HANDLER))))
    assert [task.title for task in tasks] == ["更新：最低生活保障 › 审批信息", "标准目录有 2 个事项还没有公开过信息"]
    assert (tasks[0].lamp, tasks[0].note) == ("overdue", "应每月更新")


# ---------------------------------------------------------------------------------------------------------- spreadsheet


def a_template(*rows: list[str], title: str = "社会救助领域基层政务公开标准目录", sheet: str = "Sheet1") -> bytes:
    """As the State's templates are: a title, two rows of heads, merged cells."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        page.merge_range(0, 0, 0, 14, title)
        heads = [
            "序\n号",
            "公开事项",
            "",
            "公开内容\n（要素）",
            "公开依据",
            "公开时限",
            "公开主体",
            "公开渠道和载体（“■”表示必选）",
        ]
        page.write_row(1, 0, [*heads, "公开对象", "", "公开方式", "", "公开层级", ""])
        for place in (0, 3, 4, 5, 6, 7):
            page.merge_range(1, place, 2, place, heads[place])
        for place, head in ((1, "公开事项"), (8, "公开对象"), (10, "公开方式"), (12, "公开层级")):
            page.merge_range(1, place, 1, place + 1, head)
        page.write_row(2, 1, ["一级事项", "二级事项"])
        page.write_row(2, 8, ["全社会", "特定群众", "主动", "依申请公开", "县级", "乡、村级"])
        for line, row in enumerate(rows, 3):
            page.write_row(line, 0, row)
        if len(rows) > 1 and rows[1][1] == "":
            page.merge_range(3, 1, 4, 1, rows[0][1])
        page.merge_range(3 + len(rows), 0, 3 + len(rows), 13, "注：■为必选项。")
    return out.getvalue()


def line(number: str = "1", level1: str = "最低生活保障", level2: str = "审批信息", **more: str) -> list[str]:
    given = {"content": "低保对象名单", "basis": "《社会救助暂行办法》", "limit": LIMIT, "publisher": "县民政局", "channels": "■政府网站",
             "to_all": "√", "to_group": "", "on_own": "√", "on_application": "", "county": "√", "township": "√"}  # fmt: skip
    return [number, level1, level2, *(given | more).values()]


def test_a_template_is_read_with_its_merged_cells() -> None:
    content = a_template(line(), line("2", "", "办事指南", township="", to_all="", to_group="低保对象"))
    first, second = reading.lines_of(content)
    assert (first.field, first.line, first.values["number"]) == (5, 4, "1")
    assert (second.values["level1"], second.values["level2"]) == ("最低生活保障", "办事指南")
    assert (first.values["to_all"], first.values["to_group"], first.values["township"]) == (True, "", True)
    assert (second.values["to_all"], second.values["to_group"], second.values["township"]) == (False, "低保对象", False)


@pytest.mark.parametrize(
    ("text", "number"),
    [("社会救助", 5), ("（十九）涉农补贴领域", 19), ("卫生健康领域标准目录", 21), ("自然资源", 33), ("Sheet1", None)],
)
def test_a_title_names_its_field(text: str, number: int | None) -> None:
    assert reading.field_in(text) == number


def test_every_field_is_found_by_its_own_name() -> None:
    assert [reading.field_in(f"{field.name}领域基层政务公开标准目录") for field in fields()] == [
        field.number for field in fields()
    ]


def test_first_what_will_happen_then_it_happens_and_again_nothing() -> None:
    one = agency(OFFICE)
    content = a_template(
        line(), line("2", level2="办事指南", limit="依法公开"), line("3", level2=""), line("4", level1="")
    )
    steps = planning.plan(one, content)
    assert [step.what for step in steps] == ["new", "new", "new", "refused"]
    assert "一级事项" in steps[3].reasons[0]
    assert "20个工作日" in steps[1].notes[0]
    assert not CatalogueRow.objects.exists()
    planning.apply(SYSTEM, one, steps)
    assert [row.matter for row in CatalogueRow.objects.all()] == [
        "最低生活保障 › 审批信息",
        "最低生活保障 › 办事指南",
        "最低生活保障",
    ]
    assert [step.what for step in planning.plan(one, content)][:3] == ["unchanged"] * 3
    changed = planning.plan(one, a_template(line(limit="3个工作日")), retire=True)
    assert [step.what for step in changed] == ["changed", "retired", "retired"]
    assert changed[0].changes == [("公开时限", LIMIT, "3个工作日")]
    planning.apply(SYSTEM, one, changed)
    assert [row.limit for row in coverage.active()] == ["3个工作日"]
    entry = Entry.objects.filter(verb="catalogue.import").latest("number")
    assert entry.details["停用"] == 2


def test_an_import_changes_what_is_due() -> None:
    row = a_row()
    record = a_record(row, date(2026, 3, 2), public=False)
    planning.apply(SYSTEM, row.agency, planning.plan(row.agency, a_template(line(limit="3个工作日"))))
    record.refresh_from_db()
    assert record.due_on == date(2026, 3, 5)


def test_a_row_twice_and_a_sheet_without_a_field_are_refused() -> None:
    steps = planning.plan(agency(OFFICE), a_template(line(), line("2")))
    assert [step.what for step in steps] == ["new", "refused"]
    assert "重复" in steps[1].reasons[0]
    steps = planning.plan(agency(OFFICE), a_template(line(), title="标准目录"))
    assert "看不出是哪个试点领域" in steps[0].reasons[0]
    assert planning.plan(agency(OFFICE), a_template(line(), title="标准目录"), number=6)[0].row.field == 6


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zz", "标题,正文".encode()])
def test_what_is_no_spreadsheet_is_said(content: bytes) -> None:
    with pytest.raises(reading.NotACatalogue, match="打不开|损坏|空"):
        planning.plan(agency(OFFICE), content)


def test_a_sheet_without_the_heads_is_said() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("随便").write_row(0, 0, ["标题", "日期"])
    with pytest.raises(reading.NotACatalogue, match="没有表头"):
        planning.plan(agency(OFFICE), out.getvalue())


def test_out_and_in_again_nothing_changes_and_it_looks_like_the_template() -> None:
    one = agency(OFFICE)
    a_row(number="1")
    a_row(number="2", level2="办事指南", to_all=False, to_group="低保对象", channels="■政府网站\n□公开查阅点")
    a_row(number="3", level1="特困人员救助", level2="", township=True)
    a_row(field=6, level1="=1+1", level2="", process="结果", months=12)
    content = writing.workbook(coverage.active().select_related("agency"), one.name)
    assert [(step.what, step.changes, step.reasons) for step in planning.plan(one, content, retire=True)] == [
        ("unchanged", [], [])
    ] * 4
    first, second = spreadsheets.read(content)
    assert (first.name, second.name) == ("社会救助", "养老服务")
    assert first.rows[0][0] == "青禾县人民政府办公室社会救助领域基层政务公开标准目录"
    assert first.rows[1][1] == "公开事项"
    assert first.rows[2][1:3] == ["一级事项", "二级事项"]
    assert (3, 1, 4, 1) in first.merged
    assert second.rows[1][0] == "过程"
    assert second.rows[3][2] == "=1+1"


# -------------------------------------------------------------------------------------------------------------- screens


def test_the_screens() -> None:
    client, row = signed_in(HANDLER), a_row()
    pk = row.agency_id
    assert "空白" in client.get("/office/catalogue/").content.decode()
    shown = client.get(f"/office/catalogue/{pk}/?field=5&state=empty").content.decode()
    assert "审批信息" in shown
    assert "没有符合条件的事项" in client.get(f"/office/catalogue/{pk}/?state=late").content.decode()
    begun = client.get(f"/office/records/new/?row={row.pk}").content.decode()
    assert f'<option value="{row.pk}" selected>' in begun
    assert client.get(f"/office/catalogue/{pk}/export.xlsx").content.startswith(b"PK")
    fields = {"field": 5, "level1": "临时救助", "content": "办法", "limit": "3个工作日", "publisher": "县民政局",
              "to_all": "on", "on_own": "on", "county": "on"}  # fmt: skip
    assert client.post(f"/office/catalogue/{pk}/add/", fields).status_code == 302
    answer = client.post(f"/office/catalogue/{pk}/add/", fields)
    assert answer.status_code == 422
    assert "已经在目录里" in answer.content.decode()
    assert client.post(f"/office/catalogue/rows/{row.pk}/", fields | {"level1": "特困"}).status_code == 302
    client.post(f"/office/catalogue/rows/{row.pk}/retire/")
    assert "停用的事项" in client.get(f"/office/catalogue/{pk}/").content.decode()
    client.post(f"/office/catalogue/rows/{row.pk}/retire/", {"restore": "1"})
    row.refresh_from_db()
    assert (row.level1, row.retired_on) == ("特困", None)


def test_a_draft_is_written_under_a_row_on_the_screen() -> None:
    client, row = signed_in(HANDLER), a_row(limit="3个工作日")
    posted = {
        "agency": row.agency_id,
        "title": "名单",
        "formed_on": "2026-03-02",
        "catalogue_row": row.pk,
        "scope": "全社会",
    }
    assert client.post("/office/records/new/", posted).status_code == 302
    record = Record.objects.get()
    assert (record.catalogue_row, record.due_on) == (row, date(2026, 3, 5))
    assert "最低生活保障 › 审批信息" in client.get(f"/office/records/{record.pk}/").content.decode()
    other = a_row("教育局", level2="别处")
    assert client.post("/office/records/new/", posted | {"catalogue_row": other.pk}).status_code == 422


def test_the_spreadsheet_on_the_screen_first_shown_then_done() -> None:
    client, one = signed_in(HANDLER), agency(OFFICE)
    address = f"/office/catalogue/{one.pk}/import/"
    assert client.get(address).status_code == 200
    upload = SimpleUploadedFile("目录.xlsx", a_template(line(), line("2", level1="")))
    shown = client.post(address, {"sheet": upload})
    text = shown.content.decode()
    assert "新增 1 行" in text
    assert "不能导入 1 行" in text
    token = shown.context["token"]
    assert not CatalogueRow.objects.exists()
    assert client.post(address, {"token": token + "x"}).status_code == 422
    assert client.post(address, {"token": token}).status_code == 302
    assert CatalogueRow.objects.count() == 1
    again = client.post(address, {"token": token})
    assert (again.status_code, CatalogueRow.objects.count()) == (422, 1)
    assert "请再选一次文件" in again.content.decode()
    wrong = SimpleUploadedFile("目录.xlsx", b"zz")
    assert client.post(address, {"sheet": wrong}).status_code == 422


def test_the_catalogue_moves_with_a_reorganisation() -> None:
    row = a_row("教育局")
    record = a_record(row, today(), public=False)
    assert doer("luo.ping")
    from gongkai.agencies import actions as agencies

    agencies.merge(SYSTEM, agency("教育局"), agency("水利局"), on=today())
    row.refresh_from_db()
    record.refresh_from_db()
    assert row.agency == record.agency == agency("水利局")
