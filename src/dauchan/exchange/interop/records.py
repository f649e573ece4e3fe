"""What other systems tell of an outbreak, in the words of this one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from dauchan.exchange.interop.days import Order

if TYPE_CHECKING:
    import datetime as dt


class Classification(StrEnum):
    """How sure the other system is that somebody is a case."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    SUSPECT = "suspect"
    NOT_A_CASE = "not_a_case"
    UNKNOWN = ""


class Reason(StrEnum):
    """Why something in a file was not taken; a closed set."""

    NOT_A_DAY = "not_a_day"
    NO_NAME = "no_name"
    NO_SUCH_PERSON = "no_such_person"
    TOO_MANY_CELLS = "too_many_cells"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class PersonTold:
    """A person as another system describes them; empty where it does not say.

    Attributes:
        born: a year, or a day as YYYY-MM-DD.
        sex: `male`, `female`, `other` or empty.
        places: names of the units they live in, the smallest first.
    """

    full_name: str = ""
    born: str = ""
    sex: str = ""
    phone: str = ""
    document: str = ""
    address: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseTold:
    """A case of another system.

    Attributes:
        at: its place in the file, `row 5` or `trackedEntities[2]`.
        number: what the other system calls it.
        symptoms: English words, as `Symptom` has them where it has them.
    """

    at: str
    person: PersonTold
    number: str = ""
    disease: str = ""
    classification: Classification = Classification.UNKNOWN
    onset_on: dt.date | None = None
    sampled_on: dt.date | None = None
    reported_on: dt.date | None = None
    isolated_on: dt.date | None = None
    isolated_where: str = ""
    laboratory: str = ""
    result: str = ""
    symptoms: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class ContactTold:
    """A contact of another system, and of which of its cases."""

    at: str
    person: PersonTold
    number: str = ""
    of_case: str = ""
    disease: str = ""
    classification: str = ""
    relation: str = ""
    kind: str = ""
    first_on: dt.date | None = None
    last_on: dt.date | None = None
    reported_on: dt.date | None = None
    follow_up_until: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class HappeningTold:
    """Something that names no person: an event, a stay at a place, a report of a programme without registration."""

    at: str
    number: str = ""
    what: str = ""
    place: str = ""
    begins_on: dt.date | None = None
    ends_on: dt.date | None = None


@dataclass(frozen=True)
class PlaceTold:
    """A place of ours.

    Attributes:
        status: `active`, `suspended` or `inactive`.
    """

    number: str
    name: str
    kind: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    status: str = "active"


@dataclass(frozen=True)
class StayTold:
    """Somebody, under a pseudonym, at a place.

    Attributes:
        who, where: the pseudonym; the number of a `PlaceTold`.
        ends_at: None where nobody said so: an end that was imputed is a guess, and is not told.
    """

    number: str
    who: str
    where: str
    begins_at: dt.datetime
    ends_at: dt.datetime | None


@dataclass(frozen=True)
class Fault:
    """What was not taken, where, and why."""

    at: str
    name: str
    reason: Reason
    text: str = ""


@dataclass
class Told:
    """All that a file tells.

    Attributes:
        system: `sormas`, `dhis2`, `godata` or `fhir`.
        passed_over: how often each field held something that has no place here.
        order: how it writes days.
    """

    system: str
    cases: list[CaseTold] = field(default_factory=list)
    contacts: list[ContactTold] = field(default_factory=list)
    happenings: list[HappeningTold] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    order: Order = field(default_factory=Order)
