"""Questions about agencies and staff."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from gongkai.agencies.models import Agency, Posting, Staff, Succession, today


def existing(on: date | None = None) -> QuerySet[Agency]:
    """The agencies that exist on a day (today)."""
    day = on or today()
    return Agency.objects.filter(Q(until=None) | Q(until__gt=day), Q(since=None) | Q(since__lte=day))


def below(agency: Agency) -> QuerySet[Agency]:
    """The agency and everything under it."""
    return Agency.objects.filter(path__startswith=agency.path)


def in_tree_order(agencies: QuerySet[Agency]) -> list[tuple[int, Agency]]:
    """(depth, agency): parents before their children, siblings by `order`. Depth counts from the topmost shown."""
    rows = list(agencies)
    shown = {agency.pk for agency in rows}
    children: dict[int | None, list[Agency]] = {}
    for agency in sorted(rows, key=lambda a: (a.order, a.pk)):
        children.setdefault(agency.parent_id if agency.parent_id in shown else None, []).append(agency)
    ordered: list[tuple[int, Agency]] = []
    waiting = [(0, agency) for agency in reversed(children.get(None, []))]
    while waiting:
        depth, agency = waiting.pop()
        ordered.append((depth, agency))
        waiting += [(depth + 1, child) for child in reversed(children.get(agency.pk, []))]
    return ordered


def competent_for(agency: Agency) -> Agency | None:
    """The department competent for an agency: the nearest one up the tree (art. 3)."""
    ancestors = [int(pk) for pk in agency.path.split("/") if pk]
    found = existing().filter(is_competent=True, parent__in=ancestors).exclude(pk=agency.pk)
    return max(found, key=lambda department: len(department.path), default=None)


def review_of(agency: Agency) -> tuple[str, Agency | None]:
    """Which reviews hold at an agency, in words, and who chose them: itself, one above it, or None: the site."""
    if not agency.review:
        return str(Agency.Review(settings.REVIEW_CHAIN).label), None
    way = [int(pk) for pk in agency.path.split("/") if pk]
    chose = Agency.objects.filter(pk__in=way).exclude(review_own="")
    return agency.get_review_display(), max(chose, key=lambda one: len(one.path), default=None)


def name_on(agency: Agency, on: date) -> str:
    """What the agency was called on a day."""
    held = agency.names.filter(until__gt=on).order_by("until").first()
    return held.name if held else agency.name


def all_names(agency: Agency) -> list[str]:
    """Its name and every former one, the newest first."""
    return [agency.name, *(held.name for held in agency.names.order_by("-until"))]


def forerunners(agency: Agency) -> list[Agency]:
    """Every agency that was merged into this one, directly or through others: their past reports count to it."""
    found: dict[int, Agency] = {}
    waiting = [agency.pk]
    while waiting:
        rows = Succession.objects.filter(successor__in=waiting, kind=Succession.Kind.MERGED).select_related(
            "predecessor"
        )
        fresh = {row.predecessor_id: row.predecessor for row in rows if row.predecessor_id not in found}
        found |= fresh
        waiting = list(fresh)
    return list(found.values())


def heir_of(agency: Agency) -> Agency:
    """The agency that answers for it today: itself, or what it was merged into at last."""
    seen = {agency.pk}
    while not agency.exists:
        step = agency.successions.filter(kind=Succession.Kind.MERGED).select_related("successor").last()
        if step is None or step.successor_id in seen:
            break
        agency = step.successor
        seen.add(agency.pk)
    return agency


def holders(agency: Agency, post: str) -> QuerySet[Staff]:
    """Who holds a post at an agency today."""
    day = today()
    return Staff.objects.filter(
        Q(postings__until=None) | Q(postings__until__gt=day),
        postings__agency=agency, postings__post=post, postings__since__lte=day, is_active=True,
    ).distinct()  # fmt: skip


def staff_of(agencies: QuerySet[Agency]) -> QuerySet[Staff]:
    """Everyone who holds or held a post there, with the present posts at hand as `present`."""
    day = today()
    present = Posting.objects.select_related("agency").filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    return (
        Staff.objects.filter(postings__agency__in=agencies)
        .distinct()
        .prefetch_related(Prefetch("postings", present, to_attr="present"))
    )
