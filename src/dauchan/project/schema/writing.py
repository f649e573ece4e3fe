"""Write `structure.sql`: run every migration on an empty database and keep what came of it (`make schema`).

`python -m dauchan.project.schema.writing [--check]`, on a database server of its own that is gone afterwards.
"""

import difflib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from dauchan.project.database import database_child
from dauchan.project.embedded_postgres import CARELESS, PATIENCE_SECONDS, EmbeddedPostgres, binary
from dauchan.project.environment import DOOR_ROLE, environment

STRUCTURE = Path(__file__).with_name("structure.sql")
#: Django fills these after each migration by itself.
FILLED_BY_DJANGO = ("django_content_type", "auth_permission")
#: Others tomorrow; those about the day are opened when the file is loaded.
LEDGER_DAYS = f"public.*_{8 * '[0-9]'}"
_HEAD = f"""-- Written by `make schema`; what the migrations lead to. Do not edit.
SET LOCAL check_function_bodies = false;
SET LOCAL search_path = '';
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{DOOR_ROLE}') THEN
        CREATE ROLE {DOOR_ROLE} LOGIN;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN RAISE NOTICE 'no right to create the role {DOOR_ROLE}';
    WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server was faster
END $$;
"""
_GRANT = re.compile(rf"^GRANT .* TO {DOOR_ROLE};$")
_SETTING = re.compile(r"^(SET |SELECT pg_catalog\.set_config|\\|--|$)")
_UNUSED_SEQUENCE = re.compile(
    r"^SELECT pg_catalog\.setval\((.*, 1, false|'public\.(?:" + "|".join(FILLED_BY_DJANGO) + r")_id_seq', .*)\);$"
)
#: The ledger's own database, by which it knows that it was restored elsewhere: not the one that wrote the file.
_HOME = re.compile(r"^INSERT INTO public\.ledger_home VALUES \(true, '.*'\);$")
_APPLIED = re.compile(r"'\d{4}-\d\d-\d\d \d\d:\d\d:[\d.]+\+00'")


def structure_of(database_url: str) -> str:
    """What an empty database must be told to become like this one, the rows that migrations wrote included."""
    given = conninfo_to_dict(database_url)
    dump = [binary("pg_dump"), "--no-owner", "--inserts", f"--dbname={database_url}"]
    dump += [f"--exclude-table-data={table}" for table in FILLED_BY_DJANGO]
    dump.append(f"--exclude-table={LEDGER_DAYS}")
    password = {"PGPASSWORD": str(given.get("password", ""))}
    said = subprocess.run(dump, env=password, check=True, capture_output=True, text=True).stdout  # noqa: S603 own words
    return _HEAD + "\n".join(_lines(said)) + "\n"


def _lines(dump: str) -> Iterator[str]:
    """Without what differs from version to version and from run to run; grants only where there is somebody to grant to."""
    in_body = False
    for line in dump.splitlines():
        if not in_body and _SETTING.match(line):
            continue
        in_body ^= line.count("$$") % 2 == 1
        if _UNUSED_SEQUENCE.match(line):
            continue
        if _HOME.match(line):
            yield "INSERT INTO public.ledger_home (home) VALUES (public.ledger_here());"
        elif _GRANT.match(line):
            yield f"DO $$ BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{DOOR_ROLE}') THEN"
            yield f"    {line}"
            yield "END IF; END $$;"
        else:
            yield _APPLIED.sub("now()", line)


def migrated_one_by_one() -> str:
    """The structure of a database in which every migration ran, on a server started for it."""
    from dauchan.project.testing import set_environment

    set_environment()
    os.environ["DJANGO_SETTINGS_MODULE"] = "dauchan.project.settings"
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    here = environment()
    postgres = EmbeddedPostgres(here.var / "postgres", here.run, here.var / "database.log", here.keys, CARELESS)
    postgres.create()
    server = database_child(postgres)
    server.start()
    try:
        server.wait_until_ready(PATIENCE_SECONDS)
        call_command("migrate", verbosity=0, interactive=False, one_by_one=True)
        connections.close_all()
        return structure_of(here.database_url)
    finally:
        server.stop()


def main() -> int:
    """Write the file, or with `--check` say how it differs from what the migrations lead to."""
    made = migrated_one_by_one()
    if "--check" not in sys.argv[1:]:
        STRUCTURE.write_text(made, encoding="utf-8")
        return 0
    kept = STRUCTURE.read_text(encoding="utf-8")
    sys.stdout.writelines(
        difflib.unified_diff(kept.splitlines(True), made.splitlines(True), "structure.sql", "migrations")
    )
    return int(kept != made)


if __name__ == "__main__":
    raise SystemExit(main())
