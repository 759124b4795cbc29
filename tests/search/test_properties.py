"""Random texts, random questions: what is found is what brute force finds, whatever was put, changed and dropped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.search import actions, words
from gongkai.search.entries import Entry
from tests.search.some_things import by_brute_force, everything, whole

pytestmark = pytest.mark.django_db

SIGNS = "低保标准补贴城乡的𠮷𪚥㐂abAＢ019０ 　\n，。、；（〔［[]〕】.-·%é\u0301ﬁⅣ⽂\"'*^:(){}¦~\0\ue000"
TEXTS = st.text(SIGNS, max_size=60)
ENTRIES = st.lists(
    st.builds(
        lambda key, title, body, number, age: Entry(
            "record", str(key), title, body, number, day=date(2026, 1, 1) - timedelta(days=age)
        ),
        st.integers(0, 9), st.text(SIGNS, max_size=12), TEXTS, st.text(SIGNS, max_size=8), st.integers(0, 5000),
    ),
    max_size=12,
)  # fmt: skip


class _Undo(Exception):
    pass


def _undone() -> Iterator[None]:
    """Each example in a transaction of its own."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass


@settings(max_examples=60)
@given(ENTRIES, st.lists(st.text(SIGNS, max_size=10), max_size=4), st.sets(st.integers(0, 9)), st.data())
def test_as_brute_force(entries: list[Entry], typed: list[str], dropped: set[int], data: st.DataObject) -> None:
    for _ in _undone():
        actions.put(entries)
        actions.drop("record", map(str, dropped))
        there = {entry.key: entry for entry in entries if int(entry.key) not in dropped}
        questions = [*typed, " ".join(typed), *(f'"{one}"' for one in typed)]
        for entry in list(there.values())[:3]:
            text = whole(entry)
            if text:
                start = data.draw(st.integers(0, len(text) - 1))
                questions.append('"' + text[start : start + data.draw(st.integers(1, 12))] + '"')
        for question in questions:
            assert everything(question) == by_brute_force(question, there.values()), words.read(question)
