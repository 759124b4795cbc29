"""年报核校 is open to the public only where the setting says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from gongkai.agencies.models import Agency, Posting, Staff


def addresses() -> list[str]:
    """Every address, from the URL configuration."""
    found = []
    for pattern in get_resolver("gongkai.reporting.urls").url_patterns:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern).replace("<str:token>", "x").replace("<str:suffix>", ".docx")
        found.append("/report-check/" + route.replace("<int:number>", "1").replace("<int:page>", "1"))
    return found


@pytest.fixture
def staff() -> Staff:
    return Staff.objects.create_user("li", password="x", full_name="李")


def test_open_it_is_named_on_the_site(client: Client) -> None:
    assert client.get("/report-check/").status_code == 200
    assert "/report-check/" in client.get("/").content.decode()


def test_closed_strangers_are_sent_to_sign_in(client: Client, settings: Any) -> None:
    settings.REPORT_CHECK_IS_PUBLIC = False
    assert len(addresses()) >= 16
    for address in addresses():
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            assert answer.status_code == 302, address
            assert answer["Location"].startswith("/office/login/?next=/report-check/"), address
    assert "/report-check/" not in client.get("/about/").content.decode()


def test_closed_it_does_not_exist_for_people_without_a_post(client: Client, settings: Any, staff: Staff) -> None:
    settings.REPORT_CHECK_IS_PUBLIC = False
    client.force_login(staff)
    assert client.get("/report-check/").status_code == 404


def test_closed_it_is_there_for_people_with_a_post(client: Client, settings: Any, staff: Staff) -> None:
    settings.REPORT_CHECK_IS_PUBLIC = False
    agency = Agency.objects.create(name="青禾县财政局", kind="department", level="county", path="1/")
    Posting.objects.create(staff=staff, agency=agency, post="handler")
    client.force_login(staff)
    assert client.get("/report-check/").status_code == 200
