"""What records give to the first screen, to search, and to a reorganisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.doer import Doer
from gongkai.agencies.holdings import Holding
from gongkai.agencies.models import today
from gongkai.agencies.policy import Policy
from gongkai.disclosure import actions, chain, file_texts, interpretation, queries
from gongkai.disclosure.models import Record, Shown
from gongkai.disclosure.review import RATIFY, STATES, steps_for
from gongkai.office.finding import Hit
from gongkai.office.tasks import Task
from gongkai.statute.validity import remind_on

_AHEAD = timedelta(days=45)
_MOST = 200
"""How many of a kind the first screen reads."""

RECORDS = Holding("records", "政府信息", lambda agency: Record.objects.filter(agency=agency), "agency")
SHOWN = Holding("shown", "公开目录条目", lambda agency: Shown.objects.filter(agency=agency), "agency")


def _address(record: Record) -> str:
    return reverse("records_show", args=[record.pk])


def waiting(policy: Policy) -> Iterable[Task]:
    """Records whose turn it is for this person; who wrote one is not asked to review it."""
    if policy.staff is None:
        return
    labels = {step.key: step.label for step in steps_for("three", is_normative=True)}
    for record in queries.waiting(policy.staff).exclude(
        events__staff=policy.staff, events__kind__in=("drafted", "edited")
    ):
        yield Task(f"{labels[record.turn]}：{record.title}", _address(record), record.agency.label, due=record.due_on)


def forced(policy: Policy) -> Iterable[Task]:
    """What went out before its review, for whoever may approve it afterwards: another than who sent it out or wrote it."""
    if policy.staff is None:
        return
    by = Doer(policy.staff)
    waiting = Q(turn=RATIFY, state__in=STATES) | Q(is_public=True, state="in_review")
    rows = Record.objects.filter(waiting, agency__in=policy.agencies("records.review")).select_related("agency")
    for record in rows.prefetch_related("events").order_by("published_at")[:_MOST]:
        if not actions.why_not_ratify(by, record):
            at = timezone.localtime(record.published_at)
            note = f"{at:%Y年%-m月%-d日}应急发布"
            yield Task(f"追认：{record.title}", _address(record), record.agency.label, note=note)


def stuck(policy: Policy) -> Iterable[Task]:
    """Reviews with a step that nobody at the agency can do, for the openness office and who appoints."""
    rows = Record.objects.filter(agency__in=policy.agencies("records.oversee"), state="in_review")
    found = list(rows.select_related("agency").prefetch_related("events").order_by("due_on", "pk")[:_MOST])
    held = chain.holders(record.agency_id for record in found)
    seen = set(policy.agencies("records.view").values_list("pk", flat=True))
    for record in found:
        for gap in chain.gaps(record, held.get(record.agency_id, {})):
            said, place, note = record.title, _address(record), f"{gap.why}。{gap.remedy}"
            if record.agency_id not in seen:  # who appoints is told what is wanting, not what is being written
                said, place, note = "一份在审的稿件", reverse("agencies_show", args=[record.agency_id]), gap.remedy
            yield Task(f"没有人能办{gap.step.label}：{said}", place, record.agency.label, due=_due(record), note=note)


def unfinished(policy: Policy) -> Iterable[Task]:
    """What was returned, and corrections of public records that were begun, for who may write there."""
    waiting = Q(state="returned") | Q(state="draft", is_public=True)
    rows = Record.objects.filter(waiting, agency__in=policy.agencies("records.draft")).select_related("agency")
    for record in rows.prefetch_related("events").order_by("due_on", "pk")[:_MOST]:
        is_returned = record.state == "returned"
        returns = [event for event in record.events.all() if event.kind == "returned"] if is_returned else []
        last = returns[-1] if returns else None
        yield Task(
            f"{'已退回' if is_returned else '修改稿还没有送审'}：{record.title}", _address(record), record.agency.label,
            due=_due(record), note=f"退回理由：{last.note}" if last else "",
        )  # fmt: skip


def approved(policy: Policy) -> Iterable[Task]:
    """What has been approved and waits for who publishes it; not what the clock publishes or nobody may."""
    rows = Record.objects.filter(agency__in=policy.agencies("records.publish"), state="approved", publish_at=None)
    for record in rows.filter(attribute="proactive").select_related("agency").order_by("due_on", "pk")[:_MOST]:
        what = "修改稿已审定，待发布" if record.is_public else "已审定，待发布"
        yield Task(f"{what}：{record.title}", _address(record), record.agency.label, due=_due(record))


def _due(record: Record) -> date | None:
    """The day by which it must be public; what is public already has none."""
    return record.due_on if record.is_awaited else None


def due(policy: Policy) -> Iterable[Task]:
    """What this person's agencies must publish soon, or should have (art. 26), as far as no other list has it."""
    rows = (
        Record.objects.filter(
            agency__in=policy.agencies("records.draft"), is_public=False, attribute__in=("", "proactive")
        )
        .exclude(state__in=("withdrawn", "returned", "approved", "discarded"))
        .filter(due_on__lte=today() + _AHEAD)
        .select_related("agency")
    )
    for record in rows.order_by("due_on")[:_MOST]:
        yield Task(f"{record.state_label}：{record.title}", _address(record), record.agency.label, due=record.due_on)


def interpretations(policy: Policy) -> Iterable[Task]:
    """Published documents whose interpretation is not public yet, with the third working day."""
    for record in interpretation.uninterpreted(policy.agencies("records.draft")).order_by("published_at")[:_MOST]:
        yield Task(f"解读：{record.title}", _address(record), record.agency.label, due=interpretation.due_on(record))


def scheduled(policy: Policy) -> Iterable[Task]:
    """What the clock will publish, and when."""
    rows = Record.objects.filter(agency__in=policy.agencies("records.publish"), publish_at__isnull=False)
    for record in rows.select_related("agency").order_by("publish_at")[:_MOST]:
        at = timezone.localtime(record.publish_at)
        yield Task(record.title, _address(record), record.agency.label, at.date(), f"{at:%H:%M}自动发布")


def leaks(policy: Policy) -> Iterable[Task]:
    """Public records with a file in which personal data was found after it went out: held until it is replaced."""
    for record in file_texts.leaks(policy.agencies("records.draft"))[:_MOST]:
        yield Task(
            f"附件有个人信息：{record.title}",
            _address(record),
            record.agency.label,
            note="附件已停止下载，请换成遮盖后的文件",
        )


def expiring(policy: Policy) -> Iterable[Task]:
    """Documents whose period of validity ends within half a year: to be evaluated, renewed or left to expire."""
    rows = Record.objects.filter(
        agency__in=policy.agencies("records.draft"), is_public=True, repealed_on=None, expires_on__gte=today()
    ).filter(expires_on__lte=today() + timedelta(days=190))
    for record in rows.select_related("agency").order_by("expires_on")[:_MOST]:
        if record.expires_on and remind_on(record.expires_on) <= today():
            yield Task(f"有效期将满：{record.title}", _address(record), record.agency.label, due=record.expires_on)


def reassessments(policy: Policy) -> Iterable[Task]:
    """What is not disclosed and is to be looked at again (art. 18)."""
    rows = Record.objects.filter(agency__in=policy.agencies("records.assess"), reassess_on__lte=today() + _AHEAD)
    rows = rows.exclude(state="discarded")
    for record in rows.select_related("agency").order_by("reassess_on")[:_MOST]:
        yield Task(f"重新评估：{record.title}", _address(record), record.agency.label, due=record.reassess_on)


def records(policy: Policy, text: str, most: int) -> Iterable[Hit]:
    """Records by title, document number or index number: one's own as they stand, those of others as published."""
    says = Q(title__contains=text) | Q(document_no__contains=text) | Q(index_no=text)
    mine = policy.agencies("records.view")
    own = list(Record.objects.filter(says, agency__in=mine).exclude(state="discarded").select_related("agency")[:most])
    for record in own:
        yield Hit(record.title, _address(record), f"{record.agency.label}，{record.state_label}")
    others = (
        Shown.objects.filter(says).exclude(agency__in=mine).order_by("-published_at", "-pk").select_related("agency")
    )
    for row in others[: most - len(own)]:
        yield Hit(row.title, reverse("records_show", args=[row.pk]), f"{row.agency.label}，已发布")
