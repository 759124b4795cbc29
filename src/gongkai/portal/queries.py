"""Questions that public pages ask about agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Agency, NameHeld, Succession, today
from gongkai.agencies.queries import existing
from gongkai.portal import written

PAGE_SIZE: Final = 30
FORMER: Final = "former"
MOST_CHANGES: Final = 200
IN_LISTS: Final = ("name", "ogi_office", "address", "phone", "order")
"""What lists show of an agency."""
_OF_OFFICES: Final = ("name", "ogi_office", "address", "office_hours", "phone", "fax", "email")


def former() -> QuerySet[Agency]:
    """Those that no longer exist."""
    return Agency.objects.filter(until__lte=today())


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter in words, with how many it leaves."""

    key: str
    label: str
    count: int


def kinds() -> list[Filter]:
    """The kinds of agencies there are, then those that no longer exist. One query."""
    counts = {kind: (now, gone) for kind, now, gone in written.values(_kinds)}
    filters = [Filter("", "全部", sum(now for now, _ in counts.values()))]
    filters += [
        Filter(kind, str(label), counts[kind][0])
        for kind, label in Agency.Kind.choices
        if kind in counts and counts[kind][0]
    ]
    gone = sum(gone for _, gone in counts.values())
    return [*filters, Filter(FORMER, "已撤销", gone)] if gone else filters


def _kinds(on: date) -> QuerySet[Any, Any]:
    """(kind, how many there are, how many there were)."""
    now, gone = Q(until=None) | Q(until__gt=on), Q(until__lte=on)
    counts = {"now": Count("pk", filter=now), "gone": Count("pk", filter=gone)}
    return Agency.objects.order_by().values_list("kind").annotate(**counts)


def listed(kind: str, after: str) -> tuple[list[Agency], str]:
    """(a page of agencies in their order, the key after which the next page begins or ""). One query."""
    found = former() if kind == FORMER else existing().filter(kind=kind) if kind else existing()
    order, _, pk = after.partition("-")
    if order.isascii() and order.isdecimal() and pk.isascii() and pk.isdecimal() and len(after) < 30:
        found = found.filter(Q(order__gt=int(order)) | Q(order=int(order), pk__gt=int(pk)))
    rows = list(found.only(*IN_LISTS).order_by("order", "pk")[: PAGE_SIZE + 1])
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return rows[:PAGE_SIZE], f"{last.order}-{last.pk}" if last else ""


def offices() -> list[Agency]:
    """Every agency with what art. 12 wants the guide to say of its disclosure office. One query."""
    return list(existing().only(*_OF_OFFICES).order_by("order", "pk"))


def root() -> Agency | None:
    """The government whose site this is."""
    return existing().filter(parent=None).order_by("order", "pk").first()


def competent() -> list[Agency]:
    """政府信息公开工作主管部门, from the top."""
    return list(existing().filter(is_competent=True).order_by("path")[:20])


class Named(NamedTuple):
    """An agency as a link shows it."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to an agency. `key` says which among all the changes of its agency, for good."""

    on: date
    agency: Named
    text: str
    document_no: str = ""
    other: Named | None = None
    is_taking: bool = False  # `agency` took over from `other`, not the other way round
    key: str = ""


_SUCCESSION: Final = (
    "on", "kind", "document_no", "predecessor_id", "predecessor__name", "successor_id", "successor__name"
)  # fmt: skip
_GAVE: Final = {Succession.Kind.MERGED: "并入", Succession.Kind.PART: "划转部分职能到"}
_TOOK: Final = {Succession.Kind.MERGED: "并入本机关的有", Succession.Kind.PART: "接收部分职能，来自"}


def history(agency: Agency) -> list[Change]:
    """What became of an agency, latest first. Two queries."""
    self = Named(agency.pk, agency.name)
    changes = [Change(name.until, self, _renamed(name.name), name.document_no) for name in agency.names.all()]
    taken = Succession.objects.filter(Q(predecessor=agency) | Q(successor=agency)).values_list(*_SUCCESSION)
    for on, kind, document_no, giver, giver_name, taker, taker_name in taken:
        if giver == agency.pk:
            changes.append(Change(on, self, _GAVE[kind], document_no, Named(taker, taker_name)))
        else:
            changes.append(Change(on, self, _TOOK[kind], document_no, Named(giver, giver_name), is_taking=True))
    if agency.since:
        changes.append(Change(agency.since, self, "设立"))
    if agency.until and not agency.exists:
        changes.append(Change(agency.until, self, "撤销"))
    return sorted(changes, key=lambda change: change.on, reverse=True)


def latest_changes(limit: int = MOST_CHANGES) -> list[Change]:
    """The latest renamings and successions up to today. Two queries."""
    names = NameHeld.objects.filter(until__lte=today()).order_by("-until", "-pk")
    taken = Succession.objects.filter(on__lte=today()).order_by("-on", "-pk")
    changes = [
        Change(until, Named(pk, present), _renamed(former), document_no, key=f"name-{number}")
        for number, until, pk, present, former, document_no in names.values_list(
            "pk", "until", "agency_id", "agency__name", "name", "document_no"
        )[:limit]
    ]
    for number, on, kind, document_no, giver, giver_name, taker, taker_name in taken.values_list("pk", *_SUCCESSION)[
        :limit
    ]:
        other = Named(taker, taker_name)
        changes.append(
            Change(on, Named(giver, giver_name), _GAVE[kind], document_no, other, key=f"succession-{number}")
        )
    return sorted(changes, key=lambda change: change.on, reverse=True)[:limit]


def _renamed(former: str) -> str:
    return f"由“{former}”更名"
