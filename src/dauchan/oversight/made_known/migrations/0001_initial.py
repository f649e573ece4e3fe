"""Templates of materials, messages to owners and their log."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dauchan.oversight.made_known.sql import script


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0003_cards'),
        ('units', '0004_calendar_day'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OptOut',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='people.person')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='MaterialTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sheet', 'Tờ hướng dẫn'), ('loudspeaker', 'Bài phát thanh'), ('picture', 'Ảnh cho mạng xã hội'), ('message', 'Tin nhắn cho chủ địa điểm')], max_length=12)),
                ('audience', models.CharField(blank=True, max_length=40)),
                ('version', models.PositiveSmallIntegerField()),
                ('valid_from', models.DateField()),
                ('title_vi', models.CharField(max_length=120)),
                ('body_vi', models.TextField()),
                ('title_en', models.CharField(max_length=120)),
                ('body_en', models.TextField()),
            ],
            options={
                'ordering': ['kind', 'audience', '-version'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'audience', 'version'), name='material_template_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('prepared_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('goes_out_at', models.DateTimeField(null=True)),
                ('called_off_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('called_off_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='made_known.materialtemplate')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'ordering': ['-prepared_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='OwnerMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('venues', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=480)),
                ('state', models.CharField(choices=[('waiting', 'Chờ gửi'), ('unsure', 'Không rõ đã đến chưa'), ('sent', 'Đã gửi'), ('failed', 'Nhà mạng không nhận'), ('skipped', 'Không gửi')], default='waiting', max_length=8)),
                ('why', models.CharField(blank=True, choices=[('no_phone', 'chưa xác nhận số điện thoại'), ('opted_out', 'đã từ chối nhận tin'), ('lately', 'đã nhận tin trong 7 ngày qua'), ('called_off', 'đợt gửi bị hủy')], max_length=10)),
                ('sent_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('sending', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='made_known.sending')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='sending',
            index=models.Index(fields=['unit', '-prepared_at'], name='sending_by_unit'),
        ),
        migrations.AddIndex(
            model_name='sending',
            index=models.Index(condition=models.Q(('called_off_at__isnull', True), ('ended_at__isnull', True), ('goes_out_at__isnull', False)), fields=['goes_out_at'], name='sending_under_way'),
        ),
        migrations.AddConstraint(
            model_name='sending',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by__isnull', True), ('goes_out_at__isnull', True)), models.Q(('confirmed_by__isnull', False), ('goes_out_at__isnull', False)), _connector='OR'), name='sending_confirmed_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='ownermessage',
            index=models.Index(fields=['person', '-sent_at'], name='owner_message_by_person'),
        ),
        migrations.AddConstraint(
            model_name='ownermessage',
            constraint=models.UniqueConstraint(fields=('sending', 'person'), name='owner_message_once_a_round'),
        ),
        migrations.RunSQL(script('0001_what_was_sent_stays.sql'), 'DROP FUNCTION made_known_stays CASCADE;'),
    ]
