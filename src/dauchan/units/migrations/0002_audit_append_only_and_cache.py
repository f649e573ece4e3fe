"""The audit log refuses to be rewritten; and the table of Django's database cache, which throttling counts in."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON units_auditentry
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
"""

REWRITABLE = """
DROP TRIGGER audit_is_append_only ON units_auditentry;
DROP FUNCTION audit_is_append_only();
"""

CACHE = """
CREATE TABLE cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]

    operations = [
        migrations.RunSQL(APPEND_ONLY, REWRITABLE),
        migrations.RunSQL(CACHE, "DROP TABLE cache"),
    ]
