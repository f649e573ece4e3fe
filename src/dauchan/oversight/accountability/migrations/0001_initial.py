"""Explanations of heads and weekly reports, which stay as they are."""

import dauchan.oversight.accountability.models
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dauchan.oversight.accountability.sql import script


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0004_calendar_day'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=2000, verbose_name='Nguyên nhân')),
                ('remedy', models.CharField(max_length=1000, verbose_name='Biện pháp khắc phục')),
                ('promised_on', models.DateField(verbose_name='Hứa hoàn thành trước ngày')),
                ('signed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('signed_by', models.CharField(choices=[('password', 'Mật khẩu nhập lại khi ký'), ('code', 'Mã của lớp xác thực thứ hai')], max_length=8)),
                ('digest', models.CharField(max_length=64)),
                ('head', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'ordering': ['-signed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExplainedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('referral', 'Phiếu chuyển xử lý'), ('report', 'Phản ánh')], max_length=10)),
                ('number', models.PositiveBigIntegerField()),
                ('place', models.CharField(max_length=330)),
                ('what', models.CharField(max_length=120)),
                ('due_at', models.DateTimeField()),
                ('days_over', models.PositiveSmallIntegerField()),
                ('explanation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='accountability.explanation')),
            ],
            options={
                'ordering': ['due_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WeeklyReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_on', models.DateField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('file', models.FileField(upload_to=dauchan.oversight.accountability.models.report_path)),
                ('digest', models.CharField(max_length=64)),
                ('pages', models.PositiveSmallIntegerField()),
                ('figures', models.JSONField(default=dict)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'ordering': ['-first_on'],
            },
        ),
        migrations.CreateModel(
            name='ReportLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to='accountability.weeklyreport')),
            ],
        ),
        migrations.AddIndex(
            model_name='explanation',
            index=models.Index(fields=['unit', '-signed_at'], name='explanation_by_unit'),
        ),
        migrations.AddIndex(
            model_name='explaineditem',
            index=models.Index(fields=['kind', 'number'], name='explained_item_by_number'),
        ),
        migrations.AddConstraint(
            model_name='explaineditem',
            constraint=models.UniqueConstraint(fields=('explanation', 'kind', 'number'), name='explained_item_once'),
        ),
        migrations.AddConstraint(
            model_name='weeklyreport',
            constraint=models.UniqueConstraint(fields=('unit', 'first_on'), name='weekly_report_once'),
        ),
        migrations.AddConstraint(
            model_name='reportlook',
            constraint=models.UniqueConstraint(fields=('report', 'officer'), name='report_look_once'),
        ),
        migrations.RunSQL(script('0001_what_was_signed_stays.sql'), 'DROP FUNCTION accountability_stays CASCADE;'),
    ]
