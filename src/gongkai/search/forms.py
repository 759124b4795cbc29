"""The form of the index: what of a text is kept, and by which Unicode it was folded. An older one is made anew."""

from __future__ import annotations

from typing import Final
from unicodedata import unidata_version

from gongkai.search.models import Form

FORM: Final = f"4 Unicode {unidata_version}"
"""Raise the number with every change of `folding`, `terms` or of what a backend indexes. 4: signatures apart from items on PostgreSQL."""


def is_current() -> bool:
    """Whether the index of this database is of our form."""
    return list(Form.objects.values_list("name", flat=True)) == [FORM]


def keep() -> None:
    """Say that it is."""
    if not is_current():
        Form.objects.all().delete()
        Form.objects.create(name=FORM)
