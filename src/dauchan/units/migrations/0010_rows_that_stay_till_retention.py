"""Rows that stay may be let go by retention: a trigger names what it then allows.

`stays_as_it_is('the history of a request', 'DELETE')`: removed when its time is over; `'DELETE UPDATE'`: emptied too. Without a
second argument nothing is ever allowed, as before. Retention says that it is at work by `dauchan.retention` in its transaction.
"""

from django.db import migrations

STAYS = """
CREATE OR REPLACE FUNCTION stays_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = ANY (string_to_array(coalesce(TG_ARGV[1], ''), ' ')) AND current_setting('dauchan.retention', true) = 'on' THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% stays as it is: % on % refused', TG_ARGV[0], TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION stays_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% stays as it is: % on % refused', TG_ARGV[0], TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("units", "0009_data_protection_role")]

    operations = [migrations.RunSQL(STAYS, BEFORE)]
