"""What went wrong, said in the look and the words of this site."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.test import Client

from gongkai.portal import views

pytestmark = pytest.mark.usefixtures("identity")


def checked(answer: Any, status: int, title: str) -> str:
    assert answer.status_code == status
    html = str(answer.content.decode())
    assert re.findall(r"<h1>(.*?)</h1>", html) == [title]
    assert "青禾县人民政府" in html
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert not re.search(r"<script|<style|\sstyle=", html)
    return html


def raising(monkeypatch: pytest.MonkeyPatch, error: Exception) -> Client:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(views.home, "figures", fail)
    return Client(raise_request_exception=False)


def test_404_names_no_address_of_its_own(client: Client) -> None:
    html = checked(client.get("/nothing-here?x=<script>"), 404, "没有这个页面")
    assert "nothing-here" not in html
    assert checked(client.get("/other"), 404, "没有这个页面") == html


def test_404_in_the_display_that_was_chosen(client: Client) -> None:
    client.get("/nothing-here")
    client.cookies["display"] = "large"
    assert 'class="large"' in client.get("/nothing-here").content.decode()


def test_too_much_text_is_told_its_limit_and_what_to_do(client: Client) -> None:
    typed = b"body=" + b"x" * 3_000_001
    answer = client.post("/office/login/", typed, "application/x-www-form-urlencoded")
    html = answer.content.decode()
    assert answer.status_code == 413
    assert "填写的内容超过3MB" in html
    assert "把大表格作为附件上传" in html


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (BadRequest(), 400, "请求不完整"),
        (PermissionDenied(), 403, "不能打开这个页面"),
        (ZeroDivisionError(), 500, "网站出错了"),
        (OperationalError(), 503, "网站正在维护"),
    ],
)
def test_each_has_its_page(monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, title: str) -> None:
    answer = raising(monkeypatch, error).get("/")
    checked(answer, status, title)
    assert ("Retry-After" in answer) == (status == 503)


def test_a_wrong_host_has_its_page(client: Client) -> None:
    checked(client.get("/", headers={"host": "evil.example"}), 400, "请求不完整")


def test_a_form_from_elsewhere_has_its_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/report-check/", {"text": "x"})
    checked(answer, 403, "页面已过期")
