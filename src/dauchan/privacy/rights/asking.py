"""Somebody asks: on their own phone, or before an officer who has checked who they are."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from dauchan.people.access import matching_cards
from dauchan.people.actions import person_with_phone
from dauchan.people.models import ControlCard
from dauchan.people.told import people_with_documents
from dauchan.privacy.rights.clock import act_by
from dauchan.privacy.rights.errors import AlreadyAsked, NobodyFound
from dauchan.privacy.rights.request_models import Channel, Kind, PersonRequest, Proof, RequestClock, Right
from dauchan.privacy.rights.writing import tell
from dauchan.qr import make_short_code
from dauchan.qr.claims import CarriedCode, CarriedKind
from dauchan.units.deadlines import add_working_days, unknown_years
from dauchan.units.models import Unit
from dauchan.units.working_days import office_calendar
from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from dauchan.people.models import Person
    from dauchan.units.models import Officer


@dataclass(frozen=True)
class Wish:
    """What somebody asks for.

    Attributes:
        wants: of a correction, the new value of each field; of a restriction or an objection, `scope`.
        words: what they say to it; may be empty.
    """

    right: str
    wants: Mapping[str, str] = field(default_factory=dict)
    words: str = ""


def ask_by_phone(person: Person, wish: Wish) -> PersonRequest:
    """By somebody signed in on their own phone. Raises: AlreadyAsked."""
    return _ask(person.pk, wish, _province(), Channel.PHONE, Proof.SIGNED_IN, None)


def ask_at_counter(person: Person, wish: Wish, unit: Unit, proof: str, officer: Officer) -> PersonRequest:
    """Taken in by an officer of *unit* who checked who they are by *proof*. Raises: AlreadyAsked."""
    return _ask(person.pk, wish, unit, Channel.COUNTER, proof, officer)


def person_shown(proof: str, shown: str) -> Person:
    """Whom a phone number (E.164), the number of a document or of a card leads to. Raises: NobodyFound."""
    if proof == Proof.PHONE_CODE:
        found = person_with_phone(shown)
    elif proof == Proof.DOCUMENT:
        subject = CarriedCode(CarriedKind.IDENTITY_CARD_2024, shown).subject
        found = people_with_documents([subject]).get(subject)
    else:
        cards = list(matching_cards(ControlCard.objects.select_related("person"), shown)[:2])
        found = cards[0].person if len(cards) == 1 else None
    if found is None:
        raise NobodyFound
    return found


def clock_of(right: str, day: dt.date) -> RequestClock:
    """The clock in force on *day*; the first one for days before all of them. Raises: DoesNotExist."""
    clocks = RequestClock.objects.filter(right=right)
    clock = clocks.filter(valid_from__lte=day).first() or clocks.last()
    if clock is None:
        raise RequestClock.DoesNotExist
    return clock


def _ask(person_id: int, wish: Wish, unit: Unit, channel: str, proof: str, officer: Officer | None) -> PersonRequest:
    now, calendar = timezone.now(), office_calendar()
    today = timezone.localdate(now)
    clock = clock_of(wish.right, today)
    due_at = add_working_days(now, clock.answer_days, calendar)
    try:
        with transaction.atomic():
            request = PersonRequest.objects.create(
                code=make_short_code(),
                right=Right(wish.right),
                person_id=person_id,
                unit=unit,
                channel=channel,
                proof=proof,
                received_by=officer,
                received_at=now,
                wants=json.dumps(dict(wish.wants), ensure_ascii=False) if wish.wants else "",
                words=wish.words,
                clock=clock,
                began_at=now,
                due_at=due_at,
                act_by_at=act_by(now, clock.act_days, calendar),
                is_provisional=bool(unknown_years(today, due_at.astimezone(LOCAL).date(), calendar)),
            )
            tell(request, Kind.RECEIVED, officer)
    except IntegrityError as clash:
        raise AlreadyAsked from clash
    return request


def _province() -> Unit:
    """The unit at the root of today's map, whose officer answers what comes by phone."""
    return Unit.objects.valid_on(timezone.localdate()).get(parent=None)
