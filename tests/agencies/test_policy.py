"""Who may do what, against a table written by hand, and what time does to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from gongkai.agencies import policy, rights
from gongkai.agencies.doer import SYSTEM
from gongkai.agencies.models import Posting, Staff, today
from gongkai.agencies.policy import RIGHTS, Policy, Right
from gongkai.agencies.posts import POSTS
from gongkai.agencies.staffing import appoint
from tests.county import agency, person

pytestmark = pytest.mark.usefixtures("county")

# o: at the agency of the post; b: at all below it, too; -: nowhere.
TABLE = {
    #                       处理人 审核员 科室 领导 保密 主管部门 管理员
    "office.enter":         "o o o o o o o",
    "agencies.view":        "o o o o o b b",
    "agencies.describe":    "- o - - - b b",
    "agencies.reorganise":  "- - - - - b b",
    "staff.view":           "o o o o o b b",
    "staff.appoint":        "- - - - - - b",
    "audit.view":           "- - - - - b b",
}  # fmt: skip


def someone_with(post: str, where: str) -> Staff:
    staff = Staff.objects.create(username=f"only-{post}", full_name="某人")
    Posting.objects.create(staff=staff, agency=agency(where), post=post)
    return staff


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("right", TABLE)
def test_a_post_of_the_office_has_this_right_here_and_there(right: str, post: str) -> None:
    mark = TABLE[right].split()[list(POSTS).index(post)]
    held = Policy(someone_with(post, "人民政府办公室"))
    assert held.may(right, agency("人民政府办公室")) == (mark in "ob")
    assert held.may(right, agency("教育局")) == (mark == "b")
    assert held.may(right, agency("第一中学")) == (mark == "b")
    assert held.may(right, agency("人民政府")) == (mark == "b")
    assert held.has(right) == (mark != "-")


@pytest.mark.parametrize("right", TABLE)
def test_an_administrator_of_a_department_reaches_its_own_tree_only(right: str) -> None:
    held = Policy(someone_with("admin", "教育局"))
    assert held.may(right, agency("教育局"))
    assert held.may(right, agency("第一中学")) == ("b" in TABLE[right])
    assert not held.may(right, agency("人民医院"))
    assert not held.may(right, agency("人民政府"))


def test_the_table_names_every_right_of_this_app() -> None:
    assert {right.key for right in rights.RIGHTS} == set(TABLE)


@pytest.mark.parametrize("right", TABLE)
@pytest.mark.parametrize("username", ["lin.he", "xu.zhen", "luo.ping", "bai.lu", "shan.quan"])
def test_the_agencies_of_a_right_are_those_where_it_may_be_used(username: str, right: str) -> None:
    from gongkai.agencies.models import Agency

    held = Policy(person(username))
    assert set(held.agencies(right)) == {a for a in Agency.objects.all() if held.may(right, a)}


def test_a_reason_names_who_does_it_or_where_it_ends() -> None:
    handler = Policy(person("lin.he"))
    assert handler.why_not("staff.appoint", agency("教育局")) == [
        "维护工作人员账号和任职由管理员办理，您没有担任这样的岗位。"
    ]
    assert "只负责本机关" in handler.why_not("agencies.view", agency("教育局"))[0]


def test_a_post_counts_from_its_first_day_to_the_day_before_its_last() -> None:
    staff, day = someone_with("handler", "教育局"), today()
    posting = staff.postings.get()
    posting.since, posting.until = day, day + timedelta(days=2)
    posting.save()
    held = [Policy(staff, on=day + timedelta(days=n)).has("office.enter") for n in (-1, 0, 1, 2)]
    assert held == [False, True, True, False]


def test_nobody_without_a_post_may_anything() -> None:
    for stranger in (AnonymousUser(), Staff.objects.create(username="nobody", full_name="无岗")):
        assert not any(Policy(stranger).has(right) for right in RIGHTS)
        assert not any(Policy(stranger).agencies(right).exists() for right in RIGHTS)


def test_a_suspended_account_and_an_abolished_agency_give_nothing() -> None:
    staff = person("luo.ping")
    staff.is_active = False
    assert not Policy(staff).has("office.enter")
    teacher = someone_with("handler", "教育局")
    school = agency("教育局")
    school.until = today()
    school.save()
    assert not Policy(teacher).has("office.enter")


def test_posts_that_decide_need_a_second_factor() -> None:
    assert not Policy(person("lin.he")).needs_second_factor
    assert all(
        Policy(person(name)).needs_second_factor for name in ("fang.yuan", "shen.mu", "gu.an", "xu.zhen", "luo.ping")
    )


def test_a_second_post_adds_to_the_first() -> None:
    staff = person("lin.he")
    appoint(SYSTEM, staff, agency("水利局"), "reviewer")
    held = Policy(staff)
    assert held.may("agencies.describe", agency("水利局"))
    assert not held.may("agencies.describe", agency("人民政府办公室"))
    assert held.posts == ["handler", "reviewer"]


def test_two_apps_cannot_name_one_right_differently() -> None:
    with pytest.raises(ValueError, match="twice"):
        policy.register([Right("office.enter", "别的意思")])
