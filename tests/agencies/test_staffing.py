"""Accounts and posts."""

from __future__ import annotations

import pytest

from gongkai.agencies import staffing
from gongkai.agencies.doer import SYSTEM, Doer, Refused
from gongkai.agencies.models import Posting, Staff
from gongkai.audit.models import Entry
from tests.county import PASSWORD, agency, doer, person

pytestmark = pytest.mark.usefixtures("county")


def test_a_new_account_has_a_first_password_that_must_be_changed() -> None:
    staff, password = staffing.enrol(
        doer("luo.ping"), username="new.one", full_name="新人", agency=agency("教育局"), post="handler"
    )
    assert staff.check_password(password)
    assert staff.must_change_password
    assert password not in str([e.details for e in Entry.objects.all()])


def test_first_passwords_satisfy_the_rules_and_differ() -> None:
    from django.contrib.auth.password_validation import validate_password

    made = {staffing.first_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        validate_password(password)
        assert not set("l1IO0o") & set(password.replace("o", ""))


@pytest.mark.parametrize(
    ("who", "where", "post", "told"),
    [
        ("lin.he", "教育局", "handler", "由管理员办理"),
        ("luo.ping", "教育局", "competent", "不是政府信息公开工作主管部门"),
        ("luo.ping", "教育局", "王", "没有这个岗位"),
    ],
)
def test_who_cannot_be_appointed_is_told_why(who: str, where: str, post: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        staffing.appoint(doer(who), person("tian.ye"), agency(where), post)


def test_nobody_appoints_himself() -> None:
    with pytest.raises(Refused, match="不能给自己任职"):
        staffing.appoint(doer("luo.ping"), person("luo.ping"), agency("教育局"), "leader")


def test_a_post_is_held_once() -> None:
    with pytest.raises(Refused, match="已经担任"):
        staffing.appoint(SYSTEM, person("lin.he"), agency("人民政府办公室"), "handler")


def test_the_last_administrator_stays() -> None:
    posting = Posting.objects.get(staff=person("luo.ping"), post="admin")
    with pytest.raises(Refused, match="唯一的管理员"):
        staffing.dismiss(SYSTEM, posting)
    with pytest.raises(Refused, match="唯一的管理员"):
        staffing.set_active(SYSTEM, person("luo.ping"), False)
    staffing.appoint(SYSTEM, person("zhou.qing"), agency("人民政府办公室"), "admin")
    staffing.dismiss(SYSTEM, posting)


def test_an_administrator_of_one_department_cannot_touch_another_departments_people() -> None:
    staff = Staff.objects.create(username="school-admin", full_name="校管")
    Posting.objects.create(staff=staff, agency=agency("教育局"), post="admin")
    for verb in (staffing.issue_password, staffing.describe):
        with pytest.raises(Refused, match="只负责本机关"):
            verb(Doer(staff), person("luo.ping"))
    root = Staff.objects.create(username="root", full_name="系统", is_superuser=True)
    Posting.objects.create(staff=root, agency=agency("教育局"), post="handler")
    with pytest.raises(Refused, match="系统管理员的账号"):
        staffing.issue_password(Doer(staff), root)


def test_one_changes_ones_own_password_by_knowing_it() -> None:
    staff = person("lin.he")
    with pytest.raises(Refused, match="现在的密码不正确"):
        staffing.change_password(Doer(staff), staff, "x", "Another-pass-2026")
    with pytest.raises(Refused, match="相同"):
        staffing.change_password(Doer(staff), staff, PASSWORD, PASSWORD)
    for weak in ("short-1A", "aaaaaaaaaaaaaa", "Lin.he-2026-x", "1234567890123"):
        with pytest.raises(Refused):
            staffing.change_password(Doer(staff), staff, PASSWORD, weak)
    staffing.change_password(Doer(staff), staff, PASSWORD, "Another-pass-2026")
    staff.refresh_from_db()
    assert staff.check_password("Another-pass-2026")
    assert not staff.must_change_password
