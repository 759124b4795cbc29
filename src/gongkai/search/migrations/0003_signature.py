"""What PostgreSQL indexes stands apart from the items. After `migrate` the index is made anew (`forms.FORM`)."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import gongkai.search.models
from gongkai.search import backends


def forget_form(apps: Any, editor: Any) -> None:
    apps.get_model("search", "Form").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_form'),
    ]

    operations = [
        migrations.RemoveField(model_name='item', name='grams'),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('item', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='search.item')),
                ('place', models.BigIntegerField()),
                ('grams', gongkai.search.models.Grams()),
            ],
            options={
                'verbose_name': '可搜索特征',
                'verbose_name_plural': '可搜索特征',
                'default_permissions': (),
            },
        ),
        migrations.RunPython(lambda apps, editor: backends.install(editor.connection), migrations.RunPython.noop),
        # Forward or back, the index has another form then, and is made anew.
        migrations.RunPython(forget_form, forget_form),
    ]
