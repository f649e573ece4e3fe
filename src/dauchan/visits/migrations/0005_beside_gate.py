"""The label of visitors who scanned where a gate keeper was to scan."""

from django.db import migrations

from dauchan.visits.sql import script

# The view without the label, whatever else stands in it.
BACKWARDS = """
DO $$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW visit AS ' || replace(
        pg_get_viewdef('visit'::regclass, true),
        ' | ledger_beside_gate(i.venue_id, i.source::integer, i.entered_at) AS labels', ' AS labels');
END $$;
DROP FUNCTION ledger_beside_gate;
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0004_venue_at_door"), ("venues", "0006_mode_orders")]
    operations = [migrations.RunSQL(script("0005_beside_gate.sql"), BACKWARDS)]
