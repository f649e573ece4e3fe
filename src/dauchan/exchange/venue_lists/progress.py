"""How far the keeping of a list is, told while its one transaction is open.

Nobody else sees rows that are not committed, and a second connection could not write to a list that is locked. What a session calls
itself everybody sees at once, and it is forgotten with the transaction, however that ends.
"""

from __future__ import annotations

import re

from django.db import connection

_NAME = "dauchan list {list_id}: {done}/{in_all}"
_TOLD = re.compile(r"dauchan list \d+: (\d+)/(\d+)")


def tell(list_id: int, done: int, in_all: int) -> None:
    """Inside the transaction that keeps the list."""
    with connection.cursor() as cursor:
        said = _NAME.format(list_id=list_id, done=done, in_all=in_all)
        cursor.execute("SELECT set_config('application_name', %s, true)", [said])


def told(list_id: int) -> tuple[int, int] | None:
    """Rows done, and in all; None where nobody keeps this list now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE %s",
            [f"dauchan list {list_id}: %"],
        )
        found = cursor.fetchone()
    said = _TOLD.fullmatch(found[0]) if found else None
    return (int(said[1]), int(said[2])) if said else None
