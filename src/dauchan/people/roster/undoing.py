"""A whole list of staff is taken back: who came with it goes, who was changed or left with it is as before.

What somebody did to a member since then stays, and is told.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from dauchan.people.roster.errors import NothingToUndo
from dauchan.people.roster.list_models import RosterList
from dauchan.people.roster.models import Member, Shift
from dauchan.units import audit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.people.roster.models import Agency
    from dauchan.units.models import Officer

#: How long a list can be taken back.
KEPT = dt.timedelta(days=30)
State = dict[str, Any]
States = dict[str, State | None]


def states_of(agency: Agency, numbers: Iterable[str]) -> States:
    """Members as they are now, by number; None for numbers that nobody has."""
    found = agency.members.filter(employee_number__in=list(numbers)).prefetch_related("shifts")
    return dict.fromkeys(numbers) | {member.employee_number: _state(member) for member in found}


def _state(member: Member) -> State:
    return {
        "full_name": member.full_name,
        "department": member.department,
        "phone_hash": bytes(member.phone_hash).hex() if member.phone_hash else None,
        "joined_on": member.joined_on.isoformat(),
        "left_on": member.left_on.isoformat() if member.left_on else None,
        "shifts": [
            [one.weekdays, one.starts.isoformat(), one.ends.isoformat(), one.on_holidays] for one in member.shifts.all()
        ],
    }


def note_list(agency: Agency, officer: Officer | None, before: States, counts: dict[str, int]) -> RosterList:
    """Keep what a list changed; *before* has all the members that it named or let go."""
    after = states_of(agency, before)
    changed = {number: [was, after[number]] for number, was in before.items() if was != after[number]}
    return RosterList.objects.create(
        agency=agency, officer=officer, counts=counts, changes=json.dumps(changed, ensure_ascii=False)
    )


@transaction.atomic
def undo_list(taken: RosterList, officer: Officer | None) -> RosterList:
    """Raises: NothingToUndo where that was done before, or is too long ago."""
    taken = RosterList.objects.select_for_update(of=("self",)).select_related("agency").get(pk=taken.pk)
    if not taken.can_be_undone:
        raise NothingToUndo
    changed: dict[str, list[State | None]] = json.loads(taken.changes)
    now = states_of(taken.agency, changed)
    counts = {"removed": 0, "restored": 0, "stays": 0}
    for number, (was, became) in changed.items():
        counts[_back(taken.agency, number, was) if now[number] == became else "stays"] += 1
    taken.undone_at, taken.counts = timezone.now(), taken.counts | counts
    taken.changes = None  # type: ignore[assignment]  # as in the model
    taken.save(update_fields=["undone_at", "changes", "counts"])
    audit.record(officer, "roster.import_undone", f"agency:{taken.agency_id}", detail=counts | {"list": taken.pk})
    return taken


def _back(agency: Agency, number: str, was: State | None) -> str:
    """The member as before. Returns: under which count."""
    member = agency.members.filter(employee_number=number).first()
    if was is None:
        if member is None or member.leave.exists():  # somebody works with them already
            return "stays"
        member.delete()
        return "removed"
    member = member or Member(agency=agency, employee_number=number)
    member.full_name, member.department = was["full_name"], was["department"]
    member.phone_hash = bytes.fromhex(was["phone_hash"]) if was["phone_hash"] else None
    member.joined_on = dt.date.fromisoformat(was["joined_on"])
    member.left_on = dt.date.fromisoformat(was["left_on"]) if was["left_on"] else None
    member.save()
    member.shifts.all().delete()
    Shift.objects.bulk_create(
        Shift(member=member, weekdays=days, starts=dt.time.fromisoformat(starts), ends=dt.time.fromisoformat(ends), on_holidays=holidays)
        for days, starts, ends, holidays in was["shifts"]
    )  # fmt: skip
    return "restored"


def forget_changes(now: dt.datetime) -> int:
    """What a list changed is kept no longer than it can be taken back. Returns: how many lists."""
    return RosterList.objects.filter(kept_at__lt=now - KEPT, changes__isnull=False).update(changes=None)
