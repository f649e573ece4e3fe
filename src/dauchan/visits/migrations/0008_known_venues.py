"""What the door may remember of venues, and check-ins that count on it."""

from django.db import migrations

from dauchan.visits.sql import script

BACKWARDS = """
DROP TRIGGER door_venue_changed ON venues_venue;
DROP TRIGGER door_venue_came_or_went ON venues_venue;
DROP FUNCTION door_check_in_known, door_venues, door_changed_venues, door_note_venue_change;
DROP TABLE door_venue_change;
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0007_landed")]
    operations = [migrations.RunSQL(script("0008_known_venues.sql"), BACKWARDS)]
