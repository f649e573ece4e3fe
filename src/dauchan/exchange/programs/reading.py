"""What a program may read of the area it was let into: every list by page, none with a person in clear."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from dauchan.compliance.models import UnitDay
from dauchan.compliance.referrals.models import Referral, ReferralEvent
from dauchan.compliance.signs.queries import latest_run, with_dismissals
from dauchan.exchange.programs import cursors, schemas
from dauchan.exchange.programs.problems import Code, Refused
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Unit
from dauchan.venues.models import Venue, VenueHold

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model, QuerySet

    from dauchan.exchange.programs.admission import Caller

    Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")

MOST_DAYS = 92
SMALLEST = 10
_NOT_SENSITIVE = {"sensitive": False, "category__sensitive": False}


def granted(caller: Caller, _asked: schemas.Nothing) -> schemas.Granted:
    program = caller.program
    return schemas.Granted(
        program=program.name,
        unit_id=program.unit_id,
        scopes=sorted(program.scopes),
        waits_for_approval=program.waits,
        limit_a_minute=program.limit_a_minute,
        expires_at=caller.token.expires_at,
    )


def units(caller: Caller, asked: schemas.UnitsAsked) -> schemas.Page[schemas.Unit]:
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


def venues(caller: Caller, asked: schemas.VenuesAsked) -> schemas.Page[schemas.Venue]:
    found = _venues_of(caller, asked.unit_id)
    if asked.status:
        found = found.filter(status=asked.status)
    if asked.changed_since:  # a hold changes the state of a venue and not its row's time
        holds = VenueHold.objects.filter(venue=OuterRef("pk"))
        held = Exists(holds.filter(Q(placed_at__gte=asked.changed_since) | Q(released_at__gte=asked.changed_since)))
        found = found.filter(Q(changed_at__gte=asked.changed_since) | held)
    return by_number(found, asked, _venue)


def venue(caller: Caller, asked: schemas.VenueAsked) -> schemas.Venue:
    return _venue(_only(_venues_of(caller).filter(pk=asked.venue_id)))


def _venues_of(caller: Caller, unit_id: int | None = None) -> QuerySet[Venue]:
    standing = Prefetch("holds", VenueHold.objects.filter(released_at=None), to_attr="standing")
    told = Venue.objects.filter(in_area([area_of(caller, unit_id)]), status__in=schemas.TOLD, **_NOT_SENSITIVE)
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


def indicators(caller: Caller, asked: schemas.IndicatorsAsked) -> schemas.Page[schemas.Indicators]:
    """Rounded like public figures (docs/decisions/0010): two of them that differ by one visit tell nothing of it."""
    if not asked.first_on <= asked.last_on <= asked.first_on + dt.timedelta(days=MOST_DAYS - 1):
        raise Refused(Code.BAD_PARAMETER, "last_on")
    found = UnitDay.objects.filter(
        in_area([area_of(caller, asked.unit_id)]), day__range=(asked.first_on, asked.last_on)
    )
    if asked.level:
        found = found.filter(unit__level=asked.level)
    day, unit_id = cursors.read(asked.cursor, 2)
    if day:
        after = dt.date.fromordinal(min(day, dt.date.max.toordinal()))
        found = found.filter(Q(day__gt=after) | Q(day=after, unit_id__gt=unit_id))
    rows = list(found.order_by("day", "unit_id")[: asked.limit + 1])
    return _page(rows, asked.limit, _indicators, lambda row: (row.day.toordinal(), row.unit_id))


def _indicators(row: UnitDay) -> schemas.Indicators:
    return schemas.Indicators(
        unit_id=row.unit_id,
        day=row.day,
        registered=row.registered,
        new=row.new,
        active=row.active,
        scans=_rounded(row.scans),
        people=_rounded(row.people),
    )


def _rounded(count: int) -> int | None:
    return count // SMALLEST * SMALLEST or None


def signs(caller: Caller, asked: schemas.SignsAsked) -> schemas.Page[schemas.FoundSign]:
    run = latest_run()
    if run is None:
        return schemas.Page([], None)
    sensitive = {f"venue__{name}": value for name, value in _NOT_SENSITIVE.items()}
    found = run.signs.filter(in_area([area_of(caller, asked.unit_id)], "venue__unit"), **sensitive)
    if asked.sign:
        found = found.filter(sign=asked.sign)
    if asked.venue_id:
        found = found.filter(venue=asked.venue_id)
    return by_number(with_dismissals(found.select_related("venue", "run")), asked, _sign)


def _sign(row: Any) -> schemas.FoundSign:  # noqa: ANN401 - a sign with what sets it aside
    return schemas.FoundSign(
        venue_id=row.venue_id,
        unit_id=row.venue.unit_id,
        sign=row.sign,
        confidence=row.confidence,
        since_on=row.since_on,
        nights=row.nights,
        screened_on=row.run.on,
        set_aside=row.dismissal_id is not None,
    )


def referrals(caller: Caller, asked: schemas.ReferralsAsked) -> schemas.Page[schemas.Referral]:
    found = _referrals_of(caller, asked.unit_id)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.changed_since:
        lines = ReferralEvent.objects.filter(referral=OuterRef("pk"), at__gte=asked.changed_since)
        found = found.filter(Exists(lines))
    return by_number(found, asked, _referral)


def referral(caller: Caller, asked: schemas.ReferralAsked) -> schemas.Referral:
    return _referral(_only(_referrals_of(caller).filter(pk=asked.referral_id)))


def _referrals_of(caller: Caller, unit_id: int | None = None) -> QuerySet[Referral]:
    sensitive = {f"venue__{name}": value for name, value in _NOT_SENSITIVE.items()}
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


def area_of(caller: Caller, unit_id: int | None) -> Unit:
    """The unit that is asked about, within what the program was let into. Raises: Refused."""
    own = caller.program.unit
    if unit_id is None:
        return own
    return _only(Unit.objects.within(own).filter(pk=unit_id))


def by_number(found: QuerySet[Any], asked: schemas.Paged, tell: Callable[[Any], Item]) -> schemas.Page[Item]:
    """A page in the order of the rows' numbers: what comes while somebody reads moves nothing."""
    (after,) = cursors.read(asked.cursor)
    rows = list(found.filter(pk__gt=after).order_by("pk")[: asked.limit + 1])
    return _page(rows, asked.limit, tell, lambda row: (row.pk,))


def _page(
    rows: list[Any], limit: int, tell: Callable[[Any], Item], key: Callable[[Any], tuple[int, ...]]
) -> schemas.Page[Item]:
    shown = rows[:limit]
    return schemas.Page([tell(row) for row in shown], cursors.written(*key(shown[-1])) if len(rows) > limit else None)


def _only(found: QuerySet[Row]) -> Row:
    row = found.first()
    if row is None:
        raise Refused(Code.NOT_FOUND)
    return row
