"""The look-ups of gates stay probes of an index, however the tables have grown since a plan was made."""

from django.db import migrations

from dauchan.visits.sql import script

_FUNCTIONS = {"pairing": "gate_exits_after", "people": "gate_make_people"}


def _first_version(part: str) -> str:
    """A function of 0003 as it was, made to replace what stands there now."""
    text = script(f"0003_gate_{part}.sql")
    start = text.index(f"CREATE FUNCTION {_FUNCTIONS[part]}")
    return text[start : text.index("\n\n-- ", start)].replace("CREATE", "CREATE OR REPLACE", 1)


class Migration(migrations.Migration):
    dependencies = [("visits", "0005_beside_gate")]
    operations = [migrations.RunSQL(script("0006_gate_probes.sql"), "\n".join(map(_first_version, _FUNCTIONS)))]
