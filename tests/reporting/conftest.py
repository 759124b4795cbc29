"""A site of its own for these tests: database and uploads in a temporary folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# A folder for each process: test workers must not share a database.
os.environ["GONGKAI_VAR"] = tempfile.mkdtemp(prefix="gongkai-test-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings")

import django

django.setup()

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

setup_test_environment()
SHARED = Path(__file__).resolve().parents[3] / "shared" / "reports"


@pytest.fixture(scope="session", autouse=True)
def database() -> None:
    call_command("migrate", verbosity=0)


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    from gongkai.reporting.models import Batch

    cache.clear()
    yield
    Batch.objects.all().delete()
    shutil.rmtree(settings.UPLOADS, ignore_errors=True)


@pytest.fixture
def client() -> Client:
    assert str(settings.VAR).startswith(tempfile.gettempdir())
    return Client()
