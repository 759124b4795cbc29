"""Wagtail's own screens search through Wagtail's backend: it must be there, once."""

from __future__ import annotations

import pytest
from wagtail.images import get_image_model
from wagtail.models import Page

pytestmark = pytest.mark.django_db


def test_wagtails_screens_can_search() -> None:
    """Its pages, images and choosers do; it raised where both `wagtail.search` and `modelsearch` were installed."""
    Page.get_first_root_node().add_child(instance=Page(title="Topics", slug="topics"))
    assert [page.title for page in Page.objects.search("topics")] == ["Topics"]
    assert list(get_image_model().objects.search("nothing")) == []
