"""Everything that a program can ask, in one list: the addresses, the checks and the description are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dauchan.exchange.programs import figures, people, questions, reading, registering, schemas
from dauchan.exchange.programs.models import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    import msgspec

PREFIX = "/api/v1/"


@dataclass(frozen=True)
class Operation:
    """One thing to ask.

    Attributes:
        name: of the operation in the description, and of its address.
        path: below `/api/v1/`, with parameters in braces.
        scope: what has to be granted; none for what every token may.
        asked: the parameters, of the path and of the query; of a POST the body.
        answer: what is said.
        act: makes the answer; of a POST the answer and whether something new came to be.
        keeps: whether a repeated reading may be answered with 304; never where each one is written down.
    """

    name: str
    path: str
    summary: str
    scope: Scope | None
    asked: type[msgspec.Struct]
    answer: Any
    act: Callable[..., Any]
    method: str = "GET"
    keeps: bool = True


OPERATIONS = (
    Operation("token", "token", "What this token may do", None, questions.Nothing, schemas.Granted, reading.granted),
    Operation(
        *("list_units", "units", "Administrative units", Scope.UNITS),
        *(questions.UnitsAsked, schemas.Page[schemas.Unit], reading.units),
    ),
    Operation(
        *("list_venues", "venues", "Venues and how they stand", Scope.VENUES),
        *(questions.VenuesAsked, schemas.Page[schemas.Venue], reading.venues),
    ),
    Operation(
        *("get_venue", "venues/{venue_id}", "One venue", Scope.VENUES),
        *(questions.VenueAsked, schemas.Venue, reading.venue),
    ),
    Operation(
        *("register_venue", "registrations", "Hand in a venue", Scope.REGISTER),
        *(questions.NewVenue, schemas.Registration, registering.register),
        method="POST",
    ),
    Operation(
        *("get_registration", "registrations/{registration_id}", "What became of a venue handed in", Scope.REGISTER),
        *(questions.RegistrationAsked, schemas.Registration, registering.registration),
    ),
    Operation(
        *("list_indicators", "indicators", "Figures of units by day", Scope.INDICATORS),
        *(questions.IndicatorsAsked, schemas.Page[schemas.Indicators], figures.indicators),
    ),
    Operation(
        *("list_signs", "signs", "Signs of the last screening", Scope.SIGNS),
        *(questions.SignsAsked, schemas.Page[schemas.FoundSign], figures.signs),
    ),
    Operation(
        *("list_referrals", "referrals", "Referrals and how they stand", Scope.REFERRALS),
        *(questions.ReferralsAsked, schemas.Page[schemas.Referral], reading.referrals),
    ),
    Operation(
        *("get_referral", "referrals/{referral_id}", "One referral", Scope.REFERRALS),
        *(questions.ReferralAsked, schemas.Referral, reading.referral),
    ),
    Operation(
        *("list_cases", "cases", "Confirmed cases, under pseudonyms", Scope.CASES),
        *(questions.CasesAsked, schemas.Page[schemas.Case], people.cases),
        keeps=False,
    ),
    Operation(
        *("list_contacts", "cases/{case_code}/contacts", "The latest contact list of a case", Scope.CASES),
        *(questions.ContactsAsked, schemas.Page[schemas.Contact], people.contacts),
        keeps=False,
    ),
)
