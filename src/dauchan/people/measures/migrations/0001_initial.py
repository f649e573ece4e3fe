"""Measures with staff, which stay as they were recorded."""

import dauchan.people.encryption
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dauchan.people.measures.sql import script


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('roster', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('instructed', 'Quán triệt, hướng dẫn'), ('reminded', 'Nhắc nhở'), ('criticised', 'Phê bình'), ('emulation', 'Xem xét khi bình xét thi đua'), ('discipline', 'Chuyển xem xét kỷ luật theo quy định')], max_length=10, verbose_name='Hình thức')),
                ('taken_on', models.DateField(verbose_name='Ngày thực hiện')),
                ('words', dauchan.people.encryption.EncryptedTextField(verbose_name='Nội dung')),
                ('group', models.CharField(blank=True, max_length=80)),
                ('people', models.PositiveSmallIntegerField()),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='roster.agency')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdraws', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawn_by', to='measures.measure')),
            ],
            options={
                'ordering': ['-taken_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MeasuredMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member_id', models.BigIntegerField()),
                ('full_name', dauchan.people.encryption.EncryptedTextField(verbose_name='Họ và tên')),
                ('employee_number', models.CharField(max_length=20)),
                ('kept_until', models.DateField()),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='measures.measure')),
            ],
            options={
                'ordering': ['employee_number'],
            },
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(fields=['agency', '-taken_on'], name='measure_by_agency'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('people__gt', 0)), name='measure_with_somebody'),
        ),
        migrations.AddIndex(
            model_name='measuredmember',
            index=models.Index(fields=['kept_until'], name='measured_member_until'),
        ),
        migrations.AddConstraint(
            model_name='measuredmember',
            constraint=models.UniqueConstraint(fields=('measure', 'member_id'), name='measured_member_once'),
        ),
        migrations.RunSQL(script('0001_measures_stay.sql'), 'DROP FUNCTION measures_stay CASCADE;'),
    ]
