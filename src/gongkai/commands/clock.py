"""``gongkai clock EVENTS.json``: the clock of a case, explained for the case file."""

import argparse
import json
import sys
from datetime import date


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the `clock` command to the command line."""
    parser = subparsers.add_parser(
        "clock",
        help="一件申请的期限，逐步说明  the clock of a case",
        description="读取一件申请的事件，说明状态、答复期限怎样算出、下一步可以做什么、程序上有什么问题。"
        "Explains the clock of one application.",
    )
    parser.add_argument("events", metavar="EVENTS.json", help="事件的列表；- 为标准输入  a list of events; - is stdin")
    parser.add_argument("--today", metavar="DATE", help="截至哪一天，默认今天  as of this day")
    parser.add_argument("--json", action="store_true", help="输出 JSON  print JSON")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Print the explanation. 0 explained, 2 no sound list of events (one sentence on stderr)."""
    from gongkai.statute.calendar import default_calendar
    from gongkai.statute.event_json import MOST_BYTES, NotEvents, parse
    from gongkai.statute.explanation import explain, to_json
    from gongkai.statute.procedure import Refusal, fold

    today = _day(args.today) if args.today else date.today()
    if today is None:
        return _refuse(f"日期“{args.today}”不是有效的日期，请写成 2026-01-30 的样子。")
    try:
        result = fold(parse(_read(args.events, MOST_BYTES + 1)), default_calendar(), today)
    except (NotEvents, Refusal) as error:
        return _refuse(str(error))
    print(json.dumps(to_json(result), ensure_ascii=False) if args.json else explain(result))
    return 0


def _read(name: str, most: int) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(most)
    with open(name, "rb") as file:
        return file.read(most)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 2
