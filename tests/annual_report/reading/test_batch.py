"""Many files within bounds: in order, a failure costs one file only, nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.annual_report.reading import batch, worker
from gongkai.annual_report.reading.batch import Outcome, read_many, read_one_bounded
from tests.annual_report.reading.office_files import p, tbl, tr, word

REPORT = (
    "青禾县水利局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（一）项\n"
    "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t1\t2\t3\n"
)
NO_REPORT = "关于召开会议的通知\n请准时参加。\n"

# A worker whose reader does what the first word of the file says.
OBEDIENT = """
import os, sys, time, types
from gongkai.annual_report import reading
from gongkai.annual_report.reading import worker
from gongkai.annual_report.report import Report
def read_bytes(data, name=""):
    word = data.split()[0].decode() if data.split() else ""
    if word == "hang":
        time.sleep(1000)
    if word == "spin":
        sum(range(10 ** 12))
    if word == "eat":
        bytearray(10 ** 13)
    if word == "die":
        os._exit(1)
    if word == "refuse":
        raise reading.NotReadable("不是年度报告。")
    if word == "fail":
        raise LookupError("x")
    return Report(agency=name, year=os.getpid())
reading.read_bytes = read_bytes
worker.main(int(sys.argv[1]))
"""


@pytest.fixture
def obedient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workers that do as the file says, instead of those kept from before."""
    batch._end_idle()
    monkeypatch.setattr(worker, "_MAIN", OBEDIENT)
    yield
    batch._end_idle()


def children() -> set[str]:
    """Processes started by this one that still run."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == str(os.getpid()) and fields[0] != "Z":
            found.add(entry.parent.name)
    return found


def reasons(outcomes: list[Outcome]) -> list[str]:
    return [o.reason for o in outcomes]


def test_it_works(tmp_path: Path) -> None:
    files: list[str | tuple[str, bytes]] = []
    for number in range(6):
        path = tmp_path / f"{number}.txt"
        path.write_text(REPORT if number % 2 else NO_REPORT, "utf-8")
        files.append(str(path))
    files.append(("内存.docx", word(p(REPORT.split("\n")[0]) + tbl(tr("规章", "0", "0", "0")))))
    seen: list[int] = []
    outcomes = list(read_many(files, workers=2, on_progress=seen.append))
    assert [o.name for o in outcomes] == [*files[:6], "内存.docx"]
    assert [o.report is not None for o in outcomes[:6]] == [False, True] * 3
    assert [bool(o.reason) for o in outcomes[:6]] == [True, False] * 3
    report = outcomes[1].report
    assert report
    assert report.value("disclosure.normative_documents.in_force") == 3
    assert seen[-1] == 7
    assert seen == sorted(seen)


def test_no_files() -> None:
    assert list(read_many([])) == []


@pytest.mark.usefixtures("obedient")
def test_a_bad_file_costs_itself_only() -> None:
    words = ["ok", "hang", "die", "ok", "eat", "refuse", "fail", "spin", "ok", ""]
    start = time.monotonic()
    outcomes = list(read_many([(w, w.encode()) for w in words], workers=2, timeout=1.0))
    assert time.monotonic() - start < 12
    assert [o.name for o in outcomes] == words
    assert [o.report is not None for o in outcomes] == [w in ("ok", "") for w in words]
    said = dict(zip(words, reasons(outcomes), strict=True))
    assert said["hang"] == said["spin"] == "读取超过 1 秒，已停止。"
    assert "意外终止" in said["die"]
    assert "内存" in said["eat"]
    assert said["refuse"] == "不是年度报告。"
    assert "LookupError" in said["fail"]


@pytest.mark.usefixtures("obedient")
def test_workers_are_kept_for_the_next_file_and_ended_at_the_end() -> None:
    before = children()
    first, second = (read_one_bounded(b"%PDF-ok", "a").report, read_one_bounded(b"%PDF-ok", "b").report)
    assert first
    assert second
    assert first.year == second.year
    batch._end_idle()
    assert children() <= before


@pytest.mark.usefixtures("obedient")
def test_an_idle_worker_that_has_died_is_replaced() -> None:
    first = read_one_bounded(b"%PDF-ok", "a").report
    assert first
    assert first.year
    os.kill(first.year, signal.SIGKILL)
    time.sleep(0.2)
    second = read_one_bounded(b"%PDF-ok", "b").report
    assert second
    assert second.year != first.year


@pytest.mark.usefixtures("obedient")
def test_a_caller_that_stops_listening_leaves_nothing_running() -> None:
    before = children()
    outcomes = read_many([("ok", b"ok"), *[("hang", b"hang")] * 5], workers=2)
    assert next(outcomes).report is not None
    outcomes.close()  # type: ignore[attr-defined]
    batch._end_idle()
    assert children() <= before


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("word", ["hang", "ok"])
def test_workers_end_with_the_process_that_started_them(how: signal.Signals, word: str) -> None:
    code = (
        "import signal, sys, time\nfrom gongkai.annual_report.reading import batch, worker\n"
        # A shell that starts the tests in the background has told them to ignore it, and everyone after them.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"worker._MAIN = {OBEDIENT!r}\n"
        f"for o in batch.read_many([('x', b'ok'), ('x', {word.encode()!r})], workers=1):\n"
        "    print(o.report.year, flush=True)\ntime.sleep(100)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="src"
    )
    assert parent.stdout
    with parent.stdout:
        process = int(parent.stdout.readline())
        time.sleep(0.2)
        parent.send_signal(how)
        parent.wait()
    deadline = time.monotonic() + 8
    while Path(f"/proc/{process}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{process}").exists()


def test_no_worker_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    batch._end_idle()
    monkeypatch.setattr(worker, "_MAIN", "raise SystemExit(1)")
    outcomes = list(read_many([("a", b"x"), ("b", b"x")], workers=2))
    assert [o.name for o in outcomes] == ["a", "b"]
    assert all("无法启动" in o.reason for o in outcomes)


def test_size_and_missing_files(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"x" * 5000)
    outcomes = list(read_many([str(tmp_path / "big.txt"), str(tmp_path / "none"), str(tmp_path)], max_size=1000))
    assert ["上限" in o.reason for o in outcomes] == [True, False, False]
    assert ["打不开" in o.reason for o in outcomes] == [False, True, True]
    assert "上限" in read_one_bounded(b"x" * 2000, "a", max_size=1000).reason


@pytest.mark.usefixtures("obedient")
def test_light_files_are_read_in_this_process() -> None:
    outcome = read_one_bounded(REPORT.encode(), "a.txt")
    assert outcome.report
    assert outcome.report.value("disclosure.normative_documents.issued") == 1
    for light in (NO_REPORT.encode(), b"", b"PK\3\4", b"{}", word(p("x")), b"<html><p>x</p></html>"):
        assert read_one_bounded(light, "a").reason


def test_the_alarm_ends_reading_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "run", lambda job: time.sleep(5))
    start = time.monotonic()
    assert read_one_bounded(REPORT.encode(), "a", timeout=0.2).reason == "读取超过 0.2 秒，已停止。"
    assert time.monotonic() - start < 2
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


@pytest.mark.usefixtures("obedient")
def test_threads_read_at_the_same_time() -> None:
    found: list[Outcome] = []
    threads = [
        threading.Thread(target=lambda: found.append(read_one_bounded(b"%PDF-ok", threading.current_thread().name)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(o.name for o in found) == sorted(t.name for t in threads)
    assert all(o.report for o in found)
