"""The look-ups of gates stay probes of an index, however the tables have grown since a plan was made."""

from django.db import migrations

from dauchan.visits.sql import script

_FUNCTIONS = {
    "gate_entry_before": "pairing",
    "gate_entry_after": "pairing",
    "gate_exits_after": "pairing",
    "gate_make_people": "people",
}
_RESET = "ALTER FUNCTION gate_record(door_gate_item[], bytea, boolean) RESET ALL;"


def _first_version(function: str) -> str:
    """A function of 0003 as it was, made to replace what stands there now."""
    text = script(f"0003_gate_{_FUNCTIONS[function]}.sql")
    start = text.index(f"CREATE FUNCTION {function}")
    return text[start : text.index("\n\n-- ", start)].replace("CREATE", "CREATE OR REPLACE", 1)


class Migration(migrations.Migration):
    dependencies = [("visits", "0005_beside_gate")]
    operations = [migrations.RunSQL(script("0006_gate_probes.sql"), "\n".join([_RESET, *map(_first_version, _FUNCTIONS)]))]
