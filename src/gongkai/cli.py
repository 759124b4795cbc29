"""The command `gongkai`. Each command lives in `gongkai.commands` and imports what it needs when it runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from gongkai import __version__

# The order of `gongkai --help`.
COMMANDS = ("report", "workdays", "clock", "audit", "imports", "export", "demo", "backup", "restore", "doctor")


def parser() -> argparse.ArgumentParser:
    """The whole command line; each command module adds its own part by `register(subparsers)`."""
    top = argparse.ArgumentParser(
        prog="gongkai",
        description="政府信息公开：年度报告的读取、核校、汇总与排版，工作日与办理期限。\n"
        "Chinese government information disclosure: annual reports, working days, the case clock.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"gongkai {__version__}")
    subparsers = top.add_subparsers(title="命令 commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        import_module(f"gongkai.commands.{name}").register(subparsers)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 done with errors found, 2 not done."""
    args = parser().parse_args(argv)
    try:
        code: int = args.func(args)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `gongkai … | head`: the reader went away, nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(_os_message(error), file=sys.stderr)
        return 2
    return code


def _os_message(error: OSError) -> str:
    where = f"“{error.filename}”" if error.filename else ""
    if isinstance(error, FileNotFoundError):
        return f"找不到文件{where}，请检查路径。"
    if isinstance(error, IsADirectoryError):
        return f"{where}是文件夹，这里需要一个文件。"
    if isinstance(error, PermissionError):
        return f"没有权限读写{where}。"
    return f"读写{where}失败：{error.strerror or error}。"


if __name__ == "__main__":
    sys.exit(main())
