"""Screen of the office: a version of a record as it was published."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from gongkai.agencies.guard import needs
from gongkai.disclosure import description, differences
from gongkai.disclosure.admin import page
from gongkai.disclosure.models import Record


@require_GET
@needs("records.view", at="pk", of=Record)
def version(request: HttpRequest, record: Record, number: int) -> HttpResponse:
    """What was published then, word for word, and what it changed of the version before."""
    shown = get_object_or_404(record.versions, number=number)
    earlier = record.versions.filter(number__lt=number).first()
    return page(
        request, "version", record=record, version=shown, earlier=earlier,
        later=record.versions.filter(number__gt=number).last(),
        clearances=record.clearances.filter(pk__in=shown.clearances),
        described=description.described(shown.content),
        differences=differences.of_versions(earlier, shown) if earlier else None,
    )  # fmt: skip
