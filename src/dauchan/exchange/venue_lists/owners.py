"""Whom the venues of a list belong to: known by their number, else written down with it, unverified, until they sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.people.models import Identity, Person
from dauchan.people.told import ToldOf, identities_with_phones, people_told_of
from dauchan.visits.models import CheckIn

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dauchan.exchange.venue_lists.models import VenueRow


def owners_of(rows: Sequence[VenueRow]) -> dict[int, int]:
    """By position of the row the person whose number it names; rows for which somebody was written down say so."""
    said = [(row, draft) for row in rows if (draft := row.draft) and draft.owner_phone]
    known = {phone: one.person_id for phone, one in identities_with_phones({d.owner_phone for _row, d in said}).items()}
    new: dict[str, str] = {}
    for row, draft in said:
        if draft.owner_phone not in known and draft.owner_phone not in new:
            new[draft.owner_phone] = draft.owner_name
            row.is_new_owner = True
    people = people_told_of([ToldOf(name, phone) for phone, name in new.items()])
    known |= {phone: person.pk for phone, person in zip(new, people, strict=True)}
    return {row.position: known[draft.owner_phone] for row, draft in said}


def forget_new_owners(person_ids: Collection[int]) -> int:
    """Erase those who were written down by a list that is undone, and have done nothing here since. Returns: how many."""
    idle = Identity.objects.filter(person__in=person_ids, verified_at=None, person__venues=None, person__consents=None)
    ids = set(idle.filter(person__credentials=None).values_list("person", flat=True))
    ids -= set(CheckIn.objects.filter(person_id__in=ids).values_list("person_id", flat=True))
    Person.objects.filter(pk__in=ids).delete()
    return len(ids)
