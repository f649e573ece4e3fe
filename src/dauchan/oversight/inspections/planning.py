"""Rounds: opened, manned, filled with places by risk, by lot or for a cause, put in order, ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from dauchan.oversight.inspections.access import inspectors_of
from dauchan.oversight.inspections.drawing import METHOD, drawn
from dauchan.oversight.inspections.errors import ChangedMeanwhile, NoTeam, NotOfThisUnit, RoundOver
from dauchan.oversight.inspections.models import ChosenBy, Draw, Round, RoundState, Stop, TeamMember
from dauchan.oversight.inspections.ranking import ranked, venues_for
from dauchan.oversight.inspections.routing import Place, route
from dauchan.units import audit
from dauchan.units.models import Officer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from dauchan.units.models import Unit

SEED_BYTES = 8


@dataclass(frozen=True)
class Plan:
    """What a person decides about a round; `until_on` is the first day after it."""

    title: str
    number: str
    first_on: dt.date
    until_on: dt.date
    words: str
    leader: Officer
    members: Collection[Officer]


@transaction.atomic
def open_round(unit: Unit, plan: Plan, officer: Officer) -> Round:
    """Raises: NoTeam, NotOfThisUnit."""
    _check_team(unit, plan)
    made = Round.objects.create(unit=unit, opened_by=officer, **_facts(plan))
    _man(made, plan)
    audit.record(officer, "inspection_round.opened", made.audit_name, detail={"unit": unit.pk, "team": _keys(plan)})
    return made


@transaction.atomic
def change_round(round_: Round, plan: Plan, officer: Officer, revision: int) -> Round:
    """Raises: ChangedMeanwhile, RoundOver, NoTeam, NotOfThisUnit."""
    found = _opened(round_, revision)
    _check_team(found.unit, plan)
    for name, value in _facts(plan).items():
        setattr(found, name, value)
    found.save()
    found.team.all().delete()
    _man(found, plan)
    audit.record(officer, "inspection_round.changed", found.audit_name, detail={"team": _keys(plan)})
    return found


@transaction.atomic
def add_stops(
    round_: Round, venue_ids: Collection[int], officer: Officer, chosen_by: str, source: str = ""
) -> list[Stop]:
    """Add venues of the round's area that are not in it yet, each with its score of today. Raises: RoundOver."""
    found = _locked(round_)
    among = venues_for(found).filter(pk__in=venue_ids)
    stops = []
    for candidate in ranked(among, timezone.now()):
        stop, _is_new = Stop.objects.update_or_create(
            round=found,
            venue_id=candidate.venue_id,
            defaults={
                "chosen_by": chosen_by,
                "source": source or candidate.source,
                "score": candidate.score.total,
                "parts": candidate.score.kept(),
                "added_at": timezone.now(),
                "dropped_at": None,
                "dropped_words": "",
            },
        )
        stops.append(stop)
    detail = {"venues": [stop.venue_id for stop in stops], "chosen_by": chosen_by, "source": source}
    audit.record(officer, "inspection_round.stops_added", found.audit_name, detail=detail)
    put_in_order(found)
    return stops


@transaction.atomic
def draw_stops(round_: Round, count: int, officer: Officer, seed: str = "") -> Draw:
    """Add *count* venues by lot; the pool is what the round could go to. Raises: RoundOver."""
    found = _locked(round_)
    pool = sorted(venues_for(found).values_list("pk", flat=True))
    used = seed or secrets.token_hex(SEED_BYTES)
    chosen = drawn(pool, count, used)
    draw = Draw.objects.create(
        round=found, seed=used, method=METHOD, pool=pool, chosen=chosen, drawn_by=officer, drawn_at=timezone.now()
    )
    detail = {"seed": used, "method": METHOD, "pool": len(pool), "chosen": chosen}
    audit.record(officer, "inspection_round.drawn", found.audit_name, detail=detail)
    add_stops(found, chosen, officer, ChosenBy.LOT)
    return draw


@transaction.atomic
def drop_stop(stop: Stop, officer: Officer, words: str) -> None:
    """Take a place out of the round, with a reason; one that was inspected stays. Raises: RoundOver."""
    found = _locked(stop.round)
    left = found.stops.filter(pk=stop.pk, dropped_at=None, inspections=None)
    if left.update(dropped_at=timezone.now(), dropped_words=words):
        detail = {"venue": stop.venue_id, "words": words}
        audit.record(officer, "inspection_round.stop_dropped", found.audit_name, detail=detail)
        put_in_order(found)


@transaction.atomic
def end_round(round_: Round, officer: Officer, revision: int, state: str, words: str) -> Round:
    """Close a round, or cancel it; records that come later from a phone are still taken. Raises: ChangedMeanwhile, RoundOver."""
    found = _opened(round_, revision)
    found.state, found.ended_at, found.ended_words = state, timezone.now(), words
    found.save()
    audit.record(officer, f"inspection_round.{state}", found.audit_name)
    return found


def put_in_order(round_: Round) -> None:
    """Number the stops: those that were inspected as they were, then the others by the route from the unit's office."""
    stops = list(round_.stops.filter(dropped_at=None).select_related("venue").prefetch_related("inspections"))
    done = [stop for stop in stops if stop.inspections.all()]
    left = {stop.venue_id: stop for stop in stops if not stop.inspections.all()}
    places = [Place(key, stop.venue.lat, stop.venue.lon) for key, stop in left.items()]
    office = Place(0, round_.unit.lat, round_.unit.lon)
    ordered = [*done, *(left[place.key] for place in route(places, office))]
    for position, stop in enumerate(ordered, start=1):
        stop.position = position
    Stop.objects.bulk_update(ordered, ["position"])


def inspectors_for(unit: Unit) -> list[Officer]:
    """Who may be in a team of *unit*: its officers and head, and those of the units below it."""
    today = timezone.localdate()
    found = Officer.objects.filter(inspectors_of(unit, today), is_active=True).distinct()
    return list(found.order_by("full_name"))


def _facts(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in ("title", "number", "first_on", "until_on", "words")}


def _keys(plan: Plan) -> list[int]:
    return sorted({plan.leader.pk, *(one.pk for one in plan.members)})


def _check_team(unit: Unit, plan: Plan) -> None:
    if plan.leader is None:
        raise NoTeam
    if not set(_keys(plan)) <= {officer.pk for officer in inspectors_for(unit)}:
        raise NotOfThisUnit


def _man(round_: Round, plan: Plan) -> None:
    keys = [plan.leader.pk, *(key for key in _keys(plan) if key != plan.leader.pk)]
    team = [TeamMember(round=round_, officer_id=key, leads=key == plan.leader.pk) for key in keys]
    TeamMember.objects.bulk_create(team)


def _locked(round_: Round) -> Round:
    found = Round.objects.select_for_update(of=("self",)).select_related("unit").get(pk=round_.pk)
    if found.state != RoundState.OPEN:
        raise RoundOver
    return found


def _opened(round_: Round, revision: int) -> Round:
    found = _locked(round_)
    if found.revision != revision:
        raise ChangedMeanwhile
    found.revision += 1
    return found
