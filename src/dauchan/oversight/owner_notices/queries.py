"""What owners were told, for those who decided, and for the owners themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.oversight.owner_notices.models import OwnerNotice

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.venues.models import Venue


def notices_about(source: str) -> QuerySet[OwnerNotice]:
    """What was written to the owner about *source*, `sanction:12`, in the order of time."""
    return OwnerNotice.objects.filter(source=source)


def notices_of(venue: Venue) -> QuerySet[OwnerNotice]:
    """The newest first."""
    return OwnerNotice.objects.filter(venue=venue).order_by("-made_at", "-pk")


def notices_to(person_id: int) -> QuerySet[OwnerNotice]:
    """What went out to this person, the newest first."""
    return OwnerNotice.objects.filter(person=person_id, sent_at__isnull=False).order_by("-sent_at", "-pk")
