"""Many writers at once, in real processes and threads: no gap, no fork, nothing lost."""

from __future__ import annotations

import json
import re

from tests.places import Place

_WRITER = """
import django, sys, threading
django.setup()
import tests.audit.some_verbs
from django.db import connection, transaction
from gongkai.audit.actions import record
from gongkai.audit.actor import SYSTEM
def work(name):
    for i in range(20):
        with transaction.atomic():
            record(SYSTEM, "test.change", details={"by": name, "i": i})
            if i % 5 == 4:
                transaction.set_rollback(True)
    connection.close()
threads = [threading.Thread(target=work, args=(f"{sys.argv[1]}-{n}",)) for n in range(3)]
for t in threads: t.start()
for t in threads: t.join()
"""
_RECORD = """
import django, sys
django.setup()
import tests.audit.some_verbs
from gongkai.audit.actions import record
from gongkai.audit.actor import SYSTEM
for n in range(int(sys.argv[1])):
    record(SYSTEM, "test.change", label=f"第{n}次")
"""


def test_writers_in_four_processes_make_one_chain(place: Place) -> None:
    writers = [place.start("-c", _WRITER, str(n)) for n in range(4)]
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, out + err
    checked = place.run("-m", "gongkai", "audit", "verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "第 1 至 192 条完好，共 192 条。" in checked.stdout  # 4 processes × 3 threads × 16 that were not rolled back


def test_an_export_is_verified_offline_and_a_change_in_it_shows(place: Place) -> None:
    assert place.run("-c", _RECORD, "5").returncode == 0
    file = place.var / "log.jsonl"
    exported = place.run("-m", "gongkai", "audit", "export", "-o", str(file))
    assert exported.stdout == f"已导出 5 条到“{file}”。\n", exported.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list(place.var.glob("*.part-*"))
    elsewhere = place.with_settings(GONGKAI_HTTPS="wrong", DATABASE_URL="postgres://nobody@nowhere/none")
    sound = elsewhere.run("-m", "gongkai", "audit", "verify", str(file))
    assert sound.returncode == 0, sound.stderr
    head = re.search(r"核对码 (\S+?)（", sound.stdout)
    assert head
    in_database = place.run("-m", "gongkai", "audit", "verify", "--head", head[1])
    assert in_database.returncode == 0 and "共 6 条" in in_database.stdout  # the export itself is logged
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([*lines[:2], lines[2].replace("第2次", "第9次"), *lines[3:]]), "utf-8")
    broken = elsewhere.run("-m", "gongkai", "audit", "verify", str(file))
    assert (broken.returncode, broken.stdout) == (
        1, "第 3 条起不可信：内容与哈希值不符：这一条被改动。\n第 1 至 2 条完好。\n"
    )  # fmt: skip
    file.write_text("\n".join(lines[:4]), "utf-8")
    assert elsewhere.run("-m", "gongkai", "audit", "verify", str(file), "--head", head[1]).returncode == 1


def test_an_export_by_day_counts_days_in_china(place: Place) -> None:
    assert place.run("-c", _RECORD, "2").returncode == 0
    file = place.var / "log.jsonl"
    place.run("-m", "gongkai", "audit", "export", "-o", str(file), "--until", "2020-01-01")
    assert file.read_text() == ""
    place.run("-m", "gongkai", "audit", "export", "-o", str(file), "--since", "2020-01-01", "--until", "2999-12-31")
    assert [json.loads(line)["number"] for line in file.read_text("utf-8").splitlines()] == [1, 2, 3]


def test_what_cannot_be_done_is_said_in_one_sentence(place: Place) -> None:
    text = place.var / "text.jsonl"
    text.write_text("甲\n", "utf-8")
    for arguments, sentence in (
        (("verify", str(text)), "不是导出的操作日志"),
        (("verify", str(place.var / "none.jsonl")), "找不到文件"),
        (("verify", "--head", "5"), "核对码“5”不正确"),
        (("export", "-o", str(text), "--since", "昨天"), "日期“昨天”不是有效的日期"),
        (("export", "-o", str(place.var / "no" / "x.jsonl")), "找不到文件"),
        ((), "请写明 verify 或者 export"),
    ):
        done = place.run("-m", "gongkai", "audit", *arguments)
        assert done.returncode == 2 and sentence in done.stderr, (arguments, done)
        assert done.stderr.count("\n") == 1
    wrong = place.with_settings(GONGKAI_HTTPS="yes").run("-m", "gongkai", "audit", "verify")
    assert (wrong.returncode, wrong.stderr) == (2, "设置 GONGKAI_HTTPS“yes”不正确：应为 1（是）或 0（否）。\n")
