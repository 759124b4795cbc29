"""Every real report beside the checkout through the whole engine: cells right, findings, exit code."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from benchmarks.files import SHARED
from gongkai.annual_report.checks import check
from gongkai.annual_report.editions import TABLE_KEYS
from gongkai.annual_report.reading import read


def table() -> list[str]:
    """The lines of a Markdown table; empty where the real reports are not there."""
    if not SHARED.exists():
        return []
    lines = [
        "| 文件 | 单元格（印出 / 读对） | 非零（印出 / 读对） | 凭空 | 机关 · 年度 · 格式 | 错误 | 提醒 |",
        "|---|---|---|---|---|---|---|",
    ]
    total = [0] * 5
    for truth_file in sorted(SHARED.glob("*.truth.json")):
        truth = json.loads(truth_file.read_text("utf-8"))
        stem = truth_file.name.removesuffix(".truth.json")
        for path in sorted(p for p in SHARED.glob(stem + ".*") if not p.name.endswith(".truth.json")):
            report = read(path)
            counts = _count(truth, report.to_json())
            total = [a + b for a, b in zip(total, counts, strict=True)]
            named = bool(report.agency) and (report.agency in truth["agency"] or truth["agency"] in report.agency)
            meta = "·".join(
                "对" if ok else "无" for ok in (named, report.year == truth["year"], report.edition == truth["edition"])
            )
            found = check(report)
            errors, warnings = (sum(f.severity == s for f in found) for s in ("error", "warning"))
            printed, right, nonzero, nonzero_right, invented = counts
            lines.append(
                f"| {path.name} | {printed} / {right} | {nonzero} / {nonzero_right} | {invented} | {meta} | {errors} | {warnings} |"
            )
    printed, right, nonzero, nonzero_right, invented = total
    lines.append(f"| **合计** | **{printed} / {right}** | **{nonzero} / {nonzero_right}** | **{invented}** | | | |")
    return lines


def _count(truth: dict[str, Any], read_report: dict[str, Any]) -> list[int]:
    printed = right = nonzero = nonzero_right = invented = 0
    for key in TABLE_KEYS:
        for row, columns in (truth.get(key) or {}).items():
            for column, value in (columns or {}).items():
                got = read_report[key].get(row, {}).get(column)
                if value is None:
                    invented += got is not None
                    continue
                ok = got is not None and Decimal(str(got)) == Decimal(str(value))
                printed, right = printed + 1, right + ok
                if Decimal(str(value)):
                    nonzero, nonzero_right = nonzero + 1, nonzero_right + ok
    return [printed, right, nonzero, nonzero_right, invented]
