"""The ledger: partitioned tables, the view `visit`, what the door may do, and the partitions of the days around today."""

from django.db import migrations, models

from dauchan.visits.sql import script

DROP = """
DROP FUNCTION door_check_in, door_check_out, door_scan_attempt;
DROP TYPE door_scan, door_leaving;
DROP VIEW visit, ledger_day;
DROP TABLE check_in, check_out, scan_attempt;
DROP FUNCTION ledger_is_append_only, ledger_open_day, ledger_open_table_day, ledger_close_day, ledger_delete_before,
    ledger_day_floor;
"""

# Fourteen days ahead: a server may be without its nightly job for as long. The past is opened by whoever loads it.
OPEN_DAYS = """
SELECT ledger_open_day(day::date)
FROM generate_series((now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - 1,
                     (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + 14, interval '1 day') AS day
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("venues", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "".join(
                script(f"0001_{name}.sql") for name in ("tables", "append_only", "partitions", "visit", "door")
            ),
            DROP,
        ),
        migrations.RunSQL(OPEN_DAYS, migrations.RunSQL.noop),
        migrations.CreateModel(
            "CheckIn",
            [("check_in_id", models.UUIDField(primary_key=True, serialize=False))],
            options={"managed": False, "db_table": "check_in"},
        ),
        migrations.CreateModel(
            "CheckOut",
            [("check_out_id", models.UUIDField(primary_key=True, serialize=False))],
            options={"managed": False, "db_table": "check_out"},
        ),
        migrations.CreateModel(
            "ScanAttempt",
            [("attempt_id", models.UUIDField(primary_key=True, serialize=False))],
            options={"managed": False, "db_table": "scan_attempt"},
        ),
        migrations.CreateModel(
            "Visit",
            [("check_in_id", models.UUIDField(primary_key=True, serialize=False))],
            options={"managed": False, "db_table": "visit"},
        ),
    ]
