"""Cases and contacts as other systems take them: SORMAS (CSV), DHIS2 tracker, Go.Data and FHIR R4 (JSON).

The readers beside this file read each of them back. Names are written where the caller has them: whoever may not open them
passes `PersonTold()` with nothing in it.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from dauchan.exchange.interop.dhis2 import WORDS
from dauchan.exchange.interop.godata import PERSON_TYPE, PREFIX
from dauchan.exchange.interop.records import CaseTold, Classification, ContactTold
from dauchan.exchange.interop.sormas import DISEASES
from dauchan.exchange.tables import Column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from dauchan.exchange.interop.records import PersonTold

Json = dict[str, Any]
_SORMAS_DISEASES = {ours: theirs for theirs, ours in DISEASES.items()}
_SORMAS_CLASSES = {
    Classification.CONFIRMED: "CONFIRMED",
    Classification.PROBABLE: "PROBABLE",
    Classification.SUSPECT: "SUSPECT",
    Classification.NOT_A_CASE: "NO_CASE",
    Classification.UNKNOWN: "NOT_CLASSIFIED",
}
_GODATA_CLASSES = {
    Classification.CONFIRMED: "CONFIRMED",
    Classification.PROBABLE: "PROBABLE",
    Classification.SUSPECT: "SUSPECT",
    Classification.NOT_A_CASE: "NOT_A_CASE_DISCARDED",
}
_VERIFICATION = {
    Classification.CONFIRMED: "confirmed",
    Classification.PROBABLE: "provisional",
    Classification.SUSPECT: "provisional",
    Classification.NOT_A_CASE: "refuted",
    Classification.UNKNOWN: "unconfirmed",
}
_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
_NUMBERS = uuid.UUID("5f0d6f0e-3c55-4c42-9a0c-2f7a0b6f3d11")


def sormas_case_columns() -> list[Column[CaseTold]]:
    """The columns of a SORMAS import of cases, in the order of its template; days as dd/MM/yyyy."""
    return [
        Column("disease", lambda one: _SORMAS_DISEASES.get(one.disease, "OTHER" if one.disease else "")),
        Column("diseaseDetails", lambda one: "" if one.disease in _SORMAS_DISEASES else one.disease),
        *_sormas_person(lambda one: one.person),
        Column("reportDate", lambda one: _slashed(one.reported_on)),
        Column("caseClassification", lambda one: _SORMAS_CLASSES[one.classification]),
        Column("externalID", lambda one: one.number),
        Column("symptoms.onsetDate", lambda one: _slashed(one.onset_on)),
        Column("sampleDateTime", lambda one: _slashed(one.sampled_on)),
        Column("pathogenTestResult", lambda one: one.result.upper()),
        Column("quarantineFrom", lambda one: _slashed(one.isolated_on)),
        Column("additionalDetails", lambda one: one.note),
    ]


def sormas_contact_columns() -> list[Column[ContactTold]]:
    """The columns of a SORMAS import of contacts, in the order of its template; days as dd/MM/yyyy."""
    return [
        Column("caseIdExternalSystem", lambda one: one.of_case),
        Column("disease", lambda one: _SORMAS_DISEASES.get(one.disease, "OTHER" if one.disease else "")),
        Column("diseaseDetails", lambda one: "" if one.disease in _SORMAS_DISEASES else one.disease),
        Column("reportDateTime", lambda one: _slashed(one.reported_on)),
        Column("firstContactDate", lambda one: _slashed(one.first_on)),
        Column("lastContactDate", lambda one: _slashed(one.last_on)),
        Column("contactProximityDetails", lambda one: one.kind),
        Column("contactClassification", lambda one: one.classification.upper()),
        Column("followUpUntil", lambda one: _slashed(one.follow_up_until)),
        Column("description", lambda one: one.note),
        Column("relationDescription", lambda one: one.relation),
        Column("externalID", lambda one: one.number),
        *_sormas_person(lambda one: one.person),
    ]


def godata_cases(cases: Iterable[CaseTold]) -> list[Json]:
    """A list that Go.Data's import of cases takes (JSON)."""
    return [
        {
            **_godata_person(one.person, one.number),
            "type": f"{PERSON_TYPE}CASE",
            "classification": f"{PREFIX}CASE_CLASSIFICATION_{_GODATA_CLASSES[one.classification]}"
            if one.classification
            else "",
            "dateOfReporting": _midnight(one.reported_on),
            "dateOfOnset": _midnight(one.onset_on),
            "dateBecomeCase": _midnight(one.sampled_on),
            "notes": one.note,
        }
        for one in cases
    ]


def godata_contacts(contacts: Iterable[ContactTold]) -> list[Json]:
    """A list that Go.Data's import of contacts takes (JSON), each with the relationship to its case."""
    return [
        {
            **_godata_person(one.person, one.number),
            "type": f"{PERSON_TYPE}CONTACT",
            "dateOfReporting": _midnight(one.reported_on),
            "dateOfLastContact": _midnight(one.last_on),
            "notes": one.note,
            "relationships": [
                {
                    "persons": [
                        {
                            "id": _godata_id(one.of_case),
                            "visualId": one.of_case,
                            "type": f"{PERSON_TYPE}CASE",
                            "source": True,
                        },
                        {"id": _godata_id(one.number), "type": f"{PERSON_TYPE}CONTACT", "target": True},
                    ],
                    "contactDate": _midnight(one.last_on),
                }
            ],
        }
        for one in contacts
    ]


def dhis2_payload(cases: Iterable[CaseTold], contacts: Iterable[ContactTold], ids: Mapping[str, str]) -> Json:
    """A payload of the tracker importer: people with an enrolment each, and relationships from case to contact.

    *ids* are those of the receiving installation: of our facts (`first_name` …) and of `orgUnit`, `program`, `trackedEntityType`,
    `relationshipType`. A fact without an id is named by words instead, which a person can map.
    """
    cases, contacts = list(cases), list(contacts)
    everybody: list[CaseTold | ContactTold] = [*contacts, *cases]
    people = {one.number: _dhis2_person(one, ids) for one in everybody}
    return {
        "trackedEntities": list(people.values()),
        "relationships": [
            {
                "relationshipType": ids.get("relationshipType", ""),
                "from": {"trackedEntity": {"trackedEntity": _dhis2_uid(one.of_case)}},
                "to": {"trackedEntity": {"trackedEntity": _dhis2_uid(one.number)}},
            }
            for one in contacts
            if one.of_case
        ],
    }


def fhir_bundle(cases: Iterable[CaseTold], made_at: dt.datetime) -> Json:
    """A FHIR R4 collection: for each case a Patient, a Condition and, where there was a sample, an Observation."""
    entries = [entry for one in cases for entry in _fhir_case(one)]
    return {"resourceType": "Bundle", "type": "collection", "timestamp": made_at.isoformat(), "entry": entries}


def _sormas_person(person: Callable[[Any], PersonTold]) -> list[Column[Any]]:
    return [
        Column("person.firstName", lambda one: person(one).full_name.rpartition(" ")[2]),
        Column("person.lastName", lambda one: person(one).full_name.rpartition(" ")[0]),
        Column("person.sex", lambda one: person(one).sex.upper()),
        Column("person.birthdateDD", lambda one: person(one).born[8:10]),
        Column("person.birthdateMM", lambda one: person(one).born[5:7]),
        Column("person.birthdateYYYY", lambda one: person(one).born[:4]),
        Column("person.phone", lambda one: person(one).phone),
        Column("person.nationalHealthId", lambda one: person(one).document),
        Column("person.address.street", lambda one: person(one).address),
        Column("person.address.community", lambda one: next(iter(person(one).places), "")),
    ]


def _godata_person(person: PersonTold, number: str) -> Json:
    last, _space, first = person.full_name.rpartition(" ")
    return {
        "id": _godata_id(number),
        "visualId": number,
        "firstName": first,
        "lastName": last,
        "gender": f"{PREFIX}GENDER_{person.sex.upper()}" if person.sex else "",
        "dob": f"{person.born}T00:00:00.000Z" if len(person.born) == len("YYYY-MM-DD") else None,
        "addresses": [
            {
                "typeId": f"{PREFIX}ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE",
                "addressLine1": person.address,
                "city": next(iter(person.places), ""),
                "phoneNumber": person.phone,
            }
        ],
    }


def _dhis2_person(one: CaseTold | ContactTold, ids: Mapping[str, str]) -> Json:
    last, _space, first = one.person.full_name.rpartition(" ")
    facts = {"first_name": first, "last_name": last, "born": one.person.born, "sex": one.person.sex, "phone": one.person.phone,
             "document": one.person.document, "address": one.person.address, "disease": one.disease}  # fmt: skip
    days: Json = {"enrolledAt": _iso(one.reported_on)}
    if isinstance(one, CaseTold):
        facts |= {"sampled_on": _iso(one.sampled_on), "result": one.result, "isolated_on": _iso(one.isolated_on), "note": one.note,
                  "classification": one.classification.replace("_", " ")}  # fmt: skip
        days["occurredAt"] = _iso(one.onset_on)
    return {
        "trackedEntity": _dhis2_uid(one.number),
        "trackedEntityType": ids.get("trackedEntityType", ""),
        "orgUnit": ids.get("orgUnit", ""),
        "attributes": [_dhis2_attribute(fact, text, ids) for fact, text in facts.items() if text],
        "enrollments": [
            {
                "orgUnit": ids.get("orgUnit", ""),
                "program": ids.get("program", ""),
                "status": "ACTIVE",
                **{name: day for name, day in days.items() if day},
            }
        ],
    }


def _dhis2_attribute(fact: str, text: str, ids: Mapping[str, str]) -> Json:
    if fact in ids:
        return {"attribute": ids[fact], "value": text}
    return {"displayName": min(WORDS[fact]), "value": text}


def _fhir_case(one: CaseTold) -> list[Json]:
    patient, condition, sample = (
        str(uuid.uuid5(_NUMBERS, f"{kind} {one.number}")) for kind in ("patient", "case", "sample")
    )
    subject = {"reference": f"urn:uuid:{patient}"}
    told = {
        "resourceType": "Condition",
        "id": condition,
        "identifier": [{"value": one.number}],
        "clinicalStatus": _fhir_code("condition-clinical", "active"),
        "verificationStatus": _fhir_code("condition-ver-status", _VERIFICATION[one.classification]),
        "code": {"text": one.disease or "?"},
        "subject": subject,
    }
    told |= _given(
        onsetDateTime=_iso(one.onset_on), recordedDate=_iso(one.reported_on), note=one.note and [{"text": one.note}]
    )
    if one.classification is Classification.NOT_A_CASE:
        told["clinicalStatus"] = _fhir_code("condition-clinical", "inactive")
    entries = [_entry(_fhir_patient(one.person, patient)), _entry(told)]
    if one.sampled_on or one.result:
        entries.append(
            _entry(
                {
                    "resourceType": "Observation",
                    "id": sample,
                    "status": "final",
                    "code": {"text": "laboratory test"},
                    "subject": subject,
                    **_given(
                        effectiveDateTime=_iso(one.sampled_on),
                        valueCodeableConcept=one.result and {"text": one.result},
                    ),
                }
            )
        )
    return entries


def _fhir_patient(person: PersonTold, number: str) -> Json:
    last, _space, first = person.full_name.rpartition(" ")
    name = _given(text=person.full_name, family=last, given=first and [first])
    address = _given(line=person.address and [person.address], city=next(iter(person.places), ""))
    return {
        "resourceType": "Patient",
        "id": number,
        **_given(
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


def _entry(resource: Json) -> Json:
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}


def _given(**values: object) -> Json:
    """Only what says something: FHIR allows no empty elements."""
    return {name: value for name, value in values.items() if value}


def _godata_id(number: str) -> str:
    return str(uuid.uuid5(_NUMBERS, f"godata {number}"))


def _dhis2_uid(number: str) -> str:
    """Eleven letters and digits that begin with a letter, the same for the same number."""
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    left = uuid.uuid5(_NUMBERS, f"dhis2 {number}").int
    uid = letters[left % 52]
    for _ in range(10):
        left //= len(letters)
        uid += letters[left % len(letters)]
    return uid


def _slashed(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _midnight(day: dt.date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00.000Z" if day else None
