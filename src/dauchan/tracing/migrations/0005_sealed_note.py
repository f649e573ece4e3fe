"""The note of a case becomes ciphertext, in a column of its own: a release that still runs goes on with the old one.

What stood in the old column is sealed and then emptied there. The old column stays until the next release, whose migration
must seal what the old release has still written in between, and then drop it.
"""

from django.db import migrations

from dauchan.people.encryption import EncryptedTextField, decrypt, encrypt

BATCH = 500


def seal(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT id, note FROM tracing_case WHERE note <> '' LIMIT %s FOR UPDATE", [BATCH])
            rows = [(encrypt(text), row_id) for row_id, text in cursor.fetchall()]
            if not rows:
                return
            cursor.executemany("UPDATE tracing_case SET note_sealed = %s, note = '' WHERE id = %s", rows)


def unseal(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, note_sealed FROM tracing_case WHERE note_sealed IS NOT NULL")
        rows = [(decrypt(sealed), row_id) for row_id, sealed in cursor.fetchall()]
        cursor.executemany("UPDATE tracing_case SET note = %s WHERE id = %s", rows)


class Migration(migrations.Migration):
    dependencies = [("tracing", "0004_what_contacts_rest_on")]
    operations = [
        migrations.AddField("case", "note_sealed", EncryptedTextField("Ghi chú", blank=True, null=True)),
        migrations.RunSQL(
            "ALTER TABLE tracing_case ALTER COLUMN note SET DEFAULT ''",
            "ALTER TABLE tracing_case ALTER COLUMN note DROP DEFAULT",
        ),
        migrations.RunPython(seal, unseal),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("case", "note"),
                migrations.RenameField("case", "note_sealed", "note"),
                migrations.AlterField(
                    "case", "note", EncryptedTextField("Ghi chú", blank=True, null=True, db_column="note_sealed")
                ),
            ]
        ),
    ]
