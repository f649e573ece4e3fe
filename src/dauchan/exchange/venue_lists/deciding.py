"""What a person says of rows that are like something known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from dauchan.exchange.venue_lists.errors import NotThisStep
from dauchan.exchange.venue_lists.models import Decision, RowState, State, VenueList

if TYPE_CHECKING:
    from collections.abc import Mapping


@transaction.atomic
def decide(venue_list: VenueList, decisions: Mapping[int, str]) -> int:
    """Note decisions by the position of their row: `skip`, `new`, `merge` into the earlier row, or `merge-17` into a venue; "" takes
    one back. What a row does not offer is passed over. Returns: how many rows they changed. Raises: NotThisStep.
    """
    _still_open(venue_list)
    rows = venue_list.rows.filter(position__in=decisions, state=RowState.ASKS)
    changed = []
    for row in rows:
        word, _dash, target = decisions[row.position].partition("-")
        into = int(target) if target.isascii() and target.isdigit() else None
        is_offered = (into in row.alike) if target else (word != Decision.MERGE or row.twin is not None)
        if (word == "" or word in Decision.values) and is_offered and (row.decision, row.into) != (word, into):
            row.decision, row.into = word, into
            changed.append(row)
    venue_list.rows.bulk_update(changed, ["decision", "into"], batch_size=1000)
    return len(changed)


@transaction.atomic
def decide_all(venue_list: VenueList, decision: str) -> int:
    """The same of every row about which nothing was decided; a merge goes into the likeliest. Raises: NotThisStep."""
    _still_open(venue_list)
    rows = list(venue_list.rows.filter(state=RowState.ASKS, decision=""))
    for row in rows:
        row.decision = decision
        row.into = row.alike[0] if decision == Decision.MERGE and row.alike else None
    venue_list.rows.bulk_update(rows, ["decision", "into"], batch_size=1000)
    return len(rows)


def _still_open(venue_list: VenueList) -> None:
    state = VenueList.objects.select_for_update().values_list("state", flat=True).get(pk=venue_list.pk)
    if state != State.CHECKED:
        raise NotThisStep
