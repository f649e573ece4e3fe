"""Counts of venues and units by day, kept when the ledger has forgotten the scans."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0001_remote_scans'),
        ('units', '0003_sort_key_collation'),
        ('venues', '0007_venue_holds'),
        ('visits', '0009_late_by_day'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountedDay',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('seen', models.TextField()),
                ('home', models.TextField()),
                ('counted_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='UnitDay',
            fields=[
                ('pk', models.CompositePrimaryKey('unit_id', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('registered', models.PositiveIntegerField()),
                ('new', models.PositiveIntegerField()),
                ('active', models.PositiveIntegerField()),
                ('scans', models.PositiveIntegerField()),
                ('people', models.PositiveIntegerField()),
                ('failed', models.PositiveIntegerField()),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['day'], name='unit_day_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('people__lte', models.F('scans'))), name='unit_day_people_scanned'), models.CheckConstraint(condition=models.Q(('active__lte', models.F('registered'))), name='unit_day_active')],
            },
        ),
        migrations.CreateModel(
            name='VenueDay',
            fields=[
                ('pk', models.CompositePrimaryKey('venue_id', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('scans', models.PositiveIntegerField()),
                ('people', models.PositiveIntegerField()),
                ('failed', models.PositiveIntegerField()),
                ('venue', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='venues.venue')),
            ],
            options={
                'indexes': [models.Index(fields=['day'], name='venue_day_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('people__lte', models.F('scans'))), name='venue_day_people_scanned')],
            },
        ),
        # Rows of today are counted again every few minutes: room beside them keeps the indexes as they are.
        migrations.RunSQL("ALTER TABLE compliance_venueday SET (fillfactor = 75)", migrations.RunSQL.noop),
        # Failed scans of a day, in whatever partition a wrong clock has put them.
        migrations.RunSQL(
            "CREATE INDEX scan_attempt_at ON scan_attempt USING brin (attempted_at timestamptz_minmax_multi_ops)",
            "DROP INDEX scan_attempt_at",
        ),
    ]
