"""大字版 and 高对比度: chosen by a link, remembered by a cookie that exists only when something was chosen."""

from __future__ import annotations

import pytest
from django.test import Client


def test_it_works(client: Client) -> None:
    answer = client.get("/display/large?next=/guide/")
    assert answer.status_code == 302
    assert answer["Location"] == "/guide/"
    assert 'class="large"' in client.get("/guide/").content.decode()
    cookie = answer.cookies["display"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 86400)


def test_it_only_allows_get(client: Client) -> None:
    assert client.post("/display/large").status_code == 405


def test_both_can_be_chosen_one_after_the_other_and_taken_back(client: Client) -> None:
    client.get("/display/large?next=/")
    html = client.get("/").content.decode()
    assert "/display/large-contrast?next=/" in html
    assert "标准字号" in html
    client.get("/display/large-contrast?next=/")
    assert 'class="large contrast"' in client.get("/").content.decode()
    client.get("/display/normal?next=/")
    assert client.cookies["display"].value == ""
    assert "class=" not in client.get("/").content.decode().split("<head>")[0]


def test_it_comes_back_to_the_same_question(client: Client) -> None:
    html = client.get("/search?q=%E8%B4%A2%E6%94%BF&x=1").content.decode()
    link = html.split('href="/display/large?')[1].split('"')[0]
    assert client.get(f"/display/large?{link}")["Location"] == "/search?q=%E8%B4%A2%E6%94%BF&x=1"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "", "x"]
)
def test_it_never_leads_elsewhere(client: Client, back: str) -> None:
    assert client.get("/display/large", {"next": back})["Location"] == "/"


def test_a_strange_cookie_is_the_ordinary_display(client: Client) -> None:
    client.cookies["display"] = '"><script>'
    html = client.get("/").content.decode()
    assert "<script" not in html
    assert client.get("/display/huge").status_code == 404
