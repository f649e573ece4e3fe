"""Taking a request for help: from the public page, a failed scan, a gate, or an agent on the telephone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.compliance.clocks import set_clock
from dauchan.helpdesk.errors import TooManyTickets
from dauchan.helpdesk.knowledge.queries import article_for_reason
from dauchan.helpdesk.models import RUNNING, Channel, HelpClock, Kind, Ticket, TicketStatus
from dauchan.helpdesk.writing import tell
from dauchan.people.actions import person_with_phone
from dauchan.people.encryption import keyed_hash
from dauchan.people.paper_hashes import papers_of
from dauchan.qr import make_short_code
from dauchan.units.languages import reads_english
from dauchan.units.models import Unit, UnitLevel
from dauchan.units.working_days import office_calendar

if TYPE_CHECKING:
    from dauchan.helpdesk.knowledge.models import Article
    from dauchan.people.models import Person
    from dauchan.units.models import Officer
    from dauchan.venues.models import GateDevice, Venue

TICKETS_AN_HOUR = 10
#: Of one person, not answered yet: more of them only make the others wait.
OPEN_OF_A_PERSON = 5
#: Of everybody from outside, in an hour: a flood from many addresses is for the telephone.
TICKETS_AN_HOUR_IN_ALL = 600


@dataclass(frozen=True)
class Asked:
    """What somebody asks.

    Attributes:
        phone: E.164 to call back, or empty.
        person: who is signed in on the page; without, whoever has proved to hold *phone*.
        scan_reason: why a scan failed, in the words of the door or the console; empty if it is about none.
    """

    topic: str
    words: str
    phone: str = ""
    venue: Venue | None = None
    device: GateDevice | None = None
    person: Person | None = None
    channel: str = Channel.PAGE
    scan_reason: str = ""
    article: Article | None = None


def open_ticket(topic: str, words: str, address: str, *, phone: str = "", venue: Venue | None = None) -> Ticket:
    """Take a plain request. Raises: TooManyTickets."""
    return ask(Asked(topic, words, phone, venue), address)


@transaction.atomic
def ask(asked: Asked, address: str, agent: Officer | None = None) -> Ticket:
    """Take it; an *agent* who writes down what a caller says takes it up at once. Raises: TooManyTickets."""
    now = timezone.now()
    address_hash = b"" if agent else keyed_hash(address, "ticket-address")
    person_hash = _person_hash(asked)
    if agent is None:
        _refuse_floods(address_hash, person_hash, now)
    ticket = Ticket(
        code=make_short_code(),
        topic=asked.topic,
        words=asked.words,
        phone=asked.phone,
        language="en" if reads_english() and agent is None else "vi",
        channel=asked.channel,
        venue=asked.venue or (asked.device.venue if asked.device else None),
        device=asked.device,
        person_hash=person_hash,
        address_hash=address_hash,
        scan_reason=asked.scan_reason,
        article=asked.article or article_for_reason(asked.scan_reason),
        opened_at=now,
        opened_by=agent,
        agent=agent,
        status=TicketStatus.TAKEN if agent else TicketStatus.OPEN,
    )
    wind_up(ticket, now)
    ticket.save()
    tell(ticket, Kind.OPENED, agent)
    return ticket


def wind_up(ticket: Ticket, now: dt.datetime, *, again: bool = False) -> None:
    """Set the clock by the rule in force; without one, or without a province, nothing is due."""
    today = timezone.localdate(now)
    rule = HelpClock.objects.filter(valid_from__lte=today).first()
    unit = Unit.objects.valid_on(today).filter(level=UnitLevel.PROVINCE).order_by("pk").first()
    if rule is None or unit is None:
        return
    ticket.clock, ticket.unit, ticket.reminders = rule, unit, 0
    set_clock(ticket, now, rule.days_reopened if again else rule.days, office_calendar())


def _person_hash(asked: Asked) -> bytes | None:
    person = asked.person or (person_with_phone(asked.phone) if asked.phone else None)
    if person is None or (asked.person is None and person.identity.verified_at is None):
        return None
    return papers_of(person.pk)


def _refuse_floods(address_hash: bytes, person_hash: bytes | None, now: dt.datetime) -> None:
    lately = Ticket.objects.filter(opened_at__gt=now - dt.timedelta(hours=1), opened_by=None)
    if lately.filter(address_hash=address_hash).count() >= TICKETS_AN_HOUR:
        raise TooManyTickets
    if person_hash and Ticket.objects.filter(person_hash=person_hash, status__in=RUNNING).count() >= OPEN_OF_A_PERSON:
        raise TooManyTickets
    if lately.count() >= TICKETS_AN_HOUR_IN_ALL:
        raise TooManyTickets
