"""Word to owners about decisions; the log of it is never shortened, and what has gone out is never reworded."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

STAYS = """
CREATE TRIGGER stays BEFORE DELETE ON owner_notices_ownernotice
    FOR EACH ROW EXECUTE FUNCTION stays_as_it_is('what an owner was told');
CREATE TRIGGER stays_worded BEFORE UPDATE ON owner_notices_ownernotice
    FOR EACH ROW WHEN (OLD.text IS DISTINCT FROM NEW.text OR OLD.source IS DISTINCT FROM NEW.source
                       OR (OLD.sent_at IS NOT NULL AND OLD.sent_at IS DISTINCT FROM NEW.sent_at))
    EXECUTE FUNCTION stays_as_it_is('what an owner was told');
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0003_cards'),
        ('units', '0005_rows_that_stay'),
        ('venues', '0008_poster_readings'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnerNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=480)),
                ('state', models.CharField(choices=[('waiting', 'Chờ gửi'), ('unsure', 'Không rõ đã đến chưa'), ('sent', 'Đã gửi'), ('failed', 'Nhà mạng không nhận'), ('skipped', 'Không gửi')], default='waiting', max_length=8)),
                ('sent_at', models.DateTimeField(null=True)),
                ('subject', models.CharField(choices=[('warning', 'Nhắc nhở'), ('fine', 'Đề nghị xử phạt'), ('suspension', 'Tạm đình chỉ'), ('lifting', 'Gỡ bỏ tạm đình chỉ'), ('expired', 'Hết thời hạn tạm đình chỉ'), ('paused', 'Tạm ngừng thi hành'), ('resumed', 'Tiếp tục thi hành'), ('settled', 'Xác nhận đã khắc phục vi phạm'), ('appeal', 'Kết quả khiếu nại'), ('measures', 'Yêu cầu khắc phục sau kiểm tra'), ('due', 'Nhắc hạn khắc phục'), ('back', 'Chưa đạt, khắc phục tiếp'), ('mended', 'Xác nhận đã khắc phục')], max_length=12)),
                ('source', models.CharField(max_length=40)),
                ('why', models.CharField(blank=True, choices=[('no_phone', 'chưa xác nhận số điện thoại'), ('many', 'hôm nay đã nhận nhiều tin')], max_length=10)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('goes_out_at', models.DateTimeField()),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='venues.venue')),
            ],
            options={
                'ordering': ['made_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['goes_out_at'], name='owner_notice_waiting'), models.Index(fields=['source'], name='owner_notice_by_source'), models.Index(fields=['person', '-sent_at'], name='owner_notice_by_person'), models.Index(fields=['venue', '-made_at'], name='owner_notice_by_venue'), models.Index(fields=['-sent_at'], name='owner_notice_by_day')],
            },
        ),
        migrations.RunSQL(STAYS, "DROP TRIGGER stays ON owner_notices_ownernotice; DROP TRIGGER stays_worded ON owner_notices_ownernotice"),
    ]
