"""Erasing somebody's data: table by table as the inventory says, once no case holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from dauchan.people.models import Consent
from dauchan.people.paper_hashes import about
from dauchan.privacy.emptying import emptying
from dauchan.privacy.inventory import Erasing, data_inventory
from dauchan.privacy.rights.erasure_list import list_erasure
from dauchan.privacy.rights.erasure_models import Erasure
from dauchan.privacy.rights.holding import held_among, is_held
from dauchan.privacy.rights.request_models import Kind, PersonRequest, State
from dauchan.privacy.rights.writing import tell
from dauchan.visits.partitions import local_day
from dauchan.visits.segments.shelf import drop_day, own_shelf

if TYPE_CHECKING:
    import datetime as dt

    from django.db.backends.utils import CursorWrapper

    from dauchan.privacy.inventory import Table


def ask_erasure(person_id: int) -> bool:
    """Erase now, or note that it is to be done when the case lets go. Returns: whether it was done."""
    Erasure.objects.get_or_create(person_id=person_id)
    if is_held(person_id, timezone.now()):
        return False
    erase(person_id)
    return True


@transaction.atomic
def erase(person_id: int) -> dict[str, int]:
    """Remove or empty every row the inventory says goes with a person. Returns: how many, by table.

    Days on disk for tracing in which they were are dropped after the commit; the worker writes them anew.
    """
    now = timezone.now()
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        days = _days_of(cursor, person_id)
        cursor.execute("SELECT set_config('dauchan.retention', 'on', true)")
        # Rows that are found through another table go before those of that table.
        for table in sorted(data_inventory().about_people(), key=lambda one: "SELECT" not in one.of):
            if removed := _erase_from(cursor, table, person_id):
                counts[table.name] = removed
        cursor.execute("SELECT set_config('dauchan.retention', 'off', true)")
    Consent.objects.filter(person=person_id, withdrawn_at=None).update(withdrawn_at=now)
    Erasure.objects.update_or_create(
        person_id=person_id,
        defaults={"erased_at": now, "counts": counts},
        create_defaults={"erased_at": now, "counts": counts},
    )
    list_erasure(person_id)
    transaction.on_commit(lambda: _drop_days(days))
    return counts


def erase_what_was_let_go(now: dt.datetime) -> int:
    """The erasures that waited for a case and need not any more. Returns: how many people."""
    waiting = list(Erasure.objects.filter(erased_at=None).values_list("person_id", flat=True))
    free = sorted(set(waiting) - held_among(waiting, now))
    for person_id in free:
        _let_go(person_id)
    return len(free)


@transaction.atomic
def _let_go(person_id: int) -> None:
    erase(person_id)
    for request in PersonRequest.objects.select_for_update().filter(person_id=person_id, state=State.HELD):
        request.state, request.ended_at = State.GRANTED, timezone.now()
        request.revision += 1
        request.save()
        tell(request, Kind.ERASED, None)


def _erase_from(cursor: CursorWrapper, table: Table, person_id: int) -> int:
    said = about(person_id)
    if table.erase is Erasing.DELETE:
        cursor.execute(f"DELETE FROM {table.name} WHERE {table.of}", said)  # noqa: S608 - the inventory's own words
        return int(cursor.rowcount)
    if table.erase is Erasing.EMPTY:
        settings, values = emptying(table, table.empties)
        cursor.execute(f"UPDATE {table.name} SET {settings} WHERE {table.of}", {**said, **values})  # noqa: S608 - as above
        return int(cursor.rowcount)
    return 0


def _days_of(cursor: CursorWrapper, person_id: int) -> set[dt.date]:
    cursor.execute("SELECT entered_at FROM check_in WHERE person_id = %s", [person_id])
    return {local_day(at) for (at,) in cursor.fetchall()}


def _drop_days(days: set[dt.date]) -> None:
    shelf = own_shelf()
    for day in days & set(shelf.days()):
        drop_day(shelf, day)
