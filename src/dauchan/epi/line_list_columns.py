"""Which columns of a line list are what, by the words people use for them; shown before they are used, and never needed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dauchan.epi.line_list import StayColumns
from dauchan.vietnamese import fold

PLACE = (
    "place",
    "location",
    "venue",
    "ward",
    "center",
    "centre",
    "facility",
    "unit",
    "room",
    "site",
    "khoa",
    "noi",
    "phong",
    "dia diem",
)
ENTERED = (
    "from",
    "arrival",
    "arrived",
    "arrive",
    "entered",
    "entry",
    "admission",
    "admitted",
    "start",
    "begin",
    "checkin",
    "tu",
    "vao",
)
LEFT = (
    "until",
    "to",
    "leave",
    "left",
    "departure",
    "exit",
    "discharge",
    "discharged",
    "end",
    "stop",
    "checkout",
    "den",
    "ra",
    "roi di",
)
ONSET = ("onset", "symptom", "symptoms", "rash", "khoi phat", "phat ban", "trieu chung")
PERSON = ("person", "patient", "case id", "id", "nhs", "code", "ma", "so ho so", "benh nhan")
KINDS = {"place": PLACE, "left": LEFT, "entered": ENTERED}


@dataclass(frozen=True, slots=True)
class GuessedColumns:
    """What the header suggests; `stays` is empty where no stay was recognised."""

    stays: list[StayColumns] = field(default_factory=list)
    onset: str | None = None
    person: str | None = None


def guess_columns(header: Sequence[str]) -> GuessedColumns:
    """Guess from names in lower case: `ward1, from1, to1, ward2, …, onset`, in English or Vietnamese."""
    onset = next((name for name in header if _says(name, ONSET)), None)
    person = next((name for name in header if _says(name, PERSON)), None)
    found: dict[str, dict[str, str]] = {}
    for name in header:
        if name in {onset, person}:
            continue
        kind = next((kind for kind, words in KINDS.items() if _says(name, words)), None)
        if kind:
            found.setdefault("".join(re.findall(r"\d+", name)), {}).setdefault(kind, name)
    stays = [StayColumns(**each) for _number, each in sorted(found.items()) if each.keys() == KINDS.keys()]
    return GuessedColumns(stays, onset, person)


def _says(name: str, words: Sequence[str]) -> bool:
    """Whether one of *words* stands in a name, as whole words, diacritics, signs and numbers left out."""
    plain = " ".join(re.findall(r"[a-z]+", fold(name)))
    return any(f" {word} " in f" {plain} " for word in words)
