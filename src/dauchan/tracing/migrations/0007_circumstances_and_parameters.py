"""In how much company contacts were exposed, and what is known of a disease from a day on."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("tracing", "0006_intake_and_interviews")]
    operations = [
        migrations.AddField("contact", "people_present", models.FloatField(null=True)),
        migrations.AddField("contact", "outdoor_share", models.FloatField(null=True)),
        migrations.CreateModel(
            name="EpidemiologicalParameters",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("quanta_per_hour", models.FloatField(blank=True, null=True)),
                ("serial_mean_days", models.FloatField()),
                ("serial_sd_days", models.FloatField()),
                ("serial_shortest_days", models.FloatField()),
                ("serial_longest_days", models.FloatField()),
                ("incubation_longest_days", models.FloatField()),
                ("source", models.CharField(max_length=300)),
                ("note_vi", models.CharField(blank=True, max_length=400)),
                ("note_en", models.CharField(blank=True, max_length=400)),
                (
                    "disease",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parameters", to="tracing.disease"
                    ),
                ),
            ],
            options={
                "ordering": ["disease", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("disease", "valid_from"), name="parameters_once_a_day"),
                    models.CheckConstraint(
                        condition=Q(serial_mean_days__gt=0)
                        & Q(serial_sd_days__gt=0)
                        & Q(serial_shortest_days__gte=0)
                        & Q(serial_longest_days__gt=F("serial_shortest_days"))
                        & Q(incubation_longest_days__gt=0),
                        name="parameters_are_possible",
                    ),
                ],
            },
        ),
    ]
