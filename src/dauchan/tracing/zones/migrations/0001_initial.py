"""Zones, the orders that make their history, presence lists, public figures; a decided order stays as it is."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dauchan.tracing.zones.sql import script


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('tracing', '0005_sealed_note'),
        ('units', '0003_sort_key_collation'),
        ('venues', '0007_venue_holds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedDay',
            fields=[
                ('on', models.DateField(primary_key=True, serialize=False)),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='RiskLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('instrument', models.CharField(max_length=60)),
                ('rank', models.PositiveSmallIntegerField()),
                ('code', models.SlugField(max_length=30)),
                ('name_vi', models.CharField(max_length=60)),
                ('name_en', models.CharField(max_length=60)),
                ('meaning_vi', models.CharField(blank=True, max_length=200)),
                ('meaning_en', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['-valid_from', 'rank'],
                'constraints': [models.UniqueConstraint(fields=('valid_from', 'rank'), name='risk_level_once'), models.CheckConstraint(condition=models.Q(('rank__range', (1, 4))), name='risk_level_of_four')],
            },
        ),
        migrations.CreateModel(
            name='Zone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('disease', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='tracing.disease', verbose_name='Bệnh')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='zones', to='units.unit')),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='ZoneOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('act', models.CharField(choices=[('establish', 'Thiết lập vùng'), ('change', 'Điều chỉnh vùng'), ('lift', 'Gỡ bỏ vùng')], max_length=10)),
                ('name', models.CharField(max_length=120, verbose_name='Tên vùng')),
                ('area_words', models.CharField(max_length=500, verbose_name='Phạm vi, bằng lời')),
                ('shape', models.CharField(choices=[('polygon', 'Vẽ trên bản đồ, hoặc nhập tọa độ các đỉnh'), ('communes', 'Trọn phường, xã'), ('circle', 'Vòng tròn quanh một điểm hoặc một địa điểm'), ('cases', 'Vòng tròn quanh những nơi ca bệnh đã đến'), ('cells', 'Các ô lục giác quanh những nơi ca bệnh đã đến')], max_length=10, verbose_name='Cách khoanh vùng')),
                ('geometry', models.JSONField(null=True)),
                ('west', models.FloatField(null=True)),
                ('south', models.FloatField(null=True)),
                ('east', models.FloatField(null=True)),
                ('north', models.FloatField(null=True)),
                ('made_from', models.JSONField(default=dict)),
                ('measures', models.JSONField(default=list, verbose_name='Biện pháp')),
                ('measures_words', models.TextField(blank=True, max_length=2000, verbose_name='Biện pháp khác, bằng lời')),
                ('basis', models.CharField(max_length=300, verbose_name='Căn cứ pháp lý')),
                ('document_number', models.CharField(max_length=60, verbose_name='Số văn bản')),
                ('begins_at', models.DateTimeField(verbose_name='Từ')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='Đến')),
                ('effect', models.CharField(choices=[('none', 'Không thay đổi trạng thái địa điểm'), ('suspend', 'Tạm đình chỉ những loại hình đã chọn'), ('mode', 'Quy định cách quét cho những loại hình đã chọn')], max_length=10, verbose_name='Đối với địa điểm bên trong')),
                ('mode', models.CharField(blank=True, choices=[('poster', 'Khách tự quét mã tại cửa'), ('gate', 'Người kiểm soát quét mã của khách'), ('both', 'Cả hai cách')], max_length=10, verbose_name='Cách quét')),
                ('reason', models.CharField(max_length=500, verbose_name='Lý do')),
                ('drafted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(null=True)),
                ('approved', models.BooleanField(null=True)),
                ('decision_note', models.CharField(blank=True, max_length=300, verbose_name='Ý kiến')),
                ('holds_from', models.DateTimeField(null=True)),
                ('holds_to', models.DateTimeField(null=True)),
                ('cases', models.ManyToManyField(related_name='zone_orders', to='tracing.case', verbose_name='Ca bệnh liên quan')),
                ('categories', models.ManyToManyField(related_name='+', to='venues.category', verbose_name='Loại hình')),
                ('communes', models.ManyToManyField(related_name='+', to='units.unit', verbose_name='Phường, xã')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='zones.risklevel', verbose_name='Mức độ')),
                ('zone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='zones.zone')),
            ],
            options={
                'ordering': ['zone', '-number'],
            },
        ),
        migrations.CreateModel(
            name='PresenceList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('people', models.PositiveIntegerField()),
                ('visits', models.PositiveIntegerField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracing.case')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presence_lists', to='zones.zoneorder')),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='PresenceDisclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=300, verbose_name='Mục đích')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(null=True)),
                ('approved', models.BooleanField(null=True)),
                ('decision_note', models.CharField(blank=True, max_length=300, verbose_name='Ý kiến')),
                ('expires_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('presence_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disclosures', to='zones.presencelist')),
            ],
            options={
                'ordering': ['-requested_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('requested_by')), _negated=True), _connector='OR'), name='presence_disclosure_second_person')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('person_id', models.BigIntegerField()),
                ('visits', models.PositiveIntegerField()),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('presence_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='zones.presencelist')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('presence_list', 'person_id'), name='presence_once'), models.UniqueConstraint(fields=('presence_list', 'number'), name='presence_number_once')],
            },
        ),
        migrations.CreateModel(
            name='PublicFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('people', models.PositiveIntegerField()),
                ('visits', models.PositiveIntegerField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'ordering': ['-on', 'unit'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'on'), name='public_figure_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='zoneorder',
            constraint=models.UniqueConstraint(fields=('zone', 'number'), name='zone_order_number_once'),
        ),
        migrations.AddConstraint(
            model_name='zoneorder',
            constraint=models.UniqueConstraint(condition=models.Q(('approved', None)), fields=('zone',), name='zone_order_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='zoneorder',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('begins_at')), _connector='OR'), name='zone_order_not_inverted'),
        ),
        migrations.AddConstraint(
            model_name='zoneorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved', True), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('drafted_by')), _negated=True)), _connector='OR'), name='zone_order_second_person'),
        ),
        migrations.RunSQL(script('0001_orders_stay.sql'), 'DROP FUNCTION zone_order_stays, zone_order_part_stays CASCADE;'),
    ]
