"""Topics and their sections."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('portal', '0001_identity'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='小写字母、数字和连字符，如 land-compensation。', max_length=40, unique=True, verbose_name='网址名')),
                ('title', models.CharField(max_length=60, verbose_name='标题')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='简介')),
                ('order', models.PositiveSmallIntegerField(default=100, verbose_name='顺序')),
                ('is_shown', models.BooleanField(default=False, editable=False, verbose_name='已公开')),
                ('touched_at', models.DateTimeField(auto_now=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='agencies.agency', verbose_name='主办机关')),
                ('edited_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '专题',
                'verbose_name_plural': '专题',
                'ordering': ('order', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heading', models.CharField(max_length=40, verbose_name='小标题')),
                ('words', models.CharField(blank=True, help_text='几个词用空格分开，有其中一个即可。', max_length=100, verbose_name='标题中有')),
                ('column', models.SlugField(blank=True, max_length=40, verbose_name='栏目')),
                ('item', models.CharField(blank=True, max_length=8, verbose_name='法定公开事项')),
                ('theme', models.CharField(blank=True, max_length=60, verbose_name='主题分类')),
                ('field', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='试点领域')),
                ('is_normative', models.BooleanField(default=False, verbose_name='只列行政规范性文件')),
                ('most', models.PositiveSmallIntegerField(default=6, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='列几条')),
                ('order', models.PositiveSmallIntegerField(default=100, verbose_name='顺序')),
                ('of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='公开主体')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='portal.topic')),
            ],
            options={
                'verbose_name': '专题的子栏目',
                'verbose_name_plural': '专题的子栏目',
                'ordering': ('order', 'pk'),
            },
        ),
    ]
