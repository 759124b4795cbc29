"""The decoder reads the same numbers from every layout, whatever was lost around them, and invents none."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from gongkai.annual_report.editions import EDITIONS, TABLE_KEYS, table
from gongkai.annual_report.reading.decode import decode
from gongkai.annual_report.reading.sources import html, text
from gongkai.annual_report.reading.stream import NotReadable
from gongkai.annual_report.report import Report
from tests.annual_report.reading.layouts import LAYOUTS, document
from tests.annual_report.reading.perturb import PERTURBATIONS, insert_page_numbers

Numbers = dict[str, object]


def some_editions(rng: random.Random) -> dict[str, str]:
    three = rng.choice(EDITIONS)
    return {"disclosure": rng.choice(EDITIONS), "applications": three, "remedies": three}


def some_numbers(editions: dict[str, str], rng: random.Random, blanks: float = 0.0) -> Numbers:
    """Numbers as real reports have them: mostly zeros, row totals right, now and then a blank."""
    numbers: Numbers = {}
    for key, edition in editions.items():
        for path, _, _, column in table(key, edition).cells():
            count = rng.choice((0, 0, 0, rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 30_000)))
            numbers[path] = {"count": count, "change": rng.choice(("0", "+6", "-8")), "money": "435.532"}[column.kind]
    for row in table("applications", editions["applications"]).blocks[0].rows:
        *parts, total = [f"applications.{row.key}.{c.key}" for c in table("applications", "2021").blocks[0].columns]
        numbers[total] = sum(int(str(numbers[p])) for p in parts)
    return {path: number for path, number in numbers.items() if rng.random() >= blanks}


def read(name: str, content: str) -> Report:
    return decode((html if name.startswith("html") else text).stream(content.encode(), name))


def differences(report: Report, editions: dict[str, str], numbers: Numbers) -> list[tuple[str, object, object]]:
    wrong = []
    for key, edition in editions.items():
        for path in table(key, edition).paths():
            printed, got = numbers.get(path), report.value(path)
            if (None if printed is None else Decimal(str(printed))) != (None if got is None else Decimal(got)):
                wrong.append((path, printed, got))
    return wrong


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_gives_the_printed_numbers(name: str, seed: int) -> None:
    rng = random.Random(seed)
    editions = some_editions(rng)
    blank_is_visible = LAYOUTS[name][1]
    numbers = some_numbers(editions, rng, 0.15 if blank_is_visible and seed % 2 else 0.0)
    report = read(name, document(name, editions, numbers, rng))
    assert differences(report, editions, numbers) == []
    assert report.editions == editions
    assert (report.agency, report.year) == ("青禾县人民政府", 2024)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("perturb", PERTURBATIONS, ids=lambda p: p.__name__)
@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_lost_around_the_numbers_does_not_move_them(name: str, perturb, seed: int) -> None:  # type: ignore[no-untyped-def]
    rng = random.Random(100 + seed)
    editions = some_editions(rng)
    numbers = some_numbers(editions, rng)
    content = document(name, editions, numbers, rng)
    if perturb is insert_page_numbers and name.startswith("html"):
        return  # an HTML page has no pages
    assert differences(read(name, perturb(content, rng)), editions, numbers) == []


@pytest.mark.parametrize("name", ["one_per_line", "spaced"])
def test_a_page_number_inside_a_row_is_told_by_the_sum_and_flagged(name: str) -> None:
    rng = random.Random(5)
    editions = dict.fromkeys(TABLE_KEYS, "2021")
    numbers = some_numbers(editions, rng)
    numbers |= {f"applications.granted.{c.key}": 0 for c in table("applications", "2021").blocks[0].columns}
    numbers |= {"applications.granted.natural_person": 41, "applications.granted.total": 41}
    content = document("one_per_line", editions, numbers, rng)
    at = content.index("（一）予以公开")
    content = content[:at] + content[at:].replace("\n\n0\n\n0", "\n\n0\n\n7\n\n0", 1)  # a bare 7 between two zeros
    report = read("one_per_line", content)
    assert report.value("applications.granted.natural_person") == 41
    assert report.value("applications.granted.total") == 41
    assert not report.cell("applications.granted.natural_person").sure


def test_a_cut_off_row_stands_from_the_left_and_the_rest_is_absent() -> None:
    rng = random.Random(1)
    editions = dict.fromkeys(TABLE_KEYS, "2021")
    numbers = {p: 0 for key in TABLE_KEYS for p in table(key, "2021").paths()}
    content = document("pipes", editions, numbers, rng)
    label = "6.属于四类过程性信息 | "
    report = read("pipes", content[: content.index(label) + len(label)] + "0 | 0 | 0 | 0")
    row = [
        report.value(f"applications.denied_deliberative.{c.key}")
        for c in table("applications", "2021").blocks[0].columns
    ]
    assert row == [0, 0, 0, 0, None, None, None]
    assert report.value("applications.denied_enforcement_file.total") is None
    assert report.value("remedies.reconsideration.total") is None


def test_blank_marks_are_blank_and_zero_is_zero() -> None:
    editions = dict.fromkeys(TABLE_KEYS, "2021")
    marks = ("/", "-", "——", "", "无")
    numbers: Numbers = {
        p: marks[i % 5] if i % 3 else 0 for i, p in enumerate(p for k in TABLE_KEYS for p in table(k, "2021").paths())
    }
    report = read("html", document("html", editions, numbers, random.Random(0)))
    printed = {path: None if value in marks else value for path, value in numbers.items()}
    assert differences(report, editions, {p: v for p, v in printed.items() if v is not None}) == []


def test_two_reports_in_one_file_are_announced_and_only_the_first_is_read() -> None:
    rng = random.Random(3)
    editions = dict.fromkeys(TABLE_KEYS, "2021")
    first, second = some_numbers(editions, rng), some_numbers(editions, rng)
    report = read("tabs", document("tabs", editions, first, rng) + "\n\n" + document("tabs", editions, second, rng))
    assert differences(report, editions, first) == []
    assert any("不止一份" in warning for warning in report.warnings)


@pytest.mark.parametrize(
    "content", ["今天天气很好，适合散步。", "第 711 号 12 13 14 15 16 17 18\n" * 40, "0 0 0 0 0 0 0\n" * 30, "x"]
)
def test_a_text_without_the_form_is_refused_in_one_sentence(content: str) -> None:
    with pytest.raises(NotReadable, match="没有找到年度报告的表格"):
        read("text", content)


def test_sections_hold_the_prose_and_not_the_tables() -> None:
    editions = dict.fromkeys(TABLE_KEYS, "2021")
    report = read("tabs", document("tabs", editions, some_numbers(editions, random.Random(2)), random.Random(2)))
    assert report.text("overview").startswith("2024年，青禾县认真落实")
    assert "下一步将加强培训" in report.text("issues")
    assert report.text("other_matters") == "2024年未收取政府信息公开信息处理费。"
