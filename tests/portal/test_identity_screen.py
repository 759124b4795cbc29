"""The site's identity changed in the office shows on every page at once, and in the log."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongkai.audit.models import Entry
from gongkai.portal.demo import identify
from tests.county import county, signed_in

__all__ = ["county"]
pytestmark = pytest.mark.usefixtures("county")


def test_a_changed_identity_shows_on_the_public_pages_at_once(django_capture_on_commit_callbacks: Any) -> None:
    identify()
    assert "青禾县人民政府" in Client().get("/").content.decode()
    client = signed_in("xu.zhen")
    page = client.get("/office/identity/")
    assert 'value="9901210001"' in page.content.decode()
    form = {"government": "青禾新县人民政府", "title": "政府信息公开", "site_code": "9901210002"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/office/identity/", form).status_code == 302
    public = Client().get("/").content.decode()
    assert "青禾新县人民政府" in public
    assert "9901210002" in public
    assert Entry.objects.filter(verb="site.identify").count() == 1


def test_a_wrong_code_is_refused_and_what_was_typed_stays() -> None:
    client = signed_in("luo.ping")
    page = client.post("/office/identity/", {"government": "青禾县人民政府", "title": "公开", "site_code": "12"})
    assert page.status_code == 422
    assert "网站标识码：应为10位字母或数字。" in page.content.decode()
    assert 'value="12"' in page.content.decode()
