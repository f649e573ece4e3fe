"""FHIR R4: bundles of Patient, Condition, Observation, Specimen, Encounter and Location, read.

A case is a Condition whose verification is confirmed, or an Observation of a positive result, of a Patient in the same bundle.
Source: HL7 FHIR R4 (4.0.1), resources and value sets condition-ver-status and v3-ObservationInterpretation.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dauchan.exchange.interop.fhir_codes import disease_of, disease_tested, is_of_laboratory, result_of, verification_of
from dauchan.exchange.interop.fhir_references import Resource, Resources, reference_of
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
    from collections.abc import Mapping, Sequence
    from typing import Any

_READ = {"Condition", "Encounter", "Location", "Specimen", "Bundle"}


def is_fhir(content: object) -> bool:
    """Whether parsed JSON is a FHIR resource, or a list of them."""
    some = objects_of(content)
    return bool(some) and all(isinstance(one.get("resourceType"), str) for one in some)


def read_fhir(content: object) -> Told:
    """The cases of a bundle; stays at places are told as happenings."""
    told, resources = Told("fhir"), Resources(content)
    observations: dict[int, list[Resource]] = defaultdict(list)
    for _at, one in resources.by_kind["Observation"]:
        observations[id(resources.meant(one, "subject"))].append(one)
    seen = set()
    for at, condition in resources.by_kind["Condition"]:
        patient = resources.meant(condition, "subject")
        seen.add(id(patient))
        _keep(told, at, patient, condition, observations.get(id(patient), []), resources)
    for at, patient in resources.by_kind["Patient"]:
        tests = observations.get(id(patient), [])
        if id(patient) not in seen and any(map(result_of, tests)):
            seen.add(id(patient))
            _keep(told, at, patient, {}, tests, resources)
    told.happenings += [_stay(told, at, one, resources) for at, one in resources.by_kind["Encounter"]]
    _note_passed_over(told, resources, seen)
    return told


def _note_passed_over(told: Told, resources: Resources, seen: set[int]) -> None:
    """Kinds that are not read, people of whom nothing is told, and tests of nobody here."""
    left = {
        kind: len(some) for kind, some in resources.by_kind.items() if kind not in _READ | {"Patient", "Observation"}
    }
    staying = {id(resources.meant(one, "subject")) for _at, one in resources.by_kind["Encounter"]}
    left["Patient"] = sum(id(one) not in seen | staying for _at, one in resources.by_kind["Patient"])
    subjects = [resources.meant(one, "subject") for _at, one in resources.by_kind["Observation"]]
    left["Observation"] = sum(subject is None or id(subject) not in seen for subject in subjects)
    told.passed_over.update({kind: count for kind, count in left.items() if count})


def _keep(
    told: Told, at: str, patient: Resource | None, condition: Resource, tests: Sequence[Resource], resources: Resources
) -> None:
    if patient is None:
        told.faults.append(Fault(at, "subject", Reason.NO_SUCH_PERSON, reference_of(condition, "subject")))
        return
    test = _test_of(tests)
    specimen = resources.meant(test, "specimen", "Specimen") or {}
    days = {
        "onset": condition.get("onsetDateTime") or _part(condition, "onsetPeriod", "start") or condition.get("onsetString"),
        "recorded": condition.get("recordedDate") or _part(patient, "meta", "lastUpdated"),
        "sampled": _part(specimen, "collection", "collectedDateTime") or _part(specimen, "collection", "collectedPeriod", "start")
        or test.get("effectiveDateTime") or _part(test, "effectivePeriod", "start") or test.get("effectiveInstant") or test.get("issued"),
    }  # fmt: skip
    taking = Taking(told, at, days)
    result = result_of(test)
    status = verification_of(condition)
    person = _person(patient)
    if not person.full_name and not person.phone:
        told.faults.append(Fault(at, "name", Reason.NO_NAME))
        return
    told.cases.append(
        CaseTold(
            at=at,
            person=person,
            number=_identified(condition) or text_of(condition.get("id")) or text_of(patient.get("id")),
            disease=disease_of(condition.get("code")) or disease_tested(test.get("code")),
            classification=status if condition else Classification.CONFIRMED if result == "positive" else status,
            onset_on=taking.day("onset"),
            sampled_on=taking.day("sampled"),
            reported_on=taking.day("recorded"),
            laboratory=next((text_of(one.get("display")) for one in objects_of(test.get("performer"))), ""),
            result=result,
            note=" ".join(text_of(one.get("text")) for one in objects_of(condition.get("note"))),
        )
    )


def _test_of(tests: Sequence[Resource]) -> Resource:
    """The positive one of somebody's observations, else one with a result, else one of a laboratory; temperatures are none."""
    ranks = (lambda one: result_of(one) == "positive", result_of, is_of_laboratory)
    return next((one for is_such in ranks for one in tests if is_such(one)), {})


def _identified(condition: Resource) -> str:
    return next((text_of(one.get("value")) for one in objects_of(condition.get("identifier"))), "")


def _person(patient: Resource) -> PersonTold:
    names = objects_of(patient.get("name"))
    name = next((one for one in names if one.get("use") in {"official", "usual"}), names[0] if names else {})
    given = _texts(name.get("given"))
    address = next(iter(objects_of(patient.get("address"))), {})
    lines = _texts(address.get("line"))
    phones = (one for one in objects_of(patient.get("telecom")) if one.get("system") in {"phone", "sms"})
    places = (text_of(address.get(part)) for part in ("city", "district", "state"))
    return PersonTold(
        full_name=text_of(name.get("text")) or " ".join(filter(None, [text_of(name.get("family")), *given])),
        born=text_of(patient.get("birthDate")),
        sex=sex_of(text_of(patient.get("gender"))),
        phone=text_of(next(phones, {}).get("value")).removeprefix("tel:"),
        document=text_of(next(iter(objects_of(patient.get("identifier"))), {}).get("value")),
        address=", ".join(filter(None, lines)) or text_of(address.get("text")),
        places=tuple(filter(None, places)),
    )


def _stay(told: Told, at: str, encounter: Resource, resources: Resources) -> HappeningTold:
    place = next(iter(objects_of(encounter.get("location"))), {})
    location = resources.of(place.get("location"), encounter, "Location") or {}
    taking = Taking(told, at, {"start": _part(encounter, "period", "start"), "end": _part(encounter, "period", "end")})
    where = text_of(location.get("name")) or text_of(_part(place, "location", "display"))
    return HappeningTold(at, text_of(encounter.get("id")), "", where, *taking.days(["start"], ["end"]))


def _part(one: Mapping[str, Any], *names: str) -> object:
    value: object = one
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _texts(value: object) -> list[str]:
    return [text_of(one) for one in value] if isinstance(value, list) else []
