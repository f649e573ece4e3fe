"""Messages to owners of silent places: who gets one, preparing a round, the second look, calling it off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.compliance.models import CountedDay
from dauchan.compliance.periods import Period
from dauchan.compliance.venue_use import silent_in
from dauchan.oversight.made_known.errors import AlreadyDecided, NobodyToTell, NotCounted, OneAtATime
from dauchan.oversight.made_known.limits import BETWEEN, LIMITS, UNDO, first_loud
from dauchan.oversight.made_known.models import Kind, OptOut, OwnerMessage, Sending, State, Why
from dauchan.oversight.made_known.queries import facts_of, template_for, week_of_unit, words_of
from dauchan.oversight.made_known.wording import places_named
from dauchan.oversight.owner_messages import codes_of, languages_of, reachable, wants_none
from dauchan.units import audit
from dauchan.units.jurisdiction import in_area
from dauchan.venues.models import Venue, VenueStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dauchan.units.models import Officer, Unit


@dataclass(frozen=True)
class Addressee:
    """An owner with silent places; *why* they get no message, if they get none."""

    person: int
    venues: tuple[int, ...]
    why: str = ""


def silent_period(now: dt.datetime) -> Period:
    """The days a place must have been without a scan: those to yesterday."""
    return Period.ending(timezone.localdate(now) - dt.timedelta(days=1), LIMITS["silent_days"])


def addressees(unit: Unit, now: dt.datetime) -> list[Addressee]:
    """Owners of places of the unit that were in use all these days and had no scan; six queries.

    Raises: NotCounted: then a place may only look silent.
    """
    period = silent_period(now)
    if CountedDay.objects.filter(day__range=(period.first, period.last)).count() < period.length:
        raise NotCounted
    began = dt.datetime.combine(period.first, dt.time(), timezone.get_current_timezone())
    in_use = Venue.objects.filter(
        in_area([unit]), status=VenueStatus.APPROVED, decided_at__lt=began, owner__isnull=False
    )
    owned: dict[int, list[int]] = {}
    for person, venue in silent_in(in_use, period).order_by("owner", "pk").values_list("owner_id", "pk"):
        owned.setdefault(person, []).append(venue)
    reasons = why_not(owned, now)
    return [Addressee(person, tuple(venues), reasons.get(person, "")) for person, venues in owned.items()]


def why_not(people: Collection[int], now: dt.datetime) -> dict[int, str]:
    """Of those who must get no message: why."""
    lately = OwnerMessage.objects.filter(person__in=people, sent_at__gt=now - BETWEEN)
    reasons = dict.fromkeys(lately.values_list("person_id", flat=True), Why.LATELY.value)
    reasons |= dict.fromkeys(
        OptOut.objects.filter(person__in=people).values_list("person_id", flat=True), Why.OPTED_OUT.value
    )
    reasons |= dict.fromkeys(wants_none(people), Why.OPTED_OUT.value)
    return {
        **{person: why for person, why in reasons.items() if person is not None},
        **dict.fromkeys(set(people) - reachable(people), Why.NO_PHONE.value),
    }


@transaction.atomic
def prepare(unit: Unit, officer: Officer) -> Sending:
    """A round with all its messages, which goes out only after somebody has looked at it. Raises: SendingRefused."""
    now = timezone.now()
    if Sending.objects.filter(unit=unit, called_off_at=None, ended_at=None).exists():
        raise OneAtATime
    told = [one for one in addressees(unit, now) if not one.why]
    if not told:
        raise NobodyToTell
    template, period = template_for(Kind.OWNER_MESSAGE, "", timezone.localdate(now)), silent_period(now)
    sending = Sending.objects.create(
        unit=unit, template=template, first_on=period.first, last_on=period.last, prepared_by=officer
    )
    texts = _texts(sending, told, now)
    OwnerMessage.objects.bulk_create(
        OwnerMessage(sending=sending, person_id=one.person, venues=len(one.venues), text=texts[one.person])
        for one in told
    )
    audit.record(
        officer, "made_known.prepared", f"sending:{sending.pk}", detail={"unit": unit.pk, "messages": len(told)}
    )
    return sending


def _texts(sending: Sending, told: Iterable[Addressee], now: dt.datetime) -> dict[int, str]:
    """The fixed words, with the unit's name, how many places, and the codes of the first: nothing an owner typed."""
    told = list(told)
    week = week_of_unit(sending.unit, now)
    period = {"first": f"{sending.first_on:%d/%m}", "last": f"{sending.last_on:%d/%m}"}
    facts = {language: {**facts_of(week, language), **period} for language in ("vi", "en")}
    codes = codes_of([venue for one in told for venue in one.venues])
    spoken = languages_of([one.person for one in told])
    texts = {}
    for one in told:
        language = spoken.get(one.person, "vi")
        named = places_named([codes[venue] for venue in one.venues if venue in codes])
        own = {"count": str(len(one.venues)), "code": named}
        texts[one.person] = words_of(sending.template, {**facts[language], **own}, language).body
    return texts


@transaction.atomic
def confirm(sending: Sending, officer: Officer) -> Sending:
    """After the second look: it goes out when the time to call it off is over and people are awake. Raises: AlreadyDecided."""
    found = Sending.objects.select_for_update().get(pk=sending.pk)
    if not found.is_draft:
        raise AlreadyDecided
    found.confirmed_by, found.goes_out_at = officer, first_loud(timezone.now() + UNDO)
    found.save()
    audit.record(officer, "made_known.confirmed", f"sending:{found.pk}", detail={"at": found.goes_out_at.isoformat()})
    return found


@transaction.atomic
def call_off(sending: Sending, officer: Officer) -> Sending:
    """Nothing more of it goes out. Raises: AlreadyDecided where it is over."""
    found = Sending.objects.select_for_update().get(pk=sending.pk)
    if found.called_off_at is not None or found.ended_at is not None:
        raise AlreadyDecided
    found.called_off_at, found.called_off_by = timezone.now(), officer
    found.save()
    found.messages.filter(state=State.WAITING).update(state=State.SKIPPED, why=Why.CALLED_OFF)
    audit.record(officer, "made_known.called_off", f"sending:{found.pk}")
    return found


def opt_out(person_id: int, *, wants_none: bool) -> None:
    """An owner wants no such messages, or wants them again."""
    if wants_none:
        OptOut.objects.get_or_create(person_id=person_id)
    else:
        OptOut.objects.filter(person_id=person_id).delete()
    audit.record(None, "made_known.opted_out" if wants_none else "made_known.opted_in", f"person:{person_id}")
