"""The list of agencies and the page of each."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.portal import queries
from tests.portal.some_county import an_agency

pytestmark = pytest.mark.usefixtures("identity")


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def walk(client: Client, address: str) -> list[str]:
    """The names on every page of a list, following 下一页."""
    names: list[str] = []
    while address:
        html = text(client, address)
        names += re.findall(r'<th scope="row"><a href="[^"]+">(.*?)</a>', html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        address = following[1].replace("&amp;", "&") if following else ""
    return names


def test_it_works(client: Client, county: Agency) -> None:
    page = text(client, reverse("portal:agency", args=[county.pk]))
    assert "青禾县禾穗路1号" in page
    assert "990121" in page


def test_without_agencies_it_says_what_will_be_there(client: Client) -> None:
    assert "现在还没有录入" in text(client, "/agencies/")
    assert "现在还没有录入" in text(client, "/guide/")


def test_every_agency_is_listed_once_in_order(client: Client, county: Agency) -> None:
    names = walk(client, "/agencies/")
    expected = [agency.name for agency in queries.existing().order_by("order", "pk")]
    assert names == expected
    assert len(names) > queries.PAGE_SIZE


def test_equal_orders_are_no_gap(client: Client) -> None:
    for number in range(2 * queries.PAGE_SIZE + 1):
        an_agency(f"第{number}局", order=7)
    assert len(walk(client, "/agencies/?kind=department")) == 2 * queries.PAGE_SIZE + 1


def test_each_filter_shows_as_many_as_it_says(client: Client, county: Agency) -> None:
    for each in queries.kinds():
        assert len(walk(client, f"/agencies/?kind={each.key}")) == each.count


@pytest.mark.parametrize("after", ["x", "1", "1-x", "-", "9" * 40, "１-１", "' OR 1=1", "999999999-1"])
def test_a_key_that_is_none_does_no_harm(client: Client, county: Agency, after: str) -> None:
    assert client.get("/agencies/", {"after": after}).status_code == 200


def test_a_kind_that_is_none_does_not_exist(client: Client) -> None:
    assert client.get("/agencies/?kind=ministry").status_code == 404


def test_what_must_be_published_and_is_missing_is_said(client: Client, county: Agency) -> None:
    bare = Agency.objects.get(name="青禾县人民医院")
    page = text(client, reverse("portal:agency", args=[bare.pk]))
    assert page.count("尚未公布") == 5


def test_a_former_agency_names_its_heir_and_no_telephone(client: Client, county: Agency) -> None:
    gone = Agency.objects.get(name="青禾县粮食局")
    page = text(client, reverse("portal:agency", args=[gone.pk]))
    assert "2025年3月5日撤销" in page
    assert "青禾县发展和改革局" in page
    assert "青编〔2025〕3号" in page
    assert "信息公开工作机构</h2>" not in page


def test_a_renamed_agency_shows_its_former_name_and_an_heir_what_it_took(client: Client, county: Agency) -> None:
    renamed = Agency.objects.get(name="青禾县卫生健康局")
    assert "青禾县卫生和计划生育局" in text(client, reverse("portal:agency", args=[renamed.pk]))
    heir = Agency.objects.get(name="青禾县发展和改革局")
    assert "并入本机关的有" in text(client, reverse("portal:agency", args=[heir.pk]))


def test_a_government_lists_what_is_below(client: Client, county: Agency) -> None:
    page = text(client, reverse("portal:agency", args=[county.pk]))
    below = queries.existing().filter(parent=county)
    assert f"所属机关（{below.count()}）" in page
    assert all(agency.name in page for agency in below)
    assert "青禾县粮食局" not in page
