"""Gates without a network: what they hand in later, which exit ends which entry, and what waits for a decision."""

from django.db import migrations, models

from dauchan.visits.sql import script

FORWARDS = "".join(script(f"0003_gate_{name}.sql") for name in ("tables", "pairing", "people", "scan", "record"))
BACKWARDS = """
DROP FUNCTION door_gate_scan, gate_record, gate_take_back, gate_keep_attempts, gate_undo, gate_leave, gate_enter, gate_set_aside,
    gate_events, gate_make_people, gate_join_entries, gate_stay_labels, gate_exits_after, gate_entry_after,
    gate_entry_before, gate_is_odd, gate_id, gate_since;
DROP TYPE gate_event, door_gate_item;
DROP INDEX scan_attempt_not_inside, check_out_device;
DROP TABLE gate_odd_event, gate_quarantine;
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0002_labels_by_venue"), ("venues", "0004_gates"), ("people", "0003_cards")]

    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.CreateModel(
            "QuarantinedScan",
            [("scan_id", models.UUIDField(primary_key=True, serialize=False))],
            options={"managed": False, "db_table": "gate_quarantine"},
        ),
    ]
