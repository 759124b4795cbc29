"""Remedies by outcome (application-procedure.md §9)."""

from datetime import date

import pytest

from gongkai.statute import remedies
from gongkai.statute.calendar import default_calendar
from gongkai.statute.dispositions import disposition, dispositions
from gongkai.statute.exemptions import GROUNDS

DAY = date(2026, 3, 20)
EITHER = (
    "如不服本答复，可以自知道本答复之日起60日内向青禾县人民政府申请行政复议，"
    "也可以自知道或者应当知道本答复之日起6个月内依法向青禾县人民法院提起行政诉讼。"
)
FIRST = (
    "如不服不予公开的答复，应当自知道本答复之日起60日内先向青禾县人民政府申请行政复议；"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向青禾县人民法院提起行政诉讼。"
)


def text(code: str, decided_on: date = DAY, online: str = "") -> str:
    return remedies.remedy_text(disposition(code), decided_on, "青禾县人民政府", "青禾县人民法院", online)


@pytest.mark.parametrize("code", list(dispositions()))
def test_text_of_each_outcome(code: str) -> None:
    if code == "partially_granted":
        assert text(code) == f"对其中不予公开的部分：{FIRST}\n对其余部分：{EITHER}"
    else:
        assert text(code) == (FIRST if code in GROUNDS else EITHER)


@pytest.mark.parametrize(("decided_on", "first"), [(date(2023, 12, 31), False), (date(2024, 1, 1), True)])
def test_reconsideration_comes_first_since_2024(decided_on: date, first: bool) -> None:
    assert text("denied_deliberative", decided_on) == (FIRST if first else EITHER)
    assert text("partially_granted", decided_on).count("\n") == first


def test_a_decision_on_the_internet_names_the_channel_for_reconsideration() -> None:
    lines = text("granted", online="政务服务网").splitlines()
    assert lines == [EITHER, "也可以通过互联网提交行政复议申请书：政务服务网。"]


def test_paragraphs_name_their_part_and_articles() -> None:
    found = remedies.remedies(disposition("partially_granted"), DAY, "甲", "乙")
    assert [(remedy.key, remedy.part) for remedy in found] == [
        ("reconsider_first", "对其中不予公开的部分："),
        ("reconsider_or_sue", "对其余部分："),
    ]
    assert all(remedy.articles for remedy in found)
    assert found[0].articles[-1] == "法释〔2025〕8号第一条第（二）项"


@pytest.mark.parametrize(
    ("level", "body"),
    [("department", "本级人民政府"), ("township", "县级人民政府"), ("county", "上一级人民政府")],
)
def test_who_reconsiders(level: remedies.RemedyLevel, body: str) -> None:
    assert remedies.reconsideration_body(level) == body


def test_five_working_days_to_answer_under_the_simplified_procedure() -> None:
    due = remedies.reconsideration_reply_due(date(2026, 4, 3), default_calendar())
    assert (due.date, due.provisional) == (date(2026, 4, 13), False)


def test_complaint() -> None:
    assert "投诉、举报" in remedies.complaint_text()
