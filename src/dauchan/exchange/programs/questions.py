"""What programs ask, as types: addresses and bodies are read into them, and the OpenAPI document is made of them."""

import datetime as dt
import uuid
from typing import Annotated

from msgspec import Meta, Struct

from dauchan.exchange.programs.schemas import Id, Instant, SignCode, StateCode, ToldStatus, UnitLevelCode

MOST_ITEMS = 500
UnitId = Annotated[Id, Meta(description="This unit and all below it; outside the program's area there is nothing.")]
Cursor = Annotated[str, Meta(max_length=40, description="`next` of the page before.")]
Limit = Annotated[int, Meta(ge=1, le=MOST_ITEMS, description="Items of a page.")]
Since = Annotated[
    dt.datetime,
    Meta(tz=True, description="Only what changed since. Ask with the time of your last question, less a minute."),
]
Purpose = Annotated[
    str, Meta(min_length=10, max_length=300, description="What this is read for; stands in the audit log.")
]


class Paged(Struct, kw_only=True, forbid_unknown_fields=True):
    cursor: Cursor | None = None
    limit: Limit = 100

    def __post_init__(self) -> None:
        """Instants in UTC: PostgreSQL knows no zone 23 hours away. Raises: ValueError, which msgspec makes a refusal."""
        for name in ("changed_since", "registered_since"):
            since: dt.datetime | None = getattr(self, name, None)
            if since is not None:
                setattr(self, name, _in_utc(name, since))


def _in_utc(name: str, at: dt.datetime) -> dt.datetime:
    try:
        return at.astimezone(dt.UTC)
    except OverflowError:
        raise ValueError(f"field `{name}` lies before or after all years") from None


class Nothing(Struct, forbid_unknown_fields=True):
    """No parameters."""


class UnitsAsked(Paged, kw_only=True):
    on: Annotated[dt.date, Meta(description="Of the administrative map of this day; today's if not said.")] | None = (
        None
    )
    level: UnitLevelCode | None = None


class VenuesAsked(Paged, kw_only=True):
    unit_id: UnitId | None = None
    status: ToldStatus | None = None
    changed_since: Since | None = None


class VenueAsked(Struct, forbid_unknown_fields=True):
    venue_id: Id


class NewVenue(Struct, forbid_unknown_fields=True):
    """A venue to be registered. The officer of its commune decides on it."""

    registration_id: Annotated[uuid.UUID, Meta(description="Yours; the same again makes no second venue.")]
    name: Annotated[str, Meta(min_length=3, max_length=120)]
    category: Annotated[str, Meta(min_length=1, max_length=40, description="Code of a kind of venue, like `market`.")]
    address: Annotated[str, Meta(min_length=3, max_length=200, description="House number, street, hamlet.")]
    unit_id: Annotated[Id, Meta(description="The commune.")]
    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]
    phone: Annotated[str, Meta(max_length=20, description="Of the venue, as people dial it.")] = ""
    capacity: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class RegistrationAsked(Struct, forbid_unknown_fields=True):
    registration_id: uuid.UUID


class IndicatorsAsked(Paged, kw_only=True):
    first_on: Annotated[dt.date, Meta(description="First local day.")]
    last_on: Annotated[dt.date, Meta(description="Last local day; at most 92 days in all.")]
    unit_id: UnitId | None = None
    level: UnitLevelCode | None = None


class SignsAsked(Paged, kw_only=True):
    unit_id: UnitId | None = None
    sign: SignCode | None = None
    venue_id: Id | None = None


class ReferralsAsked(Paged, kw_only=True):
    unit_id: UnitId | None = None
    state: StateCode | None = None
    changed_since: Since | None = None


class ReferralAsked(Struct, forbid_unknown_fields=True):
    referral_id: Id


class CasesAsked(Paged, kw_only=True):
    purpose: Purpose | None = None
    unit_id: UnitId | None = None
    registered_since: Instant | None = None


class ContactsAsked(Paged, kw_only=True):
    case_code: Annotated[str, Meta(min_length=1, max_length=20)]
    purpose: Purpose | None = None
