"""FHIR R4: bundles of Patient, Condition, Observation, Encounter and Location, read.

A case is a Condition whose verification is confirmed, or an Observation of a positive result, of a Patient in the same bundle.
Source: HL7 FHIR R4 (4.0.1), resources and value sets condition-ver-status and v3-ObservationInterpretation.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dauchan.exchange.interop.reading import Taking, objects_of, sex_of, text_of
from dauchan.exchange.interop.records import (
    CaseTold,
    Classification,
    Fault,
    HappeningTold,
    PersonTold,
    Reason,
    Told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Resource = dict[str, Any]
_VERIFIED = {
    "confirmed": Classification.CONFIRMED,
    "provisional": Classification.SUSPECT,
    "differential": Classification.SUSPECT,
    "unconfirmed": Classification.SUSPECT,
    "refuted": Classification.NOT_A_CASE,
    "entered-in-error": Classification.NOT_A_CASE,
}
#: SNOMED CT and v3-ObservationInterpretation.
_RESULTS = {"10828004": "positive", "260373001": "positive", "POS": "positive", "DET": "positive", "260385009": "negative",
            "260415000": "negative", "NEG": "negative", "ND": "negative", "419984006": "inconclusive", "IND": "inconclusive"}  # fmt: skip


def is_fhir(content: object) -> bool:
    """Whether parsed JSON is a FHIR resource."""
    return isinstance(content, dict) and isinstance(content.get("resourceType"), str)


def read_fhir(content: Mapping[str, Any]) -> Told:
    """The cases of a bundle; stays at places are told as happenings."""
    told = Told("fhir")
    by_kind: dict[str, list[tuple[str, Resource]]] = defaultdict(list)
    by_reference: dict[str, Resource] = {}
    for at, full_url, one in _resources(content):
        kind = text_of(one.get("resourceType"))
        by_kind[kind].append((at, one))
        by_reference |= {reference: one for reference in (full_url, f"{kind}/{one.get('id')}") if reference}
    observations: dict[int, list[Resource]] = defaultdict(list)
    for _at, one in by_kind["Observation"]:
        observations[id(_referred(one, "subject", by_reference))].append(one)
    seen = set()
    for at, condition in by_kind["Condition"]:
        patient = _referred(condition, "subject", by_reference)
        seen.add(id(patient))
        _keep(told, at, patient, condition, observations.get(id(patient), []))
    for at, patient in by_kind["Patient"]:
        if id(patient) not in seen and id(patient) in observations:
            _keep(told, at, patient, {}, observations[id(patient)])
    told.happenings += [_stay(told, at, one, by_reference) for at, one in by_kind["Encounter"]]
    taken = {"Patient", "Condition", "Observation", "Encounter", "Location", "Bundle"}
    told.passed_over.update({kind: len(some) for kind, some in by_kind.items() if kind not in taken})
    return told


def _keep(told: Told, at: str, patient: Resource | None, condition: Resource, tests: list[Resource]) -> None:
    if patient is None:
        told.faults.append(Fault(at, "subject", Reason.NO_SUCH_PERSON, _reference(condition.get("subject"))))
        return
    test: Resource = next((one for one in tests if _result(one) == "positive"), tests[0] if tests else {})
    days = {
        "onset": condition.get("onsetDateTime") or _part(condition, "onsetPeriod", "start"),
        "recorded": condition.get("recordedDate") or _part(patient, "meta", "lastUpdated"),
        "sampled": test.get("effectiveDateTime") or _part(test, "effectivePeriod", "start") or test.get("issued"),
    }
    taking = Taking(told, at, days)
    result = _result(test) if test else ""
    status = _VERIFIED.get(_code(condition.get("verificationStatus")), Classification.UNKNOWN)
    told.cases.append(
        CaseTold(
            at=at,
            person=_person(patient),
            number=text_of(condition.get("id")) or text_of(patient.get("id")),
            disease=_words(condition.get("code")),
            classification=status if condition else Classification.CONFIRMED if result == "positive" else status,
            onset_on=taking.day("onset"),
            sampled_on=taking.day("sampled"),
            reported_on=taking.day("recorded"),
            result=result,
            note=" ".join(text_of(one.get("text")) for one in objects_of(condition.get("note"))),
        )
    )


def _person(patient: Resource) -> PersonTold:
    name = next(iter(objects_of(patient.get("name"))), {})
    given = _texts(name.get("given"))
    address = next(iter(objects_of(patient.get("address"))), {})
    lines = _texts(address.get("line"))
    phones = (one for one in objects_of(patient.get("telecom")) if one.get("system") in {"phone", "sms"})
    places = (text_of(address.get(part)) for part in ("city", "district", "state"))
    return PersonTold(
        full_name=text_of(name.get("text")) or " ".join(filter(None, [text_of(name.get("family")), *given])),
        born=text_of(patient.get("birthDate")),
        sex=sex_of(text_of(patient.get("gender"))),
        phone=text_of(next(phones, {}).get("value")),
        document=text_of(next(iter(objects_of(patient.get("identifier"))), {}).get("value")),
        address=", ".join(filter(None, lines)) or text_of(address.get("text")),
        places=tuple(filter(None, places)),
    )


def _stay(told: Told, at: str, encounter: Resource, by_reference: Mapping[str, Resource]) -> HappeningTold:
    place = next(iter(objects_of(encounter.get("location"))), {})
    location = by_reference.get(_reference(place.get("location")), {})
    taking = Taking(told, at, {"start": _part(encounter, "period", "start"), "end": _part(encounter, "period", "end")})
    where = text_of(location.get("name")) or text_of(_part(place, "location", "display"))
    return HappeningTold(at, text_of(encounter.get("id")), "", where, *taking.days(["start"], ["end"]))


def _resources(content: Mapping[str, Any]) -> Iterator[tuple[str, str, Resource]]:
    if content.get("resourceType") != "Bundle":
        yield text_of(content.get("resourceType")), "", dict(content)
        return
    for at, entry in enumerate(objects_of(content.get("entry"))):
        if isinstance(entry.get("resource"), dict):
            yield f"entry[{at}]", text_of(entry.get("fullUrl")), entry["resource"]


def _referred(one: Resource, name: str, by_reference: Mapping[str, Resource]) -> Resource | None:
    return by_reference.get(_reference(one.get(name)))


def _part(one: Mapping[str, Any], name: str, inner: str) -> object:
    value = one.get(name)
    return value.get(inner) if isinstance(value, dict) else None


def _texts(value: object) -> list[str]:
    return [text_of(one) for one in value] if isinstance(value, list) else []


def _reference(value: object) -> str:
    return text_of(value.get("reference")) if isinstance(value, dict) else ""


def _code(concept: object) -> str:
    """The first code of a CodeableConcept."""
    codings = objects_of(concept.get("coding")) if isinstance(concept, dict) else []
    return next((code for one in codings if (code := text_of(one.get("code")))), "")


def _words(concept: object) -> str:
    """What a CodeableConcept says to a reader."""
    if not isinstance(concept, dict):
        return ""
    shown = (text_of(one.get("display")) for one in objects_of(concept.get("coding")))
    return text_of(concept.get("text")) or next(filter(None, shown), "")


def _result(observation: Resource) -> str:
    concepts = [observation.get("valueCodeableConcept"), *objects_of(observation.get("interpretation"))]
    found = (_RESULTS.get(_code(one)) or _words(one).lower() for one in concepts)
    return next(filter(None, found), "")
