"""Files with personal data in them are read anew: what was noted of them had no place, and cannot be cleared. They stay held.

So are those with fifty slight findings: that many were noted, and a grave one behind them was not.
"""

from typing import Any

from django.db import migrations


def forget(apps: Any, schema_editor: Any) -> None:
    attachment = apps.get_model("disclosure", "Attachment")
    found = attachment.objects.exclude(findings=[]).values_list("pk", "findings")
    doubtful = [pk for pk, noted in found if len(noted) >= 50 or any(one["severity"] == "block" for one in noted)]
    attachment.objects.filter(pk__in=doubtful).update(read_at=None, text="", findings=[])


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0011_clearances")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
