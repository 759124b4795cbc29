"""What is done to the tree: history stays, paths hold, refusals say why, everything is logged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.agencies import actions, holdings, queries
from gongkai.agencies.doer import SYSTEM, Refused
from gongkai.agencies.models import Agency, Posting, today
from gongkai.audit.queries import about, verify
from tests.county import agency, doer, person

pytestmark = pytest.mark.usefixtures("county")


def reasons(verb: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)  # type: ignore[operator]
    return "".join(refused.value.reasons)


def paths_hold() -> bool:
    return all(a.path == f"{a.parent.path if a.parent else ''}{a.pk}/" for a in Agency.objects.select_related("parent"))


def test_an_agency_is_found_below_its_parent_and_logged() -> None:
    new = actions.found(
        doer("luo.ping"), name="青禾县数据局", kind="department", level="county", parent=agency("人民政府")
    )
    assert new.path == f"{agency('人民政府').path}{new.pk}/"
    entry = about(new).get()
    assert entry.verb == "agencies.found"
    assert entry.actor["name"] == "罗平"
    assert verify().broken is None


def test_a_second_of_the_same_name_is_refused() -> None:
    told = reasons(
        actions.found, SYSTEM, name="青禾县教育局", kind="department", level="county", parent=agency("人民政府")
    )
    assert "已有“青禾县教育局”" in told


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("credit_code", "119901210001000028", "统一社会信用代码不正确"),
        ("division_code", "12345", "6、9或12位数字"),
        ("site_code", "99", "10位字母或数字"),
        ("postcode", "99010", "6位数字"),
        ("email", "无", "电子邮箱"),
    ],
)
def test_a_wrong_code_is_refused_in_words(field: str, value: str, told: str) -> None:
    assert told in reasons(actions.correct, SYSTEM, agency("教育局"), **{field: value})


def test_who_may_not_is_told_and_nothing_happens() -> None:
    before = agency("教育局").phone
    assert "您没有担任这样的岗位" in reasons(actions.describe, doer("lin.he"), agency("教育局"), phone="1")
    assert agency("教育局").phone == before


def test_a_renamed_agency_is_called_as_on_the_day() -> None:
    one = agency("农业农村局")
    actions.rename(SYSTEM, one, "青禾县农业和乡村振兴局", on=date(2026, 3, 1), document_no="青编〔2026〕1号")
    one.refresh_from_db()
    assert queries.name_on(one, date(2026, 2, 28)) == "青禾县农业农村局"
    assert queries.name_on(one, date(2026, 3, 1)) == "青禾县农业和乡村振兴局"
    actions.rename(SYSTEM, one, "青禾县乡村局", on=date(2026, 5, 1))
    one.refresh_from_db()
    assert queries.name_on(one, date(2026, 4, 1)) == "青禾县农业和乡村振兴局"
    assert queries.all_names(one) == ["青禾县乡村局", "青禾县农业和乡村振兴局", "青禾县农业农村局"]
    assert "更名日期应晚于" in reasons(actions.rename, SYSTEM, one, "青禾县某局", on=date(2026, 4, 1))


def test_a_moved_agency_takes_its_tree_along() -> None:
    school = agency("教育局")
    actions.move(SYSTEM, school, agency("卫生健康局"))
    assert agency("第一中学").path.startswith(agency("卫生健康局").path + f"{school.pk}/")
    assert paths_hold()
    assert "自己的下级机关" in reasons(actions.move, SYSTEM, agency("卫生健康局"), agency("第一中学"))


def test_a_merger_hands_over_and_keeps_the_past() -> None:
    from gongkai.agencies.holdings import HOLDINGS, Holding

    # Anything that points to an agency can be a holding; here those that report to it.
    holding = Holding("reporters", "报送关系", lambda a: Agency.objects.filter(reports_to=a), "reports_to")
    holdings.register(holding)
    try:
        old, new = agency("水利局"), agency("自然资源局")
        Agency.objects.filter(pk=agency("自来水有限公司").pk).update(reports_to=old)
        assert holdings.preview(old) == {"报送关系": 1}
        staff_there = Posting.objects.create(
            staff=person("tian.ye"), agency=old, post="handler", since=today() - timedelta(days=9)
        )
        moved = actions.merge(SYSTEM, old, new, on=today(), document_no="青编〔2026〕2号")
        assert moved == {"报送关系": 1, "下级机关": 1}
    finally:
        del HOLDINGS["reporters"]
    old.refresh_from_db()
    assert not old.exists
    assert agency("自来水有限公司").parent == new
    assert agency("自来水有限公司").reports_to == new
    assert paths_hold()
    assert queries.heir_of(old) == new
    assert queries.forerunners(new) == [old]
    staff_there.refresh_from_db()
    assert staff_there.until == today()
    assert "已经撤销" in reasons(actions.merge, SYSTEM, old, new, on=today())


def test_a_chain_of_mergers_leads_to_the_last_heir_and_to_every_forerunner() -> None:
    a, b, c = agency("水利局"), agency("农业农村局"), agency("自然资源局")
    actions.merge(SYSTEM, a, b, on=today() - timedelta(days=30))
    actions.merge(SYSTEM, agency("农业农村局"), c, on=today())
    a.refresh_from_db()
    assert queries.heir_of(a) == c
    assert {x.pk for x in queries.forerunners(c)} == {a.pk, b.pk}


def test_an_agency_that_holds_something_is_not_abolished() -> None:
    assert "还有下级机关" in reasons(actions.abolish, SYSTEM, agency("教育局"), on=today())
    actions.abolish(SYSTEM, agency("实验小学"), on=today())
    assert not agency("实验小学").exists


def test_the_competent_department_is_the_nearest() -> None:
    office = agency("人民政府办公室")
    assert queries.competent_for(agency("第一中学")) == office
    assert queries.competent_for(office) is None


def test_the_tree_is_shown_parents_first() -> None:
    rows = queries.in_tree_order(Agency.objects.all())
    place = {a.pk: (i, depth) for i, (depth, a) in enumerate(rows)}
    assert len(rows) == Agency.objects.count()
    for agency_ in Agency.objects.exclude(parent=None):
        assert place[agency_.pk][0] > place[agency_.parent_id][0]
        assert place[agency_.pk][1] == place[agency_.parent_id][1] + 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8))
def test_whatever_is_moved_paths_are_the_way_to_the_top(moves: list[tuple[int, int]]) -> None:
    for a, b in moves:
        everyone = list(Agency.objects.order_by("pk"))
        try:
            actions.move(SYSTEM, everyone[a % len(everyone)], everyone[b % len(everyone)])
        except Refused as refused:
            assert refused.reasons
    assert paths_hold()
