"""Reports of any place, followed, merged and answered in time; their history that stays; photographs."""

import dauchan.oversight.history_models
import dauchan.oversight.models
import dauchan.people.encryption
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dauchan.oversight.sql import script


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0001_initial'),
        ('people', '0003_cards'),
        ('units', '0004_calendar_day'),
        ('venues', '0008_poster_readings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='began_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddField(
            model_name='report',
            name='due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='escalated_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='report',
            name='is_provisional',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='report',
            name='language',
            field=models.CharField(db_default='vi', default='vi', max_length=5),
        ),
        migrations.AddField(
            model_name='report',
            name='lat',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='lon',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='oversight.report'),
        ),
        migrations.AddField(
            model_name='report',
            name='outcome',
            field=models.CharField(blank=True, choices=[('mended', 'Đúng như phản ánh, đã khắc phục'), ('warned', 'Đúng như phản ánh, đã nhắc nhở, hẹn thời hạn khắc phục'), ('inspected', 'Đúng như phản ánh, đã kiểm tra, lập biên bản'), ('registered', 'Địa điểm chưa đăng ký, đã hướng dẫn đăng ký'), ('unfounded', 'Đã kiểm tra, không như phản ánh'), ('gone', 'Địa điểm không còn hoạt động'), ('not_ours', 'Không thuộc thẩm quyền, đã chỉ dẫn nơi giải quyết'), ('unclear', 'Không đủ thông tin để kiểm tra'), ('idle', 'Không phải phản ánh về việc quét mã')], db_default='', default='', max_length=12),
        ),
        migrations.AddField(
            model_name='report',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='report',
            name='phone',
            field=dauchan.people.encryption.EncryptedTextField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='place',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='report',
            name='place_key',
            field=dauchan.oversight.models.PlaceKeyField(db_default='', default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='report',
            name='reminders',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='report',
            name='reopen_words',
            field=models.TextField(blank=True, db_default='', default='', max_length=1000),
        ),
        migrations.AddField(
            model_name='report',
            name='reopened_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name='report',
            name='stars',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='report',
            name='status',
            field=models.CharField(choices=[('received', 'Đã tiếp nhận'), ('accepted', 'Đang xử lý'), ('reopened', 'Người dân yêu cầu xem lại'), ('answered', 'Đã trả lời'), ('merged', 'Đã gộp')], default='received', max_length=10),
        ),
        migrations.AlterField(
            model_name='report',
            name='venue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='venues.venue'),
        ),
        migrations.CreateModel(
            name='ReportEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('filed', 'Người dân gửi phản ánh'), ('accepted', 'Tiếp nhận'), ('passed', 'Chuyển cho đơn vị khác'), ('merged', 'Gộp vào phản ánh khác'), ('answered', 'Trả lời'), ('reopened', 'Người dân yêu cầu xem lại'), ('rated', 'Người dân chấm điểm'), ('noted', 'Ghi chú nội bộ'), ('named', 'Gắn với địa điểm đã đăng ký'), ('published', 'Công khai ảnh'), ('withdrawn', 'Rút ảnh đã công khai'), ('reminded', 'Nhắc việc'), ('escalated', 'Báo lên cấp trên'), ('recounted', 'Tính lại hạn')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('words', models.CharField(blank=True, max_length=2000)),
                ('outcome', models.CharField(blank=True, choices=[('mended', 'Đúng như phản ánh, đã khắc phục'), ('warned', 'Đúng như phản ánh, đã nhắc nhở, hẹn thời hạn khắc phục'), ('inspected', 'Đúng như phản ánh, đã kiểm tra, lập biên bản'), ('registered', 'Địa điểm chưa đăng ký, đã hướng dẫn đăng ký'), ('unfounded', 'Đã kiểm tra, không như phản ánh'), ('gone', 'Địa điểm không còn hoạt động'), ('not_ours', 'Không thuộc thẩm quyền, đã chỉ dẫn nơi giải quyết'), ('unclear', 'Không đủ thông tin để kiểm tra'), ('idle', 'Không phải phản ánh về việc quét mã')], max_length=12)),
                ('due_at', models.DateTimeField(null=True)),
                ('mark', models.CharField(blank=True, max_length=40)),
                ('planned_at', models.DateTimeField(null=True)),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='oversight.report')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('of_answer', models.BooleanField(default=False)),
                ('sealed', models.FileField(blank=True, upload_to=dauchan.oversight.history_models.sealed_path)),
                ('boxes', models.JSONField(null=True)),
                ('kept_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('published', models.FileField(blank=True, upload_to=dauchan.oversight.history_models.published_path)),
                ('published_at', models.DateTimeField(null=True)),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='oversight.report')),
            ],
            options={
                'ordering': ['of_answer', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(unique=True)),
                ('instrument', models.CharField(max_length=120)),
                ('days', models.PositiveSmallIntegerField()),
                ('days_reopened', models.PositiveSmallIntegerField()),
                ('remind_before', models.PositiveSmallIntegerField()),
                ('remind_every', models.PositiveSmallIntegerField()),
                ('reminders', models.PositiveSmallIntegerField()),
                ('reopen_days', models.PositiveSmallIntegerField()),
                ('merge_metres', models.PositiveSmallIntegerField()),
                ('merge_days', models.PositiveSmallIntegerField()),
                ('border_metres', models.PositiveSmallIntegerField()),
                ('photo_days', models.PositiveSmallIntegerField()),
                ('is_verified', models.BooleanField(default=False)),
                ('note_vi', models.CharField(blank=True, max_length=300)),
                ('note_en', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['-valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('days__gt', 0), ('days_reopened__gt', 0), ('remind_every__gt', 0), ('reminders__gt', 0)), name='report_rule_runs')],
            },
        ),
        migrations.AddField(
            model_name='report',
            name='clock',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='oversight.reportrule'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('status__in', ('received', 'accepted', 'reopened'))), fields=['due_at'], name='report_running'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('status', 'answered')), fields=['-answered_at'], name='report_answered'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('person__isnull', False)), fields=['person'], name='report_by_person'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lon__isnull', True)), models.Q(('lat__range', (-90, 90)), ('lon__range', (-180, 180))), _connector='OR'), name='report_point_on_earth'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('stars__isnull', True), ('stars__range', (1, 5)), _connector='OR'), name='report_stars_1_to_5'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('status', 'merged')), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='report_merged_into_one'),
        ),
        migrations.AddConstraint(
            model_name='reportevent',
            constraint=models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('report', 'mark'), name='report_clock_strikes_once'),
        ),
        migrations.RunSQL(script('0002_history_stays.sql'), 'DROP FUNCTION report_history_stays CASCADE;'),
    ]
