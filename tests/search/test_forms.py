"""An index of an older form is made anew by `migrate`, and only then."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from gongkai.search import actions, forms
from gongkai.search.models import Form, Signature, Text
from tests.search.some_things import everything, record

pytestmark = pytest.mark.django_db


def _migrated() -> None:
    call_command("migrate", verbosity=0)


def test_a_new_database_has_our_form() -> None:
    assert forms.is_current()


def test_an_older_index_is_made_anew_from_our_own_copy() -> None:
    actions.put([record(1, "低保标准"), record(2, "特困供养", "城乡低保")])
    Text.objects.update(folded="旧")
    Signature.objects.all().delete()
    Form.objects.update(name="1 Unicode 14.0.0")
    _migrated()
    assert forms.is_current()
    assert everything("低保") == {"1", "2"} and everything("特困") == {"2"}
    assert set(Text.objects.values_list("folded", flat=True)) == {"低保标准", "特困供养。城乡低保"}


def test_a_database_from_before_there_were_forms_is_made_anew() -> None:
    actions.put([record(1, "低保标准")])
    Form.objects.all().delete()
    Text.objects.update(folded="旧")
    _migrated()
    assert forms.is_current() and Text.objects.get().folded == "低保标准"


def test_a_current_index_is_left_alone() -> None:
    actions.put([record(1, "低保标准")])
    Text.objects.update(folded="旧")
    _migrated()
    assert Text.objects.get().folded == "旧"
