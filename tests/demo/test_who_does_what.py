"""Who does what in the county: an agency buys, checks, warns of and answers for what is its own."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources

import pytest

from gongkai.demo.parts import groups, vocabulary
from gongkai.demo.record import DemoRecord
from gongkai.demo.records import records

DAY = date(2026, 11, 20)
HERE = {
    "tender": "good", "award": "good", "procurement_plan": "good", "penalty_basis": "inspected",
    "random_check": "inspected", "safety_check": "inspected", "warning": "warning", "emergency_plan": "plan_kind",
    "proposal_reply": "proposal", "project_progress": "project", "project_approval": "project", "permits": "licence",
}  # fmt: skip


@cache
def belongs() -> dict[str, dict[str, list[str]]]:
    file = resources.files("gongkai.demo") / "data" / "records" / "vocabulary.toml"
    words: dict[str, dict[str, list[str]]] = tomllib.loads(file.read_text("utf-8"))["belongs"]
    return words


@cache
def made() -> list[DemoRecord]:
    return records(DAY)


@pytest.mark.parametrize("kind", HERE)
def test_only_words_of_the_agency(kind: str) -> None:
    by_agency, seen = belongs()[HERE[kind]], 0
    for record in made():
        agency = record.agency.removeprefix("青禾县")
        if record.kind != kind or agency not in by_agency:
            continue
        text = record.fields["title"] + record.fields["body"]
        for own in sorted(by_agency[agency], key=len, reverse=True):
            seen += text.count(own)
            text = text.replace(own, "")
        others = [word for one, words in by_agency.items() if one != agency for word in words if word in text]
        assert others == [], record.fields["title"]
    assert seen > 5


def test_every_department_has_goods_and_proposals_of_its_own() -> None:
    for name in ("good", "proposal"):
        assert set(groups()["@departments"]) <= belongs()[name].keys()


@pytest.mark.parametrize(
    ("name", "agency", "word"),
    [
        ("good", "司法局", "彩色超声诊断仪"), ("good", "民政局", "教学用课桌椅"), ("inspected", "民政局", "药品零售企业"),
        ("warning", "水利局", "大风蓝色"),
    ],
)  # fmt: skip
def test_what_an_agency_does_not_do(name: str, agency: str, word: str) -> None:
    assert word in vocabulary("人民政府").words[name]
    assert word not in vocabulary(agency).words[name]


def test_penalties_by_those_who_may() -> None:
    may = {
        "销售超过保质期的食品": "市场监督管理局", "擅自取水": "水利局", "占用土地": "自然资源局", "健康证明": "卫生健康局",
        "不合格的农药": "农业农村局", "防尘措施": "住房和城乡建设局",
    }  # fmt: skip
    for word, agency in may.items():
        found = {one.agency for one in made() if one.kind == "penalty" and word in one.fields["title"]}
        assert found == {f"青禾县{agency}"}, word


def test_plans_guides_and_consultations_by_those_in_charge() -> None:
    who = {
        "水安全保障规划": "水利局", "义务教育优质均衡发展规划": "教育局", "居民身份证换领办事指南": "公安局",
        "医师执业注册办事指南": "卫生健康局", "河道保洁": "水利局", "城区停车管理办法": "住房和城乡建设局",
    }  # fmt: skip
    for word, agency in who.items():
        found = {one.agency for one in made() if one.kind in ("plan", "guide", "consultation", "feedback")
                 and word in one.fields["title"]}  # fmt: skip
        assert found == {f"青禾县{agency}"}, word


def test_the_unit_in_charge_of_a_project_is_its_own() -> None:
    owner = {word: agency for agency, words in belongs()["project"].items() for word in words}
    county = {name: vocabulary(name) for name in owner.values()}
    for record in made():
        if record.kind == "project_list":
            for word, agency in owner.items():
                if word in record.fields["body"]:
                    assert f"<td>{county[agency].owners[word]}</td>" in record.fields["body"]


def test_a_tender_and_its_award_are_of_one_thing() -> None:
    tenders = {one.key.removeprefix("tender"): one for one in made() if one.kind == "tender"}
    pairs = [(tenders[key], one) for one in made() if one.kind == "award"
             if (key := one.key.removeprefix("award")) in tenders]  # fmt: skip
    assert len(pairs) > 20
    for tender, award in pairs:
        assert tender.agency == award.agency
        assert tender.fields["title"].partition("采购项目")[0] == award.fields["title"].partition("采购项目")[0]
        assert tender.formed_on < award.formed_on
