"""A payload that the tracker importer of DHIS2 takes, JSON."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from dauchan.exchange.interop.dhis2_facts import WORDS
from dauchan.exchange.interop.records import CaseTold, ContactTold
from dauchan.exchange.interop.writing.plain import NUMBERS, Json, iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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


def _dhis2_person(one: CaseTold | ContactTold, ids: Mapping[str, str]) -> Json:
    last, _space, first = one.person.full_name.rpartition(" ")
    facts = {"first_name": first, "last_name": last, "born": one.person.born, "sex": one.person.sex, "phone": one.person.phone,
             "document": one.person.document, "address": one.person.address, "disease": one.disease}  # fmt: skip
    days: Json = {"enrolledAt": iso_day(one.reported_on)}
    if isinstance(one, CaseTold):
        facts |= {"sampled_on": iso_day(one.sampled_on), "result": one.result, "isolated_on": iso_day(one.isolated_on), "note": one.note,
                  "classification": one.classification.replace("_", " ")}  # fmt: skip
        days["occurredAt"] = iso_day(one.onset_on)
    else:
        facts |= {"last_on": iso_day(one.last_on), "note": one.note}
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


def _dhis2_uid(number: str) -> str:
    """Eleven letters and digits that begin with a letter, the same for the same number."""
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    left = uuid.uuid5(NUMBERS, f"dhis2 {number}").int
    uid = letters[left % 52]
    for _ in range(10):
        left //= len(letters)
        uid += letters[left % len(letters)]
    return uid
