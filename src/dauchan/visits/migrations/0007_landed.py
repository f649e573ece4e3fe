"""Rows of the ledger know the transaction that brought them, and the database knows which segments on disk are its own."""

from django.db import migrations, models

from dauchan.visits.sql import script

_DROP = """
DROP FUNCTION ledger_settle, ledger_here, ledger_late;
DROP TABLE ledger_home;
ALTER TABLE check_in DROP COLUMN landed;
ALTER TABLE check_out DROP COLUMN landed;
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0006_gate_probes")]
    operations = [
        migrations.CreateModel(
            "Segment",
            [
                ("seal", models.UUIDField(primary_key=True, serialize=False)),
                ("shelf", models.UUIDField()),
                ("day", models.DateField()),
                ("seen", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("is_sealed", models.BooleanField()),
                ("visits", models.PositiveIntegerField()),
            ],
            options={"ordering": ["day", "made_at"]},
        ),
        migrations.AddIndex("segment", models.Index(fields=["shelf", "day"], name="segment_by_shelf")),
        migrations.RunSQL(script("0007_landed.sql"), _DROP),
    ]
