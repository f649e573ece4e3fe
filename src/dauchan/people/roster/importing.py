"""A roster is checked beside the one that is kept, and kept in one step."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.people.actions import phone_lookup
from dauchan.people.roster.actions import shift_of
from dauchan.people.roster.errors import NothingToKeep
from dauchan.people.roster.models import Member, Shift
from dauchan.people.roster.roster_list import Pattern
from dauchan.people.roster.undoing import note_list, states_of
from dauchan.units import audit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.people.roster.models import Agency
    from dauchan.people.roster.roster_list import Entry, RosterRow
    from dauchan.units.models import Officer

OFFICE_HOURS = Pattern(0b0011111, dt.time(7, 30), dt.time(17))


@dataclass(frozen=True)
class Outcome:
    """What keeping a list changes, or would change: numbers of rows, and members who stand in no row.

    Attributes:
        added, changed, same: by row number.
        missing: members of the roster that the list does not name.
    """

    added: tuple[int, ...]
    changed: tuple[int, ...]
    same: tuple[int, ...]
    missing: tuple[Member, ...]


def outcome_of(agency: Agency, rows: Sequence[RosterRow], today: dt.date) -> Outcome:
    """Compare the good rows with the roster; nothing is kept."""
    known = _known(agency)
    entries = [(row.number, row.entry) for row in rows if row.entry]
    # Whoever stands in a row with a fault has not left.
    named = {row.employee_number for row in rows}
    added = tuple(number for number, entry in entries if entry.employee_number not in known)
    old = [(number, entry) for number, entry in entries if entry.employee_number in known]
    changed = tuple(number for number, entry in old if _differs(known[entry.employee_number], entry))
    same = tuple(number for number, _entry in old if number not in set(changed))
    gone = (m for key, m in known.items() if key not in named and (m.left_on is None or m.left_on > today))
    return Outcome(added, changed, same, tuple(gone))


@transaction.atomic
def keep_roster(
    agency: Agency, rows: Sequence[RosterRow], officer: Officer | None, *, others_left: bool = False
) -> Outcome:
    """Add and change the members of the good rows. Those that no row names stay, or today is the first day without them.

    Raises: NothingToKeep.
    """
    agency = type(agency).objects.select_for_update().get(pk=agency.pk)
    today = timezone.localdate()
    outcome = outcome_of(agency, rows, today)
    entries = [row.entry for row in rows if row.entry]
    if not entries:
        raise NothingToKeep
    touched = [entry.employee_number for entry in entries]
    gone_now = [member.employee_number for member in outcome.missing] if others_left else []
    before = states_of(agency, [*touched, *gone_now])
    known = _known(agency)
    new = [entry for entry in entries if entry.employee_number not in known]
    old = [(known[e.employee_number], e) for e in entries if e.employee_number in known]
    _add(agency, new, today)
    _change([(member, entry) for member, entry in old if _differs(member, entry)])
    if others_left:
        gone = Member.objects.filter(pk__in=[member.pk for member in outcome.missing])
        gone.filter(joined_on__gt=today).delete()
        gone.update(left_on=today)
    counts = {"added": len(outcome.added), "changed": len(outcome.changed)}
    detail = {**counts, "left": len(gone_now)}
    note_list(agency, officer, before, detail)
    audit.record(officer, "roster.imported", f"agency:{agency.pk}", detail=detail)
    return outcome


def _known(agency: Agency) -> dict[str, Member]:
    return {member.employee_number: member for member in agency.members.prefetch_related("shifts")}


def _differs(member: Member, entry: Entry) -> bool:
    return (
        member.full_name != entry.full_name
        or bool(entry.department and entry.department != member.department)
        or bool(entry.phone and phone_lookup(entry.phone) != bytes(member.phone_hash or b""))
        or bool(entry.joined_on and entry.joined_on != member.joined_on)
        or member.left_on is not None
        or bool(entry.pattern and [entry.pattern] != [pattern_of(shift) for shift in member.shifts.all()])
    )


def pattern_of(shift: Shift) -> Pattern:
    return Pattern(shift.weekdays, shift.starts, shift.ends, shift.on_holidays)


def _add(agency: Agency, entries: Sequence[Entry], today: dt.date) -> None:
    members = [
        Member(
            agency=agency,
            employee_number=entry.employee_number,
            full_name=entry.full_name,
            phone_hash=phone_lookup(entry.phone) if entry.phone else None,
            department=entry.department,
            joined_on=entry.joined_on or today,
        )
        for entry in entries
    ]
    Member.objects.bulk_create(members, batch_size=1000)
    pairs = zip(members, entries, strict=True)
    Shift.objects.bulk_create([shift_of(member, entry.pattern or OFFICE_HOURS) for member, entry in pairs])


def _change(pairs: Sequence[tuple[Member, Entry]]) -> None:
    """Who stands on the list again has not left."""
    for member, entry in pairs:
        member.full_name, member.left_on = entry.full_name, None
        member.department = entry.department or member.department
        member.joined_on = entry.joined_on or member.joined_on
        if entry.phone:
            member.phone_hash = phone_lookup(entry.phone)
    fields = ["full_name", "left_on", "department", "joined_on", "phone_hash"]
    Member.objects.bulk_update([member for member, _entry in pairs], fields, batch_size=1000)
    patterned = [(member, entry.pattern) for member, entry in pairs if entry.pattern]
    Shift.objects.filter(member__in=[member for member, _pattern in patterned]).delete()
    Shift.objects.bulk_create([shift_of(member, pattern) for member, pattern in patterned])
