from __future__ import annotations

import pytest

from gongkai.search import actions, queries
from tests.search.some_things import record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county() -> None:
    actions.put(
        [
            record(1, "城乡居民最低生活保障办法", "低保申请材料"),
            record(2, "农村危房改造补助公示", "公示名单"),
            record(3, "秘密的最低工资标准方案", "内部", audience="1/"),
        ]
    )


def suggested(typed: str, **more: object) -> list[str]:
    found = queries.find(typed, **more)  # type: ignore[arg-type]
    assert not found.hits
    return [suggestion.text for suggestion in found.suggestions]


def test_a_word_is_left_out() -> None:
    assert suggested("低保 飞碟外星人")[0] == "低保"


def test_words_that_are_found_alone() -> None:
    assert suggested("名单 低保 飞碟外星人")[:2] == ["名单", "低保"]


def test_parts_of_a_long_word() -> None:
    assert suggested("危房改造补贴")[0] == "危房改造补"


def test_titles_that_are_alike() -> None:
    assert "城乡居民最低生活保障办法" in suggested("居民最低生活保证")
    near = queries.find("居民最低生活保证").suggestions[-1]
    assert near.near and not queries.find("低保 飞碟").suggestions[0].near


def test_nothing_is_suggested_that_the_asker_may_not_see() -> None:
    assert not any("工资" in text for text in suggested("最低工资标准之方案"))
    assert any("工资" in text for text in suggested("最低工资标准之方案", audience=["1/"]))


@pytest.mark.parametrize("typed", ["", "，", "-低保 -公示 -最低", "飞", "\U0010ffff\U0010fffe"])
def test_there_may_be_nothing_to_suggest(typed: str) -> None:
    assert queries.find(typed).suggestions == ()


def test_every_suggestion_finds_something() -> None:
    for typed in ("低保 飞碟", "危房改造补贴", "居民最低生活保证", "乡居民甲"):
        for suggestion in queries.find(typed).suggestions:
            assert queries.find(suggestion.text).hits, suggestion
