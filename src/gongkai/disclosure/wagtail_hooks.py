"""Records in the office's menu."""

from __future__ import annotations

from gongkai.office.menu import register

register("政府信息", "records_index", "records.view", "doc-full", 50)
register("标准目录", "catalogue_index", "records.view", "table", 51)
register("解读情况", "records_interpretations", "records.view", "openquote", 52)
register("词库", "records_lexicon", "records.lexicon", "warning", 54)
