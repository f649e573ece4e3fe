"""Sealing anew under the current key what lies under an older one, a few rows at a time, while the system runs.

Every process reads with both keys meanwhile. Rows that are never changed are sealed anew too, with their trigger put aside for
the moment of one batch: what they say stays the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection, transaction

from dauchan.people.sealing import open_bytes, seal_bytes
from dauchan.privacy.inventory import Protection, data_inventory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BATCH = 200
#: Sealed by other keys (the gates' queue), or files whose names stand in the column.
_OTHERWISE = frozenset({("gate_quarantine", "sealed"), ("oversight_reportphoto", "sealed")})
_GUARDED = """
SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal AND tgenabled = 'O' AND tgtype & 16 <> 0
"""


def sealed_columns() -> Iterator[tuple[str, str]]:
    """Table and column of everything that is sealed with the ring of personal data."""
    for table in data_inventory().tables.values():
        for column in table.columns.values():
            if column.protection is Protection.SEALED and (table.name, column.name) not in _OTHERWISE:
                yield table.name, column.name


def under_older_keys() -> dict[str, int]:
    """How many values lie under each older key, by its version; photographs are counted too."""
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        for table, name in sealed_columns():
            cursor.execute(
                f'SELECT get_byte("{name}", 0), count(*) FROM {table} WHERE octet_length("{name}") > 0 GROUP BY 1'  # noqa: S608 - the inventory's own words
            )
            for version, rows in cursor.fetchall():
                if version != settings.FIELD_KEYS.current:
                    counts[str(version)] = counts.get(str(version), 0) + rows
    for path in _files():
        version = path.read_bytes()[:1]
        if version and version[0] != settings.FIELD_KEYS.current:
            counts[str(version[0])] = counts.get(str(version[0]), 0) + 1
    return counts


def seal_anew(tell: Callable[[str, int], None] = lambda _where, _rows: None) -> int:
    """Everything that lies under an older key. Interrupted, it goes on where it was. Returns: how many values.

    Raises: KeyError if a value's key is not on the ring any more, InvalidTag if a value was altered.
    """
    done = 0
    for table, name in sealed_columns():
        while rows := _batch(table, name):
            done += rows
            tell(f"{table}.{name}", done)
    for path in _files():
        done += _file(path)
    return done


@transaction.atomic
def _batch(table: str, name: str) -> int:
    ring = settings.FIELD_KEYS
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '3s'")
        cursor.execute(
            f'SELECT ctid::text, "{name}" FROM {table} WHERE octet_length("{name}") > 0 AND get_byte("{name}", 0) <> %s'  # noqa: S608 - as above
            f" LIMIT {BATCH} FOR UPDATE SKIP LOCKED",
            [ring.current],
        )
        rows = cursor.fetchall()
        if not rows:
            return 0
        cursor.execute(_GUARDED, [table])
        guarded = cursor.fetchone() is not None
        if guarded:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for place, stored in rows:
            cursor.execute(
                f'UPDATE {table} SET "{name}" = %s WHERE ctid = %s::tid',  # noqa: S608 - as above
                [_sealed_anew(bytes(stored), ring), place],
            )
        if guarded:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return len(rows)


def _sealed_anew(stored: bytes, ring: Any) -> bytes:  # noqa: ANN401 - a key ring
    return seal_bytes(open_bytes(stored, ring), ring)


def _files() -> Iterator[Path]:
    """The sealed originals of photographs of reports."""
    root = Path(settings.MEDIA_ROOT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM oversight_reportphoto WHERE sealed <> ''")
        names = [name for (name,) in cursor.fetchall()]
    return (root / name for name in names if (root / name).is_file())


def _file(path: Path) -> int:
    """One photograph; the new file takes the old one's place in one moment."""
    stored, ring = path.read_bytes(), settings.FIELD_KEYS
    if not stored or stored[0] == ring.current:
        return 0
    draft = path.with_name(f".{path.name}.anew")
    try:
        draft.write_bytes(_sealed_anew(stored, ring))
    except (KeyError, InvalidTag):
        draft.unlink(missing_ok=True)
        raise
    draft.replace(path)
    return 1
