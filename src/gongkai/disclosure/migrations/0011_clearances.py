"""Personal data that an office clears for publication, and the clearances of each version."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0010_discarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='version',
            name='clearances',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('label', models.CharField(max_length=30)),
                ('text', models.CharField(max_length=200)),
                ('masked', models.CharField(max_length=200)),
                ('ground', models.CharField(choices=[('duty', '履行职责的公务联系方式'), ('consent', '本人书面同意公开'), ('law', '法律、法规要求公开'), ('other', '其他')], max_length=8, verbose_name='依据')),
                ('reason', models.CharField(max_length=200, verbose_name='说明')),
                ('who', models.CharField(max_length=120)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=120)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clearances', to='disclosure.record')),
                ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('record', 'kind', 'text'), name='one_clearance_at_a_time')],
            },
        ),
    ]
