"""Contacts are numbered within their run. Nothing has been traced before this release, so no row needs a default."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracing", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="contact", options={"ordering": ["number"]}),
        migrations.AddField("contact", "number", models.PositiveIntegerField(default=0), preserve_default=False),
        migrations.AddConstraint(
            "contact", models.UniqueConstraint(fields=["run", "number"], name="contact_number_once_a_run")
        ),
    ]
