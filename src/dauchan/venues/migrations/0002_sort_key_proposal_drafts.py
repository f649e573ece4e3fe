"""Venues in dictionary order; changes that wait for approval; pictures of a form that is not finished."""

import django.db.models.deletion
from django.db import migrations, models

import dauchan.venues.models


def fill_sort_keys(apps, schema_editor):
    from dauchan.vietnamese import sort_key

    Venue = apps.get_model("venues", "Venue")
    for pk, name in Venue.objects.values_list("pk", "name").iterator(chunk_size=2000):
        Venue.objects.filter(pk=pk).update(sort_key=sort_key(name)[:800])


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("venues", "0001_initial")]

    operations = [
        migrations.AlterModelOptions("venue", {"ordering": ["sort_key", "pk"]}),
        migrations.AddField("venue", "proposal", models.JSONField(blank=True, editable=False, null=True)),
        migrations.AddField(
            "venue",
            "sort_key",
            dauchan.venues.models.SortKeyField(db_collation="C", db_default="", editable=False, max_length=800),
        ),
        migrations.AddField(
            "venuepicture",
            "uploader",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"),
        ),
        migrations.AlterField(
            "venuepicture",
            "venue",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="venues.venue"
            ),
        ),
        migrations.AddIndex(
            "venue",
            models.Index(
                condition=models.Q(("status", "pending"), ("proposal__isnull", False), _connector="OR"),
                fields=["unit"],
                name="venue_waiting",
            ),
        ),
        migrations.RunPython(fill_sort_keys, migrations.RunPython.noop),
    ]
