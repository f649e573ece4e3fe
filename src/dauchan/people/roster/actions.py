"""What happens to agencies and their rosters. Every change is told in the audit log, by number, never by name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from dauchan.people.actions import phone_lookup
from dauchan.people.roster.errors import NameTaken, NumberTaken
from dauchan.people.roster.models import Agency, Leave, Member, Shift
from dauchan.people.roster.undoing import forget_changes
from dauchan.units import audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dauchan.people.roster.roster_list import Pattern
    from dauchan.units.models import Officer

#: Names of those who left, and leave that is over, go when no scan is kept that they could be held against.
KNOWN_DAYS = 31


@transaction.atomic
def keep_agency(agency: Agency, venue_ids: Iterable[int], officer: Officer | None) -> Agency:
    """Keep a new agency, or changes to one.

    Raises: NameTaken.
    """
    action = "agency.changed" if agency.pk else "agency.founded"
    try:
        with transaction.atomic():
            agency.save()
    except IntegrityError as taken:
        raise NameTaken from taken
    kept = sorted(set(venue_ids))
    agency.venues.set(kept)
    audit.record(officer, action, f"agency:{agency.pk}", detail={"venues": kept})
    return agency


@transaction.atomic
def close_agency(agency: Agency, officer: Officer) -> None:
    """The agency is no more: its roster is erased, its counts stay."""
    agency.closed_at = timezone.now()
    agency.save(update_fields=["closed_at", "search_key", "sort_key"])
    members, _by_model = agency.members.all().delete()
    audit.record(officer, "agency.closed", f"agency:{agency.pk}", detail={"members": members})


def open_roster(agency: Agency, officer: Officer, purpose: str) -> None:
    """The head says what the names are needed for."""
    audit.record(officer, "roster.opened", f"agency:{agency.pk}", purpose=purpose)


def note_look(agency: Agency, officer: Officer, purpose: str, what: str, members: int) -> None:
    """Names were shown or handed out: *what* is a page or a file."""
    detail = {"what": what, "members": members}
    audit.record(officer, "roster.seen", f"agency:{agency.pk}", purpose=purpose, detail=detail)


@transaction.atomic
def keep_member(member: Member, phone: str | None, shifts: Sequence[Pattern] | None, officer: Officer) -> Member:
    """Keep a new member, or changes to one.

    Args:
        member: as the head wants it.
        phone: E.164; empty to forget a known one, None to leave it.
        shifts: all of them; None leaves them as they are.
        officer: who.

    Raises: NumberTaken.
    """
    action = "member.changed" if member.pk else "member.added"
    if phone is not None:
        member.phone_hash = phone_lookup(phone) if phone else None
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as taken:
        raise NumberTaken from taken
    if shifts is not None:
        member.shifts.all().delete()
        Shift.objects.bulk_create([shift_of(member, pattern) for pattern in shifts])
    _tell(action, member, officer)
    return member


def shift_of(member: Member, pattern: Pattern) -> Shift:
    return Shift(
        member=member,
        weekdays=pattern.weekdays,
        starts=pattern.starts,
        ends=pattern.ends,
        on_holidays=pattern.on_holidays,
    )


@transaction.atomic
def remove_member(member: Member, officer: Officer) -> None:
    """Somebody who should never have stood on the roster; whoever leaves gets a last day instead."""
    _tell("member.removed", member, officer)
    member.delete()


@transaction.atomic
def give_leave(leave: Leave, officer: Officer) -> Leave:
    leave.save()
    _tell("member.leave_given", leave.member, officer)
    return leave


@transaction.atomic
def take_leave_back(leave: Leave, officer: Officer) -> None:
    _tell("member.leave_taken_back", leave.member, officer)
    leave.delete()


def _tell(action: str, member: Member, officer: Officer) -> None:
    audit.record(officer, action, f"agency:{member.agency_id}", detail={"member": member.pk})


def forget_leavers(now: dt.datetime) -> int:
    """Erase members who left, and leave that ended, before anything the ledger still holds. Returns: how many members."""
    limit = timezone.localdate(now) - dt.timedelta(days=KNOWN_DAYS)
    Leave.objects.filter(until_on__lte=limit).delete()
    forget_changes(now)
    _all, by_model = Member.objects.filter(left_on__lte=limit).delete()
    return by_model.get("roster.Member", 0)
