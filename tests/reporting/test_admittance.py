"""年报核校 is open to the public only where the setting says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from gongkai.agencies.models import Posting
from tests.county import county, person, signed_in

__all__ = ["county"]


def addresses() -> list[str]:
    """Every address, from the URL configuration."""
    found = []
    for pattern in get_resolver("gongkai.reporting.urls").url_patterns:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern).replace("<str:token>", "x").replace("<str:suffix>", ".docx")
        found.append("/report-check/" + route.replace("<int:number>", "1").replace("<int:page>", "1"))
    return found


@pytest.fixture
def closed(settings: Any) -> None:
    settings.REPORT_CHECK_IS_PUBLIC = False


def test_open_it_is_named_on_the_site(client: Client) -> None:
    assert client.get("/report-check/").status_code == 200
    assert "/report-check/" in client.get("/").content.decode()


@pytest.mark.usefixtures("closed")
def test_closed_strangers_are_sent_to_sign_in(client: Client) -> None:
    assert len(addresses()) >= 16
    for address in addresses():
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/office/login/?next=%2Freport-check%2F"), address
        assert client.post(address)["Location"].startswith("/office/login/"), address
    assert "/report-check/" not in client.get("/about/").content.decode()


@pytest.mark.usefixtures("closed", "county")
def test_closed_it_is_there_for_people_with_a_post_and_every_proof() -> None:
    assert signed_in("lin.he").get("/report-check/").status_code == 200


@pytest.mark.usefixtures("closed", "county")
def test_closed_it_does_not_exist_once_the_post_is_lost() -> None:
    client = signed_in("lin.he")
    Posting.objects.filter(staff=person("lin.he")).delete()
    assert client.get("/report-check/").status_code == 404


@pytest.mark.usefixtures("closed", "county")
def test_a_password_alone_does_not_open_it_to_a_post_that_decides() -> None:
    client = Client()
    client.force_login(person("lin.he"))
    assert client.get("/report-check/").status_code == 302  # no sign-in of ours stands behind this session
