"""Kept pages: the same bytes, quickly, and never somebody else's."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.models import Agency, Staff
from gongkai.portal import freshness, groups, marks, page_cache
from tests.portal.pages import html_pages, machine_pages
from tests.portal.some_county import an_agency

pytestmark = pytest.mark.usefixtures("records", "identity")


def queries(client: Client, address: str, **more: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address, **more)
    return len(captured)


def test_every_page_is_kept(client: Client) -> None:
    for address in [*html_pages(), *machine_pages()]:
        first = client.get(address)
        assert first["Cache-Control"] == "public, max-age=0, must-revalidate", address
        with CaptureQueriesContext(connection) as captured:
            second = client.get(address)
        assert len(captured) == 0, address
        assert second.content == first.content
        own = {"X-Request-ID"}  # each request has its number, whoever answers it
        assert {k: v for k, v in second.headers.items() if k not in own} == {
            k: v for k, v in first.headers.items() if k not in own
        }


def test_compressed_and_plain_are_the_same_page(client: Client) -> None:
    plain = client.get("/agencies/")
    packed = client.get("/agencies/", headers={"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) == int(packed["Content-Length"]) < len(plain.content) / 3
    refused = client.get("/agencies/", headers={"accept-encoding": "gzip;q=0, identity"})
    assert refused.content == plain.content
    assert "Content-Encoding" not in refused
    assert {"Cookie", "Accept-Encoding"} <= set(plain["Vary"].split(", "))


def test_what_has_not_changed_is_not_sent_again(client: Client, settings: Any) -> None:
    for seconds in (60, 0):
        settings.PAGE_SECONDS = seconds
        etag = client.get("/")["ETag"]
        again = client.get("/", headers={"if-none-match": etag})
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == etag
        assert "Content-Security-Policy" in again or again["Vary"]
        assert client.get("/", headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_displays_do_not_mix(client: Client) -> None:
    pages = {}
    for _ in range(2):
        for key in ("normal", "large", "contrast", "large-contrast"):
            client.cookies["display"] = key
            pages.setdefault(key, set()).add(client.get("/guide/").content)
    assert all(len(found) == 1 for found in pages.values())
    assert len(set.union(*pages.values())) == 4


def test_hosts_and_schemes_do_not_mix(client: Client) -> None:
    client.get("/robots.txt", headers={"host": "localhost"})
    assert b"http://127.0.0.1/sitemap.xml" in client.get("/robots.txt", headers={"host": "127.0.0.1"}).content
    assert b"https://127.0.0.1/" in client.get("/robots.txt", headers={"host": "127.0.0.1"}, secure=True).content


def test_a_foreign_host_is_refused_and_not_kept(client: Client) -> None:
    for _ in range(2):
        assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_people_with_a_session_or_a_form_are_answered_afresh(client: Client) -> None:
    client.get("/")
    staff = Staff.objects.create_user("li", password="x", full_name="李")
    client.force_login(staff)
    assert queries(client, "/") > 0
    other = Client()
    other.cookies["csrftoken"] = "x" * 32
    assert queries(other, "/") > 0


def test_cookies_of_others_mean_nothing(client: Client) -> None:
    client.get("/")
    client.cookies["__jsluid_s"] = "firewall"
    assert queries(client, "/") == 0


def test_pages_with_forms_are_not_kept(client: Client) -> None:
    first, second = (Client().get("/report-check/") for _ in range(2))
    assert first.cookies["csrftoken"].value != second.cookies["csrftoken"].value
    assert first.content != second.content
    assert "ETag" not in first


def test_what_does_not_exist_is_not_kept_by_address(client: Client, settings: Any) -> None:
    client.get("/nothing")
    before = len(page_cache.pages._cache)
    for number in range(20):
        assert client.get(f"/nothing/{number}").status_code == 404
        assert client.get(f"/agencies/{number + 1000}/").status_code == 404
        assert client.get("/search?q=" + "长" * 70 + str(number)).status_code == 200
    assert len(page_cache.pages._cache) == before


def test_a_change_is_seen_at_once(client: Client, county: Agency, django_capture_on_commit_callbacks: Any) -> None:
    assert "青禾县气象局" not in client.get("/agencies/?kind=department").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        made = an_agency("青禾县气象局", county, order=5)
    assert "青禾县气象局" in client.get("/agencies/?kind=department").content.decode()
    client.get(f"/agencies/{made.pk}/")
    with django_capture_on_commit_callbacks(execute=True):
        made.delete()
    assert client.get(f"/agencies/{made.pk}/").status_code == 404


def test_forgetting_forgets_every_page(client: Client) -> None:
    client.get("/")
    Agency.objects.filter(order=10).update(name="青禾县发展改革委")
    assert queries(client, "/") == 0
    freshness.forget()
    assert queries(client, "/") > 0


def test_kept_for_zero_seconds_is_not_kept(client: Client, settings: Any) -> None:
    settings.PAGE_SECONDS = 0
    client.get("/")
    assert queries(client, "/") > 0


def test_only_get_and_head_are_answered_from_it(client: Client) -> None:
    body = client.get("/").content
    assert queries(client, "/") == 0
    assert client.head("/").status_code == 200
    assert client.post("/").status_code == 405
    assert client.get("/").content == body


def test_too_long_a_question_is_not_kept(client: Client) -> None:
    assert page_cache._LONGEST_QUERY < 400
    client.get("/?" + "x" * 400)
    assert queries(client, "/?" + "x" * 400) > 0


def test_of_many_who_ask_for_what_has_changed_one_makes_it(settings: Any) -> None:
    settings.PAGE_SECONDS = 60
    made: list[int] = []

    def view(request: HttpRequest) -> HttpResponse:
        made.append(1)
        sleep(0.05)
        answer = HttpResponse(f"<p>{len(made)}</p>")
        answer.is_public_page = True
        return answer

    ask = page_cache.page_cache(view)
    ask(RequestFactory().get("/content/all/"))
    marks.change([groups.RECORDS])
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(RequestFactory().get("/content/all/")).content, range(8)))
    assert answers == [b"<p>2</p>"] * 8
    assert len(made) == 2


def test_what_is_withdrawn_is_kept_no_more(settings: Any) -> None:
    settings.PAGE_SECONDS = 60
    status = [200]

    def view(request: HttpRequest) -> HttpResponse:
        answer = HttpResponse(b"x", status=status[0])
        answer.is_public_page = True
        return answer

    ask = page_cache.page_cache(view)
    ask(RequestFactory().get("/content/7/"))
    status[0] = 410
    marks.change(["record-7"])
    assert [ask(RequestFactory().get("/content/7/")).status_code for _ in range(2)] == [410, 410]
    status[0] = 200
    assert ask(RequestFactory().get("/content/7/")).status_code == 200
