"""Questions that public pages ask about agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Agency, NameHeld, Succession, today

PAGE_SIZE: Final = 30
FORMER: Final = "former"
MOST_CHANGES: Final = 200


def existing() -> QuerySet[Agency]:
    """The agencies that exist today."""
    return Agency.objects.filter(Q(until=None) | Q(until__gt=today()))


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
    day = today()
    rows = Agency.objects.values_list("kind").annotate(
        now=Count("pk", filter=Q(until=None) | Q(until__gt=day)), gone=Count("pk", filter=Q(until__lte=day))
    )
    counts = {kind: (now, gone) for kind, now, gone in rows.order_by()}
    filters = [Filter("", "全部", sum(now for now, _ in counts.values()))]
    filters += [
        Filter(kind, str(label), counts[kind][0])
        for kind, label in Agency.Kind.choices
        if kind in counts and counts[kind][0]
    ]
    gone = sum(gone for _, gone in counts.values())
    return [*filters, Filter(FORMER, "已撤销", gone)] if gone else filters


def listed(kind: str, after: str) -> tuple[list[Agency], str]:
    """(a page of agencies in their order, the key after which the next page begins or ""). One query."""
    found = former() if kind == FORMER else existing().filter(kind=kind) if kind else existing()
    order, _, pk = after.partition("-")
    if order.isascii() and order.isdecimal() and pk.isascii() and pk.isdecimal() and len(after) < 30:
        found = found.filter(Q(order__gt=int(order)) | Q(order=int(order), pk__gt=int(pk)))
    rows = list(found.order_by("order", "pk")[: PAGE_SIZE + 1])
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return rows[:PAGE_SIZE], f"{last.order}-{last.pk}" if last else ""


def root() -> Agency | None:
    """The government whose site this is."""
    return existing().filter(parent=None).order_by("order", "pk").first()


def competent() -> list[Agency]:
    """政府信息公开工作主管部门, from the top."""
    return list(existing().filter(is_competent=True).order_by("path")[:20])


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to an agency."""

    on: date
    agency: Agency
    text: str
    document_no: str = ""
    other: Agency | None = None
    is_taking: bool = False  # `agency` took over from `other`, not the other way round


def history(agency: Agency) -> list[Change]:
    """What became of an agency, latest first. Two queries."""
    taken = Succession.objects.filter(Q(predecessor=agency) | Q(successor=agency)).select_related(
        "predecessor", "successor"
    )
    changes = [_renamed(name, agency) for name in agency.names.all()]
    for row in taken:
        if row.predecessor_id == agency.pk:
            changes.append(Change(row.on, agency, _gave(row), row.document_no, row.successor))
        else:
            changes.append(Change(row.on, agency, _took(row), row.document_no, row.predecessor, is_taking=True))
    if agency.since:
        changes.append(Change(agency.since, agency, "设立"))
    if agency.until and not agency.exists:
        changes.append(Change(agency.until, agency, "撤销"))
    return sorted(changes, key=lambda change: change.on, reverse=True)


def latest_changes(limit: int = MOST_CHANGES) -> list[Change]:
    """The latest renamings and successions up to today. Two queries."""
    names = NameHeld.objects.filter(until__lte=today()).select_related("agency")
    taken = Succession.objects.filter(on__lte=today()).select_related("predecessor", "successor")
    changes: list[Change] = [_renamed(name, name.agency) for name in names.order_by("-until", "-pk")[:limit]]
    for row in taken.order_by("-on", "-pk")[:limit]:
        changes.append(Change(row.on, row.predecessor, _gave(row), row.document_no, row.successor))
    return sorted(changes, key=lambda change: change.on, reverse=True)[:limit]


def _renamed(name: NameHeld, agency: Agency) -> Change:
    return Change(name.until, agency, f"由“{name.name}”更名", name.document_no)


def _gave(row: Succession) -> str:
    return f"{row.get_kind_display()}到" if row.kind == Succession.Kind.PART else row.get_kind_display()


def _took(row: Succession) -> str:
    return "接收部分职能，来自" if row.kind == Succession.Kind.PART else "并入本机关的有"
