"""What landed since a day was written is found in the day's own partitions, however full those of the days since are."""

from django.db import migrations

from dauchan.visits.sql import script


class Migration(migrations.Migration):
    dependencies = [("visits", "0008_known_venues")]
    operations = [migrations.RunSQL(script("0009_late_by_day.sql"), "DROP FUNCTION ledger_late_on")]
