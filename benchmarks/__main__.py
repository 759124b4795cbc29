"""`make bench`: run every benchmark and write docs/benchmarks.md. Name modules to renew only their parts of it."""

from __future__ import annotations

import os
import platform
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

MODULES = (
    "reading",
    "checking",
    "folder",
    "statute_calendar",
    "statute_fold",
    "site",
    "lexicon",
    "search",
    "importing",
    "pages",
)
TITLES = {
    "importing": "批量导入",
    "reading": "读取",
    "checking": "核校、汇总、启动",
    "folder": "大批量",
    "statute_calendar": "工作日",
    "statute_fold": "办理期限",
    "search": "搜索",
    "lexicon": "词库",
    "site": "公开网站",
    "pages": "信息、列表、专题、搜索",
}
OUTPUT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def main(names: list[str]) -> None:
    """`name` or `name:size` of the modules to run; none for all of them."""
    made = {}
    for name in names or MODULES:
        module, _, size = name.partition(":")
        rows = import_module(f"benchmarks.{module}").run(*([int(size)] if size else []))
        title = f"## {TITLES.get(module, module)}"
        part = ["", "| 测量 | 对照 | 本项目 | 对照 | 比值 |", "|---|---|---|---|---|"]
        part += [
            f"| {r['name']} | {r['baseline']} | {_time(r['ours_seconds'])} | {_time(r['baseline_seconds'])} | {r['ratio']:.2f} |"
            for r in rows
        ]
        part += ["", f"{date.today():%Y-%m-%d} 量出。", ""]
        print("\n".join([title, *part]), flush=True)
        made[title] = part
    if names:
        kept = _parts(OUTPUT.read_text("utf-8").split("\n"))
        lines = [line for title, part in (kept | made).items() for line in (title, *part)]
    else:
        lines = [*_head(), *_outcomes(), *(line for title, part in made.items() for line in (title, *part)), *_scans()]
    OUTPUT.write_text("\n".join(lines).strip("\n") + "\n", "utf-8")


def _parts(lines: list[str]) -> dict[str, list[str]]:
    """The document by its headings."""
    parts: dict[str, list[str]] = {}
    for line in lines:
        if line.startswith("#") or not parts:
            title = line
            parts[title] = []
        else:
            parts[title].append(line)
    return parts


def _time(seconds: float) -> str:
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def _head() -> list[str]:
    return [
        "# 测量 Benchmarks",
        "",
        "由 `make bench` 写成；每个数字都是这次运行量出的。比值是“本项目 ÷ 对照”，成对测量取中位数，小于 1 为更快。",
        "Written by `make bench`. Ratio = ours ÷ baseline, medians of paired runs; below 1 is faster.",
        "",
        f"{date.today():%Y-%m-%d}，{os.cpu_count()} 核，Python {platform.python_version()}。机器有其他负载，只看比值。",
        "",
    ]


def _outcomes() -> list[str]:
    from benchmarks.outcomes import table

    lines = table()
    return ["## 真实报告", "", *lines, ""] if lines else []


def _scans() -> list[str]:
    try:
        rows: list[dict[str, Any]] = import_module("benchmarks.scans").run()
    except ModuleNotFoundError:
        return []
    heads = list(rows[0])
    return ["## 扫描件", "", "| " + " | ".join(heads) + " |", "|" + "---|" * len(heads),
            *("| " + " | ".join(str(row[h]) for h in heads) + " |" for row in rows), ""]  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
