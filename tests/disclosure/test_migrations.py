"""A site that published before there was a list of what is shown keeps everything that is public, and nothing more."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from gongkai.disclosure import file_texts, shown
from gongkai.disclosure.models import Attachment, Shown
from tests.portal.some_county import a_county
from tests.portal.some_records import a_file, a_record, some_records

pytestmark = pytest.mark.django_db


def test_what_was_public_before_is_shown() -> None:
    some_records(a_county())
    before = list(Shown.objects.order_by("pk").values())
    assert len(before) == 6
    Shown.objects.all().delete()
    import_module("gongkai.disclosure.migrations.0007_shown_filled").fill(apps, None)
    assert list(Shown.objects.order_by("pk").values()) == before
    assert shown.compare() == []


def test_files_whose_findings_had_no_place_stay_held_and_are_read_anew() -> None:
    record = a_record(a_county(), "published")
    for name, severity in (("值班表.txt", "block"), ("名单.txt", "warn")):
        file = a_file(record, name, "联系手机：13899990001".encode())
        old = [{"label": "手机号码", "text": "138****0001", "severity": severity}]
        Attachment.objects.filter(pk=file.pk).update(text="联系手机：13899990001", findings=old, read_at=record.made_at)
    import_module("gongkai.disclosure.migrations.0012_files_anew").forget(apps, None)
    (forgotten,) = file_texts.unread()
    assert (forgotten.name, forgotten.findings) == ("值班表.txt", [])
    assert "正在核对个人信息" in file_texts.held(forgotten)
    assert file_texts.read_some() == 1
    forgotten.refresh_from_db()
    assert [forgotten.found(one) for one in forgotten.findings] == ["13899990001"]
