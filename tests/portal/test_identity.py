"""The identity of the site: one row, nothing invented, read at most once."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.portal import identity
from gongkai.portal.models import Identity
from tests.portal.some_county import an_identity


def test_while_empty_nothing_is_invented(client: Client) -> None:
    html = client.get("/").content.decode()
    assert "政府信息公开" in html
    for label in (
        "网站标识码",
        "备案",
        "主办单位",
        "联系电话",
        "网站找错",
        "党政机关",
        "SiteDomain",
        "SiteIDCode",
        "None",
    ):
        assert label not in html, label
    assert '<meta name="SiteName" content="政府信息公开">' in html


def test_only_what_is_set_is_shown(client: Client) -> None:
    Identity(government="青禾县人民政府", phone="0990-1").save()
    footer = client.get("/").content.decode().split("<footer")[1]
    assert "联系电话：0990-1" in footer
    assert not re.search(r"主办单位|电子邮箱|地址|备案|标识码", footer)


def test_there_is_one_row() -> None:
    an_identity()
    an_identity(government="青禾县")
    assert [str(row) for row in Identity.objects.all()] == ["青禾县"]


def test_a_change_shows_at_once(client: Client, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    an_identity()
    assert "青禾县人民政府" in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        an_identity(government="新禾县人民政府")
    assert "新禾县人民政府" in client.get("/").content.decode()


def test_it_is_one_query_and_then_none() -> None:
    an_identity()
    for expected in (1, 0):
        with CaptureQueriesContext(connection) as queries:
            identity.current()
        assert len(queries) == expected


def test_a_database_that_does_not_answer_leaves_it_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(Identity.objects, "filter", fail)
    assert identity.current().government == ""


@pytest.mark.parametrize(
    "wrong", [{"site_code": "123"}, {"site_code": "12345678９0"}, {"domain": "https://a.cn"}, {"report_errors": "x"}]
)
def test_wrong_marks_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Identity(pk=1, **wrong).full_clean()
