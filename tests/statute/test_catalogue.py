"""The lists of proactive disclosure, in the words of the statute."""

import pytest

from gongkai.statute import catalogue


def test_art_20_has_fifteen_items_and_art_21_seven_and_eight() -> None:
    codes = [item.code for item in catalogue.disclosure_items()]
    assert codes == (
        [f"A20_{n:02d}" for n in range(1, 16)] + [f"A21_C{n}" for n in range(1, 8)] + [f"A21_T{n}" for n in range(1, 9)]
    )
    first, last = catalogue.disclosure_items()[0], catalogue.disclosure_items()[14]
    assert (first.article, first.text) == ("第二十条第（一）项", "行政法规、规章和规范性文件")
    assert (last.article, last.text) == (
        "第二十条第（十五）项",
        "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息",
    )


@pytest.mark.parametrize(
    ("level", "count"), [("province", 15), ("city", 22), ("county", 22), ("department", 22), ("township", 23)]
)
def test_items_by_level(level: catalogue.Level, count: int) -> None:
    assert len(catalogue.items_for(level)) == count


def test_22_themes() -> None:
    themes = catalogue.themes()
    assert [theme.number for theme in themes] == list(range(1, 23))
    assert themes[1].name == "综合政务"
    assert themes[1].children[0] == "政务公开"
    assert themes[21].children == ()
    assert len({theme.name for theme in themes}) == 22


def test_theme_path() -> None:
    assert catalogue.theme_path("综合政务", "政务公开") == "综合政务\\政务公开"
    assert catalogue.theme_path("其他") == "其他"
    with pytest.raises(ValueError, match="^no such theme: 综合政务 土地$"):
        catalogue.theme_path("综合政务", "土地")
    with pytest.raises(ValueError, match="^no such theme: 无此类$"):
        catalogue.theme_path("无此类")


def test_26_pilot_fields_and_7_later_ones() -> None:
    fields = catalogue.fields()
    assert [field.number for field in fields] == list(range(1, 34))
    assert [field.pilot for field in fields] == [True] * 26 + [False] * 7
    assert (fields[0].name, fields[25].name, fields[26].name) == ("重大建设项目", "扶贫", "广播电视")
    assert fields[25].renamed_to == ("乡村振兴", "涉农补贴")
    assert {field.marker for field in fields} == {"V", "M"}


def test_standard_catalogue_columns() -> None:
    labels = [column.label for column in catalogue.standard_columns()]
    assert (
        labels
        == "序号 公开事项 公开内容（要素） 公开依据 公开时限 公开主体 公开渠道和载体 公开对象 公开方式 公开层级".split()
    )
    assert catalogue.standard_columns()[1].children == ("一级事项", "二级事项")
    assert catalogue.standard_columns(with_process=True)[0].children == ("决策", "执行", "管理", "服务", "结果")


def test_channels() -> None:
    assert len(catalogue.channel_names()) == 13
    assert catalogue.channel_names(with_local=True)[-3:] == ("12345热线", "投资项目在线审批监管平台", "信用中国")


def test_platform_guide_and_catalogue() -> None:
    assert catalogue.platform_columns() == (
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开工作年度报告",
    )
    assert catalogue.catalogue_elements() == ("索引", "名称", "内容概述", "生成日期")
    assert len(catalogue.guide_elements()) == 9


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("000014349/2017-00156", True),
        ("11441700007280420Y/2021-00050", True),
        ("11341702486344515H/202110-00013", True),
        ("11370812004339255B/2020-22849", True),
        ("000000001/2021-00151", True),
        ("0142768-8/2022-00185", True),
        ("11370812004339255B/20-1", False),
        ("11370812004339255C/2020-22849", False),
        ("11370812004339255B/2020-22849 ", False),
    ],
)
def test_index_number(text: str, valid: bool) -> None:
    assert catalogue.is_index_number(text) is valid


def test_index_number_is_made_by_the_recommended_form_or_a_local_one() -> None:
    made = catalogue.index_number("11370812004339255B", 2026, 7)
    assert made == "11370812004339255B/2026-00007"
    assert catalogue.is_index_number(made)
    local = catalogue.index_number("370812", 2026, 7, "{org_code}-{year}-{serial:04d}")
    assert local == "370812-2026-0007"
    assert catalogue.is_index_number(local, r"\d{6}-\d{4}-\d{4}")
