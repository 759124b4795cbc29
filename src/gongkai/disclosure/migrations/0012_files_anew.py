"""Files with personal data in them are read anew: what was noted of them had no place, and cannot be cleared. They stay held."""

from typing import Any

from django.db import migrations


def forget(apps: Any, schema_editor: Any) -> None:
    attachment = apps.get_model("disclosure", "Attachment")
    found = attachment.objects.exclude(findings=[]).values_list("pk", "findings")
    grave = [pk for pk, findings in found if any(one["severity"] == "block" for one in findings)]
    attachment.objects.filter(pk__in=grave).update(read_at=None, text="", findings=[])


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0011_clearances")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
