"""An index with all that the door asks of a venue."""

from django.db import migrations

from dauchan.visits.sql import script


class Migration(migrations.Migration):
    dependencies = [("visits", "0003_gate_queue")]
    operations = [migrations.RunSQL(script("0004_venue_at_door.sql"), "DROP INDEX venues_venue_at_door")]
