"""A sanction is written: it rests on findings, a source and law in force. What shuts a door waits for a second person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from dauchan.oversight.sanctions.access import bases_for, issuing_unit
from dauchan.oversight.sanctions.alerts import watch_suspensions
from dauchan.oversight.sanctions.bases import copy_bases
from dauchan.oversight.sanctions.errors import (
    AlreadySuspended,
    EndMissing,
    NoLegalBasis,
    NothingFound,
    NotInForce,
    OneWaits,
    PeriodOver,
    VenueNotInUse,
)
from dauchan.oversight.sanctions.models import APPROVED_KINDS, EventKind, Kind, Sanction, SanctionGround, State
from dauchan.oversight.sanctions.queries import warnings_at
from dauchan.oversight.sanctions.reference_models import AppealClock
from dauchan.oversight.sanctions.writing import tell
from dauchan.units.working_days import office_calendar
from dauchan.venues.holds import HELD_IN
from dauchan.venues.models import Venue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from dauchan.oversight.sanctions.models import LegalBasis
    from dauchan.oversight.sanctions.sources import Source
    from dauchan.units.models import Officer


@dataclass(frozen=True)
class Terms:
    """What an officer writes. `lifts` or `corrects` name the decision that it cites; `amount` is theirs, never computed."""

    kind: str
    facts: str
    bases: Sequence[LegalBasis]
    sources: Sequence[Source] = ()
    findings: Sequence[str] = ()
    demands: str = ""
    clause: str = ""
    until_at: dt.datetime | None = None
    condition: str = ""
    forwarded_to: str = ""
    amount: int | None = None
    amount_basis: str = ""
    document_number: str = ""
    signing_title: str = ""
    signer: str = ""
    lifts: Sanction | None = None
    corrects: Sanction | None = None


@transaction.atomic
def propose(venue: Venue, officer: Officer, terms: Terms) -> Sanction:
    """Write a sanction about *venue*. A warning and a proposal of a fine are issued with it; the others wait for approval.

    Raises: RoleMissing, and what `errors` says under NothingFound to PeriodOver.
    """
    issuer = issuing_unit(officer, venue.unit)
    venue = Venue.objects.select_for_update(of=("self",)).select_related("unit").get(pk=venue.pk)
    now = timezone.now()
    _require_rest(terms, now)
    _require_law(terms, venue)
    _require_place(terms, venue)
    sanction = Sanction(
        venue=venue,
        unit=venue.unit,
        issuer_unit=issuer,
        proposed_by=officer,
        proposed_at=now,
        clock=AppealClock.on(timezone.localdate(now)),
        earlier_warnings=warnings_at(venue).count(),
        **_said(terms),
    )
    if terms.kind not in APPROVED_KINDS:
        take_effect(sanction, officer, now)
    sanction.save()
    copy_bases(sanction, terms.bases)
    copy_sources(sanction, terms)
    tell(sanction, EventKind.PROPOSED if sanction.is_waiting else EventKind.ISSUED, officer, at=now)
    if terms.corrects and not sanction.is_waiting:
        tell(end_replaced(terms.corrects, now), EventKind.REPLACED, officer, other=sanction, at=now)
    watch_suspensions(sanction, "proposed")
    return sanction


def take_effect(sanction: Sanction, officer: Officer, now: dt.datetime) -> None:
    """From now on it holds, and the owner's time to appeal runs."""
    sanction.state, sanction.in_force_at = State.IN_FORCE, now
    sanction.decided_by, sanction.decided_at = officer, now
    if sanction.kind != Kind.LIFTING:
        sanction.appeal_until_at = sanction.clock.appeal_until(now, office_calendar())


def end_replaced(old: Sanction, now: dt.datetime) -> Sanction:
    """The old decision ends with the one that corrects it, and stays to be read. Raises: NotInForce."""
    old = Sanction.objects.select_for_update(of=("self",)).get(pk=old.pk)
    if not old.is_in_force:
        raise NotInForce
    old.state, old.ended_at, old.revision = State.REPLACED, now, old.revision + 1
    old.save()
    return old


def copy_sources(sanction: Sanction, terms: Terms) -> None:
    """What was found, as it stands now; a lifting and a correction rest on what the decision they cite rested on."""
    cited = terms.lifts or terms.corrects
    grounds = [
        SanctionGround(sanction=sanction, source=one.source, text_vi=one.text_vi, text_en=one.text_en, on=one.on)
        for one in terms.sources
    ]
    named = {ground.source for ground in grounds}
    for ground in cited.grounds.all() if cited else ():
        if ground.source not in named:
            kept = {"source": ground.source, "text_vi": ground.text_vi, "text_en": ground.text_en, "on": ground.on}
            grounds.append(SanctionGround(sanction=sanction, **kept))
    SanctionGround.objects.bulk_create(grounds)


def _said(terms: Terms) -> dict[str, Any]:
    said = {name: value for name, value in vars(terms).items() if name not in {"bases", "sources"}}
    cited = terms.lifts or terms.corrects
    return said | {"findings": list(terms.findings) or (cited.findings if cited else [])}


def _require_rest(terms: Terms, now: dt.datetime) -> None:
    cited = terms.lifts or terms.corrects
    if not cited and not (terms.sources and terms.findings):
        raise NothingFound
    if cited and (not cited.is_in_force or (terms.lifts and cited.kind != Kind.SUSPENSION)):
        raise NotInForce
    if terms.kind == Kind.SUSPENSION and terms.until_at is None and not terms.condition:
        raise EndMissing
    if terms.until_at is not None and terms.until_at <= now:
        raise PeriodOver


def _require_law(terms: Terms, venue: Venue) -> None:
    today = timezone.localdate()
    known = set(bases_for(venue.unit).values_list("pk", flat=True))
    fits = [basis.pk in known and basis.holds_on(today) and basis.allows(terms.kind) for basis in terms.bases]
    if not fits or not all(fits):
        raise NoLegalBasis


def _require_place(terms: Terms, venue: Venue) -> None:
    standing = Sanction.objects.filter(venue=venue)
    if terms.kind in APPROVED_KINDS and standing.filter(kind=terms.kind, state=State.WAITING).exists():
        raise OneWaits
    if terms.kind != Kind.SUSPENSION:
        return
    if venue.status not in HELD_IN:
        raise VenueNotInUse
    in_force = standing.filter(kind=Kind.SUSPENSION, state=State.IN_FORCE)
    if any(one != terms.corrects for one in in_force):
        raise AlreadySuspended
