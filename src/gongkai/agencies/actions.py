"""Verbs: what is done to the tree of agencies. Each says why not first, then writes and logs in one transaction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from gongkai.agencies import holdings
from gongkai.agencies.doer import Doer, insist, unsaved
from gongkai.agencies.models import Agency, NameHeld, Succession, today
from gongkai.agencies.queries import below
from gongkai.audit.actions import record
from gongkai.content.unseen import tidy

DESCRIBED = ("ogi_office", "address", "postcode", "phone", "fax", "email", "office_hours")
"""What an agency may say of itself."""

VERBS = {
    "agencies.found": "设立机关",
    "agencies.describe": "修改机关联系资料",
    "agencies.correct": "更正机关登记资料",
    "agencies.rename": "机关更名",
    "agencies.move": "调整隶属关系",
    "agencies.merge": "机关合并",
    "agencies.transfer": "划转职能",
    "agencies.abolish": "撤销机关",
    "agencies.export": "导出机关表",
}
"""The verbs of this file, as the log names them."""


# ------------------------------------------------------------------------------------------------------ found, describe


@transaction.atomic
def found(by: Doer, *, name: str, kind: str, level: str, parent: Agency | None, **fields: Any) -> Agency:
    """Enter an agency into the tree. `fields` are any other columns of `Agency`."""
    _alone()
    agency = Agency(name=tidy(name), kind=kind, level=level, parent=parent, **clean(fields))
    insist(by.why_not("agencies.reorganise", parent) if parent else [], _why_no_such(agency))
    agency.path = f"new-{name[:100]}"
    agency.save()
    _set_path(agency)
    _settle_review(agency)
    record(by.actor(), "agencies.found", agency, details={"name": agency.name, "parent": str(parent or "")})
    return agency


def _why_no_such(agency: Agency) -> list[str]:
    """Columns out of order, or a second agency of the same name beside it."""
    reasons = unsaved(agency, exclude=("path",))
    same = Agency.objects.filter(parent=agency.parent, name=agency.name, until=None).exclude(pk=agency.pk)
    if same.exists():
        reasons.append(f"{agency.parent or '最上级'}下已有“{agency.name}”，请核对是否重复。")
    if agency.is_competent and agency.parent is None:
        reasons.append("主管部门应当隶属于一级人民政府，请先选择上级机关。")
    return reasons


def clean(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: (None if key == "credit_code" and not value else tidy(value)) for key, value in fields.items()}


def _set_path(agency: Agency) -> None:
    agency.path = f"{agency.parent.path if agency.parent else ''}{agency.pk}/"
    agency.save(update_fields=["path"])


def _alone() -> None:
    """One who changes the tree at a time, before any other row is locked: what holds at an agency depends on those above it,
    and two who lock their ways up and down would wait for each other."""
    Agency.objects.select_for_update().order_by("pk").values_list("pk").first()


def _settle_review(top: Agency) -> None:
    """Write which reviews hold at an agency and at all below it: what it chose itself, else what holds above. Call `_alone`
    first."""
    parent = Agency.objects.filter(pk=top.parent_id).values_list("pk", "review")
    above: dict[int | None, str] = {None: "", **dict(parent)}
    rows = sorted(below(top).select_for_update(), key=lambda one: len(one.path))  # a parent before its children
    for one in rows:
        one.review = above[one.pk] = one.review_own or above[one.parent_id]
    Agency.objects.bulk_update(rows, ["review"], batch_size=500)
    top.review = above[top.pk]


@transaction.atomic
def describe(by: Doer, agency: Agency, **fields: Any) -> Agency:
    """Change how the agency is reached: the columns in `DESCRIBED`."""
    unknown = set(fields) - set(DESCRIBED)
    assert not unknown, unknown
    return _change(by, "agencies.describe", "agencies.describe", agency, fields)


@transaction.atomic
def correct(by: Doer, agency: Agency, **fields: Any) -> Agency:
    """Put right what was registered wrongly, or choose anew: codes, kind, level, reviews, order. Names and places have verbs
    of their own."""
    assert not set(fields) & {"name", "parent", "path", "until", "review"}, fields
    _alone()
    return _change(by, "agencies.reorganise", "agencies.correct", agency, fields)


def _change(by: Doer, right: str, verb: str, agency: Agency, fields: dict[str, Any]) -> Agency:
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    changed = {}
    for name, value in clean(fields).items():
        before = getattr(agency, name)
        if before != value:
            changed[name] = [_plain(before), _plain(value)]
            setattr(agency, name, value)
    insist(by.why_not(right, agency), _why_no_such(agency))
    if changed:
        agency.save(update_fields=list(changed))
        if "review_own" in changed:
            _settle_review(agency)
        record(by.actor(), verb, agency, details=changed)
    return agency


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | None) else str(value)


# --------------------------------------------------------------------------------------------------------- reorganise


def why_not_rename(by: Doer, agency: Agency, name: str, on: date) -> list[str]:
    """Every reason against this rename; empty where there is none."""
    reasons = by.why_not("agencies.reorganise", agency)
    if not tidy(name):
        reasons.append("请填写新的全称。")
    if tidy(name) == agency.name:
        reasons.append("新名称与现名称相同。")
    if agency.names.filter(until__gte=on).exists() or (agency.since and on <= agency.since):
        reasons.append("更名日期应晚于设立日期和上一次更名的日期。")
    if not agency.exists:
        reasons.append(f"{agency.name}已经撤销。")
    return reasons


@transaction.atomic
def rename(by: Doer, agency: Agency, name: str, *, on: date, document_no: str = "") -> Agency:
    """Give an agency a new name from a day on. Reports and records keep the name of their day."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    insist(why_not_rename(by, agency, name, on))
    last = agency.names.order_by("-until").first()
    before, agency.name = agency.name, tidy(name)
    insist(_why_no_such(agency))
    NameHeld.objects.create(
        agency=agency, name=before, since=last.until if last else agency.since, until=on, document_no=document_no
    )
    agency.save(update_fields=["name"])
    record(by.actor(), "agencies.rename", agency, details={"from": before, "to": agency.name, "on": str(on)})
    return agency


def why_not_move(by: Doer, agency: Agency, parent: Agency) -> list[str]:
    """Every reason against putting the agency under `parent`."""
    reasons = by.why_not("agencies.reorganise", agency) + by.why_not("agencies.reorganise", parent)
    if parent.path.startswith(agency.path):
        reasons.append("不能把机关移到自己或者自己的下级机关之下。")
    if not parent.exists:
        reasons.append(f"{parent.name}已经撤销。")
    return reasons


@transaction.atomic
def move(by: Doer, agency: Agency, parent: Agency) -> Agency:
    """Put an agency, with all below it, under another parent."""
    _alone()
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    insist(why_not_move(by, agency, parent))
    before, old = str(agency.parent or ""), agency.path
    agency.parent = parent
    agency.path = f"{parent.path}{agency.pk}/"
    insist(_why_no_such(agency))
    moved = list(Agency.objects.filter(path__startswith=old).exclude(pk=agency.pk))
    for one in moved:
        one.path = agency.path + one.path.removeprefix(old)
    agency.save(update_fields=["parent", "path"])
    Agency.objects.bulk_update(moved, ["path"], batch_size=500)
    _settle_review(agency)
    record(by.actor(), "agencies.move", agency, details={"from": before, "to": str(parent)})
    return agency


def why_not_merge(by: Doer, agency: Agency, into: Agency, on: date) -> list[str]:
    """Every reason against merging `agency` into `into` on a day."""
    reasons = by.why_not("agencies.reorganise", agency) + by.why_not("agencies.reorganise", into)
    if agency.pk == into.pk:
        reasons.append("不能并入自己。")
    for one in (agency, into):
        if not one.exists:
            reasons.append(f"{one.name}已经撤销。")
    if into.path.startswith(agency.path) and agency.pk != into.pk:
        reasons.append(f"{into.name}是{agency.name}的下级机关，请先调整隶属关系。")
    if on > today():
        reasons.append("合并日期在今后；请在当天或者之后办理。")
    if agency.since and on <= agency.since:
        reasons.append("合并日期应晚于设立日期。")
    return reasons


@transaction.atomic
def merge(by: Doer, agency: Agency, into: Agency, *, on: date, document_no: str = "") -> dict[str, int]:
    """Merge an agency into another: what it holds and the bodies below it move, its row and its history stay.

    Returns what moved, by label. `holdings.preview` says it beforehand.
    """
    _alone()
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    insist(why_not_merge(by, agency, into, on))
    moved = holdings.hand_over(agency, into)
    children = list(agency.children.filter(until=None))
    for child in children:
        move(by, child, into)
    if children:
        moved["下级机关"] = len(children)
    agency.postings.filter(until=None, since__lt=on).update(until=on)
    agency.postings.filter(until=None).delete()  # posts that would begin after the end never were
    agency.until = on
    agency.save(update_fields=["until"])
    Succession.objects.create(
        predecessor=agency, successor=into, kind=Succession.Kind.MERGED, on=on, document_no=document_no
    )
    record(by.actor(), "agencies.merge", agency, details={"into": str(into), "on": str(on), "moved": moved})
    return moved


@transaction.atomic
def transfer(by: Doer, agency: Agency, to: Agency, *, on: date, document_no: str = "") -> Succession:
    """Note that a part of an agency's duties went to another. What moves with them is chosen record by record."""
    insist(why_not_merge(by, agency, to, on))
    step = Succession(predecessor=agency, successor=to, kind=Succession.Kind.PART, on=on, document_no=document_no)
    insist(unsaved(step))
    step.save()
    record(by.actor(), "agencies.transfer", agency, details={"to": str(to), "on": str(on)})
    return step


def why_not_abolish(by: Doer, agency: Agency, on: date) -> list[str]:
    """Every reason against ending an agency without a successor."""
    reasons = by.why_not("agencies.reorganise", agency)
    if not agency.exists:
        reasons.append(f"{agency.name}已经撤销。")
    if below(agency).filter(until=None).exclude(pk=agency.pk).exists():
        reasons.append("还有下级机关；请先移到别处或者撤销。")
    held = holdings.preview(agency)
    if held:
        listed = "、".join(f"{label}{count}项" for label, count in held.items())
        reasons.append(f"名下还有{listed}；请改为合并，由承继的机关接收。")
    if on > today() + timedelta(days=366) or (agency.since and on <= agency.since):
        reasons.append("撤销日期应晚于设立日期，且不超过今后一年。")
    return reasons


@transaction.atomic
def abolish(by: Doer, agency: Agency, *, on: date) -> Agency:
    """End an agency that holds nothing. Its past stays."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    insist(why_not_abolish(by, agency, on))
    agency.until = on
    agency.save(update_fields=["until"])
    agency.postings.filter(until=None).update(until=max(on, today()))
    record(by.actor(), "agencies.abolish", agency, details={"on": str(on)})
    return agency
