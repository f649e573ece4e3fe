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
from dauchan.exchange.interop.reading import COMMENT, Taking, sex_of
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
from dauchan.exchange.interop.sormas_words import CLASSIFICATIONS, DISEASES, EMPTY, SYMPTOMS, word_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DAY_FIELDS = re.compile(r"[dD]ate(?!YYYY|MM|DD)|[uU]ntil|From$|To$")
_DIGIT = re.compile(r"\d")
_EVENT = {"eventTitle", "eventDesc", "eventStatus"}
_CONTACT = {"contactClassification", "contactStatus", "lastContactDate"}
_SELF_REPORT = {"type", "caseReference", "firstName"}
_PERSON = {"person.firstName", "person.lastName"}
_MARKS = _PERSON | _EVENT
#: In a heading of Go.Data, which has `person.firstName` too.
_OF_OTHERS = "person.visualId"
_HEAD_ROWS, _LOOKED_AT = 5, 40
_PARTICIPANT = "event participant"
Named = TypeVar("Named", CaseTold, ContactTold)


def is_sormas(rows: Sequence[Sequence[str]]) -> bool:
    """Whether one of the first rows holds its property names."""
    return _heading(rows) is not None


def read_sormas(rows: Sequence[Sequence[str]]) -> Told:
    """Cases, contacts, participants of events, or events: of a file to be imported, or of a detailed export."""
    told = Told("sormas")
    head = _heading(rows)
    if head is None:
        return told
    names = _told_apart(rows[head])
    body = [
        (number, row)
        for number, row in enumerate(rows, start=1)
        if number > head + 1 and any(row) and not row[0].startswith(COMMENT)
    ]
    days = [cell for _number, row in body for name, cell in zip(names, row, strict=False) if _DAY_FIELDS.search(name)]
    told.order = order_of(days)
    for number, row in body:
        if any(row[len(names) :]):
            told.faults.append(Fault(f"row {number}", "", Reason.TOO_MANY_CELLS, row[len(names)]))
        elif not _is_captions(names, row):
            _take(told, f"row {number}", dict(zip(names, row, strict=False)))
    return told


def _is_captions(names: Sequence[str], row: Sequence[str]) -> bool:
    """A detailed export says each property once more, in the words of its language; so nothing in it is a day, a number or a code."""
    said = [(name, cell) for name, cell in zip(names, row, strict=False) if _DAY_FIELDS.search(name) and cell]
    return (
        bool(said) and len([cell for cell in row if cell]) == len(names) and not any(_DIGIT.search(c) for _n, c in said)
    )


def _take(told: Told, at: str, fields: Mapping[str, str]) -> None:
    said = {name: value for name, value in fields.items() if word_of(value) not in EMPTY}
    taking = Taking(told, at, said)
    if _is_contact(fields):
        _keep_named(told, _contact(taking), told.contacts)
    elif not _EVENT.isdisjoint(fields):
        told.happenings.append(_event(taking))
        if any(said.get(name) for name in _PERSON):  # the same row may tell who was there
            _keep_named(told, _participant(taking), told.contacts)
    elif "involvementDescription" in fields and "caseClassification" not in fields:
        _keep_named(told, _participant(taking), told.contacts)
    else:
        _keep_named(told, _case(taking), told.cases)
    taking.done()


def _is_contact(fields: Mapping[str, str]) -> bool:
    """Of reports by the people themselves each row says what it tells of."""
    return not _CONTACT.isdisjoint(fields) or (fields.keys() >= _SELF_REPORT and fields["type"] == "CONTACT")


def _keep_named(told: Told, one: Named, among: list[Named]) -> None:
    if one.person.full_name or one.person.phone:
        among.append(one)
    else:
        told.faults.append(Fault(one.at, "person.lastName", Reason.NO_NAME))


def _case(taking: Taking) -> CaseTold:
    return CaseTold(
        at=taking.at,
        person=_person(taking),
        number=taking.text("externalID", "externalToken", "epidNumber", "internalToken", "uuid", "caseReference"),
        disease=_disease(taking),
        classification=CLASSIFICATIONS.get(word_of(taking.text("caseClassification")), Classification.UNKNOWN),
        onset_on=taking.day("symptoms.onsetDate", "dateOfSymptoms"),
        sampled_on=taking.day("sampleDateTime", "sample.sampleDateTime", "dateOfTest"),
        reported_on=taking.day("reportDate", "reportDateTime"),
        isolated_on=taking.day("quarantineFrom", "hospitalization.admissionDate"),
        isolated_where=taking.joined("healthFacilityDetails", "healthFacility"),
        laboratory=taking.joined("lab", "labDetails"),
        result=taking.text("pathogenTestResult", "testResult").lower(),
        symptoms=tuple(
            dict.fromkeys(
                SYMPTOMS[name.removeprefix("symptoms.")]
                for name, value in taking.left(f"symptoms.{symptom}" for symptom in SYMPTOMS)
                if word_of(value) == "YES"
            )
        ),
        note=taking.joined("additionalDetails", "comment"),
    )


def _contact(taking: Taking) -> ContactTold:
    first_on, last_on = taking.days(["firstContactDate"], ["lastContactDate", "contactDate"])
    return ContactTold(
        at=taking.at,
        person=_person(taking),
        number=taking.text("externalID", "externalToken", "internalToken", "uuid"),
        of_case=taking.text("caseIdExternalSystem", "caseOrEventInformation", "sourceCaseUuid", "caseReference"),
        disease=_disease(taking),
        classification=word_of(taking.text("contactClassification")).removesuffix("_CONTACT").lower(),
        relation=taking.joined("relationToCase", "relationDescription").lower(),
        kind=taking.joined("contactProximity", "contactProximityDetails").lower(),
        first_on=first_on,
        last_on=last_on,
        reported_on=taking.day("reportDateTime", "reportDate"),
        follow_up_until=taking.day("followUpUntil"),
        note=taking.joined("description", "additionalDetails", "comment"),
    )


def _participant(taking: Taking) -> ContactTold:
    """Somebody who was where something happened is a contact to be judged; of no case, and on no day that the file tells."""
    return ContactTold(
        at=taking.at,
        person=_person(taking),
        number=taking.text("externalID", "uuid"),
        kind=_PARTICIPANT,
        note=taking.text("involvementDescription"),
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
    return PersonTold(
        full_name=taking.joined("person.lastName", "person.firstName", "lastName", "firstName"),
        born=_born(taking),
        sex=sex_of(taking.text("person.sex", "sex")),
        phone=taking.text("person.phone", "phone", "phoneNumber"),
        document=taking.text("person.nationalHealthId", "person.passportNumber", "nationalHealthId"),
        address=taking.joined(
            *(f"person.address.{part}" for part in ("street", "houseNumber", "address", "city")),
            *(f"location.{part}" for part in ("street", "houseNumber", "city")),
        ),
        places=tuple(
            value
            for place in ("community", "district", "region")
            if (value := taking.text(f"person.address.{place}", place, f"responsible{place.capitalize()}"))
        ),
    )


def _born(taking: Taking) -> str:
    """A day in three columns, or a year; an export has the whole day in one."""
    year, month, day = (
        taking.text(f"person.birthdate{part}", f"birthdate{part}", f"birthDate{part}") for part in ("YYYY", "MM", "DD")
    )
    if all(part.isdecimal() for part in (year, month, day)):
        return f"{int(year):04}-{int(month):02}-{int(day):02}"
    whole = taking.day("birthdate", "person.birthdate", "birthDate")
    return whole.isoformat() if whole else year


def _disease(taking: Taking) -> str:
    disease, details = taking.text("disease"), taking.text("diseaseDetails")
    return DISEASES.get(disease, details if disease in {"OTHER", ""} else disease.lower())


def _heading(rows: Sequence[Sequence[str]]) -> int | None:
    told = [(at, set(row)) for at, row in enumerate(rows[:_LOOKED_AT]) if row and not row[0].startswith(COMMENT)]
    return next((at for at, names in told[:_HEAD_ROWS] if _is_heading(names)), None)


def _is_heading(names: set[str]) -> bool:
    return (not names.isdisjoint(_MARKS) and _OF_OTHERS not in names) or names >= _SELF_REPORT


def _told_apart(names: Sequence[str]) -> list[str]:
    """A second column of one name (two samples, two vaccinations) keeps its own: `sampleDateTime`, `sampleDateTime#2`."""
    seen: Counter[str] = Counter()
    apart = []
    for name in names:
        seen[name] += 1
        apart.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return apart
