"""Publication by the clock, re-assessment, plans of interpretation, particulars of columns."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('disclosure', '0004_importing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('keep', '维持不公开'), ('disclose', '转为主动公开')], max_length=8, verbose_name='评估结论')),
                ('reason', models.CharField(max_length=500, verbose_name='理由')),
                ('who', models.CharField(max_length=120)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('next_on', models.DateField(null=True, verbose_name='下次评估日期')),
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outline', models.TextField(blank=True, max_length=2000, verbose_name='解读提纲')),
                ('forms', models.JSONField(blank=True, default=list, verbose_name='解读形式')),
                ('channels', models.CharField(blank=True, max_length=200, verbose_name='发布渠道')),
                ('planned_on', models.DateField(blank=True, null=True, verbose_name='解读时间')),
                ('responsible', models.CharField(blank=True, max_length=60, verbose_name='责任人')),
                ('lead', models.CharField(blank=True, max_length=60, verbose_name='第一解读人')),
                ('touched_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': '解读方案',
                'verbose_name_plural': '解读方案',
            },
        ),
        migrations.AddField(
            model_name='record',
            name='particulars',
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict, verbose_name='栏目要素'),
        ),
        migrations.AddField(
            model_name='record',
            name='publish_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='定时发布'),
        ),
        migrations.AddField(
            model_name='record',
            name='reassess_on',
            field=models.DateField(editable=False, null=True, verbose_name='重新评估日期'),
        ),
        migrations.AlterField(
            model_name='fileevent',
            name='kind',
            field=models.CharField(choices=[('drafted', '起草'), ('edited', '修改'), ('submitted', '送审'), ('passed', '通过'), ('returned', '退回'), ('forced', '应急发布'), ('ratified', '追认'), ('published', '发布'), ('withdrawn', '撤回'), ('imported', '迁移'), ('scheduled', '定时发布'), ('unscheduled', '取消定时')], max_length=12),
        ),
        migrations.AlterField(
            model_name='link',
            name='kind',
            field=models.CharField(choices=[('interprets', '解读'), ('related', '相关'), ('amends', '修改'), ('repeals', '废止'), ('consults', '征求意见')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(condition=models.Q(('publish_at__isnull', False)), fields=['publish_at'], name='record_scheduled'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(condition=models.Q(('reassess_on__isnull', False)), fields=['reassess_on'], name='record_reassess'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='disclosure.record'),
        ),
        migrations.AddField(
            model_name='plan',
            name='record',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='plan', to='disclosure.record', verbose_name='文件'),
        ),
    ]
