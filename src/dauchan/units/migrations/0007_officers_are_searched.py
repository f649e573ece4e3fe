"""Accounts that stand already are found and sorted by their names as new ones are."""

from django.db import migrations

from dauchan.vietnamese import fold, name_sort_key


def fill(apps, schema_editor):
    officers = apps.get_model("units", "Officer").objects.all()
    for officer in officers:
        officer.search_key = fold(f"{officer.full_name} {officer.username}")[:200]
        officer.sort_key = name_sort_key(officer.full_name)[:400]
    officers.model.objects.bulk_update(officers, ["search_key", "sort_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("units", "0006_roles_handed_on")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
