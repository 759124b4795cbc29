"""A site that published before there was a list of what is shown keeps everything that is public, and nothing more."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from gongkai.disclosure import shown
from gongkai.disclosure.models import Shown
from tests.portal.some_county import a_county
from tests.portal.some_records import some_records

pytestmark = pytest.mark.django_db


def test_what_was_public_before_is_shown() -> None:
    some_records(a_county())
    before = list(Shown.objects.order_by("pk").values())
    assert len(before) == 6
    Shown.objects.all().delete()
    import_module("gongkai.disclosure.migrations.0007_shown_filled").fill(apps, None)
    assert list(Shown.objects.order_by("pk").values()) == before
    assert shown.compare() == []
