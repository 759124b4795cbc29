"""Who reports and for which year, from the heads that pages print: the title may be torn, missing or only quoted."""

from __future__ import annotations

import random

import pytest

from gongkai.annual_report.editions import HEADINGS, TABLE_KEYS, table
from gongkai.annual_report.reading.decode import decode
from gongkai.annual_report.reading.sources import text
from gongkai.annual_report.report import Report
from tests.annual_report.reading.layouts import pipes


def read(head: str, opening: str = "我单位认真落实条例。") -> Report:
    numbers = {path: 0 for key in TABLE_KEYS for path in table(key, "2021").paths()}
    parts = [head]
    for key, heading in HEADINGS.items():
        prose = opening if key == "overview" else "下一步将加强学习。"
        parts += [heading, pipes(key, "2021", numbers, random.Random()) if key in TABLE_KEYS else prose]
    return decode(text.stream("\n".join(parts).encode(), "x.txt"))


TITLES = {
    "关于2023年度政府信息公开工作的报告\n青禾县水利局\n2024年1月10日": "青禾县水利局",
    "青禾县水利局二O二三年政府信息公开工作年度报告": "青禾县水利局",
    "青禾县水利局2023年政务信息公开工作年度报告": "青禾县水利局",
    "青禾县水利局2023年依法行政暨政府信息公开工作年度报告": "青禾县水利局",
    "青禾县禾丰镇2023年政府信息公开 工作告年度报\n来源:青禾县人民政府办公室 时间:2024-01-31": "青禾县禾丰镇",
    "青禾县水利局2023年政府信息公开工作 年度报告 来源：县水利局 发布时间：2024年01月18日": "青禾县水利局",
    "发布机构：青禾县水利局\n标题：2023年政府信息公开工作年度报告\n2023年政府信息公开工作年度报告": "青禾县水利局",
    "根据区政府办公室《区政府办公室关于切实做好2023 年政府信息公开年度报告编制发布工作的通知》的要求，"
    "由青禾区人民政府禾丰街道党政办公室综合科编制。": "青禾区禾丰街道",
    "编制了青禾区发展和改革局2023年度政府信息公开工作年度报告。如有疑问，请与青禾区发展和改革局"
    "政府信息公开领导小组办公室联系（地址：青禾路1号）。": "青禾区发展和改革局",
    "现将青禾县人民政府2023年政府信息公开工作年度报告予以公开。": "青禾县人民政府",
    "本报告统计期限自2023年1月1日至2023年12月31日。如有疑问，请联系禾丰街道党政办（地址：青禾路1号）。": "禾丰街道",
}


@pytest.mark.parametrize("head", TITLES)
def test_the_head_tells_agency_and_year(head: str) -> None:
    report = read(head)
    assert (report.agency, report.year) == (TITLES[head], 2023)


OPENINGS = {
    "2023年以来，禾丰乡在县委县政府的正确领导下，扎实有序推进政务公开工作。": "禾丰乡",
    "2023年，禾丰乡政府信息公开工作在县委、县政府的正确领导下有序开展。": "禾丰乡",
    "2023年，青禾区司法局认真履行条例，在市司法局的关心指导下，通过青禾区政府网站公开信息。": "青禾区司法局",
    "根据条例要求，现公布禾丰街道2023年度政府信息公开工作年度报告。如有疑问，请致电0577-85380000。": "禾丰街道",
    "2023年，区司法局在区委区政府领导下推进政务公开。": "区司法局",
    "2023年，由局分管副局长具体指导、监督全局信息公开工作，我局按时完成任务。": None,
}


@pytest.mark.parametrize("opening", OPENINGS)
def test_without_a_title_part_one_tells(opening: str) -> None:
    report = read("", opening)
    assert (report.agency, report.year) == (OPENINGS[opening], 2023)


def test_a_government_named_in_the_same_sentence_is_not_the_author() -> None:
    head = "由我区政府政务公开工作领导小组办公室负责编写。如有疑问，请与区政府办公室联系（地址：禾城市青禾区）。"
    report = read(head, "2023年，青禾区人民政府以高质量发展为主线，推进政务公开。")
    assert report.agency == "青禾区人民政府"
