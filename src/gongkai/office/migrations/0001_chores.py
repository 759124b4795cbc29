"""When each chore was done last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ChoreRun",
            fields=[
                ("key", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(null=True)),
                ("begun", models.DateTimeField(null=True)),
                ("said", models.CharField(blank=True, db_default="", max_length=500)),
            ],
        ),
    ]
