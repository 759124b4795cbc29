"""A real browser: a text pasted from Word becomes a draft, with its table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import NEEDS_CHROMIUM
from tests.browser.test_office import browser, sign_in, site, var
from tests.site_process import Site

__all__ = ["browser", "site", "var"]
pytestmark = NEEDS_CHROMIUM
WORD = (
    '<p class="MsoNormal">低保标准如下：</p><table class="MsoTableGrid"><tr><td>城市</td>'
    "<td>每月900元</td></tr></table><script>document.title='x'</script>"
)


@pytest.fixture
def page(browser: Any, site: Site, var: Path) -> Any:
    return sign_in(browser, site, var, "lin.he")


def test_a_pasted_word_text_keeps_its_table(page: Any, site: Site) -> None:
    page.goto(site.url + "/office/records/new/")
    page.get_by_label("标题").first.fill("青禾县2026年低保标准")
    page.get_by_label("成文日期").fill("2026-03-02")
    page.locator(".office-rich").evaluate("(node, html) => { node.innerHTML = html; }", WORD)
    page.locator(".office-rich").press("End")
    page.locator(".office-rich").type("。")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/office/records/*/")
    expect(page.locator(".office-body table td").first).to_have_text("城市")
    assert page.locator(".office-body").inner_html().find("Mso") == -1
    assert page.problems == []


def test_an_identity_number_is_masked_by_one_click(page: Any, site: Site) -> None:
    page.goto(site.url + "/office/records/new/")
    page.get_by_label("标题").first.fill("青禾县2026年救助对象公示")
    page.get_by_label("成文日期").fill("2026-03-02")
    page.locator(".office-rich").evaluate(
        "node => { node.innerHTML = '<p>张某，身份证号11010519491231002X，每月900元</p>'; }"
    )
    page.locator(".office-rich").press("End")
    page.locator(".office-rich").type("。")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/office/records/*/")
    expect(page.locator(".office-body")).to_contain_text("11010519491231002X")
    page.get_by_role("button", name="全部遮盖").click()
    expect(page.locator(".office-body")).not_to_contain_text("11010519491231002X")
    expect(page.locator(".office-body")).to_contain_text("每月900元")
    assert page.problems == []
