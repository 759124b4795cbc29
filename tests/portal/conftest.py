"""A county for every test of the public site, and nothing kept from the test before."""

from __future__ import annotations

import pytest
from django.core.cache import caches

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Record
from gongkai.portal.models import Identity
from tests.portal.some_county import a_county, an_identity
from tests.portal.some_records import some_records


@pytest.fixture(autouse=True)
def nothing_kept(db: None) -> None:
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def county() -> Agency:
    return a_county()


@pytest.fixture
def identity() -> Identity:
    return an_identity()


@pytest.fixture
def records(county: Agency) -> dict[str, Record]:
    return some_records(county)
