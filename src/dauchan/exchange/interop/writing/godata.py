"""Lists that the imports of Go.Data take, JSON."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from dauchan.exchange.interop.godata import PERSON_TYPE, PREFIX
from dauchan.exchange.interop.records import CaseTold, Classification, ContactTold, PersonTold
from dauchan.exchange.interop.writing.plain import NUMBERS, Json

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

_GODATA_CLASSES = {
    Classification.CONFIRMED: "CONFIRMED",
    Classification.PROBABLE: "PROBABLE",
    Classification.SUSPECT: "SUSPECT",
    Classification.NOT_A_CASE: "NOT_A_CASE_DISCARDED",
}


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


def _godata_id(number: str) -> str:
    return str(uuid.uuid5(NUMBERS, f"godata {number}"))


def _midnight(day: dt.date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00.000Z" if day else None
