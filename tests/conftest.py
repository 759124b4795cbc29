"""A site of its own for the tests of each process: settings, database and files in a temporary folder.

SQLite unless DATABASE_URL names a PostgreSQL server: the whole suite runs on both.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# A folder for each process: test workers must not share a database.
os.environ["GONGKAI_VAR"] = tempfile.mkdtemp(prefix="gongkai-test-")
os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.site.settings"

import django

from tests import places
from tests.places import Place

django.setup()  # before any test module is imported; pytest-django finds it done

from django.conf import settings

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes 0.3 s by design


# No test is timed: a busy machine is no failure.
hypothesis.settings.register_profile("gongkai", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("gongkai")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Workers inherit the environment; each must make its own folder, before pytest-django reads the settings."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    os.environ.pop("GONGKAI_VAR", None)


@pytest.fixture(scope="session", autouse=True)
def _log_can_be_emptied() -> Iterator[None]:
    """The audit log refuses to be emptied; between tests with real transactions it must be."""
    from django.db import connection
    from django.test import TransactionTestCase

    from gongkai.audit import triggers

    empty = TransactionTestCase._fixture_teardown

    def without_triggers(case: TransactionTestCase) -> None:
        triggers.remove(connection)
        try:
            empty(case)
        finally:
            triggers.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield


@pytest.fixture
def place(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A site of its own for processes, on the database under test."""
    with places.place(tmp_path / "var", places.shared_folder(tmp_path_factory)) as made:
        yield made
