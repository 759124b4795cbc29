"""What is already public enters the list of what is shown: a row from the newest version of each public record."""

from datetime import date, timedelta
from typing import Any

from django.db import migrations

DATES = ("formed_on", "effective_on", "expires_on", "amended_on", "repealed_on")
COPIED = ("title", "document_no", "genre", "item", "field", "column", "abstract", "is_normative")
CHINA = timedelta(hours=8)


def fill(apps: Any, schema_editor: Any) -> None:
    record, version, shown = (apps.get_model("disclosure", name) for name in ("Record", "Version", "Shown"))
    rows, last = [], None
    versions = version.objects.filter(record__is_public=True, record__published_at__isnull=False)
    for one in versions.order_by("record_id", "-number").select_related("record").iterator(chunk_size=500):
        if one.record_id == last:
            continue  # an older one
        last = one.record_id
        if one.content.get("attribute") == "proactive":
            rows.append(row(shown, one.record, one))
        if len(rows) == 500:
            shown.objects.bulk_create(rows)
            rows = []
    shown.objects.bulk_create(rows)


def row(shown: Any, record: Any, version: Any) -> Any:
    content = version.content
    return shown(
        record_id=record.pk,
        version_id=version.pk,
        agency_id=record.agency_id,
        index_no=record.index_no or "",
        theme=str(content.get("theme") or "").partition("\\")[0],
        published_at=record.published_at,
        changed_at=version.at,
        year=(record.published_at + CHINA).year,
        **{name: content[name] for name in COPIED},
        **{name: date.fromisoformat(content[name]) if content.get(name) else None for name in DATES},
    )


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0006_shown")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
