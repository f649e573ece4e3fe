"""What the codes of FHIR resources say: how sure a Condition is, which disease it is, what a test has found.

Source: HL7 FHIR R4 value sets condition-ver-status and v3-ObservationInterpretation; SNOMED CT, LOINC answers and ICD-10 for the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dauchan.exchange.interop.reading import objects_of, text_of
from dauchan.exchange.interop.records import Classification
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_VERIFIED = {
    "confirmed": Classification.CONFIRMED,
    "provisional": Classification.SUSPECT,
    "differential": Classification.SUSPECT,
    "unconfirmed": Classification.SUSPECT,
    "refuted": Classification.NOT_A_CASE,
    "entered-in-error": Classification.NOT_A_CASE,
}
#: SNOMED CT, LOINC answers, v3-ObservationInterpretation, and words, folded.
_RESULTS = {
    "positive": {"10828004", "260373001", "11214006", "LA6576-8", "LA11882-0", "LA15254-8", "POS", "DET", "RR", "positive", "detected", "reactive",
                 "duong tinh"},
    "negative": {"260385009", "260415000", "131194007", "LA6577-6", "LA11883-8", "NEG", "ND", "NR", "negative", "not detected", "none detected",
                 "non-reactive", "am tinh"},
    "inconclusive": {"419984006", "82334004", "LA11884-6", "LA9663-1", "IND", "E", "inconclusive", "indeterminate", "equivocal"},
}  # fmt: skip
_RESULT_OF = {word: result for result, words in _RESULTS.items() for word in words}
#: SNOMED CT and ICD-10 of diseases that have a code here.
_DISEASES = {
    "covid-19": {"840539006", "U07.1", "U07.2", "U071", "U072", "RA01.0"},
    "measles": {"14189004", "B05", "B05.9"},
    "diphtheria": {"397428000", "A36", "A36.9"},
}
_LOOKED_FOR = {"sars-cov-2": "covid-19", "covid": "covid-19", "measles": "measles", "diphtheria": "diphtheria"}
_DISEASE_OF = {code: disease for disease, codes in _DISEASES.items() for code in codes}


def verification_of(condition: Mapping[str, Any]) -> Classification:
    found = (_VERIFIED.get(code) for code in _codes(condition.get("verificationStatus")))
    return next(filter(None, found), Classification.UNKNOWN)


def disease_of(concept: object) -> str:
    """Our code where the concept has one that we know, else its words."""
    known = (_DISEASE_OF.get(code) for code in _codes(concept))
    return next(filter(None, known), "") or words_of(concept)


def disease_tested(concept: object) -> str:
    """The disease that a test looks for; empty where it does not say: a test has names of its own."""
    words = fold(" ".join([words_of(concept), *_displays(concept)]))
    return next((disease for word, disease in _LOOKED_FOR.items() if word in words), "")


def result_of(observation: Mapping[str, Any]) -> str:
    """`positive`, `negative` or `inconclusive`; empty for what is no result of a test."""
    value = observation.get("valueCodeableConcept")
    said = [*_codes(value), words_of(value), text_of(observation.get("valueString"))]
    for concept in objects_of(observation.get("interpretation")):
        said += [*_codes(concept), words_of(concept)]
    found = (
        _RESULT_OF.get(word) or _RESULT_OF.get(fold(word)) or _RESULT_OF.get(fold(word).partition(" (")[0])
        for word in said
        if word
    )
    return next(filter(None, found), "") or (words_of(value).lower() if is_of_laboratory(observation) else "")


def is_of_laboratory(observation: Mapping[str, Any]) -> bool:
    return any("laboratory" in _codes(concept) for concept in objects_of(observation.get("category")))


def words_of(concept: object) -> str:
    """What a CodeableConcept says to a reader."""
    if not isinstance(concept, dict):
        return ""
    return text_of(concept.get("text")) or next(iter(_displays(concept)), "")


def _displays(concept: object) -> list[str]:
    codings = objects_of(concept.get("coding")) if isinstance(concept, dict) else []
    return [shown for one in codings if (shown := text_of(one.get("display")))]


def _codes(concept: object) -> list[str]:
    """Of a CodeableConcept; a plain code, as releases before R4 have it, is one too."""
    if not isinstance(concept, dict):
        return [text_of(concept)] if isinstance(concept, str) else []
    return [code for one in objects_of(concept.get("coding")) if (code := text_of(one.get("code")))]
