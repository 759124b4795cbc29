"""``gongkai workdays add DATE N`` and ``gongkai workdays count A B``: see the command-line contract."""

import argparse
import sys
from datetime import date


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the `workdays` command to the command line."""
    parser = subparsers.add_parser(
        "workdays", help="工作日计算  working days", description="按国务院办公厅节假日安排通知计算工作日。"
    )
    parser.set_defaults(func=_unnamed)
    verbs = parser.add_subparsers(metavar="add|count")
    add = verbs.add_parser("add", help="某日之后第 N 个工作日", description="起算日不计，打印其后第 N 个工作日。")
    add.add_argument("date", metavar="DATE", help="起算日，如 2026-01-30")
    add.add_argument("days", metavar="N", help="工作日数")
    add.set_defaults(func=_add)
    count = verbs.add_parser("count", help="两日之间的工作日数", description="A 之后至 B（含）的工作日数。")
    count.add_argument("start", metavar="A", help="起算日，不计入")
    count.add_argument("end", metavar="B", help="截止日，计入")
    count.set_defaults(func=_count)


def _add(args: argparse.Namespace) -> int:
    from gongkai.statute.calendar import default_calendar

    start = _date(args.date)
    if start is None:
        return _refuse(f"日期“{args.date}”不是有效的日期，请写成 2026-01-30 的样子。")
    if not (args.days.isascii() and args.days.isdecimal()):
        return _refuse(f"工作日数“{args.days}”不是自然数。")
    try:
        result = default_calendar().add_working_days(start, int(args.days))
    except (OverflowError, ValueError):
        return _refuse(f"工作日数“{args.days}”太大，日期超出可以表示的范围。")
    _show(result.date.isoformat(), provisional=result.provisional)
    return 0


def _count(args: argparse.Namespace) -> int:
    from gongkai.statute.calendar import default_calendar

    start, end = _date(args.start), _date(args.end)
    if start is None or end is None:
        return _refuse(f"日期“{args.start if start is None else args.end}”不是有效的日期，请写成 2026-01-30 的样子。")
    if end < start:
        return _refuse(f"截止日 {end} 早于起算日 {start}。")
    calendar = default_calendar()
    number = calendar.working_days_between(start, end)
    _show(str(number), provisional=calendar.is_provisional(start, end))
    return 0


def _unnamed(_: argparse.Namespace) -> int:
    return _refuse("请写明 add DATE N 或者 count A B。")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _show(value: str, *, provisional: bool) -> None:
    print(f"{value} provisional" if provisional else value)


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 2
