"""SORMAS: the CSV files its imports of cases, contacts and events take, read and written.

The row of property names (`person.firstName`, `caseClassification` …) may stand below a row of entity names and above rows
that begin with `##`: captions in the country's language and the values allowed. Source: the import templates that SORMAS
makes (SORMAS-Project, sormas-backend, ImportFacade) and the files of its own tests.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from dauchan.exchange.interop.days import order_of
from dauchan.exchange.interop.reading import Taking, sex_of, table_of
from dauchan.exchange.interop.records import (
    CaseTold,
    Classification,
    ContactTold,
    Fault,
    HappeningTold,
    PersonTold,
    Reason,
    Told,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CLASSIFICATIONS = {
    "CONFIRMED": Classification.CONFIRMED,
    "CONFIRMED_NO_SYMPTOMS": Classification.CONFIRMED,
    "CONFIRMED_UNKNOWN_SYMPTOMS": Classification.CONFIRMED,
    "PROBABLE": Classification.PROBABLE,
    "SUSPECT": Classification.SUSPECT,
    "NO_CASE": Classification.NOT_A_CASE,
}
#: Its name of a disease, and the code it has here where that is another.
DISEASES = {"CORONAVIRUS": "covid-19", "MEASLES": "measles", "DIPHTERIA": "diphtheria"}
SYMPTOMS = {
    "fever": "fever", "cough": "cough", "soreThroat": "sore throat", "runnyNose": "runny nose", "headache": "headache",
    "musclePain": "muscle pain", "diarrhea": "diarrhoea", "vomiting": "vomiting", "fatigueWeakness": "tired",
    "difficultyBreathing": "breathless", "lossOfSmell": "loss of smell", "lossOfTaste": "loss of smell", "skinRash": "rash",
    "conjunctivitis": "red eyes", "swollenGlands": "swollen neck",
}  # fmt: skip
#: Fields whose value says nothing by itself.
_EMPTY = {"UNKNOWN", "NO", "NOT_CLASSIFIED", "NO_FACILITY", "ALIVE", "PENDING", "NO_OUTCOME"}
_DAY_FIELDS = re.compile(r"date|Date|until|Until|From$|To$|DateTime")
_MARKS = ("person.firstName", "person.lastName", "firstName", "eventTitle", "eventDesc", "eventStatus")
_HEAD_ROWS = 3
_COMMENT = "##"
Named = TypeVar("Named", CaseTold, ContactTold)


def is_sormas(rows: Sequence[Sequence[str]]) -> bool:
    """Whether one of the first rows holds its property names."""
    return _heading(rows) is not None


def read_sormas(text: str) -> Told:
    """Cases, contacts or events of an import file."""
    rows = table_of(text)
    told = Told("sormas")
    head = _heading(rows)
    if head is None:
        return told
    names = _told_apart(rows[head])
    body = [
        (number, row)
        for number, row in enumerate(rows, start=1)
        if number > head + 1 and any(row) and not row[0].startswith(_COMMENT)
    ]
    days = [cell for _number, row in body for name, cell in zip(names, row, strict=False) if _DAY_FIELDS.search(name)]
    told.day_first, told.is_order_sure = order_of(days)
    for number, row in body:
        if any(row[len(names) :]):
            told.faults.append(Fault(f"row {number}", "", Reason.TOO_MANY_CELLS, row[len(names)]))
            continue
        _take(told, f"row {number}", dict(zip(names, row, strict=False)))
    return told


def _take(told: Told, at: str, fields: Mapping[str, str]) -> None:
    said = {name: value for name, value in fields.items() if value not in _EMPTY}
    taking = Taking(told, at, said)
    if any(name.startswith("event") for name in fields):
        told.happenings.append(_event(taking))
    elif any(name in fields for name in ("contactClassification", "contactStatus", "lastContactDate")):
        _keep_named(told, _contact(taking), told.contacts)
    else:
        _keep_named(told, _case(taking), told.cases)
    taking.done()


def _keep_named(told: Told, one: Named, among: list[Named]) -> None:
    if one.person.full_name or one.person.phone:
        among.append(one)
    else:
        told.faults.append(Fault(one.at, "person.lastName", Reason.NO_NAME))


def _case(taking: Taking) -> CaseTold:
    classification = taking.text("caseClassification")
    return CaseTold(
        at=taking.at,
        person=_person(taking),
        number=taking.text("externalID", "externalToken", "epidNumber", "internalToken"),
        disease=_disease(taking),
        classification=CLASSIFICATIONS.get(classification, Classification.UNKNOWN),
        onset_on=taking.day("symptoms.onsetDate"),
        sampled_on=taking.day("sampleDateTime", "sample.sampleDateTime"),
        reported_on=taking.day("reportDate", "reportDateTime"),
        isolated_on=taking.day("quarantineFrom", "hospitalization.admissionDate"),
        isolated_where=taking.joined("healthFacilityDetails", "healthFacility"),
        laboratory=taking.joined("lab", "labDetails"),
        result=taking.text("pathogenTestResult", "testResult").lower(),
        symptoms=tuple(
            dict.fromkeys(
                SYMPTOMS[name.removeprefix("symptoms.")]
                for name, value in taking.left(f"symptoms.{symptom}" for symptom in SYMPTOMS)
                if value == "YES"
            )
        ),
        note=taking.joined("additionalDetails"),
    )


def _contact(taking: Taking) -> ContactTold:
    first_on, last_on = taking.days(["firstContactDate"], ["lastContactDate"])
    return ContactTold(
        at=taking.at,
        person=_person(taking),
        number=taking.text("externalID", "externalToken", "internalToken"),
        of_case=taking.text("caseIdExternalSystem", "caseOrEventInformation"),
        disease=_disease(taking),
        classification=taking.text("contactClassification").lower(),
        relation=taking.joined("relationToCase", "relationDescription").lower(),
        kind=taking.joined("contactProximity", "contactProximityDetails").lower(),
        first_on=first_on,
        last_on=last_on,
        reported_on=taking.day("reportDateTime"),
        follow_up_until=taking.day("followUpUntil"),
        note=taking.joined("description", "additionalDetails"),
    )


def _event(taking: Taking) -> HappeningTold:
    begins_on, ends_on = taking.days(["startDate", "reportDateTime"], ["endDate"])
    return HappeningTold(
        at=taking.at,
        number=taking.text("externalId", "externalToken", "internalToken"),
        what=taking.joined("eventTitle", "eventDesc"),
        place=taking.joined("eventLocation.facilityDetails", "eventLocation.street", "eventLocation.city"),
        begins_on=begins_on,
        ends_on=ends_on,
    )


def _person(taking: Taking) -> PersonTold:
    year, month, day = (taking.text(f"person.birthdate{part}") for part in ("YYYY", "MM", "DD"))
    whole = all(part.isdigit() for part in (year, month, day))
    return PersonTold(
        full_name=taking.joined("person.lastName", "person.firstName", "lastName", "firstName"),
        born=f"{int(year):04}-{int(month):02}-{int(day):02}" if whole else year,
        sex=sex_of(taking.text("person.sex", "sex")),
        phone=taking.text("person.phone", "phone"),
        document=taking.text("person.nationalHealthId", "person.passportNumber"),
        address=taking.joined(
            "person.address.street", "person.address.houseNumber", "person.address.address", "person.address.city"
        ),
        places=tuple(
            value
            for place in ("community", "district", "region")
            if (value := taking.text(f"person.address.{place}", place, f"responsible{place.capitalize()}"))
        ),
    )


def _disease(taking: Taking) -> str:
    disease, details = taking.text("disease"), taking.text("diseaseDetails")
    return DISEASES.get(disease, details if disease in {"OTHER", ""} else disease.lower())


def _heading(rows: Sequence[Sequence[str]]) -> int | None:
    return next((at for at, row in enumerate(rows[:_HEAD_ROWS]) if any(mark in row for mark in _MARKS)), None)


def _told_apart(names: Sequence[str]) -> list[str]:
    """A second column of one name (two samples, two vaccinations) keeps its own: `sampleDateTime`, `sampleDateTime#2`."""
    seen: Counter[str] = Counter()
    apart = []
    for name in names:
        seen[name] += 1
        apart.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return apart
