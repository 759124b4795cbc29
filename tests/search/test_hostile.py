from __future__ import annotations

import time
from datetime import date

import pytest

from gongkai.search import actions, asked, queries
from tests.search.some_things import by_brute_force, everything, record

pytestmark = pytest.mark.django_db

THINGS = [
    record(1, 'AND OR NOT NEAR"', 'a\'b "c" * ^ : { } col:x NEAR(低保 标准, 5) %s %(x)s \\ _ %'),
    record(2, "低保", "标准"),
]


@pytest.mark.parametrize(
    "typed",
    [
        '"', '""', '"""', "'", "';--", "' OR 1=1 --", '低保" OR "标准', '低保") OR ("a', "NEAR(低保 标准)", "AND", "OR", "NOT", "NOT 低保", "低保 AND", "terms:低保",
        "{terms}:低保", "^低保", "低保*", "*", "低保 + 标准", "-", "--", "- 低保", "-\"", "(", ")", "()", "((((", "%", "_", "%s", "%(x)s", "\\", "\\'", "$1",
        "?", ":x", "低\0保", "\0", "\ud800", "低\ud800保", "¦", "¦¦everything", "¦低保", "¦¦" + "0" * 24, "~", "\u202e低保", "\U0010ffff", "<script>", "&amp;",
        "低保 " * 5000, "长" * 100_000, "( " * 20_000, '"a" ' * 20_000, "-a " * 20_000, "a" * 100_000, "\u0301" * 5000, "ﷺ" * 5000,
    ],
)  # fmt: skip
def test_nothing_breaks_and_the_answer_is_right(typed: str) -> None:
    actions.put(THINGS)
    started = time.monotonic()
    assert everything(typed) == by_brute_force(typed, THINGS)
    asked.note(typed, 0)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "after", ["x", "1.2", "1.2.3.4", "9" * 30 + ".0.1", "-.-.-", "1.-2.x", "٣.٣.٣", "0.0.0", "-1.-1.-1"]
)
def test_a_key_of_nonsense_is_no_key(after: str) -> None:
    actions.put(THINGS)
    queries.find("低保", after=after)


@pytest.mark.parametrize("value", ["'", '"', "%", "\\", '"]', "x' OR '1'='1"])
def test_values_of_filters_and_audiences_are_values(value: str) -> None:
    actions.put([*THINGS, record(3, "低保", facets={"agency": value}), record(4, "低保", audience=value)])
    assert everything("低保", filters={"agency": value}) == {"3"}
    assert everything("低保", audience=[value]) == {"4"}
    assert everything("低保", filters={value: "x"}) == set()


def test_texts_of_nonsense_are_kept_without_what_no_database_keeps() -> None:
    actions.put([record("a\tb", "标\0题\ud800", "正\0文" + "\ud800" * 3, number="\0", index_no="\ud800")])
    hit = queries.find("正文").hits[0]
    assert (hit.plain_title, hit.number, hit.key) == ("标 题", "", "a\tb")


def test_no_side_is_longer_than_a_page() -> None:
    actions.put(THINGS)
    assert len(queries.find("低保", limit=10**9).hits) == 2
    assert len(queries.find("低保", limit=-1).hits) == 1


FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


@pytest.mark.parametrize(
    ("since", "until", "is_found"),
    [(date(2026, 1, 2), date(2025, 1, 1), False), (date(2026, 1, 2), date(2026, 1, 1), False), (LAST, FIRST, False),
     (None, FIRST, False), (LAST, None, False), (FIRST, None, True), (None, LAST, True), (FIRST, LAST, True)],
)  # fmt: skip
def test_days_out_of_order_or_out_of_time(since: date | None, until: date | None, *, is_found: bool) -> None:
    actions.put(THINGS)
    assert everything("低保", since=since, until=until) == ({"1", "2"} if is_found else set())
