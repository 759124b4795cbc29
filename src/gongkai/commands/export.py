"""`gongkai export records`: everything that is public as files for machines, now instead of tonight."""

from __future__ import annotations

import argparse
import sys
from typing import Any


def register(subparsers: Any) -> None:
    """Add `export` to the command line."""
    command = subparsers.add_parser(
        "export",
        help="生成公开数据的文件  make the files of public data",
        description="把全部公开的信息写成 CSV 和 JSON Lines 文件，公众可以下载；平时每晚自动生成。"
        "Writes all public records as CSV and JSON lines; done every night by itself.",
    )
    command.set_defaults(func=_refuse)
    things = command.add_subparsers(metavar="records")
    things.add_parser("records", help="政府信息  records").set_defaults(func=_records)


def _records(args: argparse.Namespace) -> int:
    """0 made, 2 not."""
    from gongkai.site.start import start

    if not start():
        return 2
    from gongkai.portal import bulk
    from gongkai.portal.models import Bulk

    print(f"已写出 {bulk.make()} 条。")
    for made in Bulk.objects.order_by("kind"):
        print(f"  /data/records.{made.kind}.gz  {made.size / 1e6:.2f} MB")
    return 0


def _refuse(args: argparse.Namespace) -> int:
    print("请写明 records。", file=sys.stderr)
    return 2
