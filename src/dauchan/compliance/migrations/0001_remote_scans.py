"""Finds the scans from afar (label 4096) of a venue at once: they are few, so a scan that is none of them costs nothing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("visits", "0002_labels_by_venue")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX check_in_remote ON check_in (venue_id, entered_at) WHERE labels & 4096 <> 0",
            "DROP INDEX check_in_remote",
        )
    ]
