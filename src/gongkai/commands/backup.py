"""`gongkai backup FOLDER|FILE`: database, files and key in one verified file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def register(subparsers: Any) -> None:
    """Add `backup` to the command line."""
    command = subparsers.add_parser(
        "backup",
        help="备份数据库、文件和密钥  back up database, files and key",
        description="把数据库、文件和密钥备份为一个文件，写完后逐个核对；网站不必停止。Backs up a running site.",
    )
    command.add_argument("target", metavar="FOLDER|FILE", help="文件夹，或以 .tar.gz、.tar 结尾的新文件  where to")
    command.add_argument(
        "--keep", metavar="N", type=int, default=0, help="文件夹中只留最新的 N 份  keep the newest N in the folder"
    )
    command.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """0 written and verified, 2 no backup (one sentence on stderr)."""
    from gongkai.site.start import start

    if not start():
        return 2
    from gongkai.site import archive, backup, databases

    try:
        done = backup.backup(Path(args.target), max(args.keep, 0))
    except (backup.NotDone, databases.NoDatabaseTool, archive.BadArchive) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"已备份 {done.count} 个文件，{done.size / 1e6:.1f} MB，核对无误：“{done.path}”。")
    for note in done.notes:
        print(f"注意：{note}")
    print("备份中有密钥和个人信息，请像保管数据库一样保管。")
    return 0
