"""A real browser: drop files, follow a finding to its place in the source, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import NEEDS_CHROMIUM, watched
from tests.places import place, shared_folder
from tests.reporting.some_reports import a_file
from tests.site_process import Site, running

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, shared = tmp_path_factory.mktemp("journey") / "var", shared_folder(tmp_path_factory)
    with place(folder, shared, server="") as made, running(made.var, "--no-demo") as running_site:
        yield running_site


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "财政局.docx").write_bytes(a_file(wrong=True))
    (tmp_path / "水利局.xlsx").write_bytes(a_file(".xlsx", agency="青禾县水利局"))
    return [str(path) for path in sorted(tmp_path.iterdir())]


def open_page(browser: Any, site: Site, **kind: Any) -> Any:
    page = watched(browser, **kind)
    page.goto(site.url + "/report-check/")
    return page


def send(page: Any, files: list[str]) -> None:
    page.set_input_files("#files", files)
    page.get_by_role("button", name="开始核校").click()


def test_two_files_from_upload_to_source_and_sum(browser: Any, site: Site, files: list[str]) -> None:
    page = open_page(browser, site)
    send(page, files)
    page.get_by_role("heading", name="汇总这批报告").wait_for(timeout=30_000)
    expect(page.locator("#count")).to_contain_text("2 份，其中 1 份有错误")
    page.get_by_role("link", name="青禾县财政局").click()
    note = page.locator(".note.error")
    note.hover()
    page.locator("td.lit").first.wait_for()
    note.get_by_role("link", name="看原件").click()
    page.locator("#source .here").wait_for()
    assert "总计" in page.locator("#source .here").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator("#source .here")).to_have_count(0)
    cell = page.locator("#applications-granted-total")
    cell.focus()
    page.keyboard.press("Enter")
    page.locator("#source .here").wait_for()
    assert "予以公开" in page.locator("#source .here").inner_text()
    page.go_back()
    page.fill("#agency", "青禾县人民政府")
    page.get_by_role("button", name="汇总").click()
    page.get_by_text("汇总了 2 份报告").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename == "青禾县人民政府2025年政府信息公开工作年度报告.xlsx"
    assert page.problems == []


def test_without_script_one_file_works_end_to_end(browser: Any, site: Site, files: list[str]) -> None:
    page = open_page(browser, site, java_script_enabled=False)
    send(page, files[:1])
    page.locator(".notes").wait_for(timeout=30_000)  # the waiting page renews itself
    page.locator(".note a.show, article.report").first.wait_for()
    assert page.locator("article.report td[data-path]").count() == 200
    link = page.locator(".note a.show")
    if link.count():
        link.first.click()
        page.locator("#source .here").wait_for()


def test_on_a_phone_nothing_runs_out_of_the_screen(browser: Any, site: Site, files: list[str]) -> None:
    page = open_page(browser, site, viewport={"width": 390, "height": 844})
    send(page, files)
    page.get_by_role("heading", name="汇总这批报告").wait_for(timeout=30_000)
    for step in ("batch", "report"):
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, step
        if step == "batch":
            page.get_by_role("link", name="青禾县财政局").click()
            page.locator("article.report").wait_for()


def test_a_double_click_uploads_once(browser: Any, site: Site, files: list[str]) -> None:
    page = open_page(browser, site)
    page.set_input_files("#files", files)
    page.get_by_role("button", name="开始核校").dblclick()
    page.get_by_role("heading", name="汇总这批报告").wait_for(timeout=30_000)
    page.goto(site.url + "/report-check/")
    expect(page.get_by_role("link", name="上传的 2 份")).to_have_count(1)


def test_names_and_roles_are_there_for_a_screen_reader(browser: Any, site: Site, files: list[str]) -> None:
    page = open_page(browser, site)
    send(page, files)
    page.get_by_role("link", name="青禾县财政局").click(timeout=30_000)
    page.locator("article.report").wait_for()
    levels = page.eval_on_selector_all("h1,h2,h3", "nodes => nodes.map(n => Number(n.tagName[1]))")
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    unnamed = page.eval_on_selector_all(
        "a,button,input,select,textarea",
        "nodes => nodes.filter(n => !(n.innerText || n.value || n.ariaLabel || n.labels?.length)).length",
    )
    assert unnamed == 0
    headers = page.locator("#applications-granted-total").get_attribute("headers")
    assert all(page.locator(f"#{h}").count() == 1 for h in headers.split())
