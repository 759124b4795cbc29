"""The public site in a real browser: every page type at a desk and on a phone, with every display, without script."""

from __future__ import annotations

import gzip
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import NEEDS_AXE, NEEDS_CHROMIUM, violations, watched, width
from tests.county import PASSWORD
from tests.places import place, shared_folder
from tests.reporting.some_reports import a_file
from tests.site_process import Site, running

pytestmark = NEEDS_CHROMIUM

PAGES = [
    "/", "/guide/", "/rules/", "/content/", "/reports/", "/apply/", "/agencies/", "/agencies/?kind=township",
    "/agencies/1/", "/agencies/changes/", "/content/catalogue/", "/content/catalogue/field/5/",
    "/content/catalogue/row/1/", "/about/", "/api/docs/", "/search", "/search?q=%E8%B4%A2%E6%94%BF", "/search?q=zzz",
    "/report-check/", "/nothing-here", "/feeds/", "/content/all/", "/content/all/?year=2026&order=formed", "/content/normative/",
    "/content/item/A20_14/", "/content/column/interpretation/", "/content/1/", "/content/4/", "/content/5/", "/content/7/",
    "/search?q=%E8%A1%A5%E8%B4%B4", "/search?q=%E8%A1%A5%E8%B4%B4&force=ended&since=2020-01-01", "/topics/", "/topics/sample/",
]  # fmt: skip
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with place(tmp_path_factory.mktemp("shell") / "var", shared_folder(tmp_path_factory), server="") as made:
        filled = made.run("-m", "tests.browser.fill_county")
        assert filled.returncode == 0, filled.stderr
        with running(made.var, "--no-demo") as running_site:
            yield running_site


def problems(page: Any, address: str) -> list[str]:
    """What the browser complained of, but for the status of the page that does not exist."""
    return [text for text in page.problems if not (address == "/nothing-here" and "404" in text)]


@pytest.mark.parametrize("display", ["", "large-contrast"])
@pytest.mark.parametrize("across", WIDTHS)
def test_every_page_fits_and_nothing_is_refused(browser: Any, site: Site, across: int, display: str) -> None:
    page = watched(browser, viewport={"width": across, "height": 844})
    if display:
        page.context.add_cookies([{"name": "display", "value": display, "url": site.url}])
    for address in PAGES:
        page.goto(site.url + address)
        assert width(page) <= across, address
        assert problems(page, address) == [], address
        page.problems.clear()


@NEEDS_AXE
@pytest.mark.parametrize("display", ["", "large-contrast"])
@pytest.mark.parametrize("across", WIDTHS)
def test_axe_finds_nothing(browser: Any, site: Site, across: int, display: str) -> None:
    page = watched(browser, viewport={"width": across, "height": 844})
    if display:
        page.context.add_cookies([{"name": "display", "value": display, "url": site.url}])
    found = {}
    for address in PAGES:
        page.goto(site.url + address)
        found[address] = violations(page)
    assert {address: lines for address, lines in found.items() if lines} == {}


@NEEDS_AXE
def test_axe_finds_nothing_on_the_pages_of_a_check(browser: Any, site: Site, tmp_path: Path) -> None:
    for name, kind in (("财政局.docx", {"wrong": True}), ("水利局.docx", {"agency": "青禾县水利局"})):
        (tmp_path / name).write_bytes(a_file(**kind))
    page = watched(browser)
    page.goto(site.url + "/report-check/")
    page.set_input_files("#files", [str(path) for path in sorted(tmp_path.iterdir())])
    page.get_by_role("button", name="开始核校").click()
    page.get_by_role("heading", name="汇总这批报告").wait_for(timeout=60_000)
    batch = page.url
    found = {}
    for across in WIDTHS:
        page.set_viewport_size({"width": across, "height": 844})
        for address in (
            "",
            "1/",
            "1/?at=applications.granted.total",
            "consolidate?agency=甲县&year=2025",
            "compare?a=1&b=2",
        ):
            page.goto(batch + address)
            found[across, address] = violations(page)
    assert {where: lines for where, lines in found.items() if lines} == {}


def test_the_display_is_chosen_and_remembered_without_script(browser: Any, site: Site) -> None:
    page = watched(browser, java_script_enabled=False)
    page.goto(site.url + "/apply/")
    assert page.context.cookies() == []
    size = page.locator("h1").evaluate("node => getComputedStyle(node.parentElement).fontSize")
    page.get_by_role("link", name="大字版").click()
    page.get_by_role("link", name="标准字号").wait_for()
    assert page.url == site.url + "/apply/"
    assert size == "16px"
    assert page.locator("h1").evaluate("node => getComputedStyle(node.parentElement).fontSize") == "20px"
    page.get_by_role("link", name="高对比度").click()
    page.get_by_role("link", name="标准配色").wait_for()
    page.goto(site.url + "/rules/")
    assert page.locator("body").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(0, 0, 0)"
    assert [cookie["value"] for cookie in page.context.cookies()] == ["large-contrast"]
    page.get_by_role("link", name="标准字号").click()
    page.get_by_role("link", name="大字版").wait_for()
    page.get_by_role("link", name="标准配色").click()
    page.get_by_role("link", name="高对比度").wait_for()
    assert page.context.cookies() == []


def test_the_keyboard_reaches_the_text_first(browser: Any, site: Site) -> None:
    page = watched(browser)
    page.goto(site.url + "/guide/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    assert page.locator(":focus").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_a_citizen_finds_an_agency_by_two_characters(browser: Any, site: Site) -> None:
    page = watched(browser, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(site.url)
    page.get_by_role("searchbox").fill("财政")
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("link", name="青禾县财政局", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("青禾县财政局")
    assert page.get_by_text("联系电话", exact=True).is_visible()


def test_print_leaves_the_text(browser: Any, site: Site) -> None:
    page = watched(browser)
    page.goto(site.url + "/agencies/")
    page.emulate_media(media="print")
    for hidden in ("nav", "form", ".tools"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator("table thead").is_visible()


def fetched(address: str) -> tuple[int, str]:
    """(bytes transferred with gzip, text)."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        body = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
        head = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
    return len(body) + head, (gzip.decompress(body) if packed else body).decode()


def test_a_page_and_all_it_needs_is_at_most_60_kb(site: Site) -> None:
    for address in PAGES:
        if address == "/nothing-here":
            continue
        size, html = fetched(site.url + address)
        needed = re.findall(r'<(?:link[^>]+rel="(?:stylesheet|icon)"[^>]*|script [^>]*src=[^>]*)>', html)
        for tag in needed:
            link = re.search(r'(?:href|src)="([^"]+)"', tag)
            assert link, tag
            size += fetched(urljoin(site.url + address, link[1]))[0]
        assert size <= 60_000, (address, size)


def test_our_screens_of_the_office_ask_for_nothing_that_is_refused(browser: Any, site: Site) -> None:
    page = watched(browser)
    page.goto(site.url + "/office/")
    page.fill("input[name=username]", "lin.he")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form button").first.click()
    page.wait_for_url(site.url + "/office/")
    for address in ("", "find/", "guide/", "agencies/", "agencies/2/", "staff/", "account/"):
        answer = page.goto(f"{site.url}/office/{address}")
        assert answer.status == 200, address
        assert "unsafe" not in answer.headers["content-security-policy"]
        page.wait_for_timeout(200)
        assert page.problems == [], address


def test_a_citizen_finds_a_policy_by_two_characters_and_downloads_its_file(browser: Any, site: Site) -> None:
    page = watched(browser, viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(site.url + "/")
    page.get_by_label("搜索政府信息、机关和栏目").fill("区片")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    page.get_by_role("link", name="青禾县2026年征地补偿标准").click()
    page.wait_for_url("**/content/*/")
    with page.expect_download() as coming:
        page.get_by_role("link", name="标准.pdf").click()
    assert coming.value.suggested_filename == "标准.pdf"
    assert Path(coming.value.path()).read_bytes() == b"%PDF-1.7 standard"
    assert page.problems == []


def test_a_withdrawn_record_says_why_and_its_file_is_gone(browser: Any, site: Site) -> None:
    page = watched(browser)
    gone = page.goto(site.url + "/content/3/")
    assert gone.status == 410
    expect(page.locator("main")).to_contain_text("数据有误，更正后重新公布")
    for number in (1, 2):
        answer = page.request.get(f"{site.url}/files/{number}/x")
        assert (answer.status == 200) == (b"standard" in answer.body())
        assert b"withdrawn" not in answer.body()
    assert page.request.get(f"{site.url}/files/2/x").status == 404
