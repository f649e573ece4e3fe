"""What the doctrine lays down besides the period: later generations, 24 hours, tails by kind of place, crowds, follow-up."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracing', '0008_run_grows'),
    ]

    operations = [
        migrations.AddField(
            model_name='doctrinerule',
            name='crowd_limit',
            field=models.PositiveIntegerField(db_default=150, default=150),
        ),
        migrations.AddField(
            model_name='doctrinerule',
            name='follow_up_days',
            field=models.PositiveSmallIntegerField(db_default=14, default=14),
        ),
        migrations.AddField(
            model_name='doctrinerule',
            name='later_min_overlap_minutes',
            field=models.CharField(blank=True, db_default='', max_length=40, validators=[django.core.validators.RegexValidator('^[0-9]+( [0-9]+)*$')]),
        ),
        migrations.AddField(
            model_name='doctrinerule',
            name='per_24_hours',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='doctrinerule',
            name='test_days',
            field=models.CharField(blank=True, db_default='', max_length=40, validators=[django.core.validators.RegexValidator('^[0-9]+( [0-9]+)*$')]),
        ),
        migrations.CreateModel(
            name='AerosolTail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('setting', models.CharField(choices=[('indoor', 'trong nhà'), ('outdoor', 'ngoài trời'), ('vehicle', 'trên phương tiện')], max_length=10)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tails', to='tracing.doctrinerule')),
            ],
            options={
                'ordering': ['rule', 'setting'],
                'constraints': [models.UniqueConstraint(fields=('rule', 'setting'), name='aerosol_tail_once_a_setting')],
            },
        ),
    ]
