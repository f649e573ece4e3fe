"""What programs get, as types, and the kinds of values that they and their questions are made of.

No field is a person's name, number, telephone or address, and none tells of a single visit.
"""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

from msgspec import Meta, Struct

from dauchan.compliance.referrals.models import Outcome, Sign, State
from dauchan.exchange.programs.models import Scope
from dauchan.tracing.models import CaseStatus, Verdict
from dauchan.units.models import UnitLevel
from dauchan.venues.models import VenueStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

Item = TypeVar("Item")


def _one_of(values: "Iterable[str]") -> Meta:
    """A closed list: read by its pattern, described as an enumeration."""
    listed = list(values)
    return Meta(pattern=f"^({'|'.join(listed)})$", extra_json_schema={"enum": listed})


Id = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Instant = Annotated[dt.datetime, Meta(tz=True)]
Count = Annotated[
    int, Meta(ge=10, multiple_of=10, description="Rounded down to tens; null: fewer than ten, perhaps none.")
]

UnitLevelCode = Annotated[str, _one_of(UnitLevel.values)]
SignCode = Annotated[str, _one_of(Sign.values)]
StateCode = Annotated[str, _one_of(State.values)]
OutcomeCode = Annotated[str, _one_of(["", *Outcome.values])]
CaseStatusCode = Annotated[str, _one_of(CaseStatus.values)]
VerdictCode = Annotated[str, _one_of(Verdict.values)]
ScopeCode = Annotated[str, _one_of(Scope.values)]
StatusCode = Annotated[str, _one_of(VenueStatus.values)]
#: Of venues that were never approved nothing is told.
TOLD = (VenueStatus.APPROVED, VenueStatus.SUSPENDED, VenueStatus.CLOSED)
ToldStatus = Annotated[str, _one_of(TOLD)]


class Page(Struct, Generic[Item]):
    """Some of a list, in a fixed order. `next` leads on; without it this was the last page."""

    items: list[Item]
    next: str | None


class Unit(Struct):
    """An administrative unit of one map. Codes are used again with another meaning: keep the number or code and first day."""

    unit_id: int
    code: str
    level: UnitLevelCode
    full_name: str
    name_en: str
    parent_id: int | None
    valid_from: dt.date
    valid_to: dt.date | None


class Hold(Struct):
    """Why a venue is suspended, or must scan in one way, and by which document."""

    title: str
    document_number: str
    mode: Annotated[str, Meta(description="The way of scanning laid down; empty: suspended.")]
    placed_at: Instant
    until_at: Instant | None


class Venue(Struct):
    """A place with a code at its door. Sensitive places are not told of."""

    venue_id: int
    name: str
    category: str
    address: str
    unit_id: int
    lat: float | None
    lon: float | None
    status: ToldStatus
    registered_at: Instant
    holds: list[Hold]


class Registration(Struct):
    """What became of a venue that this program registered."""

    registration_id: uuid.UUID
    venue_id: int
    status: StatusCode
    note: Annotated[str, Meta(description="What the officer asks to be mended.")]
    registered_at: Instant


class Indicators(Struct):
    """A unit's whole area on a local day. People are counted once in each unit, so units do not add up to the one above."""

    unit_id: int
    day: dt.date
    registered: Annotated[int, Meta(description="Venues approved and not closed.")]
    new: Annotated[int, Meta(description="Venues approved that day.")]
    active: Annotated[int, Meta(description="Venues with at least one scan that day.")]
    scans: Annotated[Count | None, Meta(description="Check-ins, rounded down to tens.")]
    people: Annotated[Count | None, Meta(description="Different people, rounded down to tens.")]


class FoundSign(Struct):
    """A sign of the last screening at a venue: a suspicion, which a person has to look into."""

    venue_id: int
    unit_id: int
    sign: SignCode
    confidence: Annotated[float, Meta(ge=0, le=1)]
    since_on: dt.date
    nights: Annotated[int, Meta(description="Screenings in a row that found it.")]
    screened_on: dt.date
    set_aside: Annotated[bool, Meta(description="An officer judged that it means nothing.")]


class Referral(Struct):
    """A suspicion that was handed to the unit that answers for the place."""

    referral_id: int
    venue_id: int
    unit_id: int
    ground: str
    sign: str
    state: StateCode
    outcome: OutcomeCode
    handed_at: Instant
    due_at: Instant
    answered_at: Instant | None
    closed_at: Instant | None
    reminders: int


class Case(Struct):
    """A confirmed case. `person` is a pseudonym that holds for this program only: two programs cannot join what they have."""

    case_code: str
    person: str
    disease: str
    unit_id: int
    status: CaseStatusCode
    onset_on: dt.date | None
    sampled_on: dt.date
    infectious_from: Instant
    infectious_to: Instant
    registered_at: Instant


class Contact(Struct):
    """Somebody on the latest contact list of a case: present at the same time, to be verified. Where is not told."""

    number: int
    person: str
    source: Annotated[str, Meta(description="The pseudonym of whom they met: the case, or a contact before them.")]
    generation: int
    verdict: VerdictCode
    first_on: dt.date
    last_on: dt.date


class Granted(Struct):
    """What this token may do."""

    program: str
    unit_id: int
    scopes: list[ScopeCode]
    waits_for_approval: bool
    limit_a_minute: int
    expires_at: Instant


class Why(Struct):
    """A reason from the closed list, with its sentence in both languages."""

    code: str
    vi: str
    en: str
    detail: str = ""


class Problem(Struct, omit_defaults=True):
    """A refused request (RFC 9457)."""

    type: str
    title: str
    status: int
    reason: Why
    detail: str = ""


class Event(Struct):
    """What a webhook is told: a thing and its state. Ask for the rest."""

    type: str
    timestamp: Instant
    data: Annotated[dict[str, int | str], Meta(description="Numbers of the thing, its unit, and its state or day.")]
