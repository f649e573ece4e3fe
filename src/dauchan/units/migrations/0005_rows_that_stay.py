"""One function for all triggers that refuse to change or remove rows; a trigger says what its rows are.

Those of earlier migrations keep functions of their own, alike but for their sentence: what has landed is not changed.
"""

from django.db import migrations

STAYS = """
CREATE FUNCTION stays_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% stays as it is: % on % refused', TG_ARGV[0], TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("units", "0004_calendar_day")]

    operations = [migrations.RunSQL(STAYS, "DROP FUNCTION stays_as_it_is() CASCADE")]
