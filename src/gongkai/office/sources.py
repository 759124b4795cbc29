"""The tasks and hits that agencies, staff and the report calendar give; later apps bring their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse

from gongkai.agencies import queries
from gongkai.agencies.models import Agency, Posting, today
from gongkai.agencies.policy import Policy
from gongkai.office.finding import Hit
from gongkai.office.tasks import Task
from gongkai.statute.reporting import Level, report_deadline, report_period

_MUST_SAY = ("ogi_office", "address", "office_hours", "phone", "fax", "email")
"""What the guide to disclosure must say of every agency (art. 12)."""


def incomplete(policy: Policy) -> Iterable[Task]:
    """Agencies of this person whose contact data the guide cannot print yet."""
    missing = Q(*((name, "") for name in _MUST_SAY), _connector=Q.OR)
    for agency in policy.agencies("agencies.describe").filter(missing, pk__in=queries.existing()):
        blank = [str(Agency._meta.get_field(n).verbose_name) for n in _MUST_SAY if not getattr(agency, n)]
        yield Task(
            f"补全{agency.label}的联系资料", reverse("agencies_describe", args=[agency.pk]), agency.label,
            note=f"缺：{'、'.join(blank)}（条例第十二条要求指南载明）",
        )  # fmt: skip


def vacant(policy: Policy) -> Iterable[Task]:
    """Agencies in this person's care where nobody handles disclosure, or nobody may sign."""
    if not policy.has("staff.appoint"):
        return
    agencies = policy.agencies("staff.appoint").filter(pk__in=queries.existing()).exclude(kind=Agency.Kind.GOVERNMENT)
    held: dict[int, set[str]] = {}
    for agency, post in Posting.objects.filter(agency__in=agencies, until=None).values_list("agency_id", "post"):
        held.setdefault(agency, set()).add(post)
    empty = [agency for agency in agencies if "handler" not in held.get(agency.pk, ())]
    if empty:
        names = "、".join(agency.label for agency in empty[:5])
        more = f"等 {len(empty)} 个机关" if len(empty) > 5 else ""
        yield Task(f"{len(empty)} 个机关还没有处理人", reverse("staff_enrol"), "", note=names + more)


def report_due(policy: Policy) -> Iterable[Task]:
    """The annual report of the year gone, from the first of January until two months after its day (art. 49)."""
    year = today().year - 1
    _, end = report_period(year)
    for posting in policy.postings:
        if posting.post not in ("handler", "competent"):
            continue
        due = report_deadline(_level(posting.agency), year)
        if end - timedelta(days=60) <= today() <= due + timedelta(days=60):
            what = "汇总" if posting.post == "competent" else "编制"
            yield Task(f"{what}{year}年政府信息公开工作年度报告", "/report-check/", posting.agency.label, due=due)


def _level(agency: Agency) -> Level:
    """The level whose day binds the agency: a government's own report, a department's, a township's."""
    if agency.kind == Agency.Kind.GOVERNMENT:
        levels: dict[str, Level] = {"province": "province", "city": "city", "county": "county"}
        return levels.get(agency.level, "township")
    return "township" if agency.level == Agency.Level.TOWNSHIP else "department"


def agencies(policy: Policy, text: str, most: int) -> Iterable[Hit]:
    """Agencies by present or former name, credit code or telephone."""
    found = policy.agencies("agencies.view").filter(
        Q(name__contains=text) | Q(short_name__contains=text) | Q(names__name__contains=text)
        | Q(credit_code=text.upper()) | Q(phone__contains=text)
    )  # fmt: skip
    for agency in found.distinct()[:most]:
        former = [name for name in queries.all_names(agency)[1:] if text in name]
        note = f"曾用名{former[0]}" if former else agency.get_kind_display()
        yield Hit(agency.name, reverse("agencies_show", args=[agency.pk]), note)


def people(policy: Policy, text: str, most: int) -> Iterable[Hit]:
    """Staff by name, account or telephone."""
    seen = queries.staff_of(policy.agencies("staff.view"))
    found = seen.filter(Q(full_name__contains=text) | Q(username__contains=text) | Q(phone__contains=text))
    for person in found[:most]:
        posts = "、".join(f"{p.agency.label}{p.get_post_display()}" for p in person.present)
        yield Hit(str(person), reverse("staff_show", args=[person.pk]), posts)
