"""The home page: every number opens a list of as many."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gongkai.agencies.models import Agency
from gongkai.portal import home, queries
from tests.portal.test_agencies import walk

pytestmark = pytest.mark.usefixtures("identity")


def test_it_works(client: Client, county: Agency) -> None:
    html = client.get("/").content.decode()
    assert "青禾县人民政府" in html
    assert "查找政府信息" in html


def test_every_number_opens_a_list_of_as_many(client: Client, county: Agency) -> None:
    figures = home.figures(queries.latest_changes())
    assert {figure.label for figure in figures} >= {"公开机关", "工作部门", "乡镇人民政府", "公共企事业单位"}
    for figure in figures:
        if figure.url.startswith("/agencies/changes"):
            continue
        assert len(walk(client, figure.url)) == figure.value, figure


def test_the_newest_stands_first(client: Client, county: Agency) -> None:
    dates = re.findall(r'<time datetime="([\d-]+)"', client.get("/").content.decode())
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 2


def test_while_there_is_nothing_it_says_what_will_be_there(client: Client) -> None:
    html = client.get("/").content.decode()
    assert html.count('class="empty"') == 2
    assert "None" not in html
