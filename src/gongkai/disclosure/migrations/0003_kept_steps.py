"""A submission keeps the steps that it asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_imported")]

    operations = [migrations.AlterField("fileevent", "step", models.CharField(blank=True, max_length=60))]
