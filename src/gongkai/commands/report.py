"""`gongkai report read|check|consolidate|compare|render`, as contracts/cli.md says."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.commands import inputs, shown
from gongkai.statute.reporting import LEVELS

if TYPE_CHECKING:
    from gongkai.annual_report.checks.finding import Finding
    from gongkai.annual_report.report import Report

_FILE = "文件、文件夹或通配符；- 为标准输入  file, folder or pattern; - is standard input"


def register(subparsers: Any) -> None:
    """Add `report` and its five verbs to the command line."""
    top = subparsers.add_parser("report", help="年度报告：读取、核校、汇总、比较、排版  annual reports")
    verbs = top.add_subparsers(title="动作 verbs", metavar="VERB", required=True)

    read = _verb(verbs, "read", "读取报告，原样给出每个单元格  read a report, cell by cell", run_read)
    read.add_argument("files", nargs="+", metavar="FILE", help=_FILE)
    read.add_argument("--json", action="store_true", help="输出 JSON  print JSON")

    check = _verb(verbs, "check", "核校报告，列出问题  check a report", run_check)
    check.add_argument("files", nargs="+", metavar="FILE", help=_FILE)
    check.add_argument("--previous", metavar="FILE", help="同一机关上一年度的报告  last year's report")
    check.add_argument("--level", choices=LEVELS, help="机关层级，默认从名称判断  level of the agency")
    check.add_argument("--json", action="store_true", help="输出 JSON  print JSON")

    consolidate = _verb(verbs, "consolidate", "把多份报告汇总成一份  add reports into one", run_consolidate)
    consolidate.add_argument("files", nargs="+", metavar="FILE", help=_FILE)
    consolidate.add_argument("--agency", required=True, help="汇总报告的机关  agency of the result")
    consolidate.add_argument("--year", required=True, type=int, help="报告年度  report year")
    consolidate.add_argument("--expected", metavar="FILE", help="应报机关名单，一行一个  agencies that must report")
    consolidate.add_argument("-o", "--output", required=True, metavar="OUT", help=".json .docx .xlsx .html .pdf")
    consolidate.add_argument("--force", action="store_true", help="来源有错误也写出  write despite errors")

    compare = _verb(verbs, "compare", "比较两份报告  compare two reports", run_compare)
    compare.add_argument("a", metavar="A")
    compare.add_argument("b", metavar="B")
    compare.add_argument("--json", action="store_true", help="输出 JSON  print JSON")

    render = _verb(verbs, "render", "按规定格式排版  lay out in the official form", run_render)
    render.add_argument("input", metavar="IN.json", help="read --json 的输出，或任何可读取的报告  JSON or any report")
    render.add_argument("-o", "--output", required=True, metavar="OUT", help=".docx .html .pdf .xlsx .json")


def _verb(verbs: Any, name: str, text: str, func: Any) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text)
    verb.set_defaults(func=func)
    verb.add_argument(
        "--timeout",
        type=float,
        default=inputs.TIMEOUT,
        metavar="S",
        help=f"每个文件最多读取几秒，默认 {inputs.TIMEOUT:g}  seconds for each file",
    )
    verb.add_argument(
        "--max-size",
        type=float,
        default=inputs.MAX_SIZE / 1e6,
        metavar="MB",
        help=f"每个文件最大多少 MB，默认 {inputs.MAX_SIZE / 1e6:g}  megabytes for each file",
    )
    verb.add_argument("--workers", type=int, metavar="N", help="并行进程数，默认用满所有核心  processes")
    return verb


def run_read(args: argparse.Namespace) -> int:
    """Print one report (or several). 0 read, 2 where one could not be read."""
    code = 0
    files = inputs.expand(args.files)
    for name, report, reason in _outcomes(files, args):
        if report is None:
            code = _refuse(name, reason, len(files) > 1)
        elif args.json:
            _print_json(report.to_json())
        else:
            print(shown.report(report))
    return code


def run_check(args: argparse.Namespace) -> int:
    """Print findings. 0 none of severity error, 1 at least one, 2 not readable."""
    from gongkai.annual_report.checks import check

    previous = inputs.read_one(args.previous, args) if args.previous else None
    files = inputs.expand(args.files)
    read: list[tuple[str, Report]] = []
    code = 0
    for name, report, reason in _outcomes(files, args):
        if report is None:
            code = _refuse(name, reason, len(files) > 1)
        else:
            read.append((name, report))
    for name, report in read:
        others = [other for _, other in read if other is not report]
        findings = check(report, previous=previous, level=args.level, others=others)
        if args.json:
            found = {"report": report.to_json(), "findings": [f.to_json() for f in findings]}
            _print_json(found if len(files) == 1 else {"file": name, **found})
        else:
            print(shown.findings(name if len(files) > 1 else "", report, findings))
        if code == 0 and _has_error(findings):
            code = 1
    return code


def run_consolidate(args: argparse.Namespace) -> int:
    """Write the sum of many reports. 1 with errors among the inputs (nothing written unless --force)."""
    from gongkai.annual_report.consolidate import consolidate
    from gongkai.annual_report.writing import write

    _known_suffix(args.output)
    reports: list[Report] = []
    unread = 0
    for name, report, reason in _outcomes(inputs.expand(args.files), args):
        if report is None:
            _refuse(name, reason, True)
            unread += 1
        else:
            reports.append(report)
    if not reports:
        return 2
    expected = tuple(Path(args.expected).read_text("utf-8").split()) if args.expected else ()
    result = consolidate(reports, agency=args.agency, year=args.year, expected=expected)
    print(shown.consolidation(result), file=sys.stderr)
    bad = unread or result.has_errors
    if bad and not args.force:
        print("来源中有错误，未写出结果；核对后可加 --force 写出。", file=sys.stderr)
        return 1
    write(result.report, args.output)
    return 1 if bad else 0


def run_compare(args: argparse.Namespace) -> int:
    """Print what differs between two reports."""
    from gongkai.annual_report.compare import compare

    a, b = inputs.read_one(args.a, args), inputs.read_one(args.b, args)
    if a is None or b is None:
        return 2
    result = compare(a, b)
    if args.json:
        _print_json(result.to_json())
    else:
        print(shown.comparison(result))
    return 0


def run_render(args: argparse.Namespace) -> int:
    """Write a report in the official layout, by the ending of the output."""
    from gongkai.annual_report.writing import write

    _known_suffix(args.output)
    report = inputs.read_one(args.input, args)
    if report is None:
        return 2
    write(report, args.output)
    return 0


def _outcomes(files: list[str], args: argparse.Namespace) -> Iterator[tuple[str, Report | None, str]]:
    return inputs.read_all(files, args)


def _known_suffix(output: str) -> None:
    """Refuse an ending that nothing writes before any work is done."""
    from gongkai.annual_report.writing import SUFFIXES

    if Path(output).suffix.lower() not in SUFFIXES:
        print(f"不能写出“{output}”：文件名应以 {' '.join(SUFFIXES)} 结尾。", file=sys.stderr)
        raise SystemExit(2)


def _has_error(findings: list[Finding]) -> bool:
    return any(f.severity == "error" for f in findings)


def _refuse(name: str, reason: str, named: bool) -> int:
    print(f"{name}：{reason}" if named else reason, file=sys.stderr)
    return 2


def _print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False))
