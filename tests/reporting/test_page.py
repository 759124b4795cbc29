"""年报核校 as its visitors meet it: upload, see, consolidate, compare, download, delete; and what they may not do."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from gongkai.reporting import actions, limits
from gongkai.reporting.models import Batch, Upload
from tests.reporting.some_reports import a_file, a_report


def upload(client: Client, *files: tuple[str, bytes], text: str = "") -> str:
    """Upload files, read them, and give the batch's address."""
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    answer = client.post("/report-check/", {"files": sent, "text": text})
    assert answer.status_code == 302, answer.content.decode()
    call_command("read_uploads", "--once")
    return str(answer["Location"])


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_it_works(client: Client) -> None:
    html = page(client, upload(client, ("财政局.docx", a_file(wrong=True))))
    assert "青禾县财政局 2025 年度" in html
    assert "应为" in html
    assert 'data-path="applications.total_handled.total"' in html
    assert re.search(r'<td[^>]*data-path="applications.total_handled.natural_person"[^>]*class="wrong"', html)


def test_pasted_text_is_read(client: Client) -> None:
    from tests.annual_report.reading.layouts import document

    numbers = {path: cell.value for path, cell in a_report().cells.items()}
    text = document(
        "tabs", dict.fromkeys(("disclosure", "applications", "remedies"), "2021"), numbers, __import__("random")
    )
    assert "青禾县人民政府 2024 年度" in page(client, upload(client, text=text))


def test_a_bad_file_is_its_own_row_and_the_others_go_on(client: Client) -> None:
    html = page(client, upload(client, ("坏.docx", b"PK\x03\x04broken"), ("空.txt", b""), ("好.docx", a_file())))
    assert html.count("未能读取") == 2
    assert "文件是空的" in html
    assert "青禾县财政局" in html


def test_nothing_chosen_says_so_and_keeps_what_was_typed(client: Client) -> None:
    answer = client.post("/report-check/", {"text": "  "})
    assert answer.status_code == 422
    assert "请选择至少一个文件" in answer.content.decode()
    assert Batch.objects.count() == 0


def test_too_many_and_too_large_are_refused_before_anything_is_stored(client: Client, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(limits, "MAX_FILE", 10)
    monkeypatch.setattr(limits, "MAX_FILES", 1)
    answer = client.post(
        "/report-check/", {"files": [SimpleUploadedFile("a.txt", b"x" * 11), SimpleUploadedFile("b.txt", b"x")]}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "一次最多 1 个文件" in html
    assert "每个文件最大" in html
    assert Batch.objects.count() == 0


def test_too_often_says_when_it_opens_again(client: Client, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(limits, "BATCHES_AN_HOUR", 1)
    client.post("/report-check/", {"text": "一"})
    answer = client.post("/report-check/", {"text": "二"})
    assert answer.status_code == 422
    assert re.search(r"请 \d+ 分钟后再试", answer.content.decode())


def test_a_full_disk_leaves_nothing_behind(client: Client, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def full(path: Path, chunks: object) -> None:
        path.parent.mkdir(parents=True)
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(actions, "_store", full)
    answer = client.post("/report-check/", {"text": "报告"})
    assert answer.status_code == 422
    assert "存不下" in answer.content.decode()
    assert Batch.objects.count() == 0
    assert not list(settings.UPLOADS.glob("*/1"))


def addresses(token: str) -> list[str]:
    """Every address below a batch, from the URL configuration, so that a new one cannot be forgotten."""
    filled = []
    for pattern in get_resolver("gongkai.reporting.urls").url_patterns:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern)
        if "<str:token>" in route:
            route = route.replace("<str:token>", token).replace("<int:number>", "1").replace("<int:page>", "1")
            filled.append("/report-check/" + route.replace("<str:suffix>", ".docx") + "?agency=甲&year=2025&a=1&b=1")
    return filled


def test_another_browser_finds_nothing_of_a_batch(client: Client) -> None:
    address = upload(client, ("a.docx", a_file()))
    token = address.strip("/").split("/")[-1]
    assert len(addresses(token)) >= 11
    for route in addresses(token):
        for method in ("get", "post"):
            assert getattr(Client(), method)(route).status_code in (404, 405), route
    assert Batch.objects.filter(token=token).exists()


def test_the_demo_is_open_to_all_and_cannot_be_deleted(client: Client) -> None:
    batch = actions.upload([SimpleUploadedFile("a.docx", a_file())])  # type: ignore[list-item]
    Batch.objects.filter(pk=batch.pk).update(is_demo=True)
    call_command("read_uploads", "--once")
    assert "青禾县财政局" in page(Client(), "/report-check/demo/")
    assert Client().post(f"/report-check/b/{batch.token}/delete").status_code == 404
    assert Batch.objects.filter(pk=batch.pk).exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/../../b.txt", "..\\..\\x.txt", "\x00\n.txt", "." * 300, "名" * 300 + ".docx", ""]
)
def test_a_file_name_never_leaves_its_folder(name: str) -> None:
    safe = actions.safe_name(name)
    assert safe not in ("", ".", "..")
    assert not set(safe) & set("/\\\x00\n")
    assert len(safe.encode()) <= 240


def test_markup_in_a_report_stays_text(client: Client) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    html = page(client, upload(client, (f"{evil}.json", a_file(".json", agency=f"青禾县{evil}局", text=evil))))
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_every_page_forbids_inline_script(client: Client) -> None:
    address = upload(client, ("a.docx", a_file()))
    for route in ("/report-check/", address, address + "1/", "/nothing-here", "/healthz"):
        assert "script-src 'self'" in client.get(route)["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", client.get(route).content.decode())


def test_a_form_from_elsewhere_is_refused_in_plain_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/report-check/", {"text": "报告"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_delete_removes_rows_and_files_at_once(client: Client) -> None:
    address = upload(client, ("a.docx", a_file()))
    folder = Batch.objects.get().folder
    assert folder.exists()
    assert client.post(address + "delete").status_code == 302
    assert not folder.exists()
    assert client.get(address).status_code == 404


def test_what_has_expired_is_purged_and_what_is_kept_is_not(client: Client) -> None:
    old, kept = upload(client, ("a.docx", a_file())), upload(client, ("b.docx", a_file()))
    Batch.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    client.post(kept + "keep")
    actions.purge()
    assert client.get(old).status_code == 404
    assert client.get(kept, follow=True).status_code == 200


def test_a_file_that_crashes_its_reader_again_and_again_is_given_up() -> None:
    actions.upload([SimpleUploadedFile("a.docx", a_file())])  # type: ignore[list-item]
    for _ in range(limits.MAX_ATTEMPTS - 1):
        item = actions.claim()
        actions.resume()
        assert Upload.objects.get().state == Upload.State.QUEUED
    assert actions.claim() == item
    actions.resume()
    last = Upload.objects.get()
    assert last.state == Upload.State.FAILED
    assert "3 次中断" in last.reason
    assert last.batch.is_compared


def test_a_reader_that_is_stopped_is_no_crash() -> None:
    actions.upload([SimpleUploadedFile("a.docx", a_file())])  # type: ignore[list-item]
    for _ in range(5):
        item = actions.claim()
        assert item is not None
        actions.give_back(item)
    assert Upload.objects.get().attempts == 0


def test_two_readers_never_take_the_same_file_and_batches_take_turns() -> None:
    many = actions.upload([SimpleUploadedFile(f"{i}.txt", b"x") for i in range(5)])  # type: ignore[list-item]
    one = actions.upload([SimpleUploadedFile("one.txt", b"x")])  # type: ignore[list-item]
    taken = [actions.claim() for _ in range(7)]
    assert taken.pop() is None
    assert len({item.pk for item in taken if item}) == 6
    assert [item.batch_id for item in taken if item][:2] == [many.pk, one.pk]


def test_a_double_click_uploads_once(client: Client) -> None:
    sent = {"form": "x" * 22, "text": "一份报告"}
    first, second = (client.post("/report-check/", sent)["Location"] for _ in range(2))
    assert first == second
    assert Batch.objects.count() == 1
    # The same page, gone back to, may send something else.
    assert client.post("/report-check/", {"form": "x" * 22, "text": "另一份报告"})["Location"] != first


def test_a_batch_deleted_while_it_is_read_stays_deleted(client: Client) -> None:
    batch = actions.upload([SimpleUploadedFile("a.docx", a_file())])  # type: ignore[list-item]
    item = actions.claim()
    assert item is not None
    actions.delete(batch)
    actions.finish(item, a_report(), "")
    assert not Batch.objects.exists()
    assert not Upload.objects.exists()


def test_a_defect_of_a_rule_costs_one_file_and_not_the_reader(client: Client, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def defect(*args: object, **more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "check", defect)
    html = page(client, upload(client, ("a.docx", a_file()), ("b.docx", a_file())))
    assert html.count("核校这份报告时出现内部错误") == 2


def test_halves_of_uploads_do_not_stay() -> None:
    import os

    half = settings.INCOMING / "half.upload"
    half.write_bytes(b"half")
    actions.purge()
    assert half.exists()  # still arriving, perhaps
    os.utime(half, (0, 0))
    actions.purge()
    assert not half.exists()


def test_who_has_not_reported_is_named_in_the_batch_and_in_the_sum(client: Client) -> None:
    address = upload(client, ("a.docx", a_file()), ("b.docx", a_file(agency="青禾县水利局")))
    client.post(address + "expect", {"names": "财政局\n 青禾县水利局 \n青禾县教育局\n\n青禾县教育局"})
    html = page(client, address)
    assert "还缺 1 个单位的报告" in html
    assert "缺少青禾县教育局的报告" in page(client, address + "consolidate?agency=青禾县人民政府&year=2025")


def test_a_batch_is_added_up_with_every_contributor(client: Client) -> None:
    address = upload(client, ("a.docx", a_file()), ("b.xlsx", a_file(".xlsx", agency="青禾县水利局")))
    html = page(client, address + "consolidate?agency=青禾县人民政府&year=2025")
    assert "汇总了 2 份报告" in html
    assert ">52</td>" in html
    assert "青禾县水利局 <b>26</b>" in html
    answer = client.get(address + "consolidate/result.json?agency=青禾县人民政府&year=2025")
    assert answer.json()["applications"]["granted"]["total"] == 52


@pytest.mark.parametrize("query", ["", "?agency=甲", "?year=2025", "?agency=甲&year=二〇", "?agency=甲&year=99999"])
def test_adding_up_without_agency_or_year_says_what_is_missing(client: Client, query: str) -> None:
    address = upload(client, ("a.docx", a_file()))
    answer = client.get(address + "consolidate" + query)
    assert answer.status_code == 422
    assert "请填写" in answer.content.decode()


def test_two_reports_are_compared(client: Client) -> None:
    address = upload(client, ("a.docx", a_file()), ("b.docx", a_file(wrong=True, agency="青禾县水利局")))
    html = page(client, address + "compare?a=1&b=2")
    assert "不同的单元格（2）" in html
    assert "请选择两份" in page(client, address + "compare?a=1&b=77")


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx", ".json", ".pdf"])
def test_a_report_is_downloaded_in_every_format(client: Client, suffix: str) -> None:
    from gongkai.annual_report.reading import read_bytes
    from gongkai.doctor import has_chinese_font

    address = upload(client, ("a.docx", a_file()))
    answer = client.get(f"{address}1/report{suffix}")
    if suffix == ".pdf" and not has_chinese_font():
        assert answer.status_code == 503
        return
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert read_bytes(answer.content, "x" + suffix).value("applications.granted.total") == 26
    assert client.get(f"{address}1/report.exe").status_code == 404


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx"])
def test_a_cell_leads_to_its_place_in_the_source(client: Client, suffix: str) -> None:
    address = upload(client, ("a" + suffix, a_file(suffix)))
    html = page(client, address + "1/source?at=applications.granted.total")
    here = re.search(r'<li[^>]*class="here"[^>]*>(.*?)</li>', html)
    assert here
    assert "予以公开" in here[1]
    assert "26" in here[1]


def test_a_cell_of_a_pdf_leads_to_its_page_with_a_box(client: Client) -> None:
    from gongkai.doctor import has_chinese_font

    if not has_chinese_font():
        pytest.skip("writing a PDF needs a Chinese font (gongkai doctor)")
    address = upload(client, ("a.pdf", a_file(".pdf")))
    html = page(client, address + "1/source?at=applications.granted.total")
    assert "<rect" in html
    picture = client.get(re.search(r'<img src="([^"]+)"', html)[1])  # type: ignore[index]
    assert picture["Content-Type"] == "image/png"
    assert picture.content[:4] == b"\x89PNG"
    assert client.get(address + "1/page/999.png").status_code == 404
    # Once drawn it is kept beside the upload, and goes with it.
    looked = Upload.objects.get().looked
    assert (looked / "page-1.png").exists()
    client.post(address + "delete")
    assert not looked.exists()


def test_the_original_comes_back_as_a_download_only(client: Client) -> None:
    address = upload(client, ("a.html", a_file(".html")))
    answer = client.get(address + "1/original")
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == a_file(".html")


def test_pages_are_light(client: Client) -> None:
    import gzip

    address = upload(client, *((f"{i}.docx", a_file()) for i in range(3)))
    apps = Path(__file__).parents[2] / "src/gongkai"
    static = (
        "reporting/static/reporting/page.css", "reporting/static/reporting/page.js",
        "portal/static/portal/portal.css", "portal/static/portal/icon.svg",
    )  # fmt: skip
    shared = sum(len(gzip.compress((apps / name).read_bytes())) for name in static)
    shared += len(client.get("/report-check/report.css").content)
    for route in ("/report-check/", address):
        assert len(client.get(route).content) + shared < 60_000


def test_unknown_addresses_say_so_in_chinese(client: Client) -> None:
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()
    assert client.get("/report-check/b/" + "x" * 43 + "/").status_code == 404
    assert io.BytesIO(client.get("/healthz").content).read() == b"ok\n"
