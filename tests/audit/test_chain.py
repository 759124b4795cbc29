"""The chain as pure functions: whatever is changed in a file shows, and where."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SM3, Hash
from hypothesis import given
from hypothesis import strategies as st

from gongkai.audit import chain


def entry(number: int, previous: str, **values: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "number": number,
        "at": chain.moment(datetime(2026, 3, 5, 8, 0, number, tzinfo=UTC)),
        "actor": {"kind": "system", "id": None, "name": "系统", "agency": "", "posts": [], "address": ""},
        "verb": "agencies.rename",
        "target_type": "agencies.agency",
        "target_id": "3",
        "label": "青禾县教育局",
        "details": {"from": "青禾县教委", "to": "青禾县教育局"},
        "previous": previous,
    } | values
    return made | {"hash": chain.hash_of(made)}


def chained(count: int, first: int = 1) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    for number in range(first, first + count):
        entries.append(entry(number, entries[-1]["hash"] if entries else chain.START))
    return entries


def test_the_hash_is_sm3_of_the_documented_form() -> None:
    one = entry(1, chain.START, details={"乙": 1, "a": [True, None]})
    written = (
        '{"actor":{"address":"","agency":"","id":null,"kind":"system","name":"系统","posts":[]},'
        '"at":"2026-03-05T08:00:01.000000Z","details":{"a":[true,null],"乙":1},"label":"青禾县教育局","number":1,'
        f'"previous":"{"0" * 64}","target_id":"3","target_type":"agencies.agency","verb":"agencies.rename"}}'
    )
    assert chain.canonical(one).decode() == written
    digest = Hash(SM3())
    digest.update(written.encode())
    assert one["hash"] == digest.finalize().hex()


def test_a_sound_chain_is_sound_and_says_its_head() -> None:
    entries = chained(5)
    verdict = chain.verify(entries)
    assert verdict.is_sound and (verdict.first, verdict.last, verdict.count) == (1, 5, 5)
    assert verdict.head == entries[-1]["hash"]
    assert chain.verify(entries[2:]).is_sound, "an extract stands alone"
    assert chain.verify([]).is_sound and chain.verify([]).count == 0


def test_the_first_entry_begins_the_chain() -> None:
    assert chain.verify([entry(1, "f" * 64)]).broken == 1


@pytest.mark.parametrize("name", [*chain.FIELDS, "hash"])
def test_a_changed_field_shows(name: str) -> None:
    entries = chained(5)
    old = entries[2][name]
    entries[2][name] = old + 1 if isinstance(old, int) else {"x": 1} if isinstance(old, dict) else old[:-1] + "x"
    verdict = chain.verify(entries)
    assert verdict.broken == 3 and verdict.last == 2
    assert verdict.why.endswith("。")


def test_a_missing_a_repeated_and_a_moved_entry_show() -> None:
    entries = chained(5)
    assert chain.verify(entries[:2] + entries[3:]).broken == 3
    assert chain.verify(entries[:3] + entries[2:]).broken == 4
    assert chain.verify([entries[0], entries[2], entries[1]]).broken == 2


def test_a_rehashed_entry_does_not_fit_the_next() -> None:
    entries = chained(5)
    entries[2] = entry(3, entries[1]["hash"], label="别的")
    assert chain.verify(entries).broken == 4


def test_only_a_head_kept_elsewhere_shows_a_new_chain_and_a_cut_end() -> None:
    entries = chained(5)
    head = (5, entries[4]["hash"])
    assert chain.verify(entries[:4]).is_sound
    assert chain.verify(entries[:4], head).broken == 5
    forged = [entry(1, chain.START, label="别的")]
    for number in range(2, 7):
        forged.append(entry(number, forged[-1]["hash"]))
    assert chain.verify(forged).is_sound
    assert chain.verify(forged, head).broken == 5
    assert chain.verify(entries, head).is_sound


@pytest.mark.parametrize("what", [{}, {"number": True}, {"number": 1}, {"number": "1"}, {"number": 0}])
def test_what_is_no_entry_is_said_to_be_none(what: dict[str, Any]) -> None:
    assert chain.verify([what]).why == "不是一条完整的记录。"


@given(st.integers(0, 5), st.sampled_from(chain.FIELDS), st.text(min_size=1))
def test_any_other_text_in_any_field_shows(at: int, name: str, value: str) -> None:
    entries = chained(6)
    if entries[at][name] != value:
        entries[at][name] = value
        assert not chain.verify(entries).is_sound
