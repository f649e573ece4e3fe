"""Where the people of a presence list live, as far as anybody wrote it down: the commune that issued their control card.

The ledger knows no residence, and phone numbers or usual places would be guesses (docs/decisions/0014).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.people.models import ControlCard
from dauchan.units.models import Unit

if TYPE_CHECKING:
    from dauchan.tracing.zones.models import PresenceList


@dataclass(frozen=True)
class Homes:
    """How many live in which commune, the most first; and of how many nobody knows."""

    by_commune: list[tuple[Unit, int]]
    unknown: int


def homes_on(made: PresenceList) -> Homes:
    """Of the people who are still on the list; two queries, however many they are."""
    people = made.rows.values("person_id")
    latest = ControlCard.objects.filter(person_id__in=people).order_by("person_id", "-issued_at").distinct("person_id")
    known = Counter(latest.values_list("unit_id", flat=True))
    units = Unit.objects.in_bulk(known)
    by_commune = sorted(((units[pk], count) for pk, count in known.items()), key=lambda one: (-one[1], one[0].sort_key))
    return Homes(by_commune, made.rows.count() - known.total())
