"""What is here, in the words of the records that other systems are told: places, and where a case was under a pseudonym."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.exchange.interop.records import CaseTold, Classification, PersonTold, PlaceTold, StayTold
from dauchan.people.encryption import keyed_hash
from dauchan.tracing.queries import stays_of
from dauchan.units import audit
from dauchan.units.jurisdiction import in_area
from dauchan.venues.models import Venue, VenueStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.people.models import Identity
    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer, Unit

_STATUS = {VenueStatus.APPROVED: "active", VenueStatus.SUSPENDED: "suspended", VenueStatus.CLOSED: "inactive"}
_DIGITS = 32


def places_of(unit: Unit) -> list[PlaceTold]:
    """Places of the area that were ever in use; sensitive ones are told to nobody."""
    open_to_know = {"sensitive": False, "category__sensitive": False, "status__in": list(_STATUS)}
    found = Venue.objects.filter(in_area([unit]), **open_to_know).select_related("unit", "category")
    return [_place(venue) for venue in found.order_by("pk")]


@transaction.atomic
def stays_told(case: Case, officer: Officer, purpose: str) -> tuple[list[PlaceTold], list[StayTold]]:
    """Where the case was while infectious, and at which places. The look is written down with its purpose.

    A sensitive place is told without name, address and point. The pseudonym holds for this case.
    """
    called = keyed_hash(str(case.person_id), f"fhir-case-{case.pk}").hex()[:_DIGITS]
    stays = stays_of(case)
    venues = {stay.visit.venue_id: stay.visit.venue for stay in stays}
    told = [
        StayTold(
            number=keyed_hash(str(stay.visit.check_in_id), "fhir-stay").hex()[:_DIGITS],
            who=called,
            where=str(stay.visit.venue_id),
            begins_at=stay.begins,
            ends_at=None if stay.imputed else stay.ends,
        )
        for stay in stays
    ]
    audit.record(officer, "case.stays_exported", f"case:{case.pk}", purpose=purpose, detail={"stays": len(told)})
    return _places(venues.values()), told


def case_told(case: Case, identity: Identity | None) -> CaseTold:
    """The case as other systems take it; without *identity*, which the caller has from an open disclosure, nobody is named."""
    first = case.lab_results.filter(taken_back_at=None).first()
    return CaseTold(
        at="",
        person=person_told(identity, case.unit.full_name),
        number=case.code,
        disease=case.disease.code,
        classification=Classification.CONFIRMED,
        onset_on=case.onset_on,
        sampled_on=case.sampled_on,
        reported_on=timezone.localdate(case.registered_at),
        isolated_on=timezone.localdate(case.isolated_at) if case.isolated_at else None,
        isolated_where=case.isolated_where,
        laboratory=first.laboratory if first else "",
        result=first.result if first else "positive",
        symptoms=tuple(code.replace("_", " ") for code in case.symptoms),
    )


def person_told(identity: Identity | None, place: str = "") -> PersonTold:
    """Somebody whose details are open; nobody else has a word in it."""
    if identity is None:
        return PersonTold()
    return PersonTold(
        full_name=identity.full_name,
        born=identity.birth_year or "",
        phone=identity.phone,
        address=identity.address or "",
        places=(place,) if place else (),
    )


def _places(venues: Iterable[Venue]) -> list[PlaceTold]:
    return [PlaceTold(str(venue.pk), "") if venue.is_sensitive else _place(venue) for venue in venues]


def _place(venue: Venue) -> PlaceTold:
    return PlaceTold(
        number=str(venue.pk),
        name=venue.name,
        kind=venue.category.name_en,
        address=venue.full_address,
        lat=venue.lat,
        lon=venue.lon,
        status=_STATUS.get(VenueStatus(venue.status), "inactive"),
    )
