"""CSV columns of the imports of cases and contacts that SORMAS takes; days as dd/MM/yyyy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dauchan.exchange.interop.records import CaseTold, Classification, ContactTold, PersonTold
from dauchan.exchange.interop.sormas_words import DISEASES
from dauchan.exchange.tables import Column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

_SORMAS_DISEASES = {ours: theirs for theirs, ours in DISEASES.items()}
_SORMAS_CLASSES = {
    Classification.CONFIRMED: "CONFIRMED",
    Classification.PROBABLE: "PROBABLE",
    Classification.SUSPECT: "SUSPECT",
    Classification.NOT_A_CASE: "NO_CASE",
    Classification.UNKNOWN: "NOT_CLASSIFIED",
}


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


def _slashed(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
