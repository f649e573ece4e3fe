"""Sort keys compare byte by byte, whatever the collation of the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0002_audit_append_only_and_cache")]

    operations = [
        migrations.AlterField("unit", "sort_key", models.CharField(max_length=400, db_collation="C")),
    ]
