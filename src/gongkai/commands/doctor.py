"""`gongkai doctor`: what this machine has, what is missing, and the exact command that installs it."""

from __future__ import annotations

import argparse
from typing import Any


def register(subparsers: Any) -> None:
    """Add `doctor` to the command line."""
    command = subparsers.add_parser("doctor", help="检查本机环境，给出缺少部件的安装命令  check this machine")
    command.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Print the state of every optional part; always 0, because without them the rest works."""
    from gongkai.doctor import print_doctor

    print_doctor()
    return 0
