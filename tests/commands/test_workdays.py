"""`gongkai workdays`: what it prints, and one clear sentence for bad input."""

import argparse

import pytest

from gongkai.commands import workdays


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="gongkai")
    workdays.register(parser.add_subparsers())
    args = parser.parse_args(["workdays", *arguments])
    result: int = args.func(args)
    return result


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (("add", "2026-01-30", "20"), "2026-03-05\n"),
        (("add", "2026-01-30", "0"), "2026-01-30\n"),
        (("add", "2026-12-10", "20"), "2027-01-07 provisional\n"),
        (("count", "2026-01-30", "2026-03-05"), "20\n"),
        (("count", "2026-01-30", "2026-01-30"), "0\n"),
        (("count", "2026-12-10", "2027-01-07"), "20 provisional\n"),
        (("count", "2018-01-01", "2019-01-02"), "261 provisional\n"),
    ],
)
def test_it_works(arguments: tuple[str, ...], printed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == (printed, "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "2026-02-30", "1"), "日期“2026-02-30”不是有效的日期，请写成 2026-01-30 的样子。\n"),
        (("add", "2026-02-03", "x"), "工作日数“x”不是自然数。\n"),
        (("add", "2026-02-03", "²"), "工作日数“²”不是自然数。\n"),
        (("add", "2026-02-03", "9" * 30), f"工作日数“{'9' * 30}”太大，日期超出可以表示的范围。\n"),
        (("add", "2026-02-03", "9999999"), "工作日数“9999999”太大，日期超出可以表示的范围。\n"),
        (("count", "x", "2026-02-03"), "日期“x”不是有效的日期，请写成 2026-01-30 的样子。\n"),
        (("count", "2026-02-03", "y"), "日期“y”不是有效的日期，请写成 2026-01-30 的样子。\n"),
        (("count", "2026-02-03", "2026-02-02"), "截止日 2026-02-02 早于起算日 2026-02-03。\n"),
        ((), "请写明 add DATE N 或者 count A B。\n"),
    ],
)
def test_bad_input(arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", sentence)
