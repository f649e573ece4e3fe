"""Rounds, records that stay as they were signed, measures with their clocks."""

import dauchan.oversight.inspections.measure_models
import dauchan.oversight.inspections.record_models
import dauchan.people.encryption
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dauchan.oversight.inspections.sql import script


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0004_calendar_day'),
        ('venues', '0008_poster_readings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client_id', models.UUIDField(unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('took_part', models.JSONField(default=list)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('accuracy_m', models.FloatField(null=True)),
                ('metres', models.PositiveIntegerField(null=True)),
                ('checks', models.JSONField(default=dict)),
                ('poster_verdict', models.CharField(blank=True, choices=[('current', 'Mã thật, bản hiện hành'), ('outdated', 'Mã thật, bản cũ đã được thay'), ('elsewhere', 'Mã thật của địa điểm khác'), ('forged', 'Mã giả hoặc mã nhái'), ('foreign', 'Không phải mã của hệ thống')], max_length=10)),
                ('poster_version', models.PositiveSmallIntegerField(null=True)),
                ('count_id', models.UUIDField(null=True)),
                ('counted_entered', models.PositiveIntegerField(null=True)),
                ('counted_scanned', models.PositiveIntegerField(null=True)),
                ('counted_seconds', models.PositiveIntegerField(null=True)),
                ('words', models.TextField(blank=True, max_length=2000)),
                ('representative', dauchan.people.encryption.EncryptedTextField(default='')),
                ('representative_position', models.CharField(blank=True, max_length=80)),
                ('statement', dauchan.people.encryption.EncryptedTextField(default='')),
                ('refusal', models.CharField(blank=True, max_length=300)),
                ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='inspections.inspection')),
                ('inspector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('poster_reading', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='venues.posterreading')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='units.unit')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='venues.venue')),
            ],
            options={
                'ordering': ['-began_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='InspectionFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.CharField(choices=[('no_qr_posted', 'Không đặt, dán bảng mã QR'), ('wrong_location', 'Thông tin địa điểm trên mã không chính xác'), ('unscannable', 'Mã QR không quét được'), ('not_enforced', 'Có mã nhưng không ai nhắc khách quét'), ('wrong_system', 'Dán mã của ứng dụng đã ngừng dùng'), ('wrong_size', 'Bảng mã quá nhỏ hoặc đặt chỗ khó quét'), ('not_registered', 'Địa điểm chưa đăng ký')], max_length=20)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='inspections.inspection')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='InspectionPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of_poster', models.BooleanField(default=False)),
                ('image', models.ImageField(upload_to=dauchan.oversight.inspections.record_models.picture_path)),
                ('finding', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='inspections.inspectionfinding')),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='inspections.inspection')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=500)),
                ('days', models.PositiveSmallIntegerField()),
                ('began_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('is_provisional', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('open', 'Chờ khắc phục'), ('answered', 'Chủ địa điểm báo đã khắc phục'), ('mended', 'Đã khắc phục'), ('lifted', 'Không còn yêu cầu')], default='open', max_length=10)),
                ('answered_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('overdue_at', models.DateTimeField(null=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('finding', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='inspections.inspectionfinding')),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='inspections.inspection')),
            ],
            options={
                'ordering': ['due_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeasureEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('required', 'Yêu cầu khắc phục'), ('answered', 'Chủ địa điểm báo đã khắc phục'), ('mended', 'Xác nhận đã khắc phục'), ('returned', 'Chưa đạt, yêu cầu làm tiếp'), ('lifted', 'Bỏ yêu cầu'), ('overdue', 'Quá hạn'), ('reminded', 'Nhắc việc'), ('recounted', 'Tính lại hạn')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_owner', models.BooleanField(default=False)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('due_at', models.DateTimeField()),
                ('mark', models.CharField(blank=True, max_length=40)),
                ('planned_at', models.DateTimeField(null=True)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='inspections.measure')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeasurePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.ImageField(upload_to=dauchan.oversight.inspections.measure_models.picture_path)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='inspections.measureevent')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RecordNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40)),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('inspection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='numbered', to='inspections.inspection')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='Tên đợt kiểm tra')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='Số kế hoạch, quyết định')),
                ('first_on', models.DateField()),
                ('until_on', models.DateField()),
                ('words', models.CharField(blank=True, max_length=1000, verbose_name='Nội dung, yêu cầu')),
                ('state', models.CharField(choices=[('open', 'Đang thực hiện'), ('closed', 'Đã kết thúc'), ('cancelled', 'Đã hủy')], default='open', max_length=10)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_words', models.CharField(blank=True, max_length=500)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspection_rounds', to='units.unit')),
            ],
            options={
                'ordering': ['-first_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.CharField(max_length=64)),
                ('method', models.CharField(max_length=20)),
                ('pool', models.JSONField()),
                ('chosen', models.JSONField()),
                ('drawn_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='inspections.round')),
            ],
            options={
                'ordering': ['drawn_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signer', models.CharField(choices=[('inspector', 'Người kiểm tra'), ('owner', 'Đại diện địa điểm'), ('witness', 'Người chứng kiến')], max_length=10)),
                ('name', dauchan.people.encryption.EncryptedTextField(default='')),
                ('about', models.CharField(blank=True, max_length=80)),
                ('strokes', dauchan.people.encryption.EncryptedTextField(default='')),
                ('at', models.DateTimeField()),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='inspections.inspection')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Stop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0)),
                ('chosen_by', models.CharField(choices=[('risk', 'Theo điểm rủi ro'), ('lot', 'Bốc thăm ngẫu nhiên'), ('referral', 'Theo phiếu chuyển xử lý'), ('report', 'Theo phản ánh'), ('again', 'Kiểm tra lại'), ('officer', 'Cán bộ chọn')], max_length=10)),
                ('source', models.CharField(blank=True, max_length=40)),
                ('score', models.PositiveSmallIntegerField(default=0)),
                ('parts', models.JSONField(default=list)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('dropped_words', models.CharField(blank=True, max_length=300)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stops', to='inspections.round')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspection_stops', to='venues.venue')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='inspection',
            name='stop',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='inspections.stop'),
        ),
        migrations.CreateModel(
            name='Supplement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(max_length=2000)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supplements', to='inspections.inspection')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['written_at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='inspectionfinding',
            name='supplement',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='inspections.supplement'),
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leads', models.BooleanField(default=False)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspection_teams', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='inspections.round')),
            ],
            options={
                'ordering': ['-leads', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='inspections.inspectionfinding')),
                ('supplement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='inspections.supplement')),
            ],
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='measure_running'),
        ),
        migrations.AddConstraint(
            model_name='measureevent',
            constraint=models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('measure', 'mark'), name='measure_clock_strikes_once'),
        ),
        migrations.AddConstraint(
            model_name='recordnumber',
            constraint=models.UniqueConstraint(fields=('unit', 'number'), name='inspection_number_once_a_unit'),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['unit', 'state', '-first_on'], name='inspection_round_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('first_on'))), name='inspection_round_not_inverted'),
        ),
        migrations.AddIndex(
            model_name='stop',
            index=models.Index(fields=['venue'], name='inspection_stop_by_venue'),
        ),
        migrations.AddConstraint(
            model_name='stop',
            constraint=models.UniqueConstraint(fields=('round', 'venue'), name='inspection_stop_once'),
        ),
        migrations.AddIndex(
            model_name='inspection',
            index=models.Index(fields=['venue', '-began_at'], name='inspection_by_venue'),
        ),
        migrations.AddIndex(
            model_name='inspection',
            index=models.Index(fields=['unit', '-began_at'], name='inspection_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.UniqueConstraint(condition=models.Q(('stop__isnull', False)), fields=('stop',), name='inspection_stop_done_once'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__gte', models.F('began_at'))), name='inspection_not_inverted'),
        ),
        migrations.AddIndex(
            model_name='inspectionfinding',
            index=models.Index(fields=['finding'], name='inspection_finding_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='teammember',
            constraint=models.UniqueConstraint(fields=('round', 'officer'), name='team_member_once'),
        ),
        migrations.AddConstraint(
            model_name='teammember',
            constraint=models.UniqueConstraint(condition=models.Q(('leads', True)), fields=('round',), name='team_has_one_leader'),
        ),
        migrations.RunSQL(script('0001_records_stay.sql'), 'DROP FUNCTION inspection_record_stays CASCADE'),
    ]
