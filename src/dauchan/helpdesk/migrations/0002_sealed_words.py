"""The words of a ticket becomes ciphertext, in a column of its own: a release that still runs goes on with the old one.

What stood in the old column is sealed and then emptied there. The old column stays until the next release, whose migration
must seal what the old release has still written in between, and then drop it.
"""

from django.db import migrations

from dauchan.people.encryption import EncryptedTextField, decrypt, encrypt

BATCH = 500


def seal(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT id, words FROM helpdesk_ticket WHERE words <> '' LIMIT %s FOR UPDATE", [BATCH])
            rows = [(encrypt(text), row_id) for row_id, text in cursor.fetchall()]
            if not rows:
                return
            cursor.executemany("UPDATE helpdesk_ticket SET words_sealed = %s, words = '' WHERE id = %s", rows)


def unseal(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, words_sealed FROM helpdesk_ticket WHERE words_sealed IS NOT NULL")
        rows = [(decrypt(sealed), row_id) for row_id, sealed in cursor.fetchall()]
        cursor.executemany("UPDATE helpdesk_ticket SET words = %s WHERE id = %s", rows)


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0001_initial")]
    operations = [
        migrations.AddField("ticket", "words_sealed", EncryptedTextField("Mô tả", null=True)),
        migrations.RunSQL(
            "ALTER TABLE helpdesk_ticket ALTER COLUMN words SET DEFAULT ''",
            "ALTER TABLE helpdesk_ticket ALTER COLUMN words DROP DEFAULT",
        ),
        migrations.RunPython(seal, unseal),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("ticket", "words"),
                migrations.RenameField("ticket", "words_sealed", "words"),
                migrations.AlterField(
                    "ticket", "words", EncryptedTextField("Mô tả", null=True, db_column="words_sealed")
                ),
            ]
        ),
    ]
