"""Uploads of these tests, cleared after each."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

SHARED = Path(__file__).resolve().parents[3] / "shared" / "reports"


@pytest.fixture(autouse=True)
def clean(db: None) -> Iterator[None]:
    for cache in caches.all():
        cache.clear()
    yield
    shutil.rmtree(settings.UPLOADS, ignore_errors=True)


@pytest.fixture
def client() -> Client:
    assert str(settings.VAR).startswith(tempfile.gettempdir())
    return Client()
