"""The numbers of the county's records: whoever adds up, multiplies or takes the share finds what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random

import pytest

from gongkai.demo import calculation
from gongkai.demo.record import DemoRecord
from gongkai.demo.records import records

DAY = date(2026, 11, 20)
TENTH = Decimal("0.1")

Row = dict[str, str]

SHARES = {"完成率": ("完成", "计划"), "为预算%": ("执行数（万元）", "预算数（万元）")}
SUMS = {"合计（万元）": ("基本支出", "项目支出")}
PRODUCTS = {
    "总额（元）": ("筹资（元/人）", "筹资人数"),
    "补偿费（元）": ("面积（亩）", "补偿标准（元/亩）"),
}
SAID = {
    "budget": [(r"收支总预算([\d.]+)万元", "合计（万元）")],
    "accounts": [(r"支出总计([\d.]+)万元", "决算（万元）")],
    "project_list": [(r"总投资([\d.]+)万元", "总投资（万元）"), (r"年度计划([\d.]+)万元", "年度计划（万元）")],
    "jobs": [(r"岗位([\d.]+)个", "人数")],
    "training": [(r"补贴([\d.]+)元", "补贴（元）")],
    "rural_fund": [(r"资金([\d.]+)万元", "资金（万元）")],
    "subsidy": [(r"涉及([\d.]+)户", "户数"), (r"户、([\d.]+)元", "金额（元）")],
    "relief": [(r"户([\d.]+)人", "保障人口"), (r"月保障金([\d.]+)元", "月保障金（元）")],
    "transport": [(r"、([\d.]+)公里", "里程（公里）")],
    "township_policy": [(r"完成([\d.]+)亩", "任务")],
    "township_land": [(r"补偿款([\d.]+)元", "分配金额（元）")],
}
COUNTED = {
    "project_list": r"共(\d+)项", "food_check": r"抽检食品(\d+)批次", "random_check": r"检查对象(\d+)家",
    "training": r"(\d+)名学员", "rural_fund": r"共(\d+)个项目", "relief": r"共(\d+)户", "transport": r"共(\d+)条", "jobs": r"(\d+)家用人单位",
}  # fmt: skip


@cache
def made() -> list[DemoRecord]:
    return records(DAY)


def rows(record: DemoRecord) -> tuple[list[Row], Row]:
    """The rows of the record's table by their heads, and its row of totals."""
    body = record.fields["body"]
    head = re.findall(r'<th scope="col">(.*?)</th>', body)
    lines = [re.findall(r"<td>(.*?)</td>", line) for line in re.findall(r"<tr>(<td>.*?)</tr>", body)]
    named = [dict(zip(head, line, strict=True)) for line in lines]
    total = next((row for row in named if next(iter(row.values())) == "合计"), {})
    return [row for row in named if row is not total], total


def tables() -> Iterator[tuple[DemoRecord, list[Row], Row]]:
    for record in made():
        if "<table>" in record.fields["body"]:
            yield record, *rows(record)


def total_of(lines: list[Row], head: str) -> Decimal:
    return sum((Decimal(row[head]) for row in lines if calculation.is_number(row[head])), Decimal())


def test_every_total_is_the_sum_of_what_is_above_it() -> None:
    wrong, seen = [], set()
    for record, lines, total in tables():
        for head, said in total.items():
            if calculation.is_number(said):
                seen.add(record.kind)
                if Decimal(said) != total_of(lines, head):
                    wrong.append((record.fields["title"], head, said))
    assert wrong == []
    assert {"budget", "accounts", "project_list", "jobs", "relief", "land_compensation"} <= seen


def test_every_share_is_what_its_parts_make() -> None:
    wrong, seen = [], set()
    for record, lines, total in tables():
        pairs = {**SHARES, "完成率": ("决算（万元）", "年初预算（万元）")} if record.kind == "accounts" else SHARES
        for row in [*lines, *([total] if total else [])]:
            for head in row.keys() & pairs.keys():
                part, whole = (Decimal(row[name]) for name in pairs[head])
                seen.add(record.kind)
                if Decimal(row[head].rstrip("%")) != (100 * part / whole).quantize(TENTH, ROUND_HALF_UP):
                    wrong.append((record.fields["title"], row))
    assert wrong == []
    assert seen >= {"accounts", "county_budget", "county_budget_later", "project_progress"}


def test_sums_and_products_within_a_row() -> None:
    wrong = []
    for record, lines, _ in tables():
        for row in lines:
            for head in row.keys() & SUMS.keys():
                if Decimal(row[head]) != sum(Decimal(row[name]) for name in SUMS[head]):
                    wrong.append((record.fields["title"], row))
            for head in row.keys() & PRODUCTS.keys():
                left, right = (row[name] for name in PRODUCTS[head])
                if calculation.is_number(row[head]) and Decimal(row[head]) != Decimal(left) * Decimal(right):
                    wrong.append((record.fields["title"], row))
    assert wrong == []


def test_the_text_says_what_the_table_adds_up_to() -> None:
    wrong, seen = [], set()
    for record, lines, _ in tables():
        text = re.sub(r"<table>.*?</table>", "", record.fields["abstract"] + record.fields["body"])
        expected = [(said, total_of(lines, head)) for pattern, head in SAID.get(record.kind, ())
                    for said in re.findall(pattern, text) or ["nothing"]]  # fmt: skip
        if record.kind in COUNTED:
            expected += [(said, Decimal(len(lines))) for said in re.findall(COUNTED[record.kind], text) or ["nothing"]]
        seen.update([record.kind] if expected else [])
        wrong += [(record.fields["title"], said, value) for said, value in expected if said != str(value)]
    assert wrong == []
    assert seen >= SAID.keys() | COUNTED.keys()


def test_the_budget_as_executed() -> None:
    for record, lines, _ in tables():
        if record.kind not in ("county_budget", "county_budget_later"):
            continue
        income, income_share, spent, spent_share = re.findall(r"([\d.]+)(?:万元，完成|%)", record.fields["body"])[:4]
        for part, said, share in ((lines[:2], income, income_share), (lines[2:], spent, spent_share)):
            done, planned = total_of(part, "执行数（万元）"), total_of(part, "预算数（万元）")
            assert (Decimal(said), Decimal(share)) == (done, calculation.percent(done, planned))


def test_what_is_accumulated_is_the_sum_of_the_months() -> None:
    sums: dict[tuple[str, str], Decimal] = {}
    for record in sorted((one for one in made() if one.kind == "monthly_economy"), key=lambda one: one.formed_on):
        year, month = re.findall(r"(\d{4})年(\d+)月", record.fields["title"])[0]
        for row in rows(record)[0]:
            if not calculation.is_number(row["累计"]):
                continue
            name = (year, row["指标"])
            if month != "1" and name not in sums:
                sums[name] = Decimal(row["累计"]) - Decimal(row["本月"])  # the months before are not in the demo
            sums[name] = sums.get(name, Decimal()) + Decimal(row["本月"])
            assert sums[name] == Decimal(row["累计"]), record.fields["title"]


def test_three_sectors_make_the_product() -> None:
    for record in made():
        if record.kind == "communique":
            whole, *parts = re.findall(r"(?:生产总值|增加值|产业)([\d.]+)亿元", record.fields["body"])
            assert Decimal(whole) == sum(map(Decimal, parts))


def test_the_best_score_comes_first() -> None:
    for record, lines, _ in tables():
        if record.kind == "award":
            scores = [Decimal(row["综合得分"]) for row in lines]
            assert scores == sorted(scores, reverse=True)
            assert [row["排序"] for row in lines] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{sum:3+4}", "30"), ("{rest:4,3}", "10"), ("{times:3*4}", "200"), ("{percent:3/4}", "50.0"),
        ("{percent:3/3+4}", "33.3"), ("{part:4*50-50}", "10"),
    ],
)  # fmt: skip
def test_calculation(text: str, said: str) -> None:
    assert calculation.row(["甲", text, "10", "20"], {}, Random(1)) == ["甲", said, "10", "20"]
