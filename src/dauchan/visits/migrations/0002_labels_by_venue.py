"""Labels that the venue decides: out of hours, remote, impossible travel; and which scans are a flood."""

from django.db import migrations

from dauchan.visits.sql import script


def _first_version(name: str, until: str) -> str:
    """A part of 0001 as it was, made to replace what stands there now."""
    text = script(f"0001_{name}.sql")
    words = {"door": "FUNCTION door_check_in", "visit": "VIEW visit"}[name]
    start = text.index(f"CREATE {words}")
    return text[start : text.index(until, start)].replace("CREATE", "CREATE OR REPLACE", 1) + until


FORWARDS = "".join(script(f"0002_{name}.sql") for name in ("rules", "door", "visit"))
BACKWARDS = f"""
{_first_version("door", "END $$;")}
{_first_version("visit", "AS n ON true;")}
DROP FUNCTION ledger_floods, ledger_span, ledger_is_impossible, ledger_labels;
ALTER TABLE venues_venue DROP COLUMN scan_hours;
DROP FUNCTION ledger_hours, ledger_minute, ledger_metres;
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("venues", "0003_venue_in_order")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
