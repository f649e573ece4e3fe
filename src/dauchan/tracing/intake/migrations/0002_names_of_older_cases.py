"""Cases of older releases are found by name too: their names are hashed as those of new cases are."""

from django.db import migrations

from dauchan.people.encryption import decrypt
from dauchan.tracing.intake.spellings import name_hashes

BATCH = 1000


def remember(apps, schema_editor):
    CaseName = apps.get_model("intake", "CaseName")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, i.full_name, i.birth_year FROM tracing_case c JOIN people_identity i USING (person_id)"
            " WHERE NOT EXISTS (SELECT 1 FROM intake_casename n WHERE n.case_id = c.id)"
        )
        rows = cursor.fetchall()
    names = []
    for case_id, sealed_name, sealed_year in rows:
        year = decrypt(sealed_year) if sealed_year else ""
        for kind, found in name_hashes(decrypt(sealed_name), int(year) if year.isdigit() else None).items():
            names.append(CaseName(case_id=case_id, kind=kind, hash=found))
    CaseName.objects.bulk_create(names, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("people", "0003_cards"), ("tracing", "0005_sealed_note")]
    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
