"""A real browser in the office: every post signs in with its second factor, sees its queue, and gets about by keyboard."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import NEEDS_CHROMIUM, watched
from tests.places import demo, shared_folder
from tests.site_process import Site, environment, running

pytestmark = NEEDS_CHROMIUM
POSTS = ["lin.he", "zhou.qing", "fang.yuan", "shen.mu", "gu.an", "xu.zhen", "luo.ping"]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo(tmp_path_factory.mktemp("office") / "var", shared_folder(tmp_path_factory))


def gongkai(var: Path, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments], env=environment(var), capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture(scope="module")
def site(var: Path) -> Iterator[Site]:
    with running(var) as running_site:
        yield running_site


def sign_in(browser: Any, site: Site, var: Path, username: str, width: int = 1280) -> Any:
    page = watched(browser, viewport={"width": width, "height": 900}, locale="zh-CN")
    page.goto(site.url + "/office/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill((var / "demo-password").read_text())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/office/(second-factor/.*)?$"))
    if "second-factor" in page.url:
        page.get_by_label("手机验证器上的6位数字").fill(gongkai(var, "demo", "code", username).strip())
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/office/$"))
    return page


@pytest.mark.parametrize("username", POSTS)
def test_each_post_signs_in_and_sees_its_queue(browser: Any, site: Site, var: Path, username: str) -> None:
    page = sign_in(browser, site, var, username)
    expect(page.get_by_role("heading", level=1)).to_contain_text("要办的事")
    menu = page.get_by_role("navigation").first.inner_text()
    assert "机关" in menu
    assert ("操作日志" in menu) == (username in ("xu.zhen", "luo.ping"))
    assert page.problems == []


def test_an_officer_gets_from_the_queue_to_an_agency_by_keyboard(browser: Any, site: Site, var: Path) -> None:
    page = sign_in(browser, site, var, "lin.he")
    page.get_by_label("查找", exact=True).focus()
    page.keyboard.type("办公室")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/office/find/"))
    page.get_by_role("link", name="青禾县人民政府办公室", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/office/agencies/\d+/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("青禾县人民政府办公室")
    assert page.problems == []


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Any, site: Site, var: Path) -> None:
    page = sign_in(browser, site, var, "bai.lu", width=390)
    for address in ("", "agencies/", "staff/", "guide/", "find/?q=镇", "account/"):
        page.goto(site.url + "/office/" + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
