"""A real browser: a text pasted from Word becomes a draft, with its table."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import NEEDS_CHROMIUM, watched
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


STEPS = (("zhou.qing", "初审"), ("fang.yuan", "复审"), ("shen.mu", "终审"), ("gu.an", "保密审查"))


def test_a_draft_passes_three_reviews_by_different_people_and_is_public(
    page: Any, browser: Any, site: Site, var: Path
) -> None:
    page.goto(site.url + "/office/records/new/")
    page.get_by_label("标题").first.fill("青禾县2026年莼菜种植补助公告")
    page.get_by_label("成文日期").fill("2026-03-02")
    page.get_by_label("公开属性", exact=True).select_option("proactive")
    page.get_by_label("法定公开事项").select_option(index=1)
    page.get_by_label("主题分类").select_option(index=5)
    page.get_by_label("内容概述").fill("公布莼菜种植补助标准。")
    page.locator(".office-rich").press("End")
    page.locator(".office-rich").type("每亩补助三百元。")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/office/records/\d+/$"))
    here = page.url
    page.get_by_role("button", name="送审", exact=True).click()
    expect(page.locator(".office-mark").first).to_have_text("审核中")
    order = [text.split("（")[0].strip() for text in page.locator(".office-steps li").all_inner_texts()]
    people = {label: username for username, label in STEPS}
    for label in order:
        reviewer = sign_in(browser, site, var, people[label])
        reviewer.goto(here)
        reviewer.get_by_role("button", name=f"通过（{label}）").click()
        expect(reviewer.locator(".office-steps li", has_text=label)).to_contain_text("✓")
        assert reviewer.problems == []
        reviewer.context.close()
    public = watched(browser)
    public.goto(f"{site.url}/search?q=莼菜")
    expect(public.locator("main")).to_contain_text("没有找到")
    page.goto(here)
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.locator(".office-mark").first).to_have_text("已发布")
    public.reload()
    public.get_by_role("link", name="青禾县2026年莼菜种植补助公告").click()
    expect(public.get_by_role("heading", level=1)).to_have_text("青禾县2026年莼菜种植补助公告")
    assert page.problems == []
