"""`gongkai demo [--scale N]`, `gongkai demo code ACCOUNT`: the fictional county, and the phone of its staff."""

from __future__ import annotations

import argparse
import sys
from typing import Any

MOST = 1000


def register(subparsers: Any) -> None:
    """Add `demo` to the command line."""
    command = subparsers.add_parser(
        "demo",
        help="生成虚构的青禾县  fill the database with a fictional county",
        description="生成虚构的青禾县：机关、人员、账号和年度报告；重复运行无妨。Fills the database with a fictional county.",
    )
    command.add_argument("--scale", metavar="N", type=int, default=1, help="N 倍的数据，用于测量  N times as much")
    command.set_defaults(func=_fill)
    verbs = command.add_subparsers(metavar="code")
    code = verbs.add_parser("code", help="演示账号此刻的验证码  a demo account's code now")
    code.add_argument("account", metavar="ACCOUNT", help="账号，如 luo.ping  the account")
    code.set_defaults(func=_code)


def _fill(args: argparse.Namespace) -> int:
    """0 filled, 2 not."""
    from gongkai.site.start import start

    if not 1 <= args.scale <= MOST:
        print(f"--scale 应为 1 至 {MOST} 的整数。", file=sys.stderr)
        return 2
    if not start():
        return 2
    from django.core.management import call_command

    from gongkai.site import demo

    call_command("migrate", verbosity=0)
    demo.prepare(args.scale)
    print("\n".join(demo.accounts()))
    return 0


def _code(args: argparse.Namespace) -> int:
    """0 printed, 2 no demo account."""
    from gongkai.site.start import start

    if not start():
        return 2
    from gongkai.site import demo

    code = demo.code(args.account)
    if code is None:
        print(f"“{args.account}”不是演示账号，或者不要验证码。", file=sys.stderr)
        return 2
    print(code)
    return 0
