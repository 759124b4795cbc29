"""What is put is found when it is committed, and only then; whoever asks meanwhile gets an answer."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.db import connection, transaction

from gongkai.search import actions
from gongkai.search.models import Item, Text
from tests.places import Place
from tests.search.some_things import everything, record

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_rolled_back_is_not_found() -> None:
    actions.put([record(1, "低保")])
    with transaction.atomic():
        actions.put([record(1, "特困"), record(2, "低保")])
        actions.drop("record", ["1"])
        assert everything("低保") == {"2"}
        transaction.set_rollback(True)
    assert everything("低保") == {"1"} and everything("特困") == set()
    actions.put([record(1, "特困")])
    assert everything("低保") == set() and everything("特困") == {"1"}


def test_an_emptied_table_begins_anew() -> None:
    """Tests with real transactions empty the tables and know nothing of the index beside them."""
    actions.put([record(1, "低保")])
    Text.objects.all().delete()
    Item.objects.all().delete()
    assert everything("低保") == set()
    actions.put([record(2, "特困")])
    assert everything("低保") == set() and everything("特困") == {"2"}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_two_put_the_same_new_thing_at_once() -> None:
    """The second waits for the first, whom it did not see when it began, and its word is the last."""

    def second() -> None:
        try:
            actions.put([record(1, "特困")])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.put([record(1, "低保")])
            waiting = pool.submit(second)
            sleep(0.5)
        waiting.result(20)
    assert everything("低保") == set() and everything("特困") == {"1"}


_WRITER = """
import django, sys
django.setup()
from django.db import connection
from gongkai.search import actions
from tests.search.some_things import record
name = sys.argv[1]
for turn in range(15):
    actions.put([record("shared", f"共有{name}", str(turn)), *(record(f"{name}{n}", "流动", str(turn)) for n in range(5))])
    if turn % 3 == 2:
        actions.drop("record", [f"{name}{n}" for n in range(5)])
"""
_READER = """
import django, sys
django.setup()
from gongkai.search import queries
from tests.search.some_things import everything
for turn in range(40):
    assert len(everything("恒定")) == 20
    assert everything("共有") <= {"shared"}
    assert all(hit.plain_title == "流动" for hit in queries.find("流动").hits)
"""
_PREPARED = """
import django
django.setup()
from gongkai.search import actions
from tests.search.some_things import record
actions.put(record(f"s{n}", "恒定") for n in range(20))
"""
_CHECKED = """
import django
django.setup()
from tests.search.some_things import everything
assert everything("流动") == set() and everything("共有") == {"shared"} and len(everything("恒定")) == 20
assert len({name for name in "甲乙丙" if everything("共有" + name)}) == 1
"""


def test_writers_and_readers_at_once(place: Place) -> None:
    """Three write the same and different things while two ask; every answer is one that was true at some time."""
    here = place.with_settings(PYTHONPATH=os.pathsep.join(sys.path))
    assert here.run("-c", _PREPARED).returncode == 0
    workers = [*(here.start("-c", _WRITER, name) for name in "甲乙丙"), *(here.start("-c", _READER) for _ in range(2))]
    for worker in workers:
        out, err = worker.communicate(timeout=120)
        assert worker.returncode == 0, out + err
    checked = here.run("-c", _CHECKED)
    assert checked.returncode == 0, checked.stderr
