"""`gongkai clock`: what it prints, and one clear sentence for bad input."""

import argparse
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from gongkai import cli
from gongkai.commands import clock

EVENTS = """[
  {"event": "received", "on": "2026-03-02", "channel": "in_person"},
  {"event": "third_party_asked", "on": "2026-03-09", "party": "甲公司"},
  {"event": "third_party_answered", "on": "2026-03-23", "party": "甲公司", "view": "objects"}
]"""


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="gongkai")
    clock.register(parser.add_subparsers())
    args = parser.parse_args(["clock", *arguments])
    result: int = args.func(args)
    return result


@pytest.fixture
def events(tmp_path: Path) -> str:
    file = tmp_path / "案件.json"
    file.write_text(EVENTS, "utf-8")
    return str(file)


def test_it_works(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(events, "--today", "2026-03-24") == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert captured.out.startswith("截至2026年3月24日（星期二）。")
    assert "期限届满：起算日之后第30个工作日（20＋不计算10），即2026年4月14日（星期二）。" in captured.out
    assert captured.out.endswith("程序问题\n  没有发现。\n")


def test_json(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(events, "--today", "2026-03-24", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["clock"]["due"], data["clock"]["excluded_days"], data["state"]) == ("2026-04-14", 10, "registered")


def test_standard_input_and_today_by_default(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(EVENTS.encode())))
    assert run("-", "--json") == 0
    assert json.loads(capsys.readouterr().out)["clock"]["due"] == "2026-04-14"


@pytest.mark.parametrize(
    ("text", "arguments", "sentence"),
    [
        (EVENTS, ("--today", "x"), "日期“x”不是有效的日期，请写成 2026-01-30 的样子。\n"),
        (
            EVENTS,
            ("--today", "2026-03-22"),
            "第3个事件“第三方答复”不成立：日期2026年3月23日晚于今天（2026年3月22日）。\n",
        ),
        ("{", (), "不是有效的 JSON：第1行第2个字符附近有误。\n"),
        ('[{"event": "received"}]', (), "第1个事件“提出申请”缺少 on、channel。\n"),
        (
            '[{"event": "served", "on": "2026-03-02", "mode": "postal"}]',
            (),
            "第1个事件“送达”不成立：还没有申请，只有作出答复之后、送达之前可以“送达”。\n",
        ),
        (" " * 2_000_001, (), "文件过大，一件申请的事件不会超过 2 MB。\n"),
    ],
    ids=["today", "future", "json", "event", "refused", "size"],
)
def test_bad_input(
    text: str, arguments: tuple[str, ...], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "events.json"
    file.write_text(text, "utf-8")
    assert run(str(file), *arguments) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", sentence)


def test_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["clock", "nowhere.json"]) == 2
    assert capsys.readouterr().err == "找不到文件“nowhere.json”，请检查路径。\n"
