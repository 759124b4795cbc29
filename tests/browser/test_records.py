"""A real browser: a text pasted from Word becomes a draft, with its table."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import NEEDS_CHROMIUM, watched
from tests.browser.test_office import sign_in, site, var
from tests.site_process import Site

__all__ = ["site", "var"]
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


def a_draft_by_hand(page: Any, site: Site, title: str, text: str, **fields: Any) -> str:
    """Fill in the form and keep it; the address of the draft."""
    page.goto(site.url + "/office/records/new/")
    page.get_by_label("标题").first.fill(title)
    page.get_by_label("成文日期").fill("2026-03-02")
    page.get_by_label("公开属性", exact=True).select_option("proactive")
    page.get_by_label("法定公开事项").select_option(index=1)
    page.get_by_label("主题分类").select_option(index=5)
    page.get_by_label("内容概述").fill("公布莼菜种植补助标准。")
    page.locator(".office-rich").press("End")
    page.locator(".office-rich").type(text)
    if fields.get("column"):
        page.get_by_label("栏目", exact=True).select_option(fields["column"])
    if fields.get("interpreted"):
        page.get_by_label("需要解读", exact=True).check()
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/office/records/\d+/$"))
    return str(page.url)


def test_a_draft_passes_three_reviews_by_different_people_and_is_public_with_its_interpretation(
    page: Any, browser: Any, site: Site, var: Path
) -> None:
    title = "青禾县2026年莼菜种植补助公告"
    document = a_draft_by_hand(page, site, title, "每亩补助三百元。", interpreted=True)
    page.get_by_role("link", name="填写解读方案").click()
    page.get_by_label("解读提纲").fill("背景、任务、内容、范围")
    page.get_by_label("文字", exact=True).check()
    page.get_by_label("发布渠道").fill("县政府网站")
    page.get_by_label("解读时间").fill("2026-03-05")
    page.get_by_label("责任人").fill("林禾")
    page.get_by_label("第一解读人").fill("沈沐")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(document)
    told = "一、制定背景。二、目标任务。三、主要内容：每亩补助三百元。四、适用范围：全县种植户。"
    reading = a_draft_by_hand(page, site, f"《{title}》解读", told, column="interpretation")
    page.get_by_role("link", name="填写政策解读要素").click()
    page.get_by_label("解读形式").select_option("文字")
    page.get_by_label("解读机构").fill("青禾县人民政府办公室")
    page.get_by_label("解读人", exact=True).fill("政策法规科")
    page.get_by_label("联系方式").fill("12345")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(reading)
    page.get_by_label("另一条信息的索引号").fill(document.rstrip("/").rpartition("/")[2])
    page.get_by_label("关系").select_option("interprets")
    page.get_by_role("button", name="关联").click()
    expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()
    for here in (document, reading):
        page.goto(here)
        page.get_by_role("button", name="送审", exact=True).click()
        expect(page.locator(".office-mark").first).to_have_text("审核中")
    order = [text.split("（")[0].strip() for text in page.locator(".office-steps li").all_inner_texts()]
    people = {label: username for username, label in STEPS}
    for label in order:
        reviewer = sign_in(browser, site, var, people[label])
        for here in (document, reading):
            reviewer.goto(here)
            if reviewer.get_by_text("校对情况").count():
                reviewer.get_by_label("已校对，没有发现差错").check()
            reviewer.get_by_role("button", name=f"通过（{label}）").click()
            expect(reviewer.locator(".office-steps li", has_text=label)).to_contain_text("✓")
        assert reviewer.problems == []
        reviewer.context.close()
    public = watched(browser)
    public.goto(f"{site.url}/search?q=莼菜")
    expect(public.locator("main")).to_contain_text("没有找到")
    page.goto(document)
    expect(page.get_by_label("连同已审定的解读一起发布")).to_be_checked()
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.locator(".office-mark").first).to_have_text("已发布")
    public.reload()
    public.get_by_role("link", name=title, exact=True).click()
    expect(public.get_by_role("heading", level=1)).to_have_text(title)
    public.get_by_role("link", name=f"《{title}》解读").first.click()
    expect(public.get_by_role("heading", level=1)).to_have_text(f"《{title}》解读")
    assert page.problems == []


def test_what_was_typed_outlives_the_session_and_is_forgotten_once_saved(page: Any, site: Site) -> None:
    form = site.url + "/office/records/new/"
    page.goto(form)
    page.get_by_label("标题").first.fill("青禾县2026年茭白补贴")
    page.get_by_label("成文日期").fill("2026-03-02")
    page.locator(".office-rich").press("End")
    page.locator(".office-rich").type("每亩补贴三百元")
    kept = page.context.cookies()
    page.context.clear_cookies(name="sessionid")  # as after half an hour of typing
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/login/**")
    page.context.add_cookies(kept)
    page.goto(site.url + "/office/records/")
    page.get_by_role("link", name="继续填写").click()
    expect(page.get_by_text("填写的内容没有保存")).to_be_visible()
    page.get_by_role("button", name="恢复").click()
    assert page.get_by_label("标题").first.input_value() == "青禾县2026年茭白补贴"
    expect(page.locator(".office-rich")).to_contain_text("每亩补贴三百元")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/office/records/*/")
    expect(page.locator(".office-body")).to_contain_text("每亩补贴三百元")
    page.goto(form)
    expect(page.get_by_text("填写的内容没有保存")).to_have_count(0)
    page.goto(site.url + "/office/records/")
    expect(page.get_by_role("link", name="继续填写")).to_have_count(0)
    assert page.problems == []


def test_a_picture_that_is_not_kept_is_said(page: Any, site: Site) -> None:
    page.goto(site.url + "/office/records/new/")
    page.get_by_label("标题").first.fill("青禾县2026年区片图")
    page.get_by_label("成文日期").fill("2026-03-02")
    page.locator(".office-rich").evaluate(
        "node => { node.innerHTML = '<p>见图。</p><img src=\"data:image/png;base64,iVBORw0KGgo=\">'; }"
    )
    page.locator(".office-rich").press("End")
    page.locator(".office-rich").type("。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("1 张图片没有随文字保存")).to_be_visible()


def test_what_is_restored_does_not_undo_unseen_what_was_changed_meanwhile(
    browser: Any, page: Any, site: Site, var: Path
) -> None:
    page.goto(site.url + "/office/records/new/")
    page.get_by_label("标题").first.fill("青禾县2026年菱角补贴")
    page.get_by_label("成文日期").fill("2026-03-02")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/office/records/\d+/$"))
    record = page.url
    page.goto(record + "edit/")
    page.get_by_label("关键词").fill("菱角")
    page.goto(record)  # left without saving
    other = sign_in(browser, site, var, "zhou.qing")
    other.goto(record + "edit/")
    other.get_by_label("内容概述").fill("另一位改过的概述")
    other.get_by_role("button", name="保存").click()
    other.wait_for_url(record)
    page.goto(record + "edit/")
    page.get_by_role("button", name="恢复").click()
    assert page.get_by_label("关键词").input_value() == "菱角"
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("稿件已被")).to_be_visible()
    page.goto(site.url + "/office/account/")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_load_state()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('gongkai.kept.'))") == []
