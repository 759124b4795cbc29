"""Which Content-Security-Policy goes where."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from gongkai.site.middleware import content_security_policy


def policy(path: str) -> str:
    respond = content_security_policy(lambda request: HttpResponse())
    return str(respond(RequestFactory().get(path))["Content-Security-Policy"])


@pytest.mark.parametrize(
    "path", ["/", "/report-check/", "/officer/", "/office/", "/office/login/", "/office/agencies/1/"]
)
def test_nothing_inline_on_the_public_site_and_on_our_screens(path: str) -> None:
    assert "default-src 'none'" in policy(path)
    assert "unsafe" not in policy(path)
    assert "frame-ancestors 'none'" in policy(path)


@pytest.mark.parametrize("path", ["/office/pages/", "/office/images/add/", "/office/reports/site-history/"])
def test_wagtails_own_screens_may_write_into_their_page(path: str) -> None:
    assert "script-src 'self' 'unsafe-inline'" in policy(path)
    assert "unsafe-eval" not in policy(path)
    assert "default-src 'none'" in policy(path)


def test_a_stricter_one_stays() -> None:
    response = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
    respond = content_security_policy(lambda request: response)
    assert respond(RequestFactory().get("/office/pages/"))["Content-Security-Policy"] == "default-src 'none'"


def test_it_is_on_every_page(client: Client, db: None) -> None:
    for path in ("/", "/nothing", "/healthz", "/office/"):
        assert "Content-Security-Policy" in client.get(path), path
