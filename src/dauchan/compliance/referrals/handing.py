"""Handing a suspicion to the unit that answers for the place: by a monitor, or by a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation

from dauchan.compliance.clocks import set_clock
from dauchan.compliance.referrals.clock_models import ClockRule, HandOverRule
from dauchan.compliance.referrals.errors import AlreadyReferred, NothingToRefer
from dauchan.compliance.referrals.models import OPEN, Ground, Kind, Referral
from dauchan.compliance.referrals.writing import tell
from dauchan.compliance.signs.models import MEANINGS, Dismissal
from dauchan.compliance.signs.models import Kind as SignKind
from dauchan.compliance.signs.queries import latest_run
from dauchan.units.models import Unit
from dauchan.units.working_days import office_calendar
from dauchan.venues.models import Venue, VenueStatus

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.compliance.signs.models import Sign as FoundSign
    from dauchan.units.models import Officer

IN_USE = (VenueStatus.APPROVED, VenueStatus.SUSPENDED)


@dataclass(frozen=True)
class Suspicion:
    """What is suspected and why; a copy that stands by itself.

    Attributes:
        source: the row it came from, `sign:12` or `report:5`; empty for what a monitor saw.
        words: what the monitor adds for the unit.
    """

    ground: str
    sign: str = ""
    source: str = ""
    evidence: str = ""
    evidence_en: str = ""
    confidence: float | None = None
    since_on: dt.date | None = None
    words: str = ""


@transaction.atomic
def refer(venue: Venue, officer: Officer | None, suspicion: Suspicion, *, at: dt.datetime | None = None) -> Referral:
    """Hand *suspicion* to the unit responsible for *venue*; its clock begins *at* an instant, now if none is given.

    *officer* is None for a rule.

    Raises: AlreadyReferred, NothingToRefer.
    """
    venue = Venue.objects.select_for_update(of=("self",)).select_related("unit").get(pk=venue.pk)
    if venue.status not in IN_USE:
        raise NothingToRefer
    if open_about(venue, suspicion):
        raise AlreadyReferred
    now = at or timezone.now()
    rule = ClockRule.on(timezone.localdate(now))
    unit = responsible_unit(venue.unit, rule.hands_to)
    referral = Referral(venue=venue, unit=unit, clock=rule, handed_by=officer, handed_at=now, **vars(suspicion))
    set_clock(referral, now, rule.days, office_calendar())
    referral.save()
    tell(referral, Kind.HANDED, officer, words=suspicion.words, at=now)
    return referral


def refer_by_rule(venue: Venue, suspicion: Suspicion, nights: int) -> Referral | None:
    """Hand over a sign that lasted *nights* nights, if the rule of the day says so; None if not, or if it is open already."""
    rules = HandOverRule.objects.filter(sign=suspicion.sign, valid_from__lte=timezone.localdate())
    rule = rules.order_by("-valid_from").first()
    if suspicion.ground != Ground.SIGN or rule is None or not rule.covers(suspicion.confidence or 0, nights):
        return None
    try:
        return refer(venue, None, suspicion)
    except (AlreadyReferred, NothingToRefer):
        return None


def suspicion_of(sign: FoundSign, words: str = "") -> Suspicion:
    """What a screening found, copied: a later screening replaces its row. Of a sensitive place no figures are told."""
    told = (sign.evidence.vietnamese, sign.evidence.english)
    if sign.venue.is_sensitive:
        told = (_meaning(sign.sign, "vi"), _meaning(sign.sign, "en"))
    return Suspicion(Ground.SIGN, sign.sign, f"sign:{sign.pk}", *told, sign.confidence, sign.since_on, words)


def _meaning(sign: str, language: str) -> str:
    with translation.override(language):
        return str(MEANINGS[SignKind(sign)])


def hand_over_by_rules() -> int:
    """Hand over what the last screening found and a rule covers; a sign that was referred since it began is left alone."""
    run = latest_run()
    kinds = HandOverRule.objects.filter(is_on=True).values("sign")
    if run is None or not kinds:
        return 0
    held = Dismissal.objects.holding_on(timezone.localdate()).filter(venue=OuterRef("venue"), sign=OuterRef("sign"))
    before = Referral.objects.filter(venue=OuterRef("venue"), sign=OuterRef("sign"))
    before = before.filter(handed_at__date__gte=OuterRef("since_on"))
    found = run.signs.filter(~Exists(held), ~Exists(before), sign__in=kinds).select_related("venue__category")
    return sum(refer_by_rule(one.venue, suspicion_of(one), one.nights) is not None for one in found)


def open_about(venue: Venue, suspicion: Suspicion) -> bool:
    same = {"ground": suspicion.ground, "sign": suspicion.sign}
    return Referral.objects.filter(venue=venue, state__in=OPEN, **same).exists()


def responsible_unit(unit: Unit, level: str) -> Unit:
    """The unit of *level* above *unit*, or *unit* itself where the map has none of it."""
    above = Unit.objects.filter(pk__in=unit.path.split("."), level=level).first()
    return above or unit
