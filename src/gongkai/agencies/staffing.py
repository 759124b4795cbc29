"""Verbs: accounts and posts."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.doer import Doer, Refused, insist, unsaved
from gongkai.agencies.models import Agency, Posting, Staff, today
from gongkai.agencies.posts import POSTS
from gongkai.audit.actions import record

VERBS = {
    "staff.enrol": "新建账号",
    "staff.describe": "修改人员资料",
    "staff.appoint": "任职",
    "staff.dismiss": "免职",
    "staff.suspend": "停用账号",
    "staff.restore": "启用账号",
    "staff.issue_password": "重置密码",
    "staff.change_password": "修改密码",
}
"""The verbs of this file, as the log names them."""

_READABLE: Final = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and figures that nobody takes for each other: first passwords are read over the phone."""


def first_password() -> str:
    """A password for the first sign-in; it must be changed then."""
    while True:
        made = "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(3))
        if any(c.islower() for c in made) and any(c.isupper() for c in made) and any(c.isdigit() for c in made):
            return made


@transaction.atomic
def enrol(
    by: Doer, *, username: str, full_name: str, agency: Agency, post: str, phone: str = "", email: str = "",
    is_part_time: bool = False, password: str = "",
) -> tuple[Staff, str]:  # fmt: skip
    """Make an account with its first post; returns it with its first password, which is shown once and not kept."""
    staff = Staff(
        username=username.strip(), full_name=full_name.strip(), phone=phone, email=email, is_part_time=is_part_time
    )
    password = password or first_password()
    staff.set_password(password)
    insist(by.why_not("staff.appoint", agency), unsaved(staff))
    staff.save()
    record(by.actor(), "staff.enrol", staff, details={"username": staff.username, "agency": agency.name})
    appoint(by, staff, agency, post)
    return staff, password


def why_not_appoint(by: Doer, staff: Staff, agency: Agency, post: str) -> list[str]:
    """Every reason against giving someone this post."""
    reasons = by.why_not("staff.appoint", agency)
    if post not in POSTS:
        reasons.append("没有这个岗位。")
    if not agency.exists:
        reasons.append(f"{agency.name}已经撤销，不能任职。")
    if post == "competent" and not agency.is_competent:
        reasons.append(f"{agency.name}不是政府信息公开工作主管部门，不设“主管部门”岗位。")
    if by.staff and by.staff.pk == staff.pk:
        reasons.append("不能给自己任职，请由另一位管理员办理。")
    if staff.postings.filter(agency=agency, post=post, until=None).exists():
        reasons.append("此人已经担任这个岗位。")
    return reasons


@transaction.atomic
def appoint(by: Doer, staff: Staff, agency: Agency, post: str, *, since: date | None = None) -> Posting:
    """Give someone a post at an agency."""
    insist(why_not_appoint(by, staff, agency, post))
    posting = Posting(staff=staff, agency=agency, post=post, since=since or today())
    insist(unsaved(posting))
    posting.save()
    record(by.actor(), "staff.appoint", staff, details={"agency": agency.name, "post": posting.get_post_display()})
    return posting


@transaction.atomic
def dismiss(by: Doer, posting: Posting) -> Posting:
    """End a post today. Nobody dismisses himself as the last administrator of a realm."""
    insist(by.why_not("staff.appoint", posting.agency), _why_last(posting))
    posting.until = today()
    posting.save(update_fields=["until"])
    details = {"agency": posting.agency.name, "post": posting.get_post_display()}
    record(by.actor(), "staff.dismiss", posting.staff, details=details)
    return posting


def _why_last(posting: Posting) -> list[str]:
    if posting.post != "admin":
        return []
    others = Posting.objects.filter(agency=posting.agency, post="admin", until=None, staff__is_active=True)
    if others.exclude(pk=posting.pk).exists():
        return []
    return [f"{posting.staff}是{posting.agency}唯一的管理员，请先任命另一位。"]


def why_not_administer(by: Doer, staff: Staff) -> list[str]:
    """Why this account is not this person's to administer: every post it holds must be within reach."""
    held = [posting.agency for posting in staff.postings.filter(until=None).select_related("agency")]
    if not held and by.staff and not by.staff.is_superuser:
        held = [posting.agency for posting in staff.postings.select_related("agency").order_by("-until")[:1]]
    reasons = [reason for agency in held for reason in by.why_not("staff.appoint", agency)]
    if staff.is_superuser and by.staff and not by.staff.is_superuser:
        reasons.append("系统管理员的账号只能由系统管理员维护。")
    if not held and by.staff and not by.staff.is_superuser and not reasons:
        reasons.append("这个账号没有任职，只能由系统管理员维护。")
    return reasons


@transaction.atomic
def describe(by: Doer, staff: Staff, **fields: object) -> Staff:
    """Change name, phone, e-mail or part-time of someone."""
    assert set(fields) <= {"full_name", "phone", "email", "is_part_time"}, fields
    for name, value in fields.items():
        setattr(staff, name, value)
    insist(why_not_administer(by, staff), unsaved(staff))
    staff.save(update_fields=list(fields))
    record(by.actor(), "staff.describe", staff, details={"fields": sorted(fields)})
    return staff


@transaction.atomic
def set_active(by: Doer, staff: Staff, active: bool) -> Staff:
    """Suspend an account or restore it."""
    reasons = why_not_administer(by, staff)
    if by.staff and by.staff.pk == staff.pk:
        reasons.append("不能停用或者启用自己的账号。")
    if not active:
        held = staff.postings.filter(until=None, post="admin").select_related("agency", "staff")
        reasons += [reason for posting in held for reason in _why_last(posting)]
    insist(reasons)
    staff.is_active = active
    staff.save(update_fields=["is_active"])
    record(by.actor(), "staff.restore" if active else "staff.suspend", staff)
    return staff


@transaction.atomic
def issue_password(by: Doer, staff: Staff) -> str:
    """A new first password for someone who forgot his; shown once."""
    insist(why_not_administer(by, staff))
    password = first_password()
    staff.set_password(password)
    staff.must_change_password, staff.password_changed_at = True, timezone.now()
    staff.save(update_fields=["password", "must_change_password", "password_changed_at"])
    record(by.actor(), "staff.issue_password", staff)
    return password


@transaction.atomic
def change_password(by: Doer, staff: Staff, old: str, new: str) -> None:
    """Someone changes his own password."""
    if not staff.check_password(old):
        raise Refused(["现在的密码不正确。"])
    if old == new:
        raise Refused(["新密码与现在的密码相同。"])
    try:
        validate_password(new, staff)
    except ValidationError as error:
        raise Refused(list(error.messages)) from error
    staff.set_password(new)
    staff.must_change_password, staff.password_changed_at = False, timezone.now()
    staff.save(update_fields=["password", "must_change_password", "password_changed_at"])
    record(by.actor(), "staff.change_password", staff)
