"""A FHIR R4 collection of cases, JSON."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from dauchan.exchange.interop.records import CaseTold, Classification, PersonTold
from dauchan.exchange.interop.writing.plain import NUMBERS, Json, iso_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

_VERIFICATION = {
    Classification.CONFIRMED: "confirmed",
    Classification.PROBABLE: "provisional",
    Classification.SUSPECT: "provisional",
    Classification.NOT_A_CASE: "refuted",
    Classification.UNKNOWN: "unconfirmed",
}
_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"


def fhir_bundle(cases: Iterable[CaseTold], made_at: dt.datetime) -> Json:
    """A FHIR R4 collection: for each case a Patient, a Condition and, where there was a sample, an Observation."""
    entries = [entry for one in cases for entry in _fhir_case(one)]
    return {"resourceType": "Bundle", "type": "collection", "timestamp": made_at.isoformat(), "entry": entries}


def _fhir_case(one: CaseTold) -> list[Json]:
    patient = _id_of("patient", one)
    resources = [_fhir_patient(one.person, patient), _condition(one, patient)]
    if one.sampled_on or one.result:
        resources.append(_observation(one, patient))
    return [fhir_entry(resource) for resource in resources]


def _condition(one: CaseTold, patient: str) -> Json:
    status = "inactive" if one.classification is Classification.NOT_A_CASE else "active"
    return {
        "resourceType": "Condition",
        "id": _id_of("case", one),
        "identifier": [{"value": one.number}],
        "clinicalStatus": _fhir_code("condition-clinical", status),
        "verificationStatus": _fhir_code("condition-ver-status", _VERIFICATION[one.classification]),
        "code": {"text": one.disease or "?"},
        "subject": reference_to(patient),
        **given(
            onsetDateTime=iso_day(one.onset_on),
            recordedDate=iso_day(one.reported_on),
            note=one.note and [{"text": one.note}],
        ),
    }


def _observation(one: CaseTold, patient: str) -> Json:
    return {
        "resourceType": "Observation",
        "id": _id_of("sample", one),
        "status": "final",
        "category": [_fhir_code("observation-category", "laboratory")],
        "code": {"text": "laboratory test"},
        "subject": reference_to(patient),
        **given(effectiveDateTime=iso_day(one.sampled_on), valueCodeableConcept=one.result and {"text": one.result}),
    }


def _fhir_patient(person: PersonTold, number: str) -> Json:
    last, _space, first = person.full_name.rpartition(" ")
    name = given(text=person.full_name, family=last, given=first and [first])
    address = given(line=person.address and [person.address], city=next(iter(person.places), ""))
    return {
        "resourceType": "Patient",
        "id": number,
        **given(
            name=name and [name],
            gender=person.sex,
            birthDate=person.born,
            telecom=person.phone and [{"system": "phone", "value": person.phone}],
            identifier=person.document and [{"value": person.document}],
            address=address and [address],
        ),
    }


def _fhir_code(system: str, code: str) -> Json:
    return {"coding": [{"system": f"{_TERMINOLOGY}/{system}", "code": code}]}


def fhir_entry(resource: Json) -> Json:
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}


def given(**values: object) -> Json:
    """Only what says something: FHIR allows no empty elements."""
    return {name: value for name, value in values.items() if value}


def _id_of(kind: str, one: CaseTold) -> str:
    return str(uuid.uuid5(NUMBERS, f"{kind} {one.number}"))


def reference_to(patient: str) -> Json:
    return {"reference": f"urn:uuid:{patient}"}
