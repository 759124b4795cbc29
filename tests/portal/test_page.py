"""The META tags that follow from what a page says of itself (site-inspection.md §5)."""

from __future__ import annotations

from datetime import UTC, datetime

from gongkai.portal.columns import CONTENT, EVERY
from gongkai.portal.models import Identity
from gongkai.portal.page import Article, Page, site_tags


def test_an_article_has_all_three_levels() -> None:
    page = Page("关于低保的通知", CONTENT, article=Article(datetime(2026, 3, 5, 1, 30, tzinfo=UTC), "青禾县民政局"))
    tags = dict(page.tags)
    assert tags["ArticleTitle"] == "关于低保的通知"
    assert tags["PubDate"] == "2026-03-05 09:30"
    assert tags["ContentSource"] == "青禾县民政局"
    assert tags["ColumnName"] == "法定主动公开内容"
    assert tags["ColumnType"] == "信息公开"
    assert "Author" not in tags


def test_a_home_page_has_those_of_the_site_only() -> None:
    assert Page(is_home=True).tags == []
    assert dict(site_tags(Identity(government="青禾县人民政府"))) == {"SiteName": "青禾县人民政府"}


def test_every_column_has_all_that_its_tags_need() -> None:
    for column in EVERY:
        tags = dict(Page(column.name, column).tags)
        assert all(tags[name] for name in ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"))
