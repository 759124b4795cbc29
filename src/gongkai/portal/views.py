"""The public pages. A view fetches, says what the page is, and shows."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency, today
from gongkai.agencies.queries import existing
from gongkai.disclosure import lists
from gongkai.disclosure.lists import Wanted
from gongkai.portal import columns, described, home, queries, record_lists
from gongkai.portal.page import Page
from gongkai.portal.shell import show
from gongkai.reporting.queries import open_to_all
from gongkai.statute import reporting, rules
from gongkai.statute.catalogue import disclosure_items
from gongkai.statute.documents import document
from gongkai.statute.fees import rules_title
from gongkai.statute.instruments import instruments

_RULES: Final = 50
"""So many rules of agencies stand on the page of rules; the rest in their list."""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The home page."""
    return show(
        request,
        "home",
        Page(is_home=True),
        figures=home.figures(),
        **home.records(),
        topics=home.shown_topics(),
        everything=record_lists.EVERYTHING,
        library=record_lists.NORMATIVE,
        items=disclosure_items()[:14],
        today=today(),
    )


@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """政府信息公开制度: national instruments, then what agencies here have laid down, which is a column of its own."""
    rows, following = lists.page(Wanted(column="rules").rows(), "newest", "", _RULES)
    return show(
        request,
        "rules",
        Page(columns.RULES.name, columns.RULES),
        instruments=instruments(),
        rows=described.marked(rows),
        every=record_lists.url("column", "rules") if following else "",
    )


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """政府信息公开年报."""
    year = today().year - 1
    return show(
        request,
        "reports",
        Page(columns.REPORTS.name, columns.REPORTS),
        years=open_to_all(),
        year=year,
        by_department=reporting.report_deadline("department", year),
        by_government=reporting.report_deadline("county", year),
    )


@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """依申请公开 (arts 27-40)."""
    known = rules.rules()
    title, number = rules_title()
    return show(
        request,
        "apply",
        Page(columns.APPLY.name, columns.APPLY),
        elements=document("application_form").elements,
        channels=known.channels.values(),
        days=known.periods,
        articles=known.articles,
        fees=f"《{title}》（{number}）",
        competent=queries.competent(),
    )


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency, filtered by kind, a page at a time by key."""
    kind, after = request.GET.get("kind", ""), request.GET.get("after", "")
    if kind and kind != queries.FORMER and kind not in Agency.Kind.values:
        raise Http404
    filters = queries.kinds()
    rows, following = queries.listed(kind, after)
    label = next((each.label for each in filters if each.key == kind), "") if kind else ""
    above = ((columns.AGENCIES.name, columns.AGENCIES.url),) if label else ()
    return show(
        request,
        "agencies",
        Page(label or columns.AGENCIES.name, columns.AGENCIES, above),
        filters=filters,
        kind=kind,
        agencies=rows,
        after=after,
        following=following,
    )


@require_safe
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency: what it published, how to reach its disclosure office, what it is and was."""
    found = get_object_or_404(Agency.objects.select_related("parent", "reports_to"), pk=pk)
    history = queries.history(found)
    return show(
        request,
        "agency",
        Page(
            found.name,
            columns.AGENCIES,
            ((columns.AGENCIES.name, columns.AGENCIES.url),),
            description=f"{found.name}信息公开工作机构的联系方式和机构沿革",
            keywords=tuple(dict.fromkeys((found.name, found.label))),
        ),
        agency=found,
        contact=_contact(found),
        history=history,
        heirs=[] if found.exists else [change.other for change in history if change.other and not change.is_taking],
        tally=lists.tally(Wanted(agency=found.pk)),
        newest=described.marked(lists.newest(Wanted(agency=found.pk), home.NEWEST)),
        present_year=today().year,
        below=list(existing().filter(parent=found).only("name").order_by("order", "pk")[:200]),
    )


def _contact(agency: Agency) -> list[tuple[str, str]]:
    """What art. 12 wants an agency to publish of its disclosure office; empty where missing, nothing for a former one."""
    if not agency.exists:
        return []
    return [
        ("工作机构名称", agency.ogi_office),
        ("办公地址", f"{agency.address}（邮编 {agency.postcode}）" if agency.postcode else agency.address),
        ("办公时间", agency.office_hours),
        ("联系电话", agency.phone),
        ("传真号码", agency.fax),
        ("电子邮箱", agency.email),
    ]


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What became of agencies: renamed, merged."""
    return show(
        request,
        "changes",
        Page("机构变动", columns.AGENCIES, ((columns.AGENCIES.name, columns.AGENCIES.url),)),
        changes=queries.latest_changes(),
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The site's statements: use, accessibility, personal data, machines."""
    return show(request, "about", Page(columns.ABOUT.name, columns.ABOUT))
