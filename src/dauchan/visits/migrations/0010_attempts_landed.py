"""Failed scans know the transaction that brought them."""

from django.db import migrations

from dauchan.visits.sql import script


def _settle_of_0007() -> str:
    text = script("0007_landed.sql")
    start = text.index("CREATE FUNCTION ledger_settle")
    return text[start:].replace("CREATE", "CREATE OR REPLACE", 1)


class Migration(migrations.Migration):
    dependencies = [("visits", "0009_late_by_day")]
    operations = [
        migrations.RunSQL(
            script("0010_attempts_landed.sql"), f"{_settle_of_0007()}\nALTER TABLE scan_attempt DROP COLUMN landed;"
        )
    ]
