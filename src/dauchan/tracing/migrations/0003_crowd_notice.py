"""Crowded places are kept with the run that met them. A new table: the running release does not look at it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracing", "0002_contact_number"), ("venues", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CrowdNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("visits", models.PositiveIntegerField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="tracing.tracerun"
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="venues.venue"
                    ),
                ),
            ],
            options={"ordering": ["-visits", "on", "venue_id"]},
        ),
        migrations.AddConstraint(
            "crowdnotice", models.UniqueConstraint(fields=["run", "venue", "on"], name="crowd_notice_once_a_run")
        ),
    ]
