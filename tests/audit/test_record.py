"""Recording, and every way of changing what was recorded."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.agencies.models import Staff
from gongkai.audit import chain, queries, triggers, verbs
from gongkai.audit.actions import record
from gongkai.audit.actor import SYSTEM, Actor
from gongkai.audit.models import EntriesAreFinal, Entry
from tests.audit import some_verbs  # noqa: F401

pytestmark = pytest.mark.django_db
LI = Actor("staff", 7, "李敏", "青禾县教育局", ("处理人",), "10.0.0.8")


def test_it_records() -> None:
    person = Staff.objects.create(username="li", full_name="李敏")
    entry = record(LI, "test.change", person, details={"from": "甲", "to": "乙"})
    kept = Entry.objects.get()
    assert kept.to_json() == entry.to_json()
    assert (kept.number, kept.previous) == (1, chain.START)
    assert kept.actor == {
        "kind": "staff", "id": 7, "name": "李敏", "agency": "青禾县教育局", "posts": ["处理人"], "address": "10.0.0.8"
    }  # fmt: skip
    assert (kept.target_type, kept.target_id, kept.label) == ("agencies.staff", str(person.pk), "李敏")
    assert kept.verb_label == "试验：修改"
    assert str(kept) == "1 试验：修改 李敏"
    assert list(queries.about(person)) == [kept]


def test_numbers_have_no_gaps_and_the_chain_holds() -> None:
    for _ in range(5):
        record(SYSTEM, "test.read")
    assert [e.number for e in Entry.objects.all()] == [1, 2, 3, 4, 5]
    verdict = queries.verify()
    assert verdict.is_sound and verdict.count == 5


def test_an_unknown_verb_is_refused() -> None:
    with pytest.raises(verbs.UnknownVerb, match=r"test\.unknown"):
        record(SYSTEM, "test.unknown")
    for wrong in ({"change": "修改"}, {"test.change": "两个名字"}, {"Test.Change": "修改"}, {"test.x": ""}):
        with pytest.raises(verbs.UnknownVerb):
            verbs.register(wrong)
    assert not Entry.objects.exists()


def test_an_entry_goes_with_its_transaction() -> None:
    with transaction.atomic():
        record(SYSTEM, "test.change")
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert record(SYSTEM, "test.change").number == 1


def test_any_detail_comes_back_as_it_was_hashed() -> None:
    details = {
        "text": "甲\x00乙\ud800丙\u2028<script>",
        "numbers": [1, -1, 2**70, 0.1, 1e300, float("nan"), Decimal("1.50")],
        "times": (datetime(2026, 3, 5, 1, tzinfo=UTC), datetime(2026, 3, 5), date(2026, 3, 5)),
        "id": uuid.UUID(int=5),
        "choice": {"b", "a"},
        3: {None: True, "post": SYSTEM.kind},
    }
    record(SYSTEM, "test.change", label="长" * 500, details=details)
    record(SYSTEM, "test.read", label="\x00")
    entry = Entry.objects.first()
    assert entry is not None
    assert len(entry.label) == 200
    assert entry.details["text"] == "甲\ufffd乙\ufffd丙\u2028<script>"
    assert entry.details["numbers"] == [1, -1, str(2**70), "0.1", "1e+300", "nan", "1.50"]
    assert entry.details["times"][0] == "2026-03-05T01:00:00.000000Z"
    assert entry.details["choice"] == ["a", "b"]
    assert queries.verify().is_sound


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e.save(),
        lambda e: e.delete(),
        lambda e: Entry().save(),
        lambda e: Entry.objects.create(number=9),
        lambda e: Entry.objects.all().delete(),
        lambda e: Entry.objects.update(label="x"),
        lambda e: Entry.objects.filter(pk=1).update(label="x"),
        lambda e: Entry.objects.bulk_update([e], ["label"]),
        lambda e: Entry.objects.bulk_create([e]),
        lambda e: Entry.objects.update_or_create(number=1),
        lambda e: Entry.objects.get_or_create(number=1),
        lambda e: Entry._base_manager.all().delete(),
    ],
)
def test_the_orm_refuses_to_change_it(change: Callable[[Entry], object]) -> None:
    entry = record(SYSTEM, "test.change")
    with pytest.raises(EntriesAreFinal, match="不能修改或者删除"):
        change(entry)
    assert queries.verify().count == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET label = 'x'",
        "UPDATE audit_entry SET number = 5",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE number = 1",
        "INSERT INTO audit_entry SELECT 3, at, actor, verb, target_type, target_id, label, details, hash, hash "
        "FROM audit_entry WHERE number = 1",
        "INSERT INTO audit_entry SELECT 2, at, actor, verb, target_type, target_id, label, details, previous, hash "
        "FROM audit_entry WHERE number = 1",
        "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE number = 1",
    ],
)
def test_the_database_refuses_to_change_it(sql: str) -> None:
    record(SYSTEM, "test.change")
    with pytest.raises(DatabaseError, match="audit entries"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert queries.verify().count == 1


def test_the_database_refuses_to_replace_it() -> None:
    record(SYSTEM, "test.change")
    columns = "at, actor, verb, target_type, target_id, label, details, previous, hash"
    sql = f"REPLACE INTO audit_entry (number, {columns}) SELECT 1, {columns} FROM audit_entry"
    if connection.vendor == "postgresql":
        sql = "TRUNCATE audit_entry"
    with pytest.raises(DatabaseError, match="audit entries"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert queries.verify().count == 1


def test_who_removes_the_triggers_is_seen_and_what_he_changes_shows() -> None:
    for _ in range(3):
        record(SYSTEM, "test.change", label="真")
    assert not triggers.missing(connection)
    triggers.remove(connection)
    assert len(triggers.missing(connection)) == 3
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET label = 'x' WHERE number = 2")
    triggers.install(connection)
    assert not triggers.missing(connection)
    verdict = queries.verify()
    assert (verdict.broken, verdict.last) == (2, 1)


def test_an_extract_by_time_has_no_holes(monkeypatch: pytest.MonkeyPatch) -> None:
    # The clock was set back once: number 3 seems earlier than number 2.
    for day in (1, 5, 3, 6, 9):
        monkeypatch.setattr("django.utils.timezone.now", lambda day=day: datetime(2026, 3, day, tzinfo=UTC))
        record(SYSTEM, "test.change")

    def numbers(since: int | None, until: int | None) -> list[int]:
        days = [None if day is None else datetime(2026, 3, day, tzinfo=UTC) for day in (since, until)]
        found = list(queries.lines(*days))
        assert chain.verify(found).is_sound
        return [entry["number"] for entry in found]

    assert numbers(None, None) == [1, 2, 3, 4, 5]
    assert numbers(4, None) == [2, 3, 4, 5]
    assert numbers(4, 7) == [2, 3, 4]
    assert numbers(None, 4) == [1, 2, 3]
    assert numbers(20, None) == numbers(None, 1) == []
