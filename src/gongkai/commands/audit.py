"""`gongkai audit verify|export`: the log checked, and handed over as a file that can be checked anywhere."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

_CHINA = timezone(timedelta(hours=8))


def register(subparsers: Any) -> None:
    """Add `audit` to the command line."""
    command = subparsers.add_parser(
        "audit",
        help="操作日志：校验、导出  the audit log",
        description="校验操作日志没有被改动，或者导出为文件。Verifies or exports the audit log.",
    )
    command.set_defaults(func=lambda _: _refuse("请写明 verify 或者 export。"))
    verbs = command.add_subparsers(metavar="verify|export")
    verify = verbs.add_parser("verify", help="校验哈希链，默认校验数据库  verify the chain")
    verify.add_argument("file", metavar="FILE.jsonl", nargs="?", help="导出的文件，可以离线校验  an exported file")
    verify.add_argument("--head", metavar="N:HASH", help="以前另存的核对码，用来发现整体改写  a head noted earlier")
    verify.set_defaults(func=_verify)
    export = verbs.add_parser("export", help="导出为一行一条的 JSON  export as JSON lines")
    export.add_argument("-o", "--output", metavar="FILE.jsonl", required=True, help="写到哪里  where to")
    export.add_argument("--since", metavar="DATE", help="自哪一天，如 2026-01-01  from this day")
    export.add_argument("--until", metavar="DATE", help="到哪一天为止（含）  up to and including this day")
    export.set_defaults(func=_export)


def _verify(args: argparse.Namespace) -> int:
    """0 sound, 1 broken, 2 not verified."""
    from gongkai.audit import chain

    found = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", args.head or "")
    if args.head and not found:
        return _refuse(f"核对码“{args.head}”不正确，应为校验时打印的“编号:哈希值”。")
    head = (int(found[1]), found[2]) if found else None
    missing: list[str] = []
    if args.file:
        try:
            verdict = chain.verify(_lines(Path(args.file)), head)
        except ValueError:
            return _refuse(f"“{args.file}”不是导出的操作日志（应为 UTF-8 编码、一行一条 JSON）。")
    else:
        from gongkai.site.start import start

        if not start():
            return 2
        from django.db import DatabaseError, connection

        from gongkai.audit import queries, triggers

        try:
            verdict, missing = queries.verify(head), triggers.missing(connection)
        except DatabaseError as error:
            return _refuse(f"读不了数据库中的操作日志，请检查 DATABASE_URL，并先迁移数据库：{error}".rstrip())
    if missing:
        print(f"数据库没有禁止修改日志的触发器：{'、'.join(missing)}；请运行 python -m gongkai.site migrate 补上。")
    if not verdict.is_sound:
        print(f"第 {verdict.broken} 条起不可信：{verdict.why}")
        if verdict.count:
            print(f"第 {verdict.first} 至 {verdict.last} 条完好。")
        return 1
    if not verdict.count:
        print("没有记录。")
        return 1 if missing else 0
    print(f"第 {verdict.first} 至 {verdict.last} 条完好，共 {verdict.count} 条。")
    print(f"核对码 {verdict.last}:{verdict.head}（请另存他处，下次用 --head 核对）")
    return 1 if missing else 0


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            if not isinstance(entry, dict):
                raise ValueError
            yield entry


def _export(args: argparse.Namespace) -> int:
    """0 exported, 2 not exported. The file appears whole or not at all."""
    since, until = _day(args.since), _day(args.until)
    for text, day in ((args.since, since), (args.until, until)):
        if text and day is None:
            return _refuse(f"日期“{text}”不是有效的日期，请写成 2026-01-30 的样子。")
    from gongkai.site.start import start

    if not start():
        return 2
    from gongkai.audit import actions, chain, queries
    from gongkai.audit.actor import SYSTEM

    until = until + timedelta(days=1) if until else None
    half = Path(f"{args.output}.part-{os.getpid()}")
    count = 0
    try:
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            for entry in queries.lines(since, until):
                file.write(chain.text(entry) + "\n")
                count += 1
            file.flush()
            os.fsync(file.fileno())
        actions.record(SYSTEM, "audit.export", details={"count": count, "since": args.since, "until": args.until})
        half.replace(args.output)
    finally:
        with contextlib.suppress(FileNotFoundError):
            half.unlink()
    print(f"已导出 {count} 条到“{args.output}”。")
    return 0


def _day(text: str | None) -> datetime | None:
    """The beginning of a day in China, in UTC."""
    try:
        return datetime.combine(datetime.fromisoformat(text or "").date(), time(), _CHINA).astimezone(UTC)
    except ValueError:
        return None


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 2
