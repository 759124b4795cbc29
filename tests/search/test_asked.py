from __future__ import annotations

from datetime import date

import pytest

from gongkai.search import asked
from gongkai.search.models import Asked

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


def test_it_works() -> None:
    asked.note("低保", 3, DAY)
    asked.note(" 低保 ", 3, DAY)
    asked.note("飞碟", 0, DAY)
    asked.note("飞碟", 0, date(2026, 3, 2))
    assert asked.frequent(DAY, DAY) == [("低保", 2), ("飞碟", 1)]
    assert asked.in_vain(DAY, date(2026, 3, 31)) == [("飞碟", 2)]
    assert asked.in_vain(date(2026, 3, 3), date(2026, 3, 31)) == []
    assert asked.forget(0) == 3 and not Asked.objects.exists()


@pytest.mark.parametrize("typed", ["", "  ", "\0"])
def test_nothing_is_not_counted(typed: str) -> None:
    asked.note(typed, 0, DAY)
    assert not Asked.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王某 410221199003071234", "王某 #"),
        ("41022119900307123X", "#"),
        ("４１０２２１１９９００３０７１２３Ｘ", "#"),
        ("电话 138 1234 5678", "电话 #"),
        ("138-1234-5678", "#"),
        ("138****5678", "#"),
        ("0371-66668888", "#"),
        ("6222 0200 1234 5678 901", "#"),
        ("zhang.san@example.com 信访", "# 信访"),
        ("国办发〔2019〕54号", "国办发〔2019〕54号"),
        ("2026年 低保  标准", "2026年 低保 标准"),
        ("长" * 500, "长" * 100),
    ],
)
def test_numbers_of_persons_are_masked(typed: str, kept: str) -> None:
    asked.note(typed, 1, DAY)
    assert Asked.objects.get().words == kept
