"""What a program may read of the area it was let into: every list by page, none with a person in clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from dauchan.compliance.referrals.models import Referral, ReferralEvent
from dauchan.exchange.programs import questions, schemas
from dauchan.exchange.programs.paging import OPEN_TO_KNOW, area_of, by_number, only
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Unit
from dauchan.venues.models import Venue, VenueHold

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from dauchan.exchange.programs.admission import Caller

    Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


def granted(caller: Caller, _asked: questions.Nothing) -> schemas.Granted:
    program = caller.program
    return schemas.Granted(
        program=program.name,
        unit_id=program.unit_id,
        scopes=sorted(program.scopes),
        waits_for_approval=program.waits,
        limit_a_minute=program.limit_a_minute,
        expires_at=caller.token.expires_at,
    )


def units(caller: Caller, asked: questions.UnitsAsked) -> schemas.Page[schemas.Unit]:
    found = Unit.objects.within(caller.program.unit).valid_on(asked.on or timezone.localdate())
    if asked.level:
        found = found.filter(level=asked.level)
    return by_number(found, asked, _unit)


def _unit(unit: Unit) -> schemas.Unit:
    return schemas.Unit(
        unit_id=unit.pk,
        code=unit.code,
        level=unit.level,
        full_name=unit.full_name,
        name_en=unit.name_en,
        parent_id=unit.parent_id,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )


def venues(caller: Caller, asked: questions.VenuesAsked) -> schemas.Page[schemas.Venue]:
    found = _venues_of(caller, asked.unit_id)
    if asked.status:
        found = found.filter(status=asked.status)
    if asked.changed_since:  # a hold changes the state of a venue and not its row's time
        holds = VenueHold.objects.filter(venue=OuterRef("pk"))
        held = Exists(holds.filter(Q(placed_at__gte=asked.changed_since) | Q(released_at__gte=asked.changed_since)))
        found = found.filter(Q(changed_at__gte=asked.changed_since) | held)
    return by_number(found, asked, _venue)


def venue(caller: Caller, asked: questions.VenueAsked) -> schemas.Venue:
    return _venue(only(_venues_of(caller).filter(pk=asked.venue_id)))


def _venues_of(caller: Caller, unit_id: int | None = None) -> QuerySet[Venue]:
    standing = Prefetch("holds", VenueHold.objects.filter(released_at=None), to_attr="standing")
    told = Venue.objects.filter(in_area([area_of(caller, unit_id)]), status__in=schemas.TOLD, **OPEN_TO_KNOW)
    return told.select_related("category").prefetch_related(standing)


def _venue(found: Any) -> schemas.Venue:  # noqa: ANN401 - a venue with what was fetched beside it
    return schemas.Venue(
        venue_id=found.pk,
        name=found.name,
        category=found.category.code,
        address=found.address,
        unit_id=found.unit_id,
        lat=found.lat,
        lon=found.lon,
        status=found.status,
        registered_at=found.registered_at,
        holds=[
            schemas.Hold(hold.title, hold.document_number, hold.mode, hold.placed_at, hold.until_at)
            for hold in found.standing
        ],
    )


def referrals(caller: Caller, asked: questions.ReferralsAsked) -> schemas.Page[schemas.Referral]:
    found = _referrals_of(caller, asked.unit_id)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.changed_since:
        lines = ReferralEvent.objects.filter(referral=OuterRef("pk"), at__gte=asked.changed_since)
        found = found.filter(Exists(lines))
    return by_number(found, asked, _referral)


def referral(caller: Caller, asked: questions.ReferralAsked) -> schemas.Referral:
    return _referral(only(_referrals_of(caller).filter(pk=asked.referral_id)))


def _referrals_of(caller: Caller, unit_id: int | None = None) -> QuerySet[Referral]:
    sensitive = {f"venue__{name}": value for name, value in OPEN_TO_KNOW.items()}
    return Referral.objects.filter(in_area([area_of(caller, unit_id)]), **sensitive)


def _referral(row: Referral) -> schemas.Referral:
    return schemas.Referral(
        referral_id=row.pk,
        venue_id=row.venue_id,
        unit_id=row.unit_id,
        ground=row.ground,
        sign=row.sign,
        state=row.state,
        outcome=row.outcome,
        handed_at=row.handed_at,
        due_at=row.due_at,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
        reminders=row.reminders,
    )
