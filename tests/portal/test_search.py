"""Search over what there is now."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.agencies.models import Agency
from gongkai.portal import search

pytestmark = pytest.mark.usefixtures("county")


def found(typed: str) -> dict[str, list[str]]:
    return {group.label: [hit.title for hit in group.hits] for group in search.find(typed)}


def test_it_works(client: Client) -> None:
    html = client.get("/search?q=财政").content.decode()
    assert "青禾县财政局" in html
    assert "财政预算、决算信息" in html


def test_all_words_must_occur() -> None:
    assert found("青禾县 财政")["公开机关"] == ["青禾县财政局"]
    assert "公开机关" not in found("财政 水利")


def test_former_names_and_former_agencies_are_found() -> None:
    assert found("计划生育")["公开机关"] == ["青禾县卫生健康局"]
    assert found("粮食")["公开机关"] == ["青禾县粮食局"]


def test_columns_and_laws_are_found() -> None:
    assert "政府信息公开年报" in found("年度报告")["栏目"]
    assert "中华人民共和国政府信息公开条例" in found("711号")["法规制度"]


def test_what_exists_stands_first_and_many_are_cut() -> None:
    groups = {group.label: group for group in search.find("青禾县")}
    assert len(groups["公开机关"].hits) == search.EACH
    assert groups["公开机关"].more


@pytest.mark.parametrize(
    "typed", ["", "  ", "zzz", "%", "_", "\\", "'", "<script>alert(1)</script>", "\x00", "长" * 5000]
)
def test_nothing_found_says_so_and_nothing_breaks(client: Client, typed: str) -> None:
    answer = client.get("/search", {"q": typed})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "<script" not in html
    assert "从这些栏目进入" in html
    assert len(answer.content) < 40_000


def test_an_agency_is_found_once(client: Client) -> None:
    assert Agency.objects.filter(name="青禾县卫生健康局").count() == 1
    assert found("卫生")["公开机关"].count("青禾县卫生健康局") == 1
