"""docs/reference.md: every right, address and logged verb, from the program itself. `make reference` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).resolve().parents[1] / "docs" / "reference.md"


def text() -> str:
    """The page as it should be."""
    parts = [
        "# 参考：权限、地址、日志动作",
        "由 `make reference` 从程序写成，测试核对；命令和设置见[使用手册](manual.md)。",
        "## 权限",
        "“本”：在任职的机关；“辖”：在任职的机关及其所辖的全部机关（主管部门所辖为本级政府的全部机关）。系统管理员不受限制。",
        *_rights(),
        "## 地址",
        "工作台的每个地址写明需要的权限；“自己”指登录者自己的事。",
        *_addresses(),
        "## 日志动作",
        *_verbs(),
    ]
    return "\n\n".join(parts) + "\n"


def _rights() -> Iterator[str]:
    from gongkai.agencies.policy import RIGHTS
    from gongkai.agencies.posts import POSTS

    rows = [
        "| 权限 | 名称 | " + " | ".join(post.label for post in POSTS.values()) + " |",
        "|---" * (len(POSTS) + 2) + "|",
    ]
    for right in RIGHTS.values():
        marks = ["辖" if post in right.below else "本" if post in right.own else "—" for post in POSTS]
        rows.append(f"| `{right.key}` | {right.label} | " + " | ".join(marks) + " |")
    yield "\n".join(rows)


def leaves(patterns: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """(route, pattern) of every address of the site."""
    from django.urls import URLResolver

    for pattern in patterns:
        route = before + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from leaves(pattern.url_patterns, route)
        else:
            yield route, pattern


def ours() -> dict[str, Any]:
    """Every address whose screen is ours, by route."""
    from django.urls import get_resolver

    found: dict[str, Any] = {}
    for route, pattern in leaves(get_resolver().url_patterns):
        if str(getattr(pattern.callback, "__module__", "")).startswith("gongkai."):
            found.setdefault(route, pattern.callback)
    return found


def _addresses() -> Iterator[str]:
    rows = ["| 地址 | 作用 | 谁 |", "|---|---|---|"]
    for route, view in ours().items():
        right = getattr(view, "right", "")
        who = f"`{right}`" if right else "自己" if route.startswith("office/") else "公众"
        rows.append(f"| `/{route}` | {_first_line(view)} | {who} |")
    yield "\n".join(rows)


def _first_line(view: Any) -> str:
    said = (getattr(view, "view_class", view).__doc__ or "").strip().splitlines()
    return said[0].rstrip(".。") if said else ""


def _verbs() -> Iterator[str]:
    from gongkai.audit.verbs import VERBS

    yield "\n".join(
        [
            "| 动作 | 名称 |",
            "|---|---|",
            *(f"| `{verb}` | {label} |" for verb, label in sorted(VERBS.items()) if not verb.startswith("test.")),
        ]
    )


if __name__ == "__main__":
    import os
    import tempfile

    os.environ["GONGKAI_VAR"] = tempfile.mkdtemp()
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.site.settings"
    import django

    django.setup()
    OUTPUT.write_text(text(), "utf-8")
