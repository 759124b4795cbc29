"""Bulk import: every form a list comes in, every refusal, hostile files, and kill -9 in between."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from benchmarks.importing import sheet
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.agencies.doer import SYSTEM, Refused
from gongkai.audit.models import Entry
from gongkai.cli import main
from gongkai.demo.attachments import docx, pdf
from gongkai.disclosure import actions as records
from gongkai.disclosure import filing, queries, shown
from gongkai.disclosure.catalogue import actions as catalogue
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.importing import actions, columns, documents, template
from gongkai.disclosure.importing.models import ImportRun, Origin
from gongkai.disclosure.importing.planning import Planner, Step
from gongkai.disclosure.importing.reading import NotAList, rows_of
from gongkai.disclosure.models import Record, Shown
from gongkai.search.models import Item
from tests.county import agency, doer, signed_in
from tests.places import Place

county = pytest.mark.usefixtures("county")

HEADS = ["标题", "文号", "成文日期", "发布日期", "网址", "主题分类", "公开事项", "摘要", "正文"]
LINE = ["关于调整低保标准的通知", "青民发〔2025〕7号", "2025-03-03", "2025-03-06", "https://mz.example/1.html",
        "民政、扶贫、救灾\\社会福利", "A21_C7", "低保标准每月提高。", "<p>自四月起执行。</p><script>alert(1)</script>"]  # fmt: skip


def a_csv(*lines: list[Any], heads: list[str] = HEADS, encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heads, *lines])
    return out.getvalue().encode(encoding)


def a_book(*lines: list[Any], heads: list[str] = HEADS) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, line in enumerate([heads, *lines]):
            page.write_row(number, 0, line)
    return buffer.getvalue()


def a_zip(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def line(**changed: str) -> list[str]:
    names = dict(
        zip(("title", "number", "formed", "published", "url", "theme", "item", "abstract", "body"), LINE, strict=True)
    )
    return list((names | changed).values())


def a_row(**fields: Any) -> CatalogueRow:
    return catalogue.add(SYSTEM, agency("民政局"), content="名单", publisher="县民政局", **fields)


def planned(content: bytes, name: str = "list.csv", by: Any = SYSTEM) -> list[Step]:
    rows = actions.read(content, name)
    return list(Planner(by, agency("民政局"), "旧网站", rows).plan())


def imported(content: bytes, name: str = "list.csv", by: Any = SYSTEM) -> ImportRun:
    rows = actions.read(content, name)
    run = actions.begin(by, agency("民政局"), name, "旧网站", str(hash(content)), len(rows.rows))
    actions.go(by, run, rows)
    run.refresh_from_db()
    return run


# ---------------------------------------------------------------------------------------------------------- it works


@county
@pytest.mark.parametrize("given", ["最低生活保障 › 审批信息", "最低生活保障/审批信息", "审批信息"])
def test_a_row_of_the_standard_catalogue_is_found_by_its_matter(given: str) -> None:
    row = a_row(limit="3个工作日", field=5, level1="最低生活保障", level2="审批信息")
    a_row(limit="3个工作日", field=5, level1="最低生活保障", level2="政策法规文件")
    imported(a_csv([*line(published="", formed="2026-03-02"), given], heads=[*HEADS, "目录事项"]))
    record = Record.objects.get()
    assert (record.catalogue_row, record.field, record.due_on) == (row, 5, date(2026, 3, 5))


@county
def test_a_row_that_is_none_or_not_one_is_refused() -> None:
    for level1 in ("最低生活保障", "特困人员救助供养"):
        a_row(limit="3个工作日", field=5, level1=level1, level2="审批信息")
    heads = [*HEADS, "目录事项"]
    assert planned(a_csv([*LINE, "救灾"], heads=heads))[0].reasons == ["本机关的标准目录里没有“救灾”这个事项。"]
    assert "标准目录里有2个“审批信息”" in planned(a_csv([*LINE, "审批信息"], heads=heads))[0].reasons[0]


@county
def test_a_column_of_another_site_holds_nobody_back() -> None:
    theirs, ours = planned(a_csv([*line(url="1"), "信息快递"], [*line(url="2"), "政府会议"], heads=[*HEADS, "栏目"]))
    assert (theirs.reasons, ours.reasons) == ([], [])
    assert theirs.record and ours.record
    assert (theirs.record.column, ours.record.column) == ("", "meetings")
    assert "本平台没有“信息快递”这个栏目，导入以后请选择。" in theirs.notes


@county
def test_the_empty_sheet_has_every_column_and_can_be_imported() -> None:
    answer = signed_in("luo.ping").get("/office/records/import/blank.xlsx")
    assert answer.headers["Content-Disposition"].endswith("xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    heads = [cell.value for cell in book["政府信息"][1]]
    assert [columns.name_of(str(head)) for head in heads] == list(columns.LABELS) == list(template.NOTES)
    page = book["填写说明"]
    offered = [(row[2].value, row[3].value) for row in page.iter_rows(min_row=2) if row[3].value]
    read = {"主题分类": columns.theme_of, "法定公开事项": columns.item_of, "试点领域": columns.field_of,
            "栏目": columns.column_of, "公开属性": columns.attribute_of, "行政规范性文件": columns.flag}  # fmt: skip
    assert all(read[head](value) is not None for head, value in offered if head in read)
    book["政府信息"].append(
        [{"标题": "通知", "正文": "内容", "成文日期": "2026-03-02"}.get(str(head)) for head in heads]
    )
    buffer = io.BytesIO()
    book.save(buffer)
    step = planned(buffer.getvalue(), "list.xlsx")[0]
    assert (step.what, step.title, step.reasons) == ("new", "通知", [])


@county
def test_history_with_personal_data_does_not_become_public() -> None:
    content = a_csv(line(body="<table><tr><td>王某</td><td>110101199003070038</td></tr></table>"))
    (step,) = planned(content)
    assert (step.what, step.label) == ("new", "新增（草稿）")
    assert "有 1 处个人信息（公民身份号码），不直接公开" in "".join(step.notes)
    imported(content)
    record = Record.objects.get()
    assert (record.state, record.is_public, record.published_at) == ("draft", False, None)
    assert not Shown.objects.exists()


@county
@pytest.mark.parametrize(
    ("typed", "kept"),
    [("青政办发[2020]31号", "青政办发〔2020〕31号"), ("青民发（2019）8 号", "青民发〔2019〕8号"), ("2019年第8号文", "2019年第8号文")],
)  # fmt: skip
def test_document_numbers_of_old_sites_hold_nobody_back(typed: str, kept: str) -> None:
    (step,) = planned(a_csv(line(number=typed)))
    assert step.record
    assert (step.reasons, step.record.document_no) == ([], kept)
    assert any("不合格式" in note for note in step.notes) == (typed == kept)
    assert bool(planned(a_csv(line(number=typed, published="")))[0].reasons) == (typed == kept)


@county
def test_a_run_that_goes_on_counts_every_row_once() -> None:
    content = a_csv(*[line(url=str(n)) for n in range(5)], LINE, LINE)
    rows = actions.read(content, "list.csv")
    run = actions.begin(SYSTEM, agency("民政局"), "list.csv", "旧网站", "0" * 64, len(rows.rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "BATCH", 2)
        for done in (2, 4, 6, 7):
            actions.go(SYSTEM, run, rows, seconds=1e-9)
            run.refresh_from_db()
            assert run.done == done
    assert (run.made, run.unchanged, run.refused) == (6, 0, 1)


@county
def test_two_who_press_at_once_import_once() -> None:
    rows = actions.read(a_csv(LINE), "list.csv")
    run = actions.begin(SYSTEM, agency("民政局"), "list.csv", "旧网站", "0" * 64, 1)
    steps = list(Planner(SYSTEM, run.agency, run.site, rows).plan())
    actions.go(SYSTEM, run, rows)
    assert not actions._write(SYSTEM, run, steps, 0)
    assert Record.objects.count() == 1


@county
def test_files_that_no_row_takes_are_named() -> None:
    content = a_zip(**{"通知.txt": "青禾县通知\n二〇二五年三月三日".encode(), "装机.exe": b"MZ"})
    assert actions.read(content, "a.zip").unused == ["装机.exe"]


@county
def test_a_draft_whose_day_changes_has_another_limit() -> None:
    for formed, due in (("2026-03-02", date(2026, 3, 30)), ("2026-03-03", date(2026, 3, 31))):
        imported(a_csv(line(published="", formed=formed)))
        assert Record.objects.get().due_on == due


@county
def test_history_moves_in_public_with_its_day_and_says_who_and_from_where() -> None:
    run = imported(a_csv(LINE), by=doer("luo.ping"))
    assert (run.made, run.refused) == (1, 0)
    record = Record.objects.get()
    assert record.is_public
    assert record.state == "published"
    assert record.published_at
    assert record.published_at.date() == date(2025, 3, 6)
    assert record.index_no
    assert record.body == "<p>自四月起执行。</p>"
    event = record.events.get()
    assert event.kind == "imported"
    assert "罗平" in event.who
    assert "旧网站" in event.note
    assert "原发布日期2025-03-06" in event.note
    assert "https://mz.example/1.html" in event.note
    assert filing.standing_of(record).state == "published"
    assert event.digest == record.digest()
    assert list(queries.public()) == [record]
    assert Shown.objects.get().pk == record.pk
    assert shown.compare() == []
    assert Item.objects.get(kind="record").key == str(record.pk)
    entry = Entry.objects.filter(verb="records.import").get()
    assert entry.actor["name"] == "罗平"
    assert entry.details["public"] == 1


@county
def test_without_a_day_of_publication_it_is_a_draft() -> None:
    imported(a_csv(line(published="")))
    record = Record.objects.get()
    assert (record.state, record.is_public, record.attribute) == ("draft", False, "")
    assert records.why_not_submit(doer("luo.ping"), record)
    assert record.versions.count() == 0


@county
def test_only_who_may_import_does() -> None:
    for username in ("lin.he", "zhou.qing", "shen.mu"):
        with pytest.raises(Refused):
            actions.begin(doer(username), agency("民政局"), "a", "旧网站", "0", 1)
    assert [s.what for s in planned(a_csv(LINE), by=doer("lin.he"))] == ["refused"]
    with pytest.raises(Refused, match="请写明来源"):
        actions.begin(doer("luo.ping"), agency("民政局"), "a", " ", "0", 1)


@county
def test_a_file_with_only_its_head_is_no_import() -> None:
    with pytest.raises(Refused, match="表头下面一行也没有填"):
        actions.begin(SYSTEM, agency("民政局"), "a.csv", "旧网站", "0", 0)


@county
def test_again_nothing_twice_and_a_change_waits_for_the_review() -> None:
    imported(a_csv(LINE))
    assert [s.what for s in planned(a_csv(LINE))] == ["unchanged"]
    again = imported(a_csv(LINE))
    assert (again.made, again.unchanged) == (0, 1)
    changed = imported(a_csv(line(body="<p>自五月起执行。</p>")))
    assert changed.changed == 1
    record = Record.objects.get()
    assert (record.state, record.is_public, record.body) == ("draft", True, "<p>自五月起执行。</p>")
    assert record.versions.first().content["body"] == "<p>自四月起执行。</p>"
    third = imported(a_csv(line(body="<p>自六月起执行。</p>")))
    assert third.refusals.get().reason == "这条信息导入以后在本平台有过改动，不覆盖；请在工作台修改。"


@county
def test_a_list_of_all_departments_goes_to_each() -> None:
    heads = ["公开主体", *HEADS]
    content = a_csv(
        ["青禾县水利局", *LINE], ["县教育局", *line(title="另一件")], ["外县水利局", *line(title="第三件")], heads=heads
    )
    run = imported(content)
    assert {r.agency.short_name for r in Record.objects.all()} == {"县水利局", "县教育局"}
    assert "外县水利局" in run.refusals.get().reason


# ------------------------------------------------------------------------------------------------------------- formats


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel>
<title>原县民政局网站</title><item><title>关于发放高龄津贴的公告</title><link>https://mz.example/2.html</link>
<guid>2</guid><pubDate>Thu, 06 Mar 2025 09:30:00 +0800</pubDate><description>&lt;p&gt;摘要&lt;/p&gt;</description>
<c:encoded>&lt;p&gt;正文。&lt;/p&gt;</c:encoded></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>原县民政局网站</title><entry><title>关于发放高龄津贴的公告</title>
<link href="https://mz.example/2.html"/><id>2</id><updated>2025-03-09T01:00:00Z</updated>
<published>2025-03-06T01:30:00Z</published><content type="html">&lt;p&gt;正文。&lt;/p&gt;</content></entry></feed>"""
JSON = {"code": 0, "data": {"list": [{"id": 2, "title": "关于发放高龄津贴的公告", "publishTime": "2025-03-06 09:30:00",
        "url": "https://mz.example/2.html", "content": "<p>正文。</p>", "hits": 7}]}}  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        RSS.encode(),
        ATOM.encode(),
        json.dumps(JSON).encode(),
        json.dumps(JSON["data"]["list"][0]).encode() + b"\n",  # type: ignore[index]
        a_csv(["关于发放高龄津贴的公告", "2025年3月6日", "正文。"], heads=["名称*", "发布时间", "内容"]),
        a_csv(
            ["关于发放高龄津贴的公告", "2025/3/6", "正文。"], heads=["信息标题", "公开日期", "正文"], encoding="gb18030"
        ),
        a_csv(
            ["关于发放高龄津贴的公告", "2025.03.06", "正文。"], heads=["标题", "发布日期", "正文"], encoding="utf-16"
        ),
        a_csv(["关于发放高龄津贴的公告", "20250306", "正文。"], heads=["标题", "发布日期", "正文"]).replace(b",", b";"),
        a_book(["关于发放高龄津贴的公告", "2025-03-06", "正文。"], heads=["标题（必填）", "发布日期", "正文"]),
    ],
    ids=["rss", "atom", "json", "json lines", "csv", "gbk", "utf-16", "semicolons", "xlsx"],
)
@county
def test_every_form_gives_the_same_record(content: bytes) -> None:
    run = imported(content, "list")
    assert (run.made, list(run.refusals.values_list("reason", flat=True))) == (1, [])
    record = Record.objects.get()
    assert record.title == "关于发放高龄津贴的公告"
    assert record.body == "<p>正文。</p>"
    assert record.published_at
    assert record.published_at.astimezone(columns.CHINA).date() == date(2025, 3, 6)


@county
def test_unknown_columns_are_said() -> None:
    assert rows_of(json.dumps(JSON).encode()).unknown == ["hits"]
    assert rows_of(a_csv([*LINE, "7"], heads=[*HEADS, "点击量"])).unknown == ["点击量"]


@county
def test_a_zip_with_a_list_brings_its_files_along() -> None:
    heads = [*HEADS, "附件"]
    content = a_zip(**{
        "旧网站/清单.csv": a_csv([*LINE, "通知.docx；标准.pdf"], [*line(title="缺附件", url="x"), "没有.pdf"], heads=heads, encoding="gb18030"),
        "旧网站/files/通知.docx": docx(["正文"]), "旧网站/标准.pdf": pdf(["标准"]), "__MACOSX/._x": b"x",
    })  # fmt: skip
    run = imported(content, "old.zip")
    assert (run.made, run.refused) == (1, 1)
    assert "没有附件“没有.pdf”" in run.refusals.get().reason
    record = Record.objects.get()
    assert [a.name for a in record.attachments.all()] == ["通知.docx", "标准.pdf"]
    assert len(record.versions.get().files) == 2
    assert record.events.get().digest == record.digest()


@county
def test_a_folder_without_a_list_speaks_for_itself(tmp_path: Path) -> None:
    (tmp_path / "01-关于发放高龄津贴的通知.docx").write_bytes(
        docx(
            [
                "青民发〔2025〕9号",
                "关于发放高龄津贴的通知",
                "年满八十周岁的老年人可以申请高龄津贴，每月发放。",
                "2025年3月3日",
            ]
        )
    )
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04broken")
    (tmp_path / "程序.exe").write_bytes(b"MZ")
    rows = documents.from_folder(tmp_path)
    steps = {s.title: s for s in Planner(SYSTEM, agency("民政局"), "文件夹", rows).plan()}
    good = steps["关于发放高龄津贴的通知"]
    assert good.record
    assert good.what == "new", good.reasons
    assert (good.record.document_no, good.record.formed_on) == ("青民发〔2025〕9号", date(2025, 3, 3))
    assert good.published is None
    assert steps["坏"].what == "refused"
    assert len(steps) == 2


def test_names_in_a_zip_made_on_windows_are_read() -> None:
    info = zipfile.ZipInfo("通知.txt".encode("gb18030").decode("cp437"))
    assert documents._name(info) == "通知.txt"
    info.filename, info.flag_bits = "通知.txt", 0x800
    assert documents._name(info) == "通知.txt"


# ------------------------------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"title": ""}, "没有标题。"),
        ({"title": "\u200b"}, "没有标题。"),
        ({"title": "长" * 301}, "标题：确保该变量包含不超过 300 字符"),
        ({"formed": "三月三日"}, "成文日期“三月三日”不是日期"),
        ({"formed": "2025-02-30"}, "成文日期“2025-02-30”不是日期"),
        ({"formed": "", "published": ""}, "没有成文日期。"),
        ({"formed": "1900-01-01"}, "早于1949年10月1日"),
        ({"formed": "9999-12-31", "published": ""}, "在50年以后"),
        ({"published": "2099-01-01"}, "还没有到"),
        ({"formed": "2025-03-09"}, "晚于发布日期"),
        ({"number": "通知第X", "published": ""}, "不合格式"),
        ({"theme": "天文"}, "没有“天文”这个主题分类"),
        ({"item": "A20_99"}, "没有“A20_99”这个法定公开事项"),
        ({"body": ""}, "没有正文，也没有附件。"),
        ({"body": "<script>x</script>"}, "没有正文，也没有附件。"),
    ],
)
@county
def test_a_row_that_is_wrong_stays_out_and_says_why(changed: dict[str, str], reason: str) -> None:
    content = a_csv(line(**changed), line(title="好的一行", url="https://mz.example/9.html"))
    steps = planned(content)
    assert [s.what for s in steps] == ["refused", "new"]
    assert reason in "".join(steps[0].reasons)
    run = imported(content)
    assert (run.made, run.refused) == (1, 1)
    assert Record.objects.get().title == "好的一行"


@county
def test_the_same_row_twice_and_what_is_already_there_are_refused() -> None:
    steps = planned(a_csv(LINE, LINE))
    assert [(s.what, s.reasons) for s in steps][1] == ("refused", ["与第2行重复。"])
    records.draft(SYSTEM, agency("民政局"), title=LINE[0], formed_on=date(2025, 3, 3))
    assert "请核对是否重复" in planned(a_csv(LINE))[0].reasons[0]


@county
def test_attributes_that_are_not_public_are_no_history() -> None:
    content = a_csv([*LINE, "依申请公开"], heads=[*HEADS, "公开属性"])
    reasons = planned(content)[0].reasons
    assert "不主动公开的，须写明理由和依据。" in reasons
    assert "有发布日期的是已公开的信息，公开属性应为主动公开。" in reasons


@county
def test_an_index_number_goes_on_if_it_is_one() -> None:
    heads = [*HEADS, "索引号"]
    code = agency("民政局").credit_code
    imported(a_csv([*LINE, f"{code}/2025-00007"], [*line(title="二", url="2"), "乱写"], heads=heads))
    kept, given = Record.objects.order_by("pk")
    assert kept.index_no == f"{code}/2025-00007"
    assert given.index_no
    assert given.index_no != "乱写"


# ------------------------------------------------------------------------------------------------------- hostile files


def a_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 450_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空的"),
        (b"PK\x03\x04not a zip", "损坏"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "打不开"),
        (b"\x7fELF\0\0\0", "认不出文件的格式"),
        ("标题,日期".encode() + b"\xff\xff\xff", "认不出文字的编码"),
        (b"<html><body>list</body></html>", "不是 RSS 或 Atom"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><rss><item><title>&a;</title></item></rss>', "DOCTYPE"),
        (b"{not json", "不是完整的 JSON"),
        (b"[" * 100_000, "不是完整的 JSON"),
        (b'{"a": 1}', "没有标题"),
        ("甲,乙\n1,2".encode(), "没有“标题”一栏"),
        ("标题,名称\n1,2".encode(), "是同一栏"),
    ],
)
def test_what_is_no_list_is_refused_in_words(content: bytes, reason: str) -> None:
    with pytest.raises(NotAList, match=reason):
        actions.read(content, "x")


def a_sheet_with_one_cell_far_away() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write(1_048_575, 16_383, "远")
    return out.getvalue()


def test_bombs_and_floods_are_refused_before_they_are_unpacked() -> None:
    bomb = a_bomb()
    began = time.monotonic()
    with pytest.raises(NotAList, match="解压后"):
        actions.read(bomb, "x.xlsx")
    with pytest.raises(NotAList, match="解压后"):
        actions.read(a_zip(**{"a.txt": b"0" * 450_000_000}), "x.zip")
    assert time.monotonic() - began < 20
    with pytest.raises(NotAList, match="请删去多余的行和列"):
        actions.read(a_sheet_with_one_cell_far_away(), "x.xlsx")
    with pytest.raises(NotAList, match="一次最多导入 50000 行，这个文件有 100000 行"):
        actions.read(a_csv(*([["题", "2025-01-01"]] * 100_000), heads=["标题", "成文日期"]), "x.csv")


def test_paths_out_of_the_zip_are_only_names() -> None:
    rows = documents.from_zip(a_zip(**{"../../etc/通知.txt": "高龄津贴通知".encode()}))
    assert rows.file("../../etc/通知.txt").decode() == "高龄津贴通知"
    assert not Path("/etc/通知.txt").exists()


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.txt").symlink_to(secret)
    with pytest.raises(NotAList, match="没有可以导入的文件"):
        documents.from_folder(folder)


def test_formulas_do_not_run_in_the_report() -> None:
    report = actions.refused_csv([(2, "=HYPERLINK(1)", "没有标题。"), (3, "@x", "-1")]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(report)))[1:] == [["2", "'=HYPERLINK(1)", "没有标题。"], ["3", "'@x", "'-1"]]


@county
def test_a_formula_in_a_title_is_text() -> None:
    imported(a_csv(line(title="=1+1")))
    assert Record.objects.get().title == "=1+1"


@county
def test_a_row_that_the_database_refuses_stays_out_alone() -> None:
    content = a_csv(LINE, line(title="二", url="2"), line(title="三", url="3"))
    rows = actions.read(content, "x.csv")
    run = actions.begin(SYSTEM, agency("民政局"), "x.csv", "旧网站", "1", 3)
    planner = Planner(SYSTEM, agency("民政局"), "旧网站", rows)
    steps = list(planner.plan())
    Origin.objects.create(  # somebody was faster with the second row
        record=records.draft(SYSTEM, agency("水利局"), title="别的", formed_on=date(2025, 1, 2)),
        agency=agency("民政局"), run=run, site="旧网站", key=steps[1].key, row="0",
    )  # fmt: skip
    actions._do(SYSTEM, run, steps)
    run.refresh_from_db()
    assert (run.made, run.refused) == (2, 1)
    assert run.refusals.get().line == 3
    assert {r.title for r in queries.public()} == {LINE[0], "三"}


# ---------------------------------------------------------------------------------------------------------- the command


def test_dates_in_every_form() -> None:
    for text in ("2025-03-06", "2025/3/6", "2025.03.06", "2025年3月6日", "20250306", "2025-03-06 10:00:00"):
        assert columns.day(text) == date(2025, 3, 6), text
    assert columns.day("6/3/2025") is None
    assert columns.moment("Thu, 06 Mar 2025 09:30:00 GMT")
    assert columns.moment("昨天") is None


@county
def test_the_command_previews_imports_and_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "旧网站.csv"
    path.write_bytes(a_csv(LINE, line(title="", url="2")))
    command = ["import", "records", str(path), "--agency", "青禾县民政局"]
    assert main([*command, "--preview"]) == 1
    said = capsys.readouterr().out
    assert "第2行 新增（已公开的历史信息）：关于调整低保标准的通知" in said
    assert "新增 1 行，修改 0 行，不变 0 行，不能导入 1 行。" in said
    assert Record.objects.count() == 0
    report = tmp_path / "refused.csv"
    assert main([*command, "--report", str(report)]) == 1
    assert "新增 1 条" in capsys.readouterr().out
    assert "没有标题" in report.read_text("utf-8-sig")
    assert main(["import", "records", str(path), "--agency", "别的县"]) == 2
    assert main(["import", "records", str(tmp_path / "none"), "--agency", "青禾县民政局"]) == 2


_COUNT = """
import django, json
django.setup()
from django.db.models import Count
from gongkai.disclosure import review
from gongkai.disclosure.models import *
from gongkai.disclosure.importing.models import *
from gongkai.audit.models import Entry
from gongkai.audit import queries
from gongkai.search.models import Item
print(json.dumps({
    "records": Record.objects.count(), "titles": Record.objects.values("title").distinct().count(),
    "numbers": Record.objects.values("index_no").distinct().count(), "events": FileEvent.objects.count(),
    "versions": Version.objects.count(), "origins": Origin.objects.count(), "runs": ImportRun.objects.count(),
    "open": ImportRun.objects.filter(ended_at=None).count(), "sound": queries.verify().is_sound,
    "found": Item.objects.filter(kind="record").count(),
    "logged": sum(e.details["made"] for e in Entry.objects.filter(verb="records.import")),
}))
"""
_WATCH = """
import django, time
django.setup()
from gongkai.disclosure.models import Record
print("ready", flush=True)
while not Record.objects.exists():
    time.sleep(0.02)
"""
_FILL = "import django; django.setup(); from gongkai.agencies.demo import fill; fill('Qinghe-test-2026')"


def test_killed_in_between_and_started_again_nothing_is_there_twice(place: Place, tmp_path: Path) -> None:
    done = place.run("-c", _FILL)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "list.csv"
    path.write_bytes(sheet(1500))
    command = ("-m", "gongkai.cli", "import", "records", str(path), "--agency", "青禾县民政局", "--source", "旧网站")
    with place.start("-c", _WATCH) as watch:
        assert watch.stdout
        watch.stdout.readline()  # it looks
        process = place.start(*command)
        assert watch.wait(60) == 0
    process.kill()
    process.communicate()
    half = json.loads(place.run("-c", _COUNT).stdout)
    assert 0 < half["records"] < 1500, half
    assert half["open"] == 1
    assert half["records"] == half["events"] == half["versions"] == half["origins"] == half["logged"] == half["found"]
    done = place.run(*command)
    assert done.returncode == 0, done.stderr
    whole = json.loads(place.run("-c", _COUNT).stdout)
    assert whole == dict.fromkeys(
        ("records", "titles", "numbers", "events", "versions", "origins", "logged", "found"), 1500
    ) | {"runs": 1, "open": 0, "sound": True}  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- screens


@county
def test_who_may_import_finds_the_way_there() -> None:
    assert "/office/records/import/" in signed_in("xu.zhen").get("/office/records/").content.decode()
    assert "/office/records/import/" not in signed_in("lin.he").get("/office/records/").content.decode()


@county
def test_the_screens_preview_import_and_report() -> None:
    client = signed_in("luo.ping")
    content = a_csv(LINE, line(title="", url="2"), encoding="gb18030")
    fields = {"agency": agency("民政局").pk, "site": "旧网站", "file": SimpleUploadedFile("旧.csv", content)}
    assert "导入" in client.get("/office/records/import/").content.decode()
    answer = client.post("/office/records/import/", fields)
    run = ImportRun.objects.get()
    assert answer["Location"] == f"/office/records/import/{run.pk}/"
    shown = client.get(answer["Location"]).content.decode()
    assert "新增（已公开的历史信息）" in shown
    assert "没有标题。" in shown
    assert Record.objects.count() == 0
    assert client.post(answer["Location"]).status_code == 302
    assert Record.objects.get().is_public
    assert "新增 1 条" in client.get(answer["Location"]).content.decode()
    assert "没有标题" in client.get(f"{answer['Location']}refused.csv").content.decode("utf-8-sig")


@county
def test_what_is_no_list_is_said_on_the_screen() -> None:
    client = signed_in("luo.ping")
    fields = {"agency": agency("民政局").pk, "site": "旧网站", "file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04x")}
    answer = client.post("/office/records/import/", fields)
    assert answer.status_code == 422
    assert "已损坏" in answer.content.decode()
    assert ImportRun.objects.count() == 0
