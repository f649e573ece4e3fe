"""A notice is written with the decision it tells of, in one transaction; the worker sends it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from dauchan.oversight.made_known.limits import first_loud
from dauchan.oversight.owner_messages import codes_of, languages_of
from dauchan.oversight.owner_notices.models import OwnerNotice, State
from dauchan.oversight.owner_notices.wording import sentence
from dauchan.venues.poster_faces import committee_of

if TYPE_CHECKING:
    from dauchan.units.models import Unit
    from dauchan.venues.models import Venue

#: Where the owner reads it, by what it is about.
PAGES = {"sanction": "/owner/sanctions/{}/", "inspection": "/owner/inspections/{}/"}


def tell_owner(venue: Venue, unit: Unit, subject: str, source: str) -> OwnerNotice | None:
    """Write what is to be sent to the owner of *venue* about *source*, `sanction:12`, decided by *unit*.

    None where nobody owns it, and where the same still waits: of several things to mend one message tells.
    """
    if venue.owner_id is None:
        return None
    if OwnerNotice.objects.filter(source=source, subject=subject, state=State.WAITING).exists():
        return None
    kind, number = source.split(":")
    text = sentence(
        subject,
        languages_of([venue.owner_id]).get(venue.owner_id, "vi"),
        code=codes_of([venue.pk]).get(venue.pk, "…"),
        committee=committee_of(unit),
        link=f"{settings.BASE_URL}{PAGES[kind].format(number)}",
    )
    return OwnerNotice.objects.create(
        venue=venue,
        person_id=venue.owner_id,
        subject=subject,
        source=source,
        text=text,
        goes_out_at=first_loud(timezone.now()),
    )
