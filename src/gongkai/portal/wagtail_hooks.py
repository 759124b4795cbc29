"""The public site's entries in the office's menu."""

from __future__ import annotations

from gongkai.office.menu import register

register("网站标识", "portal_identity", "site.identify", "cog", 890)
register("专题", "topics_index", "topics.edit", "list-ul", 55)
