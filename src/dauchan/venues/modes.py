"""The way of scanning at a door: who may lay it down, what is in force where, what an order would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.units import audit
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Role
from dauchan.venues.errors import VenueRefused
from dauchan.venues.mode_models import GATE_MODES
from dauchan.venues.models import GateDevice, Mode, ModeOrder, Venue, VenueHold, VenueStatus

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from dauchan.units.models import Officer, Unit
    from dauchan.venues.models import Category

#: Who answers for an area and so may order how its doors check people in; the others of the field may read the orders.
ORDERS_MODES = (Role.LEADER, Role.HEAD)
SEES_MODES = (*ORDERS_MODES, Role.MONITOR, Role.OFFICER)

_MODES = """
SELECT v.id, coalesce(h.mode, o.mode, c.mode)
FROM venues_venue AS v
JOIN venues_category AS c ON c.id = v.category_id
CROSS JOIN LATERAL (SELECT venue_mode_order(v.id, %(day)s, %(at)s) AS id OFFSET 0) AS holds
LEFT JOIN venues_modeorder AS o ON o.id = holds.id
CROSS JOIN LATERAL (SELECT venue_mode_hold(v.id, %(at)s) AS id OFFSET 0) AS held
LEFT JOIN venues_venuehold AS h ON h.id = held.id
WHERE v.id = ANY (%(venues)s)
"""


class OrderWithdrawn(VenueRefused):
    message = _("Văn bản này đã được thu hồi trước đó.")


@dataclass(frozen=True)
class NewOrder:
    """What an officer wants to lay down; `ends_on` is the first day on which it no longer holds."""

    unit: Unit
    categories: Collection[Category]
    mode: Mode
    starts_on: dt.date
    ends_on: dt.date | None
    document_number: str
    document_title: str


@dataclass(frozen=True)
class Reach:
    """What an order would touch.

    Attributes:
        venues: places in use of these kinds in this area.
        without_gate: those of them where no device is enrolled, if the order asks for one.
        excepted: those where an order for a smaller area goes on holding.
    """

    venues: int
    without_gate: int
    excepted: int


@dataclass(frozen=True)
class ModeInForce:
    """How a venue checks people in, and the order or the hold (of a zone) that says so; None: the usual way of its kind."""

    mode: Mode
    order: ModeOrder | None
    hold: VenueHold | None = None

    @property
    def needs_gate(self) -> bool:
        return self.mode in GATE_MODES


def mode_of(venue: Venue, on: dt.date) -> Mode:
    """The way of scanning at *venue* on the local day *on*, by the orders that stand now."""
    return modes_of([venue.pk], on)[venue.pk]


def modes_of(venue_ids: Iterable[int], on: dt.date) -> dict[int, Mode]:
    """The same for many venues, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_MODES, {"venues": list(venue_ids), "day": on, "at": timezone.now()})
        return {pk: Mode(mode) for pk, mode in cursor.fetchall()}


def mode_in_force(venue: Venue, on: dt.date) -> ModeInForce:
    """The same with what says so."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT venue_mode_hold(%s, %s), venue_mode_order(%s, %s, %s)", [venue.pk, now, venue.pk, on, now]
        )
        held, found = cursor.fetchone()
    if held:
        hold = VenueHold.objects.get(pk=held)
        return ModeInForce(Mode(hold.mode), None, hold)
    order = ModeOrder.objects.select_related("issuer").filter(pk=found).first() if found else None
    return ModeInForce(Mode(order.mode if order else venue.category.mode), order)


def lacks_gate(venue: Venue) -> bool:
    """Whether no device of this venue may scan."""
    return not venue.gate_devices.filter(revoked_at=None).exists()


def access_mode_orders(officer: Officer) -> QuerySet[ModeOrder]:
    """Orders for the area where *officer* serves: those below, and those from above that hold there too."""
    own = officer.units_as(*SEES_MODES)
    above = Q(unit__in={int(part) for unit in own for part in unit.path.split(".")})
    found = ModeOrder.objects.filter(above | in_area(own))
    return found.select_related("unit", "issuer", "made_by", "withdrawn_by").prefetch_related("categories")


def access_mode_order(officer: Officer, order_id: int) -> ModeOrder:
    """Raises: NoSuchThing."""
    order = access_mode_orders(officer).filter(pk=order_id).first()
    if order is None:
        raise NoSuchThing
    return order


def may_withdraw(officer: Officer, order: ModeOrder) -> bool:
    """Nobody takes back what was laid down above them."""
    return order.withdrawn_at is None and any(unit.contains(order.issuer) for unit in officer.units_as(*ORDERS_MODES))


def in_force(orders: QuerySet[ModeOrder], today: dt.date) -> QuerySet[ModeOrder]:
    standing = orders.filter(withdrawn_at=None, starts_on__lte=today)
    return standing.filter(Q(ends_on=None) | Q(ends_on__gt=today))


def coming(orders: QuerySet[ModeOrder], today: dt.date) -> QuerySet[ModeOrder]:
    return orders.filter(withdrawn_at=None, starts_on__gt=today).order_by("starts_on", "pk")


def past(orders: QuerySet[ModeOrder], today: dt.date) -> QuerySet[ModeOrder]:
    return orders.filter(Q(withdrawn_at__isnull=False) | Q(ends_on__lte=today))


def reach_of(new: NewOrder) -> Reach:
    venues = venues_under(new.unit, new.categories)
    without = 0
    if new.mode != Mode.POSTER:
        enrolled = GateDevice.objects.filter(venue=OuterRef("pk"), revoked_at=None)
        without = venues.filter(~Exists(enrolled)).count()
    return Reach(venues.count(), without, venues.filter(_excepted(new)).distinct().count())


def venues_under(unit: Unit, categories: Collection[Category]) -> QuerySet[Venue]:
    """Places in use of these kinds in *unit* and below."""
    used = Venue.objects.filter(status__in=(VenueStatus.APPROVED, VenueStatus.SUSPENDED))
    return used.filter(in_area([unit]), category__in=categories)


def _excepted(new: NewOrder) -> Q:
    """Places where another order, for a smaller area, goes before a new one on its first day."""
    others = in_force(ModeOrder.objects.filter(categories__in=new.categories).distinct(), new.starts_on)
    excepted = Q(pk__in=[])
    for other in others.select_related("unit").prefetch_related("categories"):
        if new.unit.contains(other.unit) and new.unit != other.unit:
            excepted |= in_area([other.unit]) & Q(category__in=other.categories.all())
    return excepted


@transaction.atomic
def make_order(new: NewOrder, officer: Officer) -> ModeOrder:
    """Lay it down in the name of the highest unit over *new.unit* in which *officer* may.

    Raises: RoleMissing, where *officer* may not.
    """
    over = [unit for unit in officer.units_as(*ORDERS_MODES) if unit.contains(new.unit)]
    if not over:
        raise RoleMissing
    issuer = min(over, key=lambda unit: unit.path.count("."))
    facts = {name: value for name, value in vars(new).items() if name != "categories"}
    order = ModeOrder.objects.create(**facts, issuer=issuer, made_by=officer, made_at=timezone.now())
    order.categories.set(new.categories)
    kinds = sorted(category.code for category in new.categories)
    detail = {"mode": new.mode, "unit": new.unit.code, "categories": kinds, "document": new.document_number}
    audit.record(officer, "mode_order.made", f"mode_order:{order.pk}", detail=detail)
    return order


@transaction.atomic
def withdraw_order(order: ModeOrder, officer: Officer) -> ModeOrder:
    """It no longer holds from now on; what was scanned under it stays labelled as it was.

    Raises: OrderWithdrawn; RoleMissing, where it was laid down above *officer*.
    """
    order = ModeOrder.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=order.pk)
    if order.withdrawn_at is not None:
        raise OrderWithdrawn
    if not may_withdraw(officer, order):
        raise RoleMissing
    order.withdrawn_by, order.withdrawn_at = officer, timezone.now()
    order.save(update_fields=["withdrawn_by", "withdrawn_at"])
    audit.record(officer, "mode_order.withdrawn", f"mode_order:{order.pk}", detail={"document": order.document_number})
    return order
