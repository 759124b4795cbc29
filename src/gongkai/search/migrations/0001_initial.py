"""The table, and the index that each database needs under it."""

import django.db.models.deletion
import gongkai.search.models
from django.db import migrations, models

from gongkai.search import backends


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=100)),
                ('place', models.BigIntegerField()),
                ('day', models.DateField(null=True)),
                ('audience', models.CharField(max_length=200)),
                ('title', models.TextField()),
                ('number', models.TextField(blank=True)),
                ('index_no', models.TextField(blank=True)),
                ('heading', models.TextField(blank=True)),
                ('names', models.TextField(blank=True)),
                ('facets', models.JSONField(default=dict)),
                ('values', models.JSONField(default=dict)),
                ('digest', models.CharField(max_length=32)),
                ('grams', gongkai.search.models.Grams(null=True)),
            ],
            options={
                'verbose_name': '可搜索条目',
                'verbose_name_plural': '可搜索条目',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('words', models.CharField(max_length=100, verbose_name='搜索词')),
                ('times', models.PositiveIntegerField(default=0, verbose_name='次数')),
                ('in_vain', models.PositiveIntegerField(default=0, verbose_name='无结果次数')),
            ],
            options={
                'verbose_name': '搜索词统计',
                'verbose_name_plural': '搜索词统计',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('day', 'words'), name='search_asked_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Text',
            fields=[
                ('item', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='text', serialize=False, to='search.item')),
                ('body', models.TextField(blank=True)),
                ('folded', models.TextField()),
            ],
            options={
                'verbose_name': '可搜索文本',
                'verbose_name_plural': '可搜索文本',
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['place', 'id'], name='search_item_place'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('kind', 'key'), name='search_item_once'),
        ),
        migrations.RunPython(
            lambda apps, editor: backends.install(editor.connection),
            lambda apps, editor: backends.uninstall(editor.connection),
        ),
    ]
