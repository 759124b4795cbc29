"""`gongkai import records FILE|FOLDER --agency NAME [--preview]`: records of another site or a folder, in bulk."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Any


def register(subparsers: Any) -> None:
    """Add `import` to the command line."""
    command = subparsers.add_parser(
        "import",
        help="批量导入政府信息  import records in bulk",
        description="从电子表格、文件夹、压缩包、RSS 或列表批量导入政府信息。Imports records from lists, folders and feeds.",
    )
    command.set_defaults(func=lambda _: _refuse("请写明 records。"))
    things = command.add_subparsers(metavar="records")
    records = things.add_parser("records", help="政府信息  records of government information")
    records.add_argument("path", metavar="FILE|FOLDER", help=".xlsx、.xls、.ods、.csv、JSON、RSS、Atom、ZIP 或文件夹")
    records.add_argument("--agency", metavar="NAME", required=True, help="公开主体的全称  the agency's full name")
    records.add_argument(
        "--source", metavar="SITE", default="", help="来源，如“原县教育局网站”，默认为文件名  the source"
    )
    records.add_argument("--preview", action="store_true", help="只看会怎样，不导入  say what would happen")
    records.add_argument("--report", metavar="FILE.csv", help="把没有导入的行和原因写到哪里  the refused rows")
    records.set_defaults(func=_records)


def _records(args: argparse.Namespace) -> int:
    """0 all imported, 1 some rows refused, 2 not imported."""
    from gongkai.site.start import start

    path = Path(args.path)
    if not path.exists():
        return _refuse(f"找不到“{path}”，请检查路径。")
    if not start():
        return 2
    from tqdm import tqdm

    from gongkai.agencies.doer import SYSTEM, Refused
    from gongkai.agencies.models import Agency
    from gongkai.disclosure.importing import actions, documents, reading
    from gongkai.disclosure.importing.planning import WHATS, Planner

    agency = Agency.objects.filter(name=args.agency, until=None).first()
    if agency is None:
        return _refuse(f"没有“{args.agency}”这个机关，请用全称。")
    try:
        if path.is_dir():
            rows, sha256 = documents.from_folder(path), _hash_of_folder(path)
        else:
            content = path.read_bytes()
            rows, sha256 = actions.read(content, path.name), hashlib.sha256(content).hexdigest()
    except reading.NotAList as error:
        return _refuse(str(error))
    site = args.source or rows.site or path.stem
    if rows.unknown:
        print(f"没有用到的栏：{'、'.join(rows.unknown)}。")
    if rows.unused:
        print(f"没有用到的文件：{'、'.join(rows.unused)}。")
    if args.preview:
        planned = list(Planner(SYSTEM, agency, site, rows).plan())
        for step in planned:
            print(f"第{step.row.line}行 {step.label}：{step.title}{'；' if step.reasons or step.notes else ''}"
                  f"{''.join(step.reasons or step.notes)}")  # fmt: skip
        print("，".join(f"{label} {sum(s.what == what for s in planned)} 行" for what, label in WHATS.items()) + "。")
        refused = [(s.row.line, s.title, "".join(s.reasons)) for s in planned if s.what == "refused"]
    else:
        try:
            run = actions.begin(SYSTEM, agency, path.name, site, sha256, len(rows.rows))
            with tqdm(total=len(rows.rows), unit="行", file=sys.stderr, disable=None) as bar:
                run = actions.go(SYSTEM, run, rows, progress=bar.update)
        except Refused as error:
            return _refuse("".join(error.reasons))
        run.refresh_from_db()
        print(
            f"新增 {run.made} 条，修改 {run.changed} 条，不变 {run.unchanged} 行，没有导入 {run.refused} 行（第 {run.pk} 次导入）。"
        )
        refused = list(run.refusals.values_list("line", "title", "reason"))
    if args.report:
        Path(args.report).write_bytes(actions.refused_csv(refused))
    elif not args.preview:
        for line, title, reason in refused[:20]:
            print(f"第{line}行 {title}：{reason}", file=sys.stderr)
        if len(refused) > 20:
            print(f"另有 {len(refused) - 20} 行没有导入，请用 --report 写成文件。", file=sys.stderr)
    return 1 if refused else 0


def _hash_of_folder(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder)}/{path.stat().st_size}/{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 2
