"""What suspends a venue for a while or lays down its way of scanning, beside the orders; `venue_mode` knows both."""

import django.db.models.deletion
from django.db import migrations, models

from dauchan.venues.sql import script


class Migration(migrations.Migration):

    dependencies = [
        ('venues', '0006_mode_orders'),
    ]

    operations = [
        migrations.CreateModel(
            name='VenueHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(max_length=40)),
                ('mode', models.CharField(blank=True, choices=[('poster', 'Khách tự quét mã tại cửa'), ('gate', 'Người kiểm soát quét mã của khách'), ('both', 'Cả hai cách')], max_length=10, verbose_name='Cách quét')),
                ('status_before', models.CharField(max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('document_number', models.CharField(max_length=60)),
                ('until_at', models.DateTimeField(blank=True, null=True)),
                ('placed_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='venues.venue')),
            ],
            options={
                'ordering': ['placed_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('released_at', None)), fields=['venue'], name='venue_hold_standing'), models.Index(fields=['cause'], name='venue_hold_by_cause')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('released_at', None)), fields=('venue', 'cause'), name='venue_hold_once_a_cause')],
            },
        ),
        migrations.RunSQL(script('0007_venue_holds.sql'), migrations.RunSQL.noop),
    ]
