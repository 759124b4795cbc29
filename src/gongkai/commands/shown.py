"""What the `report` commands print for people: plain text, colours on a terminal only."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from gongkai.annual_report.editions import TABLE_KEYS, table

if TYPE_CHECKING:
    from gongkai.annual_report.checks.finding import Finding
    from gongkai.annual_report.compare import Comparison
    from gongkai.annual_report.consolidate import Consolidation
    from gongkai.annual_report.report import Report

_COLOURS = {"error": "31", "warning": "33", "info": "36"}
_WORDS = {"error": "错误", "warning": "提醒", "info": "提示"}


def _coloured(text: str, severity: str) -> str:
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{_COLOURS[severity]}m{text}\x1b[0m"


def headline(report: Report) -> str:
    """Agency, year and edition in one line."""
    edition = f"{report.edition} 版格式" if report.edition else "格式不明"
    year = f"{report.year} 年度" if report.year else "年度不明"
    return f"{report.agency or '（未写机关名称）'}  {year}  {edition}"


def report(read: Report) -> str:
    """A report's numbers, one printed row a line; · is a blank, ? a cell the reader is not sure of."""
    lines = [headline(read)]
    for key in TABLE_KEYS:
        if key not in read.editions:
            continue
        form = table(key, read.table_edition(key))
        lines.append(f"\n{form.heading}")
        for block in form.blocks:
            for row in block.rows:
                values = [_value(read, f"{key}.{row.key}.{column.key}") for column in block.columns]
                lines.append(f"  {'  '.join(v.rjust(6) for v in values)}  {row.label}")
    lines += [f"\n注意：{warning}" for warning in read.warnings]
    return "\n".join(lines)


def _value(read: Report, path: str) -> str:
    cell = read.cell(path)
    text = "·" if cell.value is None else str(cell.value)
    return text if cell.sure else text + "?"


def findings(name: str, read: Report, found: list[Finding]) -> str:
    """The findings of one report, the gravest first."""
    counts = {severity: sum(f.severity == severity for f in found) for severity in _WORDS}
    summary = "，".join(f"{_WORDS[s]} {n}" for s, n in counts.items() if n) or "未发现问题"
    lines = [f"{name + '  ' if name else ''}{headline(read)}：{summary}"]
    for finding in sorted(found, key=lambda f: list(_WORDS).index(f.severity)):
        lines.append(f"  {_coloured(_WORDS[finding.severity], finding.severity)} {finding.rule}  {finding.message}")
    lines += [f"  注意  {warning}" for warning in read.warnings]
    return "\n".join(lines)


def consolidation(result: Consolidation) -> str:
    """How many reports went in, and every problem among them."""
    lines = [f"汇总 {result.included} 份报告。"]
    lines += [f"  {_WORDS[p.severity]}  {p.message}" for p in result.problems]
    return "\n".join(lines)


def comparison(result: Comparison) -> str:
    """What differs: cells first, then how alike the texts are."""
    lines = [f"单元格不同 {len(result.cells)} 处"]
    lines += [f"  {c.label}：{_shown(c.a)} → {_shown(c.b)}" for c in result.cells]
    lines += [f"文字相似度  {name}：{share:.0%}" for name, share in result.similarity.items()]
    return "\n".join(lines)


def _shown(value: object) -> str:
    return "空" if value is None else str(value)
