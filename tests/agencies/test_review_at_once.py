"""Two who choose reviews at the same time, one for an agency and one for those above it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from gongkai.agencies import actions
from gongkai.agencies.demo import fill
from gongkai.agencies.doer import SYSTEM
from tests.agencies.test_review import as_computed
from tests.county import PASSWORD, agency

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]
TURNS = 15


def _choosing(name: str, *choices: str) -> Callable[[], None]:
    def work() -> None:
        try:
            for turn in range(TURNS):
                actions.correct(SYSTEM, agency(name), review_own=choices[turn % len(choices)])
        finally:
            connection.close()

    return work


def test_neither_locks_the_other_out_and_no_choice_is_missed() -> None:
    fill(PASSWORD)
    with ThreadPoolExecutor(3) as pool:
        for done in [
            pool.submit(_choosing("人民政府", "two", "three")),
            pool.submit(_choosing("教育局", "three", "")),
            pool.submit(_choosing("第一中学", "", "two", "")),
        ]:
            done.result(60)
    assert as_computed()
