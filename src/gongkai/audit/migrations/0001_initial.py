"""The log, and the triggers that keep it."""

from django.db import migrations, models

from gongkai.audit import triggers


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="编号")),
                ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
                ("actor", models.JSONField(verbose_name="操作人")),
                ("verb", models.CharField(db_index=True, max_length=60, verbose_name="操作")),
                ("target_type", models.CharField(blank=True, max_length=100, verbose_name="对象类别")),
                ("target_id", models.CharField(blank=True, max_length=64, verbose_name="对象编号")),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="对象")),
                ("details", models.JSONField(default=dict, verbose_name="详情")),
                ("previous", models.CharField(max_length=64, verbose_name="上一条的哈希值")),
                ("hash", models.CharField(max_length=64, verbose_name="哈希值")),
            ],
            options={
                "verbose_name": "操作日志",
                "verbose_name_plural": "操作日志",
                "ordering": ("number",),
                "default_permissions": (),
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["target_type", "target_id"], name="entry_by_target")],
            },
        ),
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection),
            lambda apps, editor: triggers.remove(editor.connection),
        ),
    ]
