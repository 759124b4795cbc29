"""`gongkai restore FILE`: the site as it was when the backup was written."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def register(subparsers: Any) -> None:
    """Add `restore` to the command line."""
    command = subparsers.add_parser(
        "restore",
        help="从备份恢复  restore from a backup",
        description="先停止网站。全部解开并核对之后才替换现有数据。Restores a backup; stop the site first.",
    )
    command.add_argument("file", metavar="FILE", help="gongkai backup 写的文件  a file that gongkai backup wrote")
    command.add_argument(
        "--force", action="store_true", help="替换现有数据（原来的移到一边）  replace what is there (it is kept aside)"
    )
    command.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """0 restored, 2 nothing changed (one sentence on stderr)."""
    from gongkai.site.start import start

    if not start():
        return 2
    from gongkai.site import backup, databases

    try:
        done = backup.restore(Path(args.file), args.force)
    except (backup.NotDone, databases.NoDatabaseTool) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"已恢复 {done.count} 个文件。")
    for note in done.notes:
        print(f"注意：{note}")
    print("请运行 gongkai audit verify 校验操作日志，再启动网站。")
    return 0
