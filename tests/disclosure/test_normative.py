"""The library's counts: SQL says of many what the statute's function says of one."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from gongkai.agencies.models import Agency
from gongkai.disclosure import normative
from gongkai.disclosure.models import Shown
from gongkai.statute.validity import LABELS, is_in_force, validity_on
from tests.portal.some_county import a_county
from tests.portal.some_records import a_record

pytestmark = pytest.mark.django_db
DAYS = [date(2023, 12, 30) + timedelta(days=n) for n in (0, 1, 2, 3, 180, 366, 367, 368, 500, 731, 732, 733)]


@pytest.fixture
def some() -> list[Shown]:
    government, chance = a_county(), random.Random(5)
    finance = Agency.objects.get(name="青禾县财政局")
    for _ in range(150):
        formed = chance.choice(DAYS)
        dates = {name: chance.choice([None, None, *DAYS]) for name in ("amended_on", "repealed_on", "expires_on")}
        a_record(chance.choice([government, finance]), is_normative=True, formed_on=formed, **dates)
    a_record(government, formed_on=DAYS[0])  # no normative document
    a_record(government, "withdrawn", is_normative=True, formed_on=DAYS[0])
    return list(normative.library())


def test_sql_and_statute_agree_on_every_day_and_row(some: list[Shown]) -> None:
    assert len(some) == 150
    for day in DAYS:
        for key, condition in normative.validities(day).items():
            found = set(normative.library().filter(condition).values_list("pk", flat=True))
            if key in LABELS:
                assert found == {row.pk for row in some if validity_on(day, row.validity_dates) == key}, (day, key)
        assert set(normative.library().filter(normative.in_force(day)).values_list("pk", flat=True)) == {
            row.pk for row in some if is_in_force(day, row.validity_dates)
        }


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_the_counts_of_a_year(some: list[Shown], year: int) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    counts = normative.counts(year)
    there = [row for row in some if row.formed_on <= last]
    assert counts.issued == sum(first <= row.formed_on for row in there)
    assert counts.in_force == sum(is_in_force(last, row.validity_dates) for row in there)
    before = normative.counts(year - 1).in_force
    assert before + counts.issued - counts.ended == counts.in_force


def test_of_some_agencies_and_of_a_year_that_is_not_over(some: list[Shown]) -> None:
    finance = Agency.objects.filter(name="青禾县财政局")
    others = Agency.objects.exclude(name="青禾县财政局")
    whole, one, rest = (normative.counts(2024, which) for which in (None, finance, others))
    assert (whole.issued, whole.ended, whole.in_force) == (
        one.issued + rest.issued, one.ended + rest.ended, one.in_force + rest.in_force
    )  # fmt: skip
    until = normative.counts(2024, until=date(2024, 1, 1))
    assert until.issued == sum(row.formed_on == date(2024, 1, 1) for row in some)


def test_a_document_ends_on_the_first_day_it_no_longer_holds() -> None:
    government = a_county()
    a_record(government, is_normative=True, formed_on=date(2020, 1, 1), expires_on=date(2024, 12, 31))
    a_record(government, is_normative=True, formed_on=date(2020, 1, 1), repealed_on=date(2025, 1, 1))
    a_record(government, is_normative=True, formed_on=date(2020, 1, 1), repealed_on=date(2024, 12, 31))
    assert (normative.counts(2024).ended, normative.counts(2024).in_force) == (1, 2)
    assert (normative.counts(2025).ended, normative.counts(2025).in_force) == (2, 0)
    assert normative.years() == [2020]
