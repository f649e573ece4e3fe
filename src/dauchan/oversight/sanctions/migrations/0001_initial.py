"""Sanctions, their history that stays, legal bases, appeals."""

import dauchan.oversight.sanctions.history_models
import dauchan.people.encryption
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dauchan.oversight.sanctions.sql import script


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0004_calendar_day'),
        ('venues', '0008_poster_readings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AppealClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(unique=True)),
                ('instrument', models.CharField(max_length=120)),
                ('days_to_appeal', models.PositiveSmallIntegerField()),
                ('days_to_answer', models.PositiveSmallIntegerField()),
                ('remind_before', models.PositiveSmallIntegerField()),
                ('remind_every', models.PositiveSmallIntegerField()),
                ('reminders', models.PositiveSmallIntegerField()),
                ('is_verified', models.BooleanField(default=False)),
                ('note_vi', models.CharField(blank=True, max_length=300)),
                ('note_en', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['-valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('days_to_answer__gt', 0), ('days_to_appeal__gt', 0), ('remind_every__gt', 0), ('reminders__gt', 0)), name='appeal_clock_runs')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filed_at', models.DateTimeField()),
                ('words', dauchan.people.encryption.EncryptedTextField(verbose_name='Nội dung khiếu nại')),
                ('due_at', models.DateTimeField()),
                ('is_provisional', models.BooleanField(default=False)),
                ('is_suspensive', models.BooleanField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'Giữ nguyên quyết định'), ('changed', 'Sửa đổi quyết định'), ('withdrawn', 'Hủy bỏ quyết định')], max_length=10, verbose_name='Kết quả')),
                ('answer', dauchan.people.encryption.EncryptedTextField(blank=True, default='', verbose_name='Lý do')),
                ('document_number', models.CharField(blank=True, max_length=60, verbose_name='Số và ký hiệu')),
                ('answered_at', models.DateTimeField(null=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('effect_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('escalated_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('clock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sanctions.appealclock')),
            ],
            options={
                'ordering': ['due_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LegalBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_vi', models.CharField(max_length=300, verbose_name='Tên văn bản')),
                ('title_en', models.CharField(blank=True, max_length=300, verbose_name='Tên bằng tiếng Anh')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='Số, ký hiệu')),
                ('article', models.CharField(blank=True, max_length=120, verbose_name='Điều, khoản, điểm')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='Nguồn')),
                ('valid_from', models.DateField(verbose_name='Có hiệu lực từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Hết hiệu lực từ ngày')),
                ('is_verified', models.BooleanField(default=False)),
                ('code', models.SlugField(max_length=40)),
                ('kinds', models.CharField(max_length=60, verbose_name='Dùng cho')),
                ('note_vi', models.CharField(blank=True, max_length=300, verbose_name='Ghi chú')),
                ('note_en', models.CharField(blank=True, max_length=300)),
                ('position', models.PositiveSmallIntegerField(default=100)),
                ('added_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'ordering': ['position', 'code', 'valid_from'],
            },
        ),
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('warning', 'Nhắc nhở'), ('fine', 'Đề nghị xử phạt'), ('suspension', 'Tạm đình chỉ'), ('lifting', 'Gỡ bỏ tạm đình chỉ')], max_length=10, verbose_name='Hình thức')),
                ('state', models.CharField(choices=[('waiting', 'Chờ phê duyệt'), ('returned', 'Trả lại, không phê duyệt'), ('dropped', 'Đã rút dự thảo'), ('in_force', 'Có hiệu lực'), ('settled', 'Đã khắc phục'), ('lifted', 'Đã gỡ bỏ'), ('expired', 'Đã hết thời hạn'), ('replaced', 'Được thay bằng quyết định khác'), ('revoked', 'Đã hủy bỏ')], default='waiting', max_length=10)),
                ('findings', models.JSONField(default=list, verbose_name='Vi phạm')),
                ('facts', models.CharField(max_length=1000, verbose_name='Nội dung vi phạm')),
                ('demands', models.CharField(blank=True, max_length=1000, verbose_name='Yêu cầu khắc phục')),
                ('clause', models.CharField(blank=True, max_length=300, verbose_name='Điều, khoản cụ thể')),
                ('until_at', models.DateTimeField(blank=True, null=True, verbose_name='Đến')),
                ('condition', models.CharField(blank=True, max_length=500, verbose_name='Điều kiện gỡ bỏ')),
                ('forwarded_to', models.CharField(blank=True, max_length=200, verbose_name='Chuyển đến')),
                ('amount', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='Mức đề nghị')),
                ('amount_basis', models.CharField(blank=True, max_length=300, verbose_name='Căn cứ của mức đề nghị')),
                ('document_number', models.CharField(blank=True, max_length=60, verbose_name='Số và ký hiệu')),
                ('signing_title', models.CharField(blank=True, max_length=80, verbose_name='Chức vụ người ký')),
                ('signer', models.CharField(blank=True, max_length=80, verbose_name='Họ tên người ký')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='Ngày ký')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_note', models.CharField(blank=True, max_length=300, verbose_name='Ý kiến')),
                ('in_force_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('is_paused', models.BooleanField(default=False)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('mended_at', models.DateTimeField(null=True)),
                ('appeal_until_at', models.DateTimeField(null=True)),
                ('earlier_warnings', models.PositiveSmallIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('by_appeal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sanctions.appeal')),
                ('clock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sanctions.appealclock')),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='sanctions.sanction')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issuer_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('lifts', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lifted_by', to='sanctions.sanction')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sanctions', to='units.unit')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sanctions', to='venues.venue')),
            ],
            options={
                'ordering': ['-proposed_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='appeal',
            name='sanction',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='sanctions.sanction'),
        ),
        migrations.CreateModel(
            name='SanctionBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_vi', models.CharField(max_length=300, verbose_name='Tên văn bản')),
                ('title_en', models.CharField(blank=True, max_length=300, verbose_name='Tên bằng tiếng Anh')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='Số, ký hiệu')),
                ('article', models.CharField(blank=True, max_length=120, verbose_name='Điều, khoản, điểm')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='Nguồn')),
                ('valid_from', models.DateField(verbose_name='Có hiệu lực từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Hết hiệu lực từ ngày')),
                ('is_verified', models.BooleanField(default=False)),
                ('basis', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sanctions.legalbasis')),
                ('sanction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bases', to='sanctions.sanction')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SanctionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proposed', 'Lập dự thảo, trình phê duyệt'), ('issued', 'Ban hành'), ('approved', 'Phê duyệt, có hiệu lực'), ('returned', 'Trả lại, không phê duyệt'), ('dropped', 'Rút dự thảo'), ('numbered', 'Ghi số văn bản, người ký'), ('acknowledged', 'Chủ địa điểm đã nhận'), ('mended', 'Chủ địa điểm báo đã khắc phục'), ('settled', 'Xác nhận đã khắc phục'), ('appealed', 'Chủ địa điểm khiếu nại'), ('paused', 'Tạm ngừng thi hành trong lúc giải quyết khiếu nại'), ('resumed', 'Tiếp tục thi hành'), ('answered', 'Giải quyết khiếu nại'), ('lifted', 'Được gỡ bỏ'), ('expired', 'Hết thời hạn'), ('replaced', 'Được thay bằng quyết định khác'), ('revoked', 'Hủy bỏ'), ('noted', 'Ghi chú'), ('reminded', 'Nhắc việc giải quyết khiếu nại'), ('escalated', 'Báo lên cấp trên'), ('recounted', 'Tính lại hạn')], max_length=12)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_owner', models.BooleanField(default=False)),
                ('words', dauchan.people.encryption.EncryptedTextField(blank=True, default='')),
                ('mark', models.CharField(blank=True, max_length=40)),
                ('planned_at', models.DateTimeField(null=True)),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sanctions.sanction')),
                ('sanction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='sanctions.sanction')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SanctionGround',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('text_vi', models.CharField(max_length=600)),
                ('text_en', models.CharField(blank=True, max_length=600)),
                ('on', models.DateField()),
                ('sanction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grounds', to='sanctions.sanction')),
            ],
            options={
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SanctionPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.ImageField(upload_to=dauchan.oversight.sanctions.history_models.picture_path)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='sanctions.sanctionevent')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SuspensionAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('raised_at', models.DateTimeField()),
                ('step', models.CharField(choices=[('proposed', 'đề xuất'), ('approved', 'phê duyệt')], max_length=10)),
                ('suspensions', models.PositiveIntegerField()),
                ('officers', models.PositiveSmallIntegerField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='Kết luận')),
                ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'ordering': ['-raised_at'],
            },
        ),
        migrations.AddConstraint(
            model_name='legalbasis',
            constraint=models.UniqueConstraint(fields=('code', 'valid_from'), name='sanction_basis_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='legalbasis',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='sanction_basis_not_inverted'),
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(fields=['unit', 'state', '-proposed_at'], name='sanction_by_unit'),
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(fields=['venue', '-proposed_at'], name='sanction_by_venue'),
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(condition=models.Q(('kind', 'suspension'), ('state', 'in_force')), fields=['until_at'], name='sanction_ends'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('venue', 'kind'), name='sanction_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'suspension'), ('state', 'in_force')), fields=('venue',), name='sanction_one_suspension'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'suspension'), _negated=True), ('until_at__isnull', False), models.Q(('condition', ''), _negated=True), _connector='OR'), name='suspension_says_how_it_ends'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('suspension', 'lifting')), _negated=True), ('state__in', ['waiting', 'returned', 'dropped']), ('by_appeal__isnull', False), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='sanction_second_person'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('suspension', 'lifting')), _negated=True), ('state__in', ['waiting', 'returned', 'dropped']), models.Q(('document_number', ''), _negated=True), _connector='OR'), name='sanction_names_its_document'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'lifting'), _negated=True), ('lifts__isnull', False), _connector='OR'), name='lifting_names_what_it_lifts'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), models.Q(('kind', 'fine'), models.Q(('amount_basis', ''), _negated=True)), _connector='OR'), name='sanction_amount_has_a_basis'),
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(condition=models.Q(('outcome', '')), fields=['due_at'], name='sanction_appeal_open'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='sanction_appeal_answered_in_full'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('filed_at'))), name='sanction_appeal_not_inverted'),
        ),
        migrations.AddConstraint(
            model_name='sanctionevent',
            constraint=models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('sanction', 'mark'), name='sanction_clock_strikes_once'),
        ),
        migrations.AddIndex(
            model_name='sanctionground',
            index=models.Index(fields=['source'], name='sanction_by_source'),
        ),
        migrations.AddConstraint(
            model_name='sanctionground',
            constraint=models.UniqueConstraint(fields=('sanction', 'source'), name='sanction_ground_once'),
        ),
        migrations.RunSQL(
            script('0001_decisions_stay.sql'),
            'DROP FUNCTION sanction_stays, sanction_history_stays, sanction_appeal_stays CASCADE;',
        ),
    ]
