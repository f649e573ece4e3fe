"""The codes that SORMAS writes, and what they say here."""

from __future__ import annotations

from dauchan.exchange.interop.records import Classification

#: Its codes, and the captions that its detailed export has instead of them.
CLASSIFICATIONS = {
    "CONFIRMED": Classification.CONFIRMED,
    "CONFIRMED_NO_SYMPTOMS": Classification.CONFIRMED,
    "CONFIRMED_UNKNOWN_SYMPTOMS": Classification.CONFIRMED,
    "PROBABLE": Classification.PROBABLE,
    "SUSPECT": Classification.SUSPECT,
    "NO_CASE": Classification.NOT_A_CASE,
    "CONFIRMED_CASE": Classification.CONFIRMED,
    "CONFIRMED_CASE_WITH_NO_SYMPTOMS": Classification.CONFIRMED,
    "CONFIRMED_CASE_WITH_UNKNOWN_SYMPTOMS": Classification.CONFIRMED,
    "PROBABLE_CASE": Classification.PROBABLE,
    "SUSPECT_CASE": Classification.SUSPECT,
    "NOT_A_CASE": Classification.NOT_A_CASE,
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
EMPTY = {
    "UNKNOWN",
    "NO",
    "NOT_CLASSIFIED",
    "NO_FACILITY",
    "ALIVE",
    "PENDING",
    "NO_OUTCOME",
    "NOT_YET_CLASSIFIED",
    "NO_OUTCOME_YET",
}


def word_of(caption: str) -> str:
    """`NOT_YET_CLASSIFIED` of the caption `Not yet classified`; a code is one already."""
    return "_".join(caption.upper().split())
