"""Referrals, their history that stays, their clocks."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dauchan.compliance.referrals.models import picture_path
from dauchan.compliance.referrals.sql import script


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0004_calendar_day'),
        ('venues', '0007_venue_holds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClockRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(unique=True)),
                ('instrument', models.CharField(max_length=120)),
                ('hands_to', models.CharField(choices=[('province', 'Tỉnh, thành phố'), ('district', 'Quận, huyện'), ('commune', 'Phường, xã')], max_length=10)),
                ('days', models.PositiveSmallIntegerField()),
                ('days_returned', models.PositiveSmallIntegerField()),
                ('remind_before', models.PositiveSmallIntegerField()),
                ('remind_every', models.PositiveSmallIntegerField()),
                ('reminders', models.PositiveSmallIntegerField()),
                ('is_verified', models.BooleanField(default=False)),
                ('note_vi', models.CharField(blank=True, max_length=300)),
                ('note_en', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['-valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('days__gt', 0), ('days_returned__gt', 0), ('remind_every__gt', 0), ('reminders__gt', 0)), name='clock_rule_runs')],
            },
        ),
        migrations.CreateModel(
            name='HandOverRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('sign', models.SlugField(max_length=12)),
                ('least_confidence', models.FloatField()),
                ('least_nights', models.PositiveSmallIntegerField()),
                ('is_on', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['sign', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('sign', 'valid_from'), name='hand_over_rule_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('sign', 'Dấu hiệu do hệ thống rà soát'), ('live', 'Dấu hiệu tức thời'), ('report', 'Người dân phản ánh'), ('observation', 'Cán bộ giám sát phát hiện')], max_length=12, verbose_name='Căn cứ')),
                ('sign', models.CharField(blank=True, choices=[('silent', 'Không có lượt quét'), ('fallen', 'Lượt quét giảm mạnh'), ('underused', 'Quét quá ít so với nơi tương tự'), ('misplaced', 'Bảng mã không ở đúng chỗ'), ('unreadable', 'Mã khó đọc'), ('desk_scanned', 'Quét hàng loạt tại bàn'), ('duplicated', 'Một mã ở hai nơi')], max_length=12, verbose_name='Dấu hiệu cụ thể')),
                ('source', models.CharField(blank=True, max_length=40)),
                ('evidence', models.CharField(blank=True, max_length=600)),
                ('evidence_en', models.CharField(blank=True, max_length=600)),
                ('confidence', models.FloatField(null=True)),
                ('since_on', models.DateField(null=True)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('handed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('began_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('is_provisional', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('handed', 'Chờ tiếp nhận'), ('accepted', 'Đang xử lý'), ('returned', 'Trả lại, xử lý tiếp'), ('answered', 'Chờ kết luận'), ('closed', 'Đã kết thúc')], default='handed', max_length=10)),
                ('outcome', models.CharField(blank=True, choices=[('mended', 'Đã khắc phục'), ('wrong', 'Dấu hiệu không đúng, không có vi phạm'), ('inspected', 'Đã kiểm tra, đã lập biên bản'), ('sanction', 'Đã kiểm tra, đề nghị xử lý vi phạm'), ('gone', 'Địa điểm không còn hoạt động'), ('not_ours', 'Không thuộc địa bàn hoặc thẩm quyền'), ('cannot', 'Chưa xử lý được, có lý do')], max_length=10)),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.clockrule')),
                ('escalated_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('handed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='units.unit')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='venues.venue')),
            ],
            options={
                'ordering': ['due_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReferralEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('handed', 'Chuyển xử lý'), ('accepted', 'Tiếp nhận'), ('passed', 'Giao đơn vị trực thuộc'), ('moved', 'Chuyển sang đơn vị khác'), ('answered', 'Đơn vị trả lời'), ('returned', 'Trả lại để xử lý tiếp'), ('closed', 'Kết thúc phiếu'), ('noted', 'Ghi chú, chỉ đạo'), ('reminded', 'Nhắc việc'), ('escalated', 'Báo lên cấp trên'), ('recounted', 'Tính lại hạn'), ('letter', 'Lập công văn đôn đốc')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('words', models.CharField(blank=True, max_length=2000)),
                ('outcome', models.CharField(blank=True, choices=[('mended', 'Đã khắc phục'), ('wrong', 'Dấu hiệu không đúng, không có vi phạm'), ('inspected', 'Đã kiểm tra, đã lập biên bản'), ('sanction', 'Đã kiểm tra, đề nghị xử lý vi phạm'), ('gone', 'Địa điểm không còn hoạt động'), ('not_ours', 'Không thuộc địa bàn hoặc thẩm quyền'), ('cannot', 'Chưa xử lý được, có lý do')], max_length=10)),
                ('due_at', models.DateTimeField()),
                ('mark', models.CharField(blank=True, max_length=40)),
                ('planned_at', models.DateTimeField(null=True)),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='referrals.referral')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReferralPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.ImageField(upload_to=picture_path)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='referrals.referralevent')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['unit', 'state', 'due_at'], name='referral_by_unit'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('state__in', ('handed', 'accepted', 'returned'))), fields=['due_at'], name='referral_running'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['venue', '-handed_at'], name='referral_by_venue'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'closed'), _negated=True), fields=('venue', 'ground', 'sign'), name='referral_once_while_open'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('handed', 'accepted', 'returned')), models.Q(('answered_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='referral_answered_in_words_of_the_list'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('ground', 'sign'), ('sign', ''), _negated=True), name='referral_names_its_sign'),
        ),
        migrations.AddConstraint(
            model_name='referralevent',
            constraint=models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('referral', 'mark'), name='referral_clock_strikes_once'),
        ),
        migrations.RunSQL(script('0001_history_stays.sql'), 'DROP FUNCTION referral_history_stays CASCADE;'),
    ]
