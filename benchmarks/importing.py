"""Bulk import: 10 000 records of another site through the whole path, beside inserting bare rows of the same text."""

from __future__ import annotations

import csv
import os
import tempfile
import time
from datetime import date, timedelta
from io import StringIO
from typing import Any

ROWS = 10_000


def sheet(rows: int = ROWS) -> bytes:
    """A list as another site exports it: title, number, days, address, abstract and a page of HTML."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["标题", "发文字号", "成文日期", "发布日期", "网址", "主题分类", "公开事项", "内容概述", "正文"])
    for n in range(rows):
        formed = date(2021, 1, 4) + timedelta(days=n % 1500)
        body = "".join(
            f"<p>第{k}条 信息第{n}号，涉及{k * n % 97}户，补助标准每月{500 + n % 300}元。</p>" for k in range(12)
        )
        writer.writerow(
            [f"关于第{n}号事项的公告", f"青民发〔{formed.year}〕{n}号", formed, formed + timedelta(days=3),
             f"https://mz.example/{n}.html", "民政、扶贫、救灾\\社会福利", "A21_C7", f"第{n}号事项的对象、标准和程序。", body]
        )  # fmt: skip
    return out.getvalue().encode("gb18030")


def run() -> list[dict[str, Any]]:
    """One row: the import, and the same bodies by `bulk_create` with nothing else."""
    if "GONGKAI_VAR" not in os.environ:
        os.environ["GONGKAI_VAR"] = tempfile.mkdtemp(prefix="gongkai-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from gongkai.agencies.demo import fill
    from gongkai.agencies.doer import SYSTEM
    from gongkai.agencies.models import Agency
    from gongkai.disclosure.importing import actions
    from gongkai.disclosure.models import Record

    fill("bench-Only-2026")
    agency = Agency.objects.get(name="青禾县民政局")
    content = sheet()
    began = time.perf_counter()
    rows = actions.read(content, "list.csv")
    made = actions.go(SYSTEM, actions.begin(SYSTEM, agency, "list.csv", "旧网站", "0" * 64, ROWS), rows)
    ours = time.perf_counter() - began
    made.refresh_from_db()
    assert (made.made, made.refused) == (ROWS, 0), made.refusals.first().reason
    bare = [
        Record(agency=agency, title=row.values["title"], body=row.values["body"], formed_on=row.values["formed_on"])
        for row in rows.rows
    ]
    began = time.perf_counter()
    Record.objects.bulk_create(bare, batch_size=200)
    theirs = time.perf_counter() - began
    return [
        {"name": f"导入 {ROWS} 条（清洗、核对、编号、事件、版本、检索、日志）", "baseline": "只写入数据表（bulk_create）",
         "ours_seconds": ours, "baseline_seconds": theirs, "ratio": ours / theirs}
    ]  # fmt: skip
