"""FHIR R4: places and stays at them, of people under pseudonyms. A stay is an Encounter, in the open field."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from dauchan.exchange.interop.writing.fhir import fhir_entry, given, reference_to
from dauchan.exchange.interop.writing.plain import NUMBERS, Json

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from dauchan.exchange.interop.records import PlaceTold, StayTold

PSEUDONYMS = "urn:dauchan:pseudonym"
_PLACES = "urn:dauchan:venue"
#: HL7 v3 ActCode: neither at a clinic nor at home.
_FIELD = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "FLD", "display": "field"}


def fhir_stays(places: Iterable[PlaceTold], stays: Sequence[StayTold], made_at: dt.datetime) -> Json:
    """A collection: a Location for each place, a Patient for each pseudonym, an Encounter for each stay.

    *places* hold all that *stays* name.
    """
    people = dict.fromkeys(stay.who for stay in stays)
    resources = [*map(_location, places), *map(_patient, people), *map(_encounter, stays)]
    entries = [fhir_entry(resource) for resource in resources]
    bundle = {"resourceType": "Bundle", "type": "collection", "timestamp": made_at.isoformat()}
    return bundle | given(entry=entries)


def _location(place: PlaceTold) -> Json:
    position = place.lat is not None and place.lon is not None
    return {
        "resourceType": "Location",
        "id": _id("place", place.number),
        "identifier": [{"system": _PLACES, "value": place.number}],
        "status": place.status,
        "mode": "instance",
        **given(
            name=place.name,
            type=place.kind and [{"text": place.kind}],
            address=place.address and {"text": place.address},
            position=position and {"latitude": place.lat, "longitude": place.lon},
        ),
    }


def _patient(pseudonym: str) -> Json:
    identifier = [{"system": PSEUDONYMS, "value": pseudonym}]
    return {"resourceType": "Patient", "id": _id("pseudonym", pseudonym), "identifier": identifier}


def _encounter(stay: StayTold) -> Json:
    period = {"start": stay.begins_at.isoformat(), **given(end=stay.ends_at and stay.ends_at.isoformat())}
    return {
        "resourceType": "Encounter",
        "id": _id("stay", stay.number),
        "status": "finished" if stay.ends_at else "unknown",
        "class": _FIELD,
        "subject": reference_to(_id("pseudonym", stay.who)),
        "period": period,
        "location": [{"location": reference_to(_id("place", stay.where)), "period": period}],
    }


def _id(kind: str, number: str) -> str:
    return str(uuid.uuid5(NUMBERS, f"{kind} {number}"))
