"""Debian's Chromium, and axe-core where it is installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

expect.set_options(timeout=30_000)  # a machine that runs everything at once is slow; what is wrong stays wrong

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NEEDS_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (gongkai doctor)"),
]

_ROOT = Path(__file__).resolve().parents[2]
AXE = Path(os.environ.get("AXE_CORE") or _ROOT / "var/axe/node_modules/axe-core") / "axe.min.js"
"""It is not part of the repository: `npm install --prefix var/axe axe-core`, or a folder named by AXE_CORE."""
NEEDS_AXE = pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not installed: npm install --prefix var/axe axe-core"
)
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def watched(browser: Any, **kind: Any) -> Any:
    """A page of its own whose `problems` are what the browser complained of."""
    page = browser.new_context(**kind).new_page()
    page.problems = []
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: page.problems.append(str(e)))
    return page


def violations(page: Any) -> list[str]:
    """What axe finds against WCAG 2.1 AA, one line each."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", _RULES)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def width(page: Any) -> int:
    """How wide the page is."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
