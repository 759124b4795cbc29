"""Every logged verb of agencies, staff and access × every post × the own, another and the parent agency.

Each verb is called for real; a verb that is registered and not in the table fails, so that a new one cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from gongkai.access import actions as access
from gongkai.agencies import actions, staffing
from gongkai.agencies.doer import Doer, Refused
from gongkai.agencies.models import Agency, Posting, Staff, today
from gongkai.agencies.policy import Policy
from gongkai.agencies.posts import POSTS
from tests.county import agency, person

pytestmark = pytest.mark.usefixtures("county")

Call = Callable[[Doer, Agency], Any]


def a_colleague(where: Agency) -> Staff:
    """Someone who holds a post there."""
    colleague = Staff.objects.create(username=f"colleague-{where.pk}", full_name="同事")
    Posting.objects.create(staff=colleague, agency=where, post="handler")
    return colleague


TABLE: dict[str, tuple[str, Call]] = {
    "agencies.found": (
        "agencies.reorganise",
        lambda by, one: actions.found(by, name="新局", kind="department", level="county", parent=one),
    ),
    "agencies.describe": ("agencies.describe", lambda by, one: actions.describe(by, one, phone="0990-5550009")),
    "agencies.correct": ("agencies.reorganise", lambda by, one: actions.correct(by, one, order=7)),
    "agencies.rename": ("agencies.reorganise", lambda by, one: actions.rename(by, one, "新名", on=today())),
    "agencies.move": ("agencies.reorganise", lambda by, one: actions.move(by, agency("第一中学"), one)),
    "agencies.merge": ("agencies.reorganise", lambda by, one: actions.merge(by, one, agency("水利局"), on=today())),
    "agencies.transfer": (
        "agencies.reorganise",
        lambda by, one: actions.transfer(by, one, agency("水利局"), on=today()),
    ),
    "agencies.abolish": ("agencies.reorganise", lambda by, one: actions.abolish(by, one, on=today())),
    "staff.enrol": (
        "staff.appoint",
        lambda by, one: staffing.enrol(by, username="new", full_name="新人", agency=one, post="handler"),
    ),
    "staff.describe": ("staff.appoint", lambda by, one: staffing.describe(by, a_colleague(one), phone="1")),
    "staff.appoint": ("staff.appoint", lambda by, one: staffing.appoint(by, person("tian.ye"), one, "reviewer")),
    "staff.dismiss": ("staff.appoint", lambda by, one: staffing.dismiss(by, a_colleague(one).postings.get())),
    "staff.suspend": ("staff.appoint", lambda by, one: staffing.set_active(by, a_colleague(one), False)),
    "staff.restore": ("staff.appoint", lambda by, one: staffing.set_active(by, a_colleague(one), True)),
    "staff.issue_password": ("staff.appoint", lambda by, one: staffing.issue_password(by, a_colleague(one))),
    "access.remove_factor": ("staff.appoint", lambda by, one: access.remove_factor(by, a_colleague(one))),
}
"""verb: (the right it asks for, how it is called)."""

ONES_OWN = {"agencies.export", "staff.change_password"}
"""Verbs that give only what the doer sees, or touch only himself."""


def test_every_verb_is_in_the_table() -> None:
    others = {verb for verb in access.VERBS if verb != "access.remove_factor"}  # one's own way in and out
    assert set(actions.VERBS) | set(staffing.VERBS) | set(access.VERBS) == set(TABLE) | ONES_OWN | others


def refused_for_lack_of_right(call: Call, by: Doer, where: Agency) -> bool:
    """Whether the verb said that the post does not allow it; whatever it did is undone."""
    with transaction.atomic():
        try:
            call(by, where)
            told = ""
        except Refused as refused:
            told = "".join(refused.reasons)
        transaction.set_rollback(True)
    return "您没有担任这样的岗位" in told or "只负责本机关" in told


@pytest.mark.parametrize("post", POSTS)
def test_a_verb_is_done_for_exactly_the_posts_with_its_right(post: str) -> None:
    staff = Staff.objects.create(username="someone", full_name="某人")
    Posting.objects.create(staff=staff, agency=agency("人民政府办公室"), post=post)
    held, by = Policy(staff), Doer(staff)
    wrong = []
    for verb, (right, call) in TABLE.items():
        for place in ("人民政府办公室", "教育局", "人民政府"):
            where = agency(place)
            needed = [where] if verb not in ("agencies.merge", "agencies.transfer") else [where, agency("水利局")]
            needed += [agency("第一中学")] if verb == "agencies.move" else []
            allowed = all(held.may(right, one) for one in needed)
            if refused_for_lack_of_right(call, by, where) == allowed:
                wrong.append((verb, place, allowed))
    assert wrong == []
