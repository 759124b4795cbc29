"""年报核校 in the office's menu."""

from __future__ import annotations

from gongkai.office.menu import register

register("年报核校", "reporting:start", "office.enter", "doc-full-inverse", 100)
