"""Every address of the office × every post × the own, another and the parent agency, from the URL configuration.

A new address cannot be forgotten: one of ours without a door fails, and one of Wagtail's that opens fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gongkai.access.middleware import FRAME
from gongkai.agencies.models import Agency, Posting, Staff
from gongkai.agencies.policy import Policy
from gongkai.agencies.posts import POSTS
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.importing.models import ImportRun
from gongkai.disclosure.models import Record
from gongkai.portal.models import Topic
from tests.county import PASSWORD, agency, signed_in

pytestmark = pytest.mark.usefixtures("county")

OWN_AFFAIRS = {
    "access_login", "access_logout", "access_second_factor", "access_password", "access_account", "access_end_session",
    "access_recovery_codes", "access_oidc", "access_oidc_back",
}  # fmt: skip
"""Addresses about oneself: open to whoever gave the proofs they ask for."""

SAMPLES: dict[type[Any], Any] = {
    Agency: lambda agency: agency,
    Record: lambda agency: Record.objects.create(agency=agency, title="样本", formed_on=date(2026, 3, 2)),
    CatalogueRow: lambda agency: CatalogueRow.objects.create(
        agency=agency, field=5, level1="最低生活保障", content="对象名单", limit="20个工作日", publisher=agency.name
    ),
    ImportRun: lambda agency: ImportRun.objects.create(agency=agency, name="样本.csv", site="旧网站", sha256="0" * 64),
    Topic: lambda agency: Topic.objects.create(agency=agency, slug=f"sample-{Topic.objects.count()}", title="样本"),
}
"""Something of each model that addresses name, at an agency."""

FILLED = {"section": 1, "posting": 1, "page": 1, "attachment": 1, "number": 1, "tie": 1, "clearance": 1}


def leaves(patterns: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = before + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from leaves(pattern.url_patterns, route)
        else:
            yield route, pattern


def office() -> list[tuple[str, URLPattern]]:
    """Every address of the office with what answers there: the first pattern of a route shadows later ones."""
    first: dict[str, URLPattern] = {}
    for route, pattern in leaves(get_resolver().url_patterns):
        if route.startswith("office/"):
            first.setdefault(route, pattern)
    return list(first.items())


def is_ours(pattern: URLPattern) -> bool:
    return str(getattr(pattern.callback, "__module__", "")).startswith("gongkai.")


def doors() -> list[tuple[str, Any, str, str]]:
    """(route, view, right, name of the key in it) of every screen of ours that has a door."""
    return [
        (route, p.callback, p.callback.right, p.callback.at)  # type: ignore[attr-defined]
        for route, p in office()
        if is_ours(p) and p.name not in OWN_AFFAIRS
    ]


def knock(client: Client, address: str) -> int:
    """Open an address by GET, or by POST where it takes nothing else; nothing it does stays."""
    with transaction.atomic():
        status = client.get(address).status_code
        if status == 405:
            status = client.post(address).status_code
        transaction.set_rollback(True)
    return status


def filled(route: str, pk: int) -> str:
    for part in ("<int:pk>", "<str:pk>"):
        route = route.replace(part, str(pk))
    for name, value in FILLED.items():
        route = route.replace(f"<int:{name}>", str(value)).replace(f"<str:{name}>", str(value))
    return "/" + route


def test_every_screen_of_ours_has_a_door() -> None:
    without = [
        route for route, p in office() if is_ours(p) and p.name not in OWN_AFFAIRS and not hasattr(p.callback, "right")
    ]
    assert without == []
    assert len(doors()) >= 24


def test_without_signing_in_every_address_leads_to_the_sign_in_page() -> None:
    for route, pattern in office():
        if pattern.name in OWN_AFFAIRS or "(?P" in route:
            continue
        answer = Client().get(filled(route, 1))
        assert answer.status_code in (302, 404), route
        if answer.status_code == 302:
            assert answer["Location"].startswith("/office/login/"), route


@pytest.mark.parametrize(
    ("post", "where"),
    [(post, "人民政府办公室") for post in POSTS] + [(post, "教育局") for post in POSTS if post != "competent"],
)
def test_a_post_opens_exactly_the_doors_its_rights_open(post: str, where: str) -> None:
    staff = Staff.objects.create_user("someone", password=PASSWORD, full_name="某人", must_change_password=False)
    Posting.objects.create(staff=staff, agency=agency(where), post=post)
    client, held = signed_in("someone"), Policy(staff)
    places: dict[str, Agency] = {"own": agency(where), "other": agency("水利局"), "parent": agency("人民政府")}
    wrong = []
    for route, view, right, at in doors():
        for place, one in places.items():
            pk = SAMPLES[view.of](one).pk if at else staff.pk
            expected = held.may(right, one) if at else held.has(right)
            status = knock(client, filled(route, pk))
            if (status == 403) == expected or status >= 500:
                wrong.append((route, place, status, expected))
    assert wrong == []


@pytest.mark.parametrize("post", POSTS)
def test_wagtails_own_screens_stay_shut(post: str) -> None:
    staff = Staff.objects.create_user("someone", password=PASSWORD, full_name="某人", must_change_password=False)
    Posting.objects.create(staff=staff, agency=agency("人民政府办公室"), post=post)
    client = signed_in("someone")
    opened = {
        pattern.name or route
        for route, pattern in office()
        if not is_ours(pattern) and "(?P" not in route and "<uuid" not in route and "<slug" not in route
        and knock(client, filled(route.replace("<int:page_id>", "1").replace("<int:parent_page_id>", "1"), 1)) == 200
    }  # fmt: skip
    assert opened - FRAME == set()


@pytest.mark.parametrize("number", [2**31, 10**18 - 1, 2**63, 10**40])
def test_a_number_that_nothing_has_is_never_an_error(number: int) -> None:
    staff = Staff.objects.create_user("someone", password=PASSWORD, full_name="某人", must_change_password=False)
    for post in POSTS:
        Posting.objects.create(staff=staff, agency=agency("人民政府"), post=post)
    client = signed_in("someone")
    client.raise_request_exception = False
    routes = [route for route, _ in leaves(get_resolver().url_patterns) if "<int:" in route and "(?P" not in route]
    assert len(routes) > 80
    answered = {route: knock(client, "/" + re.sub(r"<\w+:\w+>", str(number), route)) for route in routes}
    assert {route: status for route, status in answered.items() if status >= 500} == {}
    assert answered["content/<int:pk>/"] == answered["api/v1/records/<int:pk>"] == 404


@pytest.mark.parametrize("address", ["agencies/?after={0}-{0}", "office/records/new/?row={0}", "content/all/?after={0}-{0}",
                                     "api/v1/agencies?after={0}", "api/v1/records?after={0}.{0}", "search?q=a&agency={0}"])  # fmt: skip
def test_a_key_that_nothing_has_is_never_an_error(address: str) -> None:
    client = signed_in("luo.ping")
    client.raise_request_exception = False
    for number in (10**13, 10**18 - 1, 2**63, 10**40):
        assert knock(client, "/" + address.format(number)) < 500, number
