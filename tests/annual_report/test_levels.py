"""The level of an agency, from its name."""

from __future__ import annotations

import pytest

from gongkai.annual_report.levels import cannot_make_rules, guess_level, is_government

NAMES = {
    "province": ["江苏省人民政府", "上海市人民政府", "广西壮族自治区人民政府"],
    "city": [
        "宿迁市人民政府（全市汇总）",
        "宿迁市",
        "湘西土家族苗族自治州人民政府",
        "阿拉善盟行政公署",
        "镇江市人民政府",
        "新乡市",
    ],
    "county": [
        "金乡县人民政府",
        "淮安市洪泽区人民政府",
        "洪泽区",
        "鞍山市海城市人民政府",
        "上海市浦东新区人民政府",
        "神农架林区人民政府",
        "乡宁县人民政府",
        "青岛市市南区人民政府",
    ],
    "department": [
        "金乡县人民政府办公室",
        "金乡县行政审批服务局",
        "上海市科学技术委员会",
        "武汉市生态环境局某分局",
        "深圳市龙岗区政府工作部门",
        "云南省教育厅",
        "沭阳县发展和改革局",
        "镇江市教育局",
    ],
    "township": [
        "嘉祥县金屯镇人民政府",
        "广州市海珠区官洲街道办事处",
        "桐梓县夜郎镇",
        "白鹭乡",
        "东渡街道",
        "杭州市滨江区人民政府长河街道办事处",
    ],
}


@pytest.mark.parametrize(("level", "name"), [(level, name) for level, names in NAMES.items() for name in names])
def test_a_name_shows_its_level(level, name):
    assert guess_level(name) == level


@pytest.mark.parametrize("name", [None, "", "苏州工业园区管理委员会", "青禾经济技术开发区管委会", "某某"])
def test_a_name_that_shows_none(name):
    assert guess_level(name) is None


def test_governments():
    assert is_government("金乡县人民政府")
    assert not is_government("金乡县人民政府办公室")
    assert not is_government("嘉祥县金屯镇人民政府")
    assert is_government("随便", "county")


@pytest.mark.parametrize(
    ("name", "cannot"),
    [
        ("金乡县水务局", True),
        ("金屯镇人民政府", True),
        ("洪泽区人民政府", True),
        ("镇江市教育局", False),
        ("宿迁市人民政府", False),
    ],
)
def test_rule_making_power(name, cannot):
    assert cannot_make_rules(name) is cannot
