"""政府信息公开指南: what art. 12 wants of it, from the rules themselves, so that it is always that of today."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency, today
from gongkai.portal import columns, queries, record_lists
from gongkai.portal.page import Page
from gongkai.portal.shell import show
from gongkai.statute import remedies, rules
from gongkai.statute.catalogue import disclosure_items, fields, index_number, themes
from gongkai.statute.publication import PUBLISH_WORKING_DAYS

_EXAMPLE: Final = 15
"""The serial number of the index number that the guide explains."""


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """政府信息公开指南 (art. 12)."""
    root = queries.root()
    return show(
        request,
        "guide",
        Page(columns.GUIDE.name, columns.GUIDE),
        offices=queries.offices(),
        competent=queries.competent(),
        items=disclosure_items(),
        themes=themes(),
        fields=fields(),
        everything=record_lists.EVERYTHING,
        library=record_lists.NORMATIVE,
        gazette=record_lists.find("column", "gazette"),
        index_number=_index_number(root),
        serial=f"{_EXAMPLE:05}",
        year=today().year,
        publish_days=PUBLISH_WORKING_DAYS,
        days=rules.rules().periods,
        articles=rules.rules().articles,
        periods=remedies.periods(),
        bodies=remedies.reconsideration_bodies(),
        complaint=remedies.complaint_text(),
    )


def _index_number(root: Agency | None) -> str:
    """One that the government of this site might give, as records get them."""
    code = (root.credit_code or f"{root.pk:09}") if root else "0" * 9
    return index_number(code, today().year, _EXAMPLE)
