"""Tickets have an agent, a clock and a history, lead to a problem, a device and (by keyed hash) a person, and are rated."""

import dauchan.people.encryption
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

STAYS = """
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON helpdesk_ticketevent
    FOR EACH ROW EXECUTE FUNCTION stays_as_it_is('the history of a ticket', 'DELETE UPDATE');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('helpdesk', '0002_sealed_words'),
        ('knowledge', '0001_initial'),
        ('units', '0010_rows_that_stay_till_retention'),
        ('venues', '0008_poster_readings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TicketEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('mark', models.CharField(blank=True, max_length=40)),
                ('planned_at', models.DateTimeField(null=True)),
                ('kind', models.CharField(choices=[('opened', 'Tiếp nhận'), ('taken', 'Nhận việc'), ('handed', 'Giao người khác'), ('noted', 'Ghi chú nội bộ'), ('answered', 'Trả lời'), ('reopened', 'Người gửi hỏi lại'), ('rated', 'Người gửi đánh giá'), ('reminded', 'Nhắc hạn'), ('recounted', 'Tính lại hạn')], max_length=10)),
                ('words', dauchan.people.encryption.EncryptedTextField(blank=True, default='')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='ticket',
            name='agent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ticket',
            name='article',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='knowledge.article'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='began_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='channel',
            field=models.CharField(choices=[('page', 'Trang hỗ trợ'), ('phone', 'Điện thoại'), ('scan', 'Lượt quét hỏng'), ('gate', 'Thiết bị tại cổng')], db_default='page', default='page', max_length=8),
        ),
        migrations.AddField(
            model_name='ticket',
            name='device',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tickets', to='venues.gatedevice'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='due_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='is_provisional',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='ticket',
            name='language',
            field=models.CharField(db_default='vi', default='vi', max_length=5),
        ),
        migrations.AddField(
            model_name='ticket',
            name='opened_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ticket',
            name='person_hash',
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='rated_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='rating',
            field=models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Chưa giúp được'), (2, 'Giúp được một phần'), (3, 'Đã xong việc')], null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3)]),
        ),
        migrations.AddField(
            model_name='ticket',
            name='reminders',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='ticket',
            name='reopened',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='ticket',
            name='revision',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='ticket',
            name='scan_reason',
            field=models.CharField(blank=True, db_default='', default='', max_length=30),
        ),
        migrations.AddField(
            model_name='ticket',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='ticket',
            name='status',
            field=models.CharField(choices=[('open', 'Đang chờ'), ('taken', 'Đang xử lý'), ('answered', 'Đã trả lời')], default='open', max_length=10),
        ),
        migrations.AlterField(
            model_name='ticket',
            name='topic',
            field=models.CharField(choices=[('cannot_scan', 'Không quét được mã'), ('wrong_place', 'Mã hiện sai tên hoặc địa chỉ'), ('no_message', 'Không nhận được tin nhắn mã xác nhận'), ('registration', 'Đăng ký địa điểm, in bảng mã'), ('gate', 'Thiết bị quét tại cổng'), ('phone', 'Mất máy, đổi số, mã cá nhân, thẻ'), ('other', 'Việc khác')], max_length=20, verbose_name='Bạn cần giúp việc gì'),
        ),
        migrations.CreateModel(
            name='HelpClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(unique=True)),
                ('instrument', models.CharField(max_length=120)),
                ('remind_before', models.PositiveSmallIntegerField()),
                ('remind_every', models.PositiveSmallIntegerField()),
                ('reminders', models.PositiveSmallIntegerField()),
                ('is_verified', models.BooleanField(default=False)),
                ('note_vi', models.CharField(blank=True, max_length=300)),
                ('note_en', models.CharField(blank=True, max_length=300)),
                ('days', models.PositiveSmallIntegerField()),
                ('days_reopened', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['-valid_from'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('days__gt', 0), ('days_reopened__gt', 0), ('remind_every__gt', 0)), name='help_clock_runs')],
            },
        ),
        migrations.AddField(
            model_name='ticket',
            name='clock',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='helpdesk.helpclock'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('person_hash__isnull', False)), fields=['person_hash'], name='ticket_by_person'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['opened_at'], name='ticket_by_time'),
        ),
        migrations.AddField(
            model_name='ticketevent',
            name='officer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ticketevent',
            name='ticket',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='helpdesk.ticket'),
        ),
        migrations.AddField(
            model_name='ticketevent',
            name='to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='ticketevent',
            constraint=models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('ticket', 'mark'), name='ticket_clock_strikes_once'),
        ),
        migrations.RunSQL(STAYS, 'DROP TRIGGER stays ON helpdesk_ticketevent;'),
    ]
