"""A site of its own for the tests of each process: settings, database and files in a temporary folder.

SQLite unless DATABASE_URL names a PostgreSQL server: the whole suite runs on both.
"""

from __future__ import annotations

import os
import tempfile

import pytest

# A folder for each process: test workers must not share a database.
os.environ["GONGKAI_VAR"] = tempfile.mkdtemp(prefix="gongkai-test-")
os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.site.settings"

import django

django.setup()  # before any test module is imported; pytest-django finds it done


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Workers inherit the environment; each must make its own folder, before pytest-django reads the settings."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    os.environ.pop("GONGKAI_VAR", None)
